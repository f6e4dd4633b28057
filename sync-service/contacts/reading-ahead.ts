/**
 * Reads contacts into memory before anybody asks for them: whoever is called need not have opened the pane, and a statement
 * takes longer than a caller may be looked up. First all who have contacts, from then on those whose contacts have changed.
 * One after the other and with pauses, so that whoever opens his pane waits behind one reading at most.
 */
import type { IndexesAhead } from '../database/kept-indexes';

export interface ReadingAheadDeps {
  readonly indexes: IndexesAhead<string>;
  /** Some of those who have contacts, in the order of their ids behind that one; none at the end. */
  readonly owners: (behind: string) => Promise<readonly string[]>;
  /** Milliseconds, of a clock that only goes forward. */
  readonly now: () => number;
  /** Calls back once after so many milliseconds; the returned function takes it back. */
  readonly after: (ms: number, callBack: () => void) => () => void;
  /** Hears why owners could not be read; they are tried again. */
  readonly failed: (error: unknown) => void;
}

export interface ReadingAhead {
  /** Begins a moment later: what the service was started for comes first. */
  start(): void;
  stop(): void;
  /** His contacts have changed: they are read again when nothing more is changed for a moment. */
  changed(userId: string): void;
  /** His contacts were looked for and not there: they are next. */
  wanted(userId: string): void;
  /** Whoever is there may have changed, or be gone, without a word: what is out of date is read again. */
  lookAgain(): void;
  /** Anything may have changed: those who are there are read again, then the others. */
  beginAnew(): void;
}

/** Milliseconds until the first one is read. */
const beginMs = 500;
/** Milliseconds without a change after which a burst of changes is over. */
const quietMs = 500;
/** Milliseconds until it goes on behind a failure; twice as many after each further one. */
const retryMs = 1000;
const longestRetryMs = 5 * 60_000;

export function createReadingAhead({ indexes, owners, now, after, failed }: ReadingAheadDeps): ReadingAhead {
  /** To be read before the others, with the moment from which on. */
  const soon = new Map<string, number>();
  const others = new Set<string>();
  /** Could not be read; behind all others, as the fault may be theirs alone. */
  const failing = new Set<string>();
  /** Owners behind this one are not among the others yet; undefined when all of them were. */
  let listed: string | undefined = '';
  let failures = 0;
  let notBefore = 0;
  let started = false;
  let reading = false;
  let timer: { readonly at: number; readonly cancel: () => void } | undefined;

  function wakeAt(moment: number): void {
    const at = Math.max(moment, notBefore);
    if (!started || reading || at === Number.POSITIVE_INFINITY || (timer && timer.at <= at)) return;
    timer?.cancel();
    timer = { at, cancel: after(Math.max(0, at - now()), () => void goOn()) };
  }

  async function goOn(): Promise<void> {
    timer = undefined;
    reading = true;
    try {
      await readNext();
    } catch (error) {
      failed(error);
      goOnLater();
    }
    reading = false;
    wakeAt(others.size + failing.size > 0 || listed !== undefined ? now() : firstOfSoon());
  }

  function firstOfSoon(): number {
    let first = Number.POSITIVE_INFINITY;
    for (const from of soon.values()) first = Math.min(first, from);
    return first;
  }

  function goOnLater(): void {
    notBefore = now() + Math.min(retryMs * 2 ** failures, longestRetryMs);
    failures += 1;
  }

  async function readNext(): Promise<void> {
    for (const [userId, from] of soon) {
      if (from > now()) continue;
      soon.delete(userId);
      await read(userId);
      return;
    }
    if (others.size === 0 && listed !== undefined) return listMore(listed);
    const from = others.size > 0 ? others : failing;
    for (const userId of from) {
      from.delete(userId);
      if ((await read(userId)) !== 'full') return;
      others.clear();
      listed = undefined;
      return;
    }
  }

  async function listMore(behind: string): Promise<void> {
    const page = await owners(behind);
    // Otherwise it was begun anew meanwhile.
    if (listed !== behind) return;
    listed = page.at(-1);
    for (const userId of page) others.add(userId);
  }

  async function read(userId: string) {
    const { came, pauseMs } = await indexes.ahead(userId);
    if (came === 'failed') {
      failing.add(userId);
      goOnLater();
      return came;
    }
    failures = 0;
    notBefore = now() + pauseMs;
    if (came === 'changed') soon.set(userId, Math.max(soon.get(userId) ?? 0, now() + quietMs));
    return came;
  }

  function wanted(userId: string): void {
    if (!soon.has(userId)) soon.set(userId, now());
    wakeAt(now());
  }

  return {
    start() {
      started = true;
      notBefore = now() + beginMs;
      wakeAt(notBefore);
    },
    stop() {
      started = false;
      timer?.cancel();
    },
    changed(userId) {
      soon.set(userId, now() + quietMs);
      wakeAt(now() + quietMs);
    },
    wanted,
    lookAgain: () => indexes.there().forEach(wanted),
    beginAnew() {
      others.clear();
      failing.clear();
      listed = '';
      failures = 0;
      notBefore = now();
      indexes.there().forEach(wanted);
      wakeAt(now());
    },
  };
}
