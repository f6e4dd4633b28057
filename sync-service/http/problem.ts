/** The one place that turns errors into answers: problem documents (RFC 9457) by the table in `shared/errors.ts`. */
import { STATUS_CODES } from 'node:http';
import { ServiceError, errorStatus } from '../../shared/errors';
import type { Problem } from '../../shared/errors';

/**
 * What a caller is told about an error. Only a ServiceError speaks for itself (the database's own failures are
 * ones already); everything else is an internal error, whose text stays in the log.
 */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const status = isObject(error) ? error.status : undefined;
  const type = isObject(error) ? error.type : undefined;
  if (type === 'entity.too.large') {
    return new ServiceError('body-too-large', 'The body is larger than this route takes.', { cause: error });
  }
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new ServiceError('content-type-unsupported', 'Send the body as UTF-8 and not compressed.', { cause: error });
  }
  // Express and its body parsers mark with a status what the request has got wrong.
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ServiceError('request-invalid', 'The request cannot be read.', {
      details: [{ field: type === 'entity.parse.failed' ? 'body' : 'path', reason: 'unreadable' }],
      cause: error,
    });
  }
  return new ServiceError('internal-error', 'Something went wrong in the service. Its log says what.', {
    cause: error,
  });
}

/** The document of an error. */
export function problemOf(error: ServiceError, correlationId: string): Problem {
  const status = errorStatus[error.code];
  return {
    type: `urn:mycontacts:problem:${error.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: error.message,
    code: error.code,
    ...(error.details.length > 0 && { details: [...error.details] }),
    ...(error.retryAfterMs !== undefined && { retryAfterMs: Math.ceil(error.retryAfterMs) }),
    correlationId,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
