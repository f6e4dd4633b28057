/** What the live events add up to. Pure: the same events give the same state in every pane. */
import type { Call, TelephoneLink } from '../../shared/call';
import type { LiveEvent } from '../../shared/events';
import type { JournalCounts } from '../../shared/journal';
import type { LineState } from '../../shared/line-state';
import type { OwnPresence } from '../../shared/presence';

/** The state that a pane shows. */
export interface LiveState {
  /** Calls of the user that are not over, oldest first. */
  readonly calls: readonly Call[];
  /** Undefined before the first snapshot. */
  readonly telephoneSystem: TelephoneLink | undefined;
  /** Calls that ended since the last snapshot are told here once, newest last; at most {@link maxEnded}. */
  readonly ended: readonly Call[];
  /** By user id, of everybody whose telephone is not idle. */
  readonly lineStates: ReadonlyMap<string, LineState>;
  /** Own journal entries by folder; undefined before the first snapshot. */
  readonly journal: JournalCounts | undefined;
  /** Ids of colleagues for whom the user waits to be free. */
  readonly watches: ReadonlySet<string>;
  /** Newest that was told of colleagues' presence; undefined before the first snapshot. */
  readonly presenceVersion: string | undefined;
  /** Undefined before the first snapshot. */
  readonly ownPresence: OwnPresence | undefined;
}

export const initialLiveState: LiveState = {
  calls: [],
  telephoneSystem: undefined,
  ended: [],
  lineStates: new Map(),
  journal: undefined,
  watches: new Set(),
  presenceVersion: undefined,
  ownPresence: undefined,
};
const maxEnded = 10;

/** The state after the event. */
export function applyEvent(state: LiveState, event: LiveEvent): LiveState {
  switch (event.type) {
    case 'snapshot':
      return {
        calls: inOrder(event.calls),
        telephoneSystem: event.telephoneSystem,
        ended: [],
        lineStates: applyLineStates(new Map(), event.lineStates),
        journal: event.journal,
        watches: new Set(event.watches),
        presenceVersion: event.presenceVersion,
        ownPresence: event.ownPresence,
      };
    case 'telephone-system':
      return { ...state, telephoneSystem: event.link };
    case 'call':
      return applyCall(state, event.call);
    case 'line-states':
      return { ...state, lineStates: applyLineStates(state.lineStates, event.lineStates) };
    case 'presence-watches':
      return { ...state, watches: new Set(event.watches) };
    case 'journal':
      return { ...state, journal: event.counts };
    case 'presence':
      return { ...state, presenceVersion: event.version };
    case 'own-presence':
      return { ...state, ownPresence: event.presence };
    case 'forwarding':
    case 'reminder':
    case 'contacts':
    case 'import-progress':
    case 'favorites':
    case 'directory':
    case 'colleague-free':
    case 'session-ended':
      return state;
  }
}

/** The snapshot that leads to this state, for a pane that comes later; undefined before the first. */
export function snapshotOf(state: LiveState): LiveEvent | undefined {
  const { calls, telephoneSystem, lineStates, journal, watches, presenceVersion, ownPresence } = state;
  if (telephoneSystem === undefined || journal === undefined) return undefined;
  if (presenceVersion === undefined || ownPresence === undefined) return undefined;
  return {
    type: 'snapshot',
    telephoneSystem,
    calls: [...calls],
    lineStates: [...lineStates.values()],
    journal,
    watches: [...watches],
    presenceVersion,
    ownPresence,
  };
}

function applyLineStates(
  known: ReadonlyMap<string, LineState>,
  changed: readonly LineState[],
): ReadonlyMap<string, LineState> {
  const after = new Map(known);
  for (const line of changed) {
    if (line.state === 'idle') after.delete(line.userId);
    else after.set(line.userId, line);
  }
  return after;
}

/** A call as the service told it, by an event or as the answer to a command. */
export function applyCall(state: LiveState, call: Call): LiveState {
  const others = state.calls.filter((known) => known.id !== call.id);
  if (call.state !== 'ended') {
    // The answer to a command may arrive after the event that ended its call.
    if (state.ended.some((known) => known.id === call.id)) return state;
    return { ...state, calls: inOrder([...others, call]) };
  }
  const ended = [...state.ended.filter((known) => known.id !== call.id), call].slice(-maxEnded);
  return { ...state, calls: others, ended };
}

function inOrder(calls: readonly Call[]): Call[] {
  return [...calls].sort((a, b) => a.startedAt.localeCompare(b.startedAt) || a.id.localeCompare(b.id));
}
