/**
 * Patience with a database that is busy: nobody waits for these runs, so they wait. What was read from a mailbox, or got
 * in exchange for a sign-in, is not thrown away because others were writing for a while.
 */
import { ServiceError } from '../../shared/errors';

/** Milliseconds after which it is given up: less than a lease lasts, so that it is still ours. */
export const longestWaitMs = 90_000;
/** Milliseconds between two tries; waiting for the turn to write comes on top. */
const pauseMs = 1000;

export interface Waiting {
  readonly now: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Does it, again while it is refused as `storage-unavailable`: then nothing was changed. Anything else is thrown at once. */
export async function waitForStorage<T>(
  work: () => Promise<T>,
  { now, pause }: Waiting,
  signal: AbortSignal,
): Promise<T> {
  const began = now();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const busy = error instanceof ServiceError && error.code === 'storage-unavailable';
      if (!busy || signal.aborted || now() - began > longestWaitMs) throw error;
      await pause(pauseMs, signal);
    }
  }
}
