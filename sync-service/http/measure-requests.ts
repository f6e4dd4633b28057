/** Tells of each request how long it took and how it was answered, by the name of its route. */
import type { RequestHandler } from 'express';

export type RequestAnswered = (request: {
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
}) => void;

/** Methods that are told by name; anybody can invent others. */
const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** To be mounted before all else. Live streams are left out: they last as long as somebody listens. */
export function measureRequests(answered: RequestAnswered): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once('close', () => {
      if (String(response.getHeader('content-type')).startsWith('text/event-stream')) return;
      const known: unknown = response.locals.route;
      answered({
        route: typeof known === 'string' ? known : response.statusCode === 404 ? 'none' : 'pane',
        method: knownMethods.has(request.method) ? request.method : 'other',
        status: response.statusCode,
        seconds: (performance.now() - startedAt) / 1000,
      });
    });
    next();
  };
}
