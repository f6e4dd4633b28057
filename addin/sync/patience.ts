/** Waits for somebody as long as there are signs of him. */
export interface Patience {
  /** There was a sign: the time begins anew. */
  renew(): void;
  /** Nothing is waited for any more. */
  end(): void;
}

/** @param ms after the last sign; @param over hears, once, that they have passed */
export function createPatience(ms: number, over: () => void): Patience {
  let timer: ReturnType<typeof setTimeout> | undefined = setTimeout(over, ms);
  return {
    renew() {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = setTimeout(over, ms);
    },
    end() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
