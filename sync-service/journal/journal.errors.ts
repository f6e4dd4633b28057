/** What callers of the journal are told, in one place. */
import { ServiceError } from '../../shared/errors';

export const entryNotFound = () =>
  new ServiceError('not-found', 'There is no such entry in your journal. Read the list again.');

export const cursorInvalid = () =>
  new ServiceError('request-invalid', 'The cursor is not one that this list has given out. Read from the beginning.', {
    details: [{ field: 'query.cursor', reason: 'invalid' }],
  });

/** `latest` is ISO 8601 UTC. */
export const reminderTooLate = (latest: string) =>
  new ServiceError('request-invalid', 'A reminder can be at most a year ahead. Choose an earlier time.', {
    details: [{ field: 'body.remindAt', reason: 'too-late', value: latest }],
  });
