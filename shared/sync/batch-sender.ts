/**
 * Sends numbered batches while the source is still being read. A lost connection is waited out as long as the lease can
 * still be alive; each batch that arrives renews it. While the source is slow an empty batch keeps the lease.
 */
import { syncLeaseMs, type SyncBatch } from '../contact-sync';
import type { Clock } from './clock';
import type { SyncCalls, SyncRefusal } from './sync-calls';

/** Batches under way at once. */
const maxInFlight = 3;
/** Milliseconds without a batch after which an empty one is sent. */
export const keepAliveMs = 45_000;
/** First and longest pause before a request is tried again, in milliseconds. */
const firstPauseMs = 500;
const longestPauseMs = 10_000;

export interface BatchSender {
  /** Takes a batch over; waits while too many are under way. Rejects once any batch has failed for good. */
  send(batch: SyncBatch): Promise<void>;
  /** Sends fingerprints and waits for the answer: the places of those that are wanted. */
  ask(batch: SyncBatch): Promise<readonly number[]>;
  /** Waits until all have arrived; nothing is sent any more. @returns number of batches sent */
  drained(): Promise<number>;
  /** Repeats a request that may be repeated while the lease lives. */
  withRetry<T>(request: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Sends empty batches while nothing else is sent; ends with the signal. */
  keepAlive(): Promise<void>;
}

export interface BatchSenderDeps {
  readonly calls: SyncCalls;
  readonly syncId: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called with the number of changes of each batch that arrived. */
  readonly onArrived: (changes: number) => void;
}

export function createBatchSender({ calls, syncId, clock, signal, onArrived }: BatchSenderDeps): BatchSender {
  let last = 0;
  let lastContact = clock.now();
  let lastSent = clock.now();
  let failure: { readonly error: unknown } | undefined;
  let ended = false;
  const inFlight = new Set<Promise<unknown>>();

  const withRetry = async <T>(request: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    for (let attempt = 0; ; attempt += 1) {
      signal.throwIfAborted();
      try {
        const result = await request(signal);
        lastContact = clock.now();
        return result;
      } catch (error) {
        signal.throwIfAborted();
        const refusal = calls.refusal(error);
        if (!mayPass(refusal) || clock.now() - lastContact > syncLeaseMs) throw error;
        await clock.pause(pauseBefore(attempt, refusal, clock), signal);
      }
    }
  };

  const put = async (n: number, batch: SyncBatch) => {
    const wanted = await withRetry((stop) => calls.putBatch(syncId, n, batch, stop));
    onArrived(batch.changes.length);
    return wanted;
  };

  const failIfFailed = () => {
    if (failure) throw failure.error;
  };

  /** Sends; the answer is empty when it failed, and the failure is told by the next call. */
  const start = (batch: SyncBatch): Promise<readonly number[]> => {
    last += 1;
    lastSent = clock.now();
    const sending: Promise<readonly number[]> = put(last, batch)
      .catch((error: unknown) => {
        failure ??= { error };
        return [];
      })
      .finally(() => inFlight.delete(sending));
    inFlight.add(sending);
    return sending;
  };

  const turn = async () => {
    while (inFlight.size >= maxInFlight) await Promise.race(inFlight);
    failIfFailed();
    signal.throwIfAborted();
  };

  return {
    withRetry,
    async send(batch) {
      await turn();
      void start(batch);
    },
    async ask(batch) {
      await turn();
      const wanted = await start(batch);
      failIfFailed();
      return wanted;
    },
    async drained() {
      ended = true;
      while (inFlight.size > 0) await Promise.race(inFlight);
      failIfFailed();
      return last;
    },
    async keepAlive() {
      while (!signal.aborted) {
        await clock.pause(Math.max(1000, keepAliveMs - (clock.now() - lastSent)), signal);
        if (failure || ended) return;
        if (inFlight.size === 0 && clock.now() - lastSent >= keepAliveMs) void start({ changes: [] });
      }
    },
  };
}

/** Nothing is known of the service, or it asks to come back: the same request may succeed later. */
function mayPass(refusal: SyncRefusal | undefined): boolean {
  const passing = ['unreachable', 'timeout', 'storage-unavailable', 'rate-limited'];
  return refusal !== undefined && passing.includes(refusal.code);
}

/** Doubling pauses with jitter, or what the service asks for. */
function pauseBefore(attempt: number, refusal: SyncRefusal | undefined, clock: Clock): number {
  const asked = refusal?.retryAfterMs ?? 0;
  const doubled = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempt, 10));
  return Math.max(asked, doubled * (0.75 + clock.random() / 2));
}
