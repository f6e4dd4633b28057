/**
 * Whose turn it is to write. SQLite's write lock knows no queue: who waits for it asks again and again, and a writer that
 * comes back at once (the worker thread with one commit after the other) is always there before the next asking, until
 * the others give up. So the connections of one process, its worker thread included, take turns: first come, first served.
 *
 * Other processes still ask for the lock itself. So that they find it free, turns that follow each other without a pause
 * leave a gap now and then.
 */
import type { MessagePort } from 'node:worker_threads';
import * as z from 'zod/mini';
import { storageUnavailable } from './storage-error';

export interface WriteTurns {
  /**
   * Waits for the turn. @returns what ends it, to be called once
   * @throws ServiceError `storage-unavailable` when it has not come within `timeoutMs`
   */
  take(timeoutMs: number): Promise<() => void>;
}

/** Milliseconds of writing without a pause after which there is a gap, and how long that is: longer than others wait between two askings. */
const gapAfterMs = 250;
const gapMs = 25;

/**
 * Turns of one process.
 * @param others whether other processes may write the same file, for whom the gaps are; a database in memory has none
 */
export function createWriteTurns({ others = true }: { readonly others?: boolean } = {}): WriteTurns {
  const queue: ((end: () => void) => void)[] = [];
  let taken = false;
  let inGap = false;
  /** When the last turn ended, and since when there was no pause as long as a gap; as `performance.now()`. */
  let endedAt = Number.NEGATIVE_INFINITY;
  let busySince = 0;

  const goOn = (): void => {
    if (taken || inGap) return;
    const next = queue[0];
    if (next === undefined) return;
    const now = performance.now();
    if (now - endedAt >= gapMs) busySince = now;
    if (others && now - busySince >= gapAfterMs) {
      inGap = true;
      setTimeout(() => {
        inGap = false;
        endedAt = Number.NEGATIVE_INFINITY;
        goOn();
      }, gapMs);
      return;
    }
    queue.shift();
    taken = true;
    next(
      once(() => {
        taken = false;
        endedAt = performance.now();
        goOn();
      }),
    );
  };

  return {
    take: (timeoutMs) =>
      new Promise((resolve, reject) => {
        const mine = (end: () => void): void => {
          clearTimeout(timer);
          resolve(end);
        };
        const timer = setTimeout(() => {
          queue.splice(queue.indexOf(mine), 1);
          reject(tooLate());
        }, timeoutMs);
        queue.push(mine);
        goOn();
      }),
  };
}

const requestSchema = z.union([z.object({ take: z.number(), timeoutMs: z.number() }), z.object({ end: z.number() })]);
const answerSchema = z.object({ turn: z.number(), refused: z.boolean() });

/** Lets a thread take part, through the other end of the port. @returns ends what the thread has, once it is gone */
export function lendWriteTurns(turns: WriteTurns, port: MessagePort): () => void {
  const held = new Map<number, () => void>();
  let gone = false;
  port.on('message', (message) => {
    const request = z.parse(requestSchema, message);
    if ('end' in request) {
      held.get(request.end)?.();
      held.delete(request.end);
      return;
    }
    const { take: turn, timeoutMs } = request;
    turns.take(timeoutMs).then(
      (release) => {
        if (gone) {
          release();
          return;
        }
        held.set(turn, release);
        port.postMessage({ turn, refused: false });
      },
      () => port.postMessage({ turn, refused: true }),
    );
  });
  port.unref();
  return () => {
    gone = true;
    for (const release of held.values()) release();
    held.clear();
    port.close();
  };
}

/** The turns that another thread lends. While that thread is busy, they come later. */
export function borrowWriteTurns(port: MessagePort): WriteTurns {
  const waiting = new Map<number, { resolve(release: () => void): void; reject(error: unknown): void }>();
  let last = 0;
  port.on('message', (message) => {
    const { turn, refused } = z.parse(answerSchema, message);
    const asked = waiting.get(turn);
    waiting.delete(turn);
    if (refused) asked?.reject(tooLate());
    else asked?.resolve(once(() => port.postMessage({ end: turn })));
  });
  // The thread lives for its jobs, not for this.
  port.unref();
  return {
    take: (timeoutMs) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        port.postMessage({ take: last, timeoutMs });
      }),
  };
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}

function tooLate(): Error {
  return storageUnavailable(new Error('Others were writing for all the time that this write could wait.'));
}
