/**
 * Which errors of a database mean that it cannot be used just now, whoever asks: locked for too long, disk full or
 * failing, file damaged or read-only, connection lost. They become `storage-unavailable`; nothing was changed.
 * Everything else (a broken constraint, wrong SQL) is a fault of ours and passes through.
 */
import { ServiceError } from '../../shared/errors';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html); extended ones begin with them. */
const sqliteCodes = /^SQLITE_(BUSY|LOCKED|READONLY|IOERR|CORRUPT|FULL|CANTOPEN|PROTOCOL|NOTADB|NOMEM|INTERRUPT)(_|$)/;
/** SQLSTATE classes of PostgreSQL: connection, resources, operator, system; and lost races worth a retry. */
const postgresCodes = /^(08|53|57|58)[0-9A-Z]{3}$|^(40001|40P01|55P03|25006|XX001)$/;

/** The driver's code of an error, such as `SQLITE_BUSY` or `53100`. */
export function driverCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Another connection holds the lock just now; the same statement may work a moment later. */
export function isLocked(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)(_|$)/.test(driverCode(error) ?? '');
}

/** The error that the caller of a database operation gets to see. */
export function toStorageError(error: unknown): unknown {
  const code = driverCode(error);
  if (code === undefined || !(sqliteCodes.test(code) || postgresCodes.test(code))) return error;
  return storageUnavailable(error);
}

/**
 * A disk that a fault of its own has made read-only answers writes with an I/O error; which of both it is stands in the
 * answer of the file system to anything else that writes.
 */
export function toFileError(error: unknown, isReadOnly: () => boolean): unknown {
  if (!/^SQLITE_IOERR(_|$)/.test(driverCode(error) ?? '') || !isReadOnly()) return toStorageError(error);
  return storageUnavailable(
    Object.assign(new Error('The disk can only be read', { cause: error }), { code: 'SQLITE_READONLY' }),
  );
}

/** What whoever runs the service has to put right; anything else goes by in a moment. Words of `details` (a stable set). */
export type StorageFault = 'disk-full' | 'disk-read-only' | 'database-damaged';

const faults: readonly (readonly [codes: RegExp, fault: StorageFault, text: string])[] = [
  [
    /^(?:SQLITE_FULL|53100)/,
    'disk-full',
    'The disk of the database is full; nothing was changed. Make room there: the service goes on by itself.',
  ],
  [
    /^(?:SQLITE_READONLY|25006)/,
    'disk-read-only',
    'The database can only be read; nothing was changed. Let the service write there again: it goes on by itself.',
  ],
  [
    /^(?:SQLITE_CORRUPT|SQLITE_NOTADB|XX001)/,
    'database-damaged',
    'The database file is damaged; nothing was changed. Stop the service and put a backup in place: npm run restore.',
  ],
];

/** What a caller is told when the database cannot be used. */
export function storageUnavailable(cause: unknown): ServiceError {
  const [, fault, text] = faults.find(([codes]) => codes.test(driverCode(cause) ?? '')) ?? [];
  return new ServiceError(
    'storage-unavailable',
    text ?? 'The database cannot be used just now; nothing was changed. Try again.',
    {
      ...(fault !== undefined && { details: [{ reason: fault }] }),
      retryAfterMs: 2000,
      cause,
    },
  );
}
