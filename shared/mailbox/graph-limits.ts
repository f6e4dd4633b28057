/** Requests of one app that Graph serves at once for one mailbox; a fifth is refused with 429 `MailboxConcurrency`. */
export const mailboxConcurrency = 4;

/** Lets at most `places` tasks run at once; the others wait in order. Waiting ends with the signal's reason. */
export type Limiter = <T>(task: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** Makes a limiter with that many places. */
export function createLimiter(places: number): Limiter {
  let free = places;
  const waiting: (() => void)[] = [];
  // One listener for all who wait with a signal: hundreds of listeners on one signal are reported as a leak.
  const watched = new Map<AbortSignal, { readonly leavers: Set<() => void>; readonly listener: () => void }>();

  const watch = (signal: AbortSignal, leave: () => void): void => {
    const known = watched.get(signal);
    if (known !== undefined) {
      known.leavers.add(leave);
      return;
    }
    const leavers = new Set([leave]);
    const listener = (): void => {
      watched.delete(signal);
      for (const leaver of leavers) leaver();
    };
    watched.set(signal, { leavers, listener });
    signal.addEventListener('abort', listener, { once: true });
  };

  const stopWatching = (signal: AbortSignal, leave: () => void): void => {
    const known = watched.get(signal);
    known?.leavers.delete(leave);
    if (known?.leavers.size !== 0) return;
    signal.removeEventListener('abort', known.listener);
    watched.delete(signal);
  };

  const release = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };

  const acquire = (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        stopWatching(signal, leave);
        resolve();
      };
      const leave = (): void => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(signal.reason as Error);
      };
      waiting.push(begin);
      watch(signal, leave);
    });
  };

  return async (task, signal) => {
    await acquire(signal);
    try {
      return await task();
    } finally {
      release();
    }
  };
}

/** Waits that many milliseconds; rejects with the signal's reason at once when it is aborted. */
export type Delay = (ms: number, signal: AbortSignal) => Promise<void>;

/** {@link Delay} by the timer of the runtime. */
export const timerDelay: Delay = (ms, signal) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });

/** The promise's outcome, or the signal's reason at once, for work that does not look at the signal itself. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    work.catch(() => undefined);
    return Promise.reject(signal.reason as Error);
  }
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Longest wait that Graph may ask for and still get; beyond it the caller is told that Graph throttles. */
export const longestRetryAfterMs = 90_000;
/** Attempts of one request, the first included. */
export const maxAttempts = 6;
const backoffBaseMs = 500;
const backoffCapMs = 15_000;

/**
 * Milliseconds that a `Retry-After` header asks for (seconds, or an HTTP date, RFC 9110 §10.2.3).
 * A date in the past is 0; a header that is neither is undefined.
 */
export function retryAfterMs(header: string | null, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!/[a-z]/i.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

/** Pause before attempt `attempt + 1` where Graph names none: doubling, half of it by chance, so that clients spread. */
export function backoffMs(attempt: number, random: () => number): number {
  const full = Math.min(backoffCapMs, backoffBaseMs * 2 ** (attempt - 1));
  return full / 2 + (full / 2) * random();
}

/** A little later than told, never earlier: everybody who was told the same moment must not come at that moment. */
export function withJitter(ms: number, random: () => number): number {
  return ms + Math.min(1000, ms / 4) * random();
}
