/**
 * Keeps indexes in memory as long as they are of what the database holds. What they are made of has a version that is
 * another one after each change, by whichever process; it is asked at every search. While an index is read anew, nobody
 * waits: the database itself is searched.
 */
export interface KeptIndexes<Scope, Index> {
  /** The index of the scope as it is now; undefined while there is none, and then it is being made. */
  current(scope: Scope): Promise<Index | undefined>;
  /** The index as it is now, if there is one. */
  atHand(scope: Scope): Promise<Index | undefined>;
}

export interface KeptIndexesDeps<Scope, Index> {
  readonly nameOf: (scope: Scope) => string;
  /** Version of what the scope's index is made of; undefined as long as it cannot be known. */
  readonly version: (scope: Scope) => Promise<string | undefined>;
  /** Reads what the scope holds and makes its index. */
  readonly read: (scope: Scope) => Promise<Reading<Index>>;
  /** Bytes that all indexes take at most; those that were not asked for longest go first. No limit where absent. */
  readonly limitBytes?: number;
  /** Milliseconds, of a clock that only goes forward. */
  readonly now: () => number;
  /** Hears why an index could not be read; it is tried again. */
  readonly failed: (error: unknown) => void;
}

export interface Reading<Index> {
  /** Milliseconds that it took, without what had to be waited for. */
  readonly ms: number;
  /** Absent when something was changed meanwhile. */
  readonly made?: { readonly index: Index; readonly bytes: number } | undefined;
}

interface Kept<Index> {
  made?: { readonly version: string; readonly index: Index; readonly bytes: number };
  reading?: Promise<void>;
  /** Not to be read before: where there are changes all the time, reading takes a tenth of it at most. */
  notBefore: number;
}

/** At least so long is waited between two readings, as a multiple of how long the last one took. */
const pauseFactor = 9;

export function createKeptIndexes<Scope, Index>(deps: KeptIndexesDeps<Scope, Index>): KeptIndexes<Scope, Index> {
  const { nameOf, version, read, limitBytes = Number.POSITIVE_INFINITY, now, failed } = deps;
  /** That which was asked for last stands last. */
  const kept = new Map<string, Kept<Index>>();
  let bytes = 0;
  let lastTurn = Promise.resolve();

  function forget(name: string): void {
    bytes -= kept.get(name)?.made?.bytes ?? 0;
    kept.delete(name);
  }

  /** One after the other: where hundreds come at once, other work has its turn in between. */
  function readAnew(scope: Scope, into: Kept<Index>): Promise<void> {
    lastTurn = lastTurn.then(() => readNow(scope, into));
    return lastTurn;
  }

  async function readNow(scope: Scope, into: Kept<Index>): Promise<void> {
    const startedAt = now();
    let took: number | undefined;
    try {
      const before = await version(scope);
      if (before === undefined) return;
      const { made, ms } = await read(scope);
      took = ms;
      // Of neither version, where they are not the same.
      if (made === undefined || (await version(scope)) !== before) return;
      bytes += made.bytes - (into.made?.bytes ?? 0);
      into.made = { version: before, ...made };
      for (const [name, { reading }] of kept) {
        if (bytes <= limitBytes) break;
        if (reading === undefined) forget(name);
      }
    } catch (error) {
      failed(error);
    } finally {
      const endedAt = now();
      into.notBefore = endedAt + pauseFactor * (took ?? endedAt - startedAt);
      delete into.reading;
    }
  }

  return {
    async atHand(scope) {
      const made = kept.get(nameOf(scope))?.made;
      return made !== undefined && made.version === (await version(scope)) ? made.index : undefined;
    },

    async current(scope) {
      const today = await version(scope);
      if (today === undefined) return undefined;
      const name = nameOf(scope);
      const of = kept.get(name) ?? { notBefore: 0 };
      kept.delete(name);
      kept.set(name, of);
      if (of.made?.version === today) return of.made.index;
      if (now() >= of.notBefore) of.reading ??= readAnew(scope, of);
      return undefined;
    },
  };
}
