/** What is known just now of a colleague's telephone (PRE-5). */
import type { LineState } from '../../shared/line-state';
import type { Connection } from '../api/live-events';
import type { LiveState } from '../api/live-state';

/** A line that does something. */
export interface BusyLine {
  readonly state: Exclude<LineState['state'], 'idle'>;
  /** Absent where it is not known. */
  readonly scope?: LineState['scope'];
}

export type KnownLine =
  /** Nobody can say: no connection to the service or to the telephone system. */
  | 'unknown'
  /** Also for what has no line of its own: groups, and people without a telephone. */
  | 'idle'
  | BusyLine;

/** Each busy line once: the same line is the same object, so that a row is drawn again only when its own line changes. */
const busyLines = {
  ringing: scopesOf('ringing'),
  calling: scopesOf('calling'),
  'in-call': scopesOf('in-call'),
} as const;

function scopesOf(state: BusyLine['state']): Readonly<Record<'internal' | 'external' | 'unscoped', BusyLine>> {
  return { internal: { state, scope: 'internal' }, external: { state, scope: 'external' }, unscoped: { state } };
}

/** The line of the internal user with this id. */
export function knownLine(
  live: Pick<LiveState, 'lineStates' | 'telephoneSystem'>,
  connection: Connection,
  userId: string,
): KnownLine {
  // What was heard before the connection was lost is not shown: a colleague who was free may be talking by now.
  if (connection !== 'connected' || live.telephoneSystem?.state !== 'up') return 'unknown';
  const line = live.lineStates.get(userId);
  if (line === undefined || line.state === 'idle') return 'idle';
  return busyLines[line.state][line.scope ?? 'unscoped'];
}

/** Whether the telephone rings. */
export function ringingOf(line: KnownLine): 'yes' | 'no' | 'unknown' {
  if (line === 'unknown') return 'unknown';
  return line !== 'idle' && line.state === 'ringing' ? 'yes' : 'no';
}
