/** The records of calls that are over, as an exchange keeps them while nobody listens: bounded, read by cursor. */
import type { CallRecord } from '../telephone-system';
import type { Side } from './call-model';

/** So many records are kept; the oldest go first. */
export const keptRecords = 10_000;

export interface CallHistory {
  add(record: CallRecord): void;
  /** Records after the cursor; from the oldest there is when the cursor is absent or of another exchange. */
  read(
    cursor: string | undefined,
    limit: number,
    wanted: (record: CallRecord) => boolean,
  ): { readonly records: readonly CallRecord[]; readonly cursor: string; readonly more: boolean };
}

/** `epoch` names this history; cursors are `epoch-number`. */
export function createCallHistory(epoch: string): CallHistory {
  let kept: { readonly number: number; readonly record: CallRecord }[] = [];
  let last = 0;

  function numberOf(cursor: string | undefined): number {
    const digits = cursor?.startsWith(`${epoch}-`) === true ? cursor.slice(epoch.length + 1) : '';
    return /^\d{1,15}$/.test(digits) ? Number(digits) : 0;
  }

  return {
    add(record) {
      last += 1;
      kept.push({ number: last, record });
      // In large steps: a list is not shortened for each record.
      if (kept.length > keptRecords + 1000) kept = kept.slice(-keptRecords);
    },
    read(cursor, limit, wanted) {
      const after = numberOf(cursor);
      const found = kept.slice(-keptRecords).filter(({ number, record }) => number > after && wanted(record));
      const page = found.slice(0, Math.max(1, limit));
      const more = found.length > page.length;
      const upTo = more ? (page.at(-1)?.number ?? after) : Math.max(last, after);
      return { records: page.map(({ record }) => record), cursor: `${epoch}-${upTo}`, more };
    },
  };
}

/**
 * The record of a side that is over; undefined where there was no call: a phone that rang to be lifted and was not.
 * Pure.
 */
export function recordOf(side: Side, device: string | undefined, endedAt: number): CallRecord | undefined {
  const { id, direction, connectedAt, over, group, redirectedFrom, voicemail, startedAt } = side;
  if (device === undefined || over === undefined) return undefined;
  if (connectedAt === undefined && (side.purpose !== undefined || side.call.phase === 'to-lift')) return undefined;
  const takenOver = connectedAt === undefined && direction === 'incoming' && over.takenBy !== undefined && !voicemail;
  const result = connectedAt !== undefined ? 'answered' : takenOver ? 'taken-over' : 'not-answered';
  return {
    id,
    callId: side.call.id,
    device,
    direction,
    party: side.firstParty,
    result,
    ...(result === 'not-answered' ? { reason: over.reason } : {}),
    ...(group === undefined ? {} : { group }),
    ...(takenOver ? { takenBy: over.takenBy } : {}),
    ...(redirectedFrom === undefined ? {} : { redirectedFrom }),
    ...(voicemail ? { voicemail } : {}),
    startedAt,
    ...(connectedAt === undefined ? {} : { connectedAt }),
    endedAt,
  };
}
