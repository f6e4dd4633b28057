/** A value that changes and tells it: what a React component reads with `useStore`. */

export interface ReadableStore<T> {
  readonly get: () => T;
  /** Calls after each change. Returns what ends it. */
  readonly subscribe: (listener: () => void) => () => void;
}

export interface Store<T> extends ReadableStore<T> {
  /** Nothing is told when the value is the same object. */
  readonly set: (value: T) => void;
}

/** A store that begins with `value`. */
export function createStore<T>(value: T): Store<T> {
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
