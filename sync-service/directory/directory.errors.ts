/** Errors of the directory. */
import { ServiceError } from '../../shared/errors';

/** Nobody in the caller's directories has this number. The number itself is not repeated: it may end in a log. */
export function callerUnknown(): ServiceError {
  return new ServiceError(
    'caller-unknown',
    'No directory has an entry with this number. Save the caller as a contact.',
  );
}
