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

/** The same indexes for whoever sees to it that they are there before somebody asks. */
export interface IndexesAhead<Scope> {
  /** Makes the index before anybody asks for it, if it is not there as it is now. Nobody is pushed out for it. */
  ahead(scope: Scope): Promise<ReadAhead>;
  /** Those whose index is kept, out of date or not; those that somebody asked for come first. */
  there(): Scope[];
}

/** What came of reading an index ahead. */
export interface ReadAhead {
  /**
   * It is `there`; it is too large for the room that is left (`full`); something was `changed` meanwhile, or so short ago
   * that it is not read again yet; or it could not be read or its version not be known (`failed`).
   */
  readonly came: 'there' | 'full' | 'changed' | 'failed';
  /** Milliseconds that are left to others before the next one is read ahead. */
  readonly pauseMs: number;
}

export interface KeptIndexesDeps<Scope, Index> {
  readonly nameOf: (scope: Scope) => string;
  /** Version of what the scope's index is made of; undefined as long as it cannot be known. */
  readonly version: (scope: Scope) => Promise<string | undefined>;
  /** Reads what the scope holds and makes its index. */
  readonly read: (scope: Scope) => Promise<Reading<Index>>;
  /**
   * Bytes that all indexes take at most: those that nobody has asked for go first, then those that were not asked for
   * longest. No limit where absent.
   */
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

interface Kept<Scope, Index> {
  readonly scope: Scope;
  made?: { readonly version: string; readonly index: Index; readonly bytes: number };
  reading?: Promise<ReadAhead['came']>;
  /** Not to be read before: where there are changes all the time, reading takes a tenth of it at most. */
  notBefore: number;
  /** Somebody asked for it since it was last pushed out. */
  asked: boolean;
  /** Bytes that it took when there was no room for it. */
  needs: number;
}

/** At least so long is waited between two readings of the same, as a multiple of how long the last one took. */
const pauseFactor = 9;
/** The same between one that was read ahead and the next one. */
const pauseFactorAhead = 3;

export function createKeptIndexes<Scope, Index>(
  deps: KeptIndexesDeps<Scope, Index>,
): KeptIndexes<Scope, Index> & IndexesAhead<Scope> {
  const { nameOf, version, read, limitBytes = Number.POSITIVE_INFINITY, now, failed } = deps;
  /** That which was asked for last stands last. */
  const kept = new Map<string, Kept<Scope, Index>>();
  let bytes = 0;
  let lastTurn: Promise<unknown> = Promise.resolve();

  const keptOf = (scope: Scope): Kept<Scope, Index> =>
    kept.get(nameOf(scope)) ?? { scope, notBefore: 0, asked: false, needs: 0 };

  function pushOut(of: Kept<Scope, Index>): void {
    of.needs = of.made?.bytes ?? of.needs;
    bytes -= of.made?.bytes ?? 0;
    delete of.made;
    of.asked = false;
  }

  function makeRoom(): void {
    for (const asked of [false, true]) {
      for (const of of kept.values()) {
        if (bytes <= limitBytes) return;
        if (of.made !== undefined && of.reading === undefined && of.asked === asked) pushOut(of);
      }
    }
  }

  /** Whether it may take so much: who was asked for may, as others make room for him. */
  const hasRoom = (of: Kept<Scope, Index>, needs: number) =>
    of.asked || bytes - (of.made?.bytes ?? 0) + needs <= limitBytes;

  /** One after the other: where hundreds come at once, other work has its turn in between. */
  function readAnew(of: Kept<Scope, Index>): Promise<ReadAhead['came']> {
    const turn = lastTurn.then(() => readNow(of));
    lastTurn = turn;
    return turn;
  }

  async function readNow(of: Kept<Scope, Index>): Promise<ReadAhead['came']> {
    const startedAt = now();
    let took: number | undefined;
    try {
      const before = await version(of.scope);
      if (before === undefined) return 'failed';
      const { made, ms } = await read(of.scope);
      took = ms;
      // Of neither version, where they are not the same.
      if (made === undefined || (await version(of.scope)) !== before) return 'changed';
      if (!hasRoom(of, made.bytes)) {
        pushOut(of);
        of.needs = made.bytes;
        return 'full';
      }
      bytes += made.bytes - (of.made?.bytes ?? 0);
      of.made = { version: before, ...made };
      makeRoom();
      return 'there';
    } catch (error) {
      failed(error);
      return 'failed';
    } finally {
      const endedAt = now();
      of.notBefore = endedAt + pauseFactor * (took ?? endedAt - startedAt);
      delete of.reading;
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
      const of = keptOf(scope);
      of.asked = true;
      kept.delete(name);
      kept.set(name, of);
      if (of.made?.version === today) return of.made.index;
      if (now() >= of.notBefore) of.reading ??= readAnew(of);
      return undefined;
    },

    async ahead(scope) {
      let today: string | undefined;
      try {
        today = await version(scope);
      } catch (error) {
        failed(error);
      }
      if (today === undefined) return { came: 'failed', pauseMs: 0 };
      const of = keptOf(scope);
      if (of.made?.version === today) return { came: 'there', pauseMs: 0 };
      if (!hasRoom(of, of.needs)) return { came: 'full', pauseMs: 0 };
      kept.set(nameOf(scope), of);
      const pause = () => Math.max(0, of.notBefore - now());
      if (of.reading === undefined && pause() > 0) return { came: 'changed', pauseMs: pause() };
      const came = await (of.reading ??= readAnew(of));
      return { came, pauseMs: came === 'there' ? (pause() / pauseFactor) * pauseFactorAhead : pause() };
    },

    there() {
      const all = [...kept.values()].filter(({ made }) => made !== undefined).reverse();
      return [true, false].flatMap((asked) => all.filter((of) => of.asked === asked)).map(({ scope }) => scope);
    },
  };
}
