/** An answer that is an error, with Graph's code and text. */
export class GraphError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Seconds or an HTTP date for `Retry-After`. */
    readonly retryAfter?: string,
  ) {
    super(message);
  }
}

/** The item or folder does not exist. */
export function notFound(): GraphError {
  return new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
}

/** A query that Graph does not take. */
export function badRequest(message: string): GraphError {
  return new GraphError(400, 'RequestBroker--ParseUri', message);
}
