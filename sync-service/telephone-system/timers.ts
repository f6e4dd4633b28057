/** Clock and timers of an adapter: handed in, so that tests run on a clock of their own. */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once after so many milliseconds; the returned function takes it back. */
  after(milliseconds: number, callBack: () => void): () => void;
}

/** The machine's clock. Its timers do not keep the process alive. */
export const systemTimers: Timers = {
  now: () => Date.now(),
  after(milliseconds, callBack) {
    const timer = setTimeout(callBack, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
