/** Errors of presence from the calendar. */
import { ServiceError } from '../../shared/errors';

/** Nobody's calendar is kept without his word. */
export function calendarNotAgreed(): ServiceError {
  return new ServiceError('calendar-not-agreed', 'Turn on presence from the calendar in the settings first.');
}
