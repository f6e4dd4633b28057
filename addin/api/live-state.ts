/** What the live events add up to. Pure: the same events give the same state in every pane. */
import type { Call, TelephoneLink } from '../../shared/call';
import type { LiveEvent } from '../../shared/events';

/** The state that a pane shows. */
export interface LiveState {
  /** Calls of the user that are not over, oldest first. */
  readonly calls: readonly Call[];
  /** Undefined before the first snapshot. */
  readonly telephoneSystem: TelephoneLink | undefined;
  /** Calls that ended since the last snapshot are told here once, newest last; at most {@link maxEnded}. */
  readonly ended: readonly Call[];
}

export const initialLiveState: LiveState = { calls: [], telephoneSystem: undefined, ended: [] };
const maxEnded = 10;

/** The state after the event. */
export function applyEvent(state: LiveState, event: LiveEvent): LiveState {
  switch (event.type) {
    case 'snapshot':
      return { calls: inOrder(event.calls), telephoneSystem: event.telephoneSystem, ended: [] };
    case 'telephone-system':
      return { ...state, telephoneSystem: event.link };
    case 'call':
      return applyCall(state, event.call);
    case 'contacts':
    case 'session-ended':
      return state;
  }
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
