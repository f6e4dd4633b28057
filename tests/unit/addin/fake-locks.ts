import type { Locks } from '../../../addin/api/session-keeper';

interface Request {
  readonly grant: () => void;
  readonly lose: () => void;
}

/** Web Locks as in a browser: exclusive, in order of request, `steal` takes the lock away, `signal` leaves the queue. */
export function createFakeLocks(): Locks {
  const held = new Map<string, Request>();
  const waiting = new Map<string, Request[]>();
  const next = (name: string) => {
    if (held.has(name)) return;
    const request = waiting.get(name)?.shift();
    if (request) {
      held.set(name, request);
      request.grant();
    }
  };
  return {
    request(name, { steal, signal }, callback) {
      return new Promise((resolve, reject) => {
        const request: Request = {
          grant: () => {
            // The lock itself is of no use to the callbacks.
            void callback(null)
              .then(resolve, reject)
              .finally(() => {
                if (held.get(name) === request) held.delete(name);
                next(name);
              });
          },
          lose: () => reject(new DOMException('The lock was stolen.', 'AbortError')),
        };
        if (steal) {
          held.get(name)?.lose();
          held.set(name, request);
          request.grant();
          return;
        }
        const queue = waiting.get(name) ?? [];
        waiting.set(name, [...queue, request]);
        signal?.addEventListener('abort', () => {
          const rest = waiting.get(name) ?? [];
          if (!rest.includes(request)) return;
          waiting.set(
            name,
            rest.filter((other) => other !== request),
          );
          reject(new DOMException('Aborted.', 'AbortError'));
        });
        next(name);
      });
    },
  };
}
