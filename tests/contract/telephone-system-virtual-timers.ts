/** A clock that stands still until it is told to go on. */
import type { Timers } from '../../sync-service/telephone-system/timers';

export interface VirtualTimers extends Timers {
  /** Goes on by so many milliseconds; what is due on the way is called back at its time, in order. */
  advance(milliseconds: number): Promise<void>;
  /** How many call-backs are still to come. */
  pending(): number;
}

export function createVirtualTimers(start = Date.UTC(2026, 0, 15, 9)): VirtualTimers {
  let now = start;
  let order = 0;
  let timers: { readonly at: number; readonly order: number; readonly callBack: () => void }[] = [];
  // Lets promises that a call-back settled do their work before the clock goes on.
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  return {
    now: () => now,
    after(milliseconds, callBack) {
      const timer = { at: now + milliseconds, order: order++, callBack };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    pending: () => timers.length,
    async advance(milliseconds) {
      const end = now + milliseconds;
      await settle();
      for (;;) {
        const [due] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.order - b.order);
        if (due === undefined) break;
        timers = timers.filter((other) => other !== due);
        now = due.at;
        due.callBack();
        await settle();
      }
      now = end;
    },
  };
}
