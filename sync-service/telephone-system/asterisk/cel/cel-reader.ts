/**
 * Reads the channel log on from a cursor and gives the records of the calls that are over since. Each record is given
 * exactly once for a chain of cursors; a cursor that is used again gives the same again.
 *
 * As long as cursors are handed back in order, calls that go on are kept in memory. After a restart the log is read
 * again from the beginning of the oldest call that was not over, and what ended before the cursor is not told again: a
 * call of eight hours makes the service read eight hours of events once, at its start.
 */
import type { Logger } from 'pino';
import type { CallRecord, WatchedDevice } from '../../telephone-system';
import { createCallCollector } from './call-collector';
import type { CallCollector } from './call-collector';
import { recordsOf } from './call-records';
import { readCursor, writeCursor } from './cel-cursor';
import type { CelPlace } from './cel-cursor';
import { readCelLine } from './cel-event';
import { holds, inspect, listFiles, readLines } from './cel-file';
import type { CelFile } from './cel-file';

export interface CallRecordsPage {
  readonly records: readonly CallRecord[];
  readonly cursor: string;
  /** There may be more right now. */
  readonly more: boolean;
}

export interface CelReader {
  /** Throws what the file system throws, a missing file excepted: then there is nothing new. */
  read(cursor: string | undefined, limit: number): Promise<CallRecordsPage>;
  /** Lines so far that are no events in JSON. */
  readonly strangers: number;
}

export interface CelReaderDeps {
  readonly file: string;
  readonly devices: () => readonly WatchedDevice[];
  readonly logger: Logger;
}

/** Records that one line of the log gave and that are not all told yet. */
interface Waiting {
  readonly place: CelPlace;
  /** Where the oldest call began that was not over before this line. */
  readonly from: CelPlace;
  /** Time of the latest event before it. */
  readonly time: number;
  readonly records: readonly CallRecord[];
  told: number;
}

/** Up to where everything was told before a restart. */
interface Until {
  readonly place: CelPlace;
  readonly told: number;
  readonly time: number;
  /** The file of that place is still there. */
  readonly known: boolean;
  inFile: boolean;
}

interface State {
  /** The cursor that this state stands for. */
  cursor: string | undefined;
  /** What is read next. */
  at: CelPlace;
  /** Time of the latest event. */
  time: number;
  /** Events up to this time were taken in out of a file that is gone. */
  passOver: number;
  readonly collector: CallCollector<CelPlace>;
  waiting: Waiting | undefined;
  until: Until | undefined;
}

const nowhere: CelPlace = { print: '', inode: '0', offset: 0 };
const placeIn = ({ print, inode }: CelFile, offset: number): CelPlace => ({ print, inode, offset });

function createState(at: CelPlace, time: number, until?: Until): State {
  const collector = createCallCollector<CelPlace>();
  return { cursor: undefined, at, time, passOver: 0, collector, waiting: undefined, until };
}

function cursorOf({ waiting, until, at, time, collector }: State): string {
  const oldest = collector.oldest();
  if (waiting !== undefined) {
    return writeCursor({ at: waiting.place, from: waiting.from, told: waiting.told, time: waiting.time });
  }
  if (until === undefined) return writeCursor({ at, from: oldest ?? at, told: 0, time });
  // Nothing new was there yet.
  const place = until.known ? until.place : at;
  return writeCursor({ at: place, from: oldest ?? place, told: until.told, time: until.time });
}

/** Hands out records that wait, up to the limit. */
function hand(state: State, records: CallRecord[], limit: number): void {
  const { waiting } = state;
  if (waiting === undefined) return;
  const portion = waiting.records.slice(waiting.told, waiting.told + limit - records.length);
  records.push(...portion);
  waiting.told += portion.length;
  if (waiting.told >= waiting.records.length) state.waiting = undefined;
}

/** Whether what ends with the line at this place was told before the restart. */
function wasTold(until: Until, place: CelPlace, time: number): boolean {
  if (!until.known) return time <= until.time;
  if (place.print === until.place.print) {
    until.inFile = true;
    return place.offset < until.place.offset;
  }
  return !until.inFile;
}

export function createCelReader({ file, devices, logger }: CelReaderDeps): CelReader {
  let last: State | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let strangers = 0;

  /** Begins anew at a cursor: after a restart, or when it is not the last one that was given. */
  async function resume(text: string | undefined): Promise<State> {
    const cursor = text === undefined ? undefined : readCursor(text);
    const files = await listFiles(file);
    const beginning = files[0] === undefined ? nowhere : placeIn(files[0], 0);
    if (cursor === undefined) {
      if (text !== undefined)
        logger.warn('the place in the channel log is not readable: it is read from its beginning');
      return createState(beginning, 0);
    }
    const { at, from, told, time } = cursor;
    if (at.print === '') return createState(at, time);
    const isThere = (place: CelPlace): boolean => files.some((found) => holds(found, place));
    const known = isThere(at);
    const until = { place: at, told: known ? told : 0, time, known, inFile: from.print === at.print };
    if (until.known && isThere(from)) return createState(from, time, until);
    logger.warn('a part of the channel log is gone: calls that began in it may have no record');
    return createState(until.known ? at : beginning, time, until);
  }

  /** The file to read now; undefined when there is nothing to read. */
  async function locate(state: State): Promise<CelFile | undefined> {
    const current = await inspect(file);
    if (current !== undefined && holds(current, state.at)) return current;
    const files = await listFiles(file);
    const found = files.find((candidate) => holds(candidate, state.at));
    if (found !== undefined) return found;
    // It was cut off or taken away before all of it was read: what there is of later events goes on.
    const next = files.findLast(({ firstAt }) => (firstAt ?? Infinity) <= state.time) ?? files[0];
    if (next === undefined) return undefined;
    if (state.at.print !== '') {
      logger.warn('the channel log was cut off: calls of that time may have no record');
      state.passOver = state.time;
    }
    state.at = placeIn(next, 0);
    return next;
  }

  /** Takes a line in; gives the records that are new with it. */
  function takeLine(state: State, text: string | undefined, place: CelPlace): readonly CallRecord[] {
    if (text === '') return [];
    const event = text === undefined ? undefined : readCelLine(text);
    if (event === undefined) {
      strangers += 1;
      if (strangers === 1) logger.warn('the channel log has lines that are no events in JSON: they are passed over');
      return [];
    }
    if (event.at <= state.passOver) return [];
    const ended = state.collector.take(event, place);
    state.time = Math.max(state.time, event.at);
    if (state.until !== undefined && wasTold(state.until, place, event.at)) return [];
    state.until = state.until?.told === 0 || ended.length > 0 ? undefined : state.until;
    return ended.flatMap((call) => recordsOf(call, devices()));
  }

  /** Reads a file on to its end or until the limit; gives whether the limit was reached. */
  async function readFile(state: State, current: CelFile, records: CallRecord[], limit: number): Promise<boolean> {
    for await (const { text, offset, end } of readLines(current, state.at)) {
      const place = placeIn(current, offset);
      const from = state.collector.oldest() ?? place;
      const told = state.until?.told ?? 0;
      const { time } = state;
      const found = takeLine(state, text, place);
      state.at = placeIn(current, end);
      if (found.length === 0) continue;
      state.waiting = { place, from, time, records: found, told };
      hand(state, records, limit);
      if (records.length >= limit) return true;
    }
    return false;
  }

  /** Goes on behind the end of a file; gives whether there is more to read. */
  async function goOn(state: State, current: CelFile, before: number): Promise<boolean> {
    const files = await listFiles(file);
    const index = files.findIndex(({ print }) => print === current.print);
    const same = files[index];
    if (same === undefined) return files.length > 0 && state.at.offset > before;
    // It grew meanwhile, or it was cut off while it was read and the rest is in the copy.
    const isMore = same.size > state.at.offset;
    if (isMore && (state.at.offset > before || same.path !== current.path)) return true;
    const next = files[index + 1];
    if (next === undefined) return false;
    if (isMore) strangers += 1;
    state.at = placeIn(next, 0);
    return true;
  }

  async function read(cursor: string | undefined, limit: number): Promise<CallRecordsPage> {
    const state = last !== undefined && cursor === last.cursor ? last : await resume(cursor);
    // When reading fails the cursor still tells where to begin again.
    last = undefined;
    const records: CallRecord[] = [];
    hand(state, records, limit);
    let isFull = records.length >= limit;
    while (!isFull) {
      const current = await locate(state);
      if (current === undefined || current.print === '') break;
      const before = state.at.offset;
      isFull = await readFile(state, current, records, limit);
      if (!isFull && !(await goOn(state, current, before))) break;
    }
    last = state;
    state.cursor = cursorOf(state);
    return { records, cursor: state.cursor, more: isFull };
  }

  return {
    read(cursor, limit) {
      const page = turn.then(() => read(cursor, Math.max(1, limit)));
      turn = page.catch(() => undefined);
      return page;
    },
    get strangers() {
      return strangers;
    },
  };
}
