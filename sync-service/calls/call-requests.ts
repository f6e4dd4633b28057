/**
 * A command that makes a call acts once, however often it is repeated within ten minutes: at this instance, or at another one
 * on the same database. It is claimed before it acts; whoever comes second gets the first one's answer.
 *
 * An instance that is killed in the middle leaves a claim without an answer. Nobody knows then whether it has dialled, so the
 * repetition is refused: the call is shown if there is one, and pressing again is a new command.
 */
import type { Logger } from 'pino';
import type { Call } from '../../shared/call';
import { ServiceError } from '../../shared/errors';
import { createRequestMemory, requestMemoryMs } from '../telephone-system/request-memory';
import type { Timers } from '../telephone-system/timers';

export interface CallRequestStore {
  /** False when somebody has claimed it before. Forgets what is over by now. Times are ISO 8601 UTC. */
  claim(claim: {
    readonly request: string;
    readonly userId: string;
    readonly now: string;
    readonly until: string;
  }): Promise<boolean>;
  answered(request: string, call: Call): Promise<void>;
  forget(request: string): Promise<void>;
  /** Undefined when it is claimed by nobody; without a call while it is under way. */
  find(request: string): Promise<{ readonly call: Call | undefined } | undefined>;
}

export interface CallRequests {
  /**
   * Runs `act`, or gives what it gave when it ran for this request of the user before. A command that failed is forgotten, so
   * that it can be tried again. @throws ServiceError `telephone-system-unavailable` when nobody knows what came of it
   */
  once(userId: string, request: string, act: () => Promise<Call>): Promise<Call>;
}

/** Milliseconds that are waited for the answer of another instance, and between two looks. */
const patienceMs = 8000;
const lookMs = 50;

export function createCallRequests(deps: {
  readonly timers: Timers;
  /** Where several instances meet; absent where there is one. */
  readonly store?: CallRequestStore;
  readonly logger: Logger;
}): CallRequests {
  const { timers, store, logger } = deps;
  const memory = createRequestMemory<Call>(() => timers.now());
  const pause = () => new Promise<void>((resolve) => void timers.after(lookMs, resolve));
  const iso = (time: number) => new Date(time).toISOString();

  async function amongAll(shared: CallRequestStore, userId: string, key: string, act: () => Promise<Call>) {
    const end = timers.now() + patienceMs;
    for (;;) {
      const now = timers.now();
      const until = iso(now + requestMemoryMs);
      const claimed = await shared.claim({ request: key, userId, now: iso(now), until }).catch((error: unknown) => {
        // Calls go on without the database; this instance alone remembers then.
        logger.warn({ err: error }, 'a command could not be noted; repeated at another instance it would act again');
        return true;
      });
      if (claimed) return actAndNote(shared, key, act);
      for (;;) {
        const found = await shared.find(key);
        if (found?.call !== undefined) return found.call;
        // It failed there: it is tried here.
        if (found === undefined) break;
        if (timers.now() >= end) throw outcomeUnknown();
        await pause();
      }
      if (timers.now() >= end) throw outcomeUnknown();
    }
  }

  async function actAndNote(shared: CallRequestStore, key: string, act: () => Promise<Call>): Promise<Call> {
    const note = (noting: Promise<void>) =>
      noting.catch((error: unknown) => logger.warn({ err: error }, 'what came of a command could not be noted'));
    try {
      const call = await act();
      await note(shared.answered(key, call));
      return call;
    } catch (error) {
      await note(shared.forget(key));
      throw error;
    }
  }

  return {
    once(userId, request, act) {
      const key = `${userId} ${request}`;
      return memory.once(key, () => (store === undefined ? act() : amongAll(store, userId, key, act)));
    },
  };
}

const outcomeUnknown = (): ServiceError =>
  new ServiceError(
    'telephone-system-unavailable',
    'The service was interrupted while it dialled. If your telephone does not ring, dial again.',
  );
