/** The trace of this pane: a bounded list in memory. Nothing of it is sent anywhere. */
import type { RequestRecord } from '../api/client';
import { createStore, type ReadableStore } from '../api/store';
import type { HostStorage } from '../outlook/host';
import { levelOf, traceLevels, type TraceEntry, type TraceLevel } from './trace-entry';

export interface TraceSetting {
  readonly level: TraceLevel;
  /** When the level was raised above the usual one; milliseconds since 1970. */
  readonly raisedAt: number | undefined;
}

/** An entry with the moment at which it was noted. */
export type TimedEntry = TraceEntry & { readonly at: string };

export interface Trace {
  readonly setting: ReadableStore<TraceSetting>;
  note(entry: TraceEntry): void;
  /** Oldest first. */
  entries(): readonly TimedEntry[];
  /** The newest requests, whatever the level; oldest first. */
  requests(): readonly RequestRecord[];
  choose(level: TraceLevel): void;
  /** The raised level is wanted on: its reminder begins anew. */
  keep(): void;
  /** Takes up what was chosen in this browser before; call when the storage can be asked. */
  recall(): void;
}

export const usualLevel = 'normal';
/** Entries that are kept; older ones go. About 150 bytes each. */
export const traceCapacity = 2000;
/** Requests that diagnostics name. */
const requestsKept = 12;
const key = 'trace';

export function createTrace(storage: HostStorage, now: () => number = Date.now): Trace {
  const setting = createStore<TraceSetting>({ level: usualLevel, raisedAt: undefined });
  const kept: TimedEntry[] = [];
  const requests: RequestRecord[] = [];
  let oldest = 0;
  let threshold = traceLevels.indexOf(usualLevel);

  function set(next: TraceSetting) {
    threshold = traceLevels.indexOf(next.level);
    setting.set(next);
  }
  function save(next: TraceSetting) {
    set(next);
    storage.set(key, JSON.stringify(next));
  }
  const choose = (level: TraceLevel) => save({ level, raisedAt: isRaised(level) ? now() : undefined });

  return {
    setting,
    note(entry) {
      if (entry.kind === 'request') {
        requests.push(entry);
        if (requests.length > requestsKept) requests.shift();
      }
      if (threshold < traceLevels.indexOf(levelOf(entry))) return;
      const timed = { ...entry, at: new Date(now()).toISOString() };
      if (kept.length < traceCapacity) kept.push(timed);
      else {
        kept[oldest] = timed;
        oldest = (oldest + 1) % traceCapacity;
      }
    },
    requests: () => [...requests],
    entries: () => [...kept.slice(oldest), ...kept.slice(0, oldest)],
    choose,
    keep: () => choose(setting.get().level),
    recall() {
      const known = readSetting(storage.get(key));
      if (known) set(known);
    },
  };
}

/** More than is usual. */
export function isRaised(level: TraceLevel): boolean {
  return traceLevels.indexOf(level) > traceLevels.indexOf(usualLevel);
}

function readSetting(text: string | undefined): TraceSetting | undefined {
  if (text === undefined) return undefined;
  try {
    const read = JSON.parse(text) as { readonly level?: unknown; readonly raisedAt?: unknown } | null;
    const level = traceLevels.find((known) => known === read?.level);
    return level && { level, raisedAt: typeof read?.raisedAt === 'number' ? read.raisedAt : undefined };
  } catch {
    return undefined;
  }
}
