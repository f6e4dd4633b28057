import type { Clock } from '../../../shared/sync/clock';

/** A clock that stands still until something waits: then it jumps to the next moment that is waited for. */
export function createFakeClock(): Clock & { readonly paused: number[] } {
  let now = 1_000_000;
  const paused: number[] = [];
  const waiting: { at: number; wake: () => void }[] = [];
  let turning = false;

  // Everything that is ready runs first; only then does time pass.
  const turn = async () => {
    if (turning) return;
    turning = true;
    while (waiting.length > 0) {
      for (let idle = 0; idle < 50; idle += 1) await Promise.resolve();
      waiting.sort((a, b) => a.at - b.at);
      const next = waiting.shift();
      if (next === undefined) break;
      now = Math.max(now, next.at);
      next.wake();
    }
    turning = false;
  };

  return {
    paused,
    now: () => now,
    random: () => 0.5,
    pause: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason as Error);
          return;
        }
        const stop = () => {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(signal.reason as Error);
        };
        const entry = {
          at: now + ms,
          wake: () => {
            signal.removeEventListener('abort', stop);
            resolve();
          },
        };
        signal.addEventListener('abort', stop, { once: true });
        paused.push(ms);
        waiting.push(entry);
        void turn();
      }),
  };
}
