/**
 * What a call record means for its user's journal, and how several records of one call become one entry. Pure.
 *
 * A user whose desk phone and mobile ring, or who is called as a member of a group, has a side of the call on each
 * device. He sees one entry per call and direction: answered beats taken over beats not answered, from the first begin to
 * the last end. Sides of one call may be told in any order, at any time and more than once, so merging is commutative,
 * associative and idempotent.
 */
import type { CallDirection, CallRecord, Party } from './call-records';

/** What one or several sides of a call say of it. Times are ISO 8601 UTC. */
export interface JournalCall {
  readonly callId: string;
  readonly direction: CallDirection;
  /** The record that the party, the reason and the rest come from. */
  readonly recordId: string;
  readonly result: CallRecord['result'];
  readonly reason: CallRecord['reason'];
  readonly party: Party;
  /** See `party-key.ts`; undefined when withheld. */
  readonly partyKey: string | undefined;
  readonly group: Party | undefined;
  readonly takenBy: Party | undefined;
  readonly redirectedFrom: Party | undefined;
  readonly voicemail: boolean;
  readonly startedAt: string;
  /** The first answer. */
  readonly connectedAt: string | undefined;
  /** End of the last side that has this result. */
  readonly endedAt: string;
  /** The last answer: from then on earlier attempts are not open any more. Only with `answered`. */
  readonly reachedAt: string | undefined;
}

/** Longest text of a party and longest id that is kept, in UTF-16 units. */
export const partyTextLimit = 256;
const idLimit = 256;
/** The year 10000 in milliseconds: later times are not in the order of their texts. */
const endOfTime = 253_402_300_800_000;

const ranks = { 'not-answered': 0, 'taken-over': 1, answered: 2 } as const;

/** The record as a call of its user; undefined when it is not one that can be kept (no ids, times out of range). */
export function readRecord(record: CallRecord, partyKey: string | undefined): JournalCall | undefined {
  const times = [record.startedAt, record.endedAt, record.connectedAt ?? record.startedAt];
  if (times.some((time) => !(time >= 0 && time < endOfTime))) return undefined;
  if ([record.id, record.callId].some((id) => id === '' || id.length > idLimit)) return undefined;
  const answered = record.result === 'answered';
  const connectedAt = answered ? iso(record.connectedAt ?? record.startedAt) : undefined;
  return {
    callId: record.callId,
    direction: record.direction,
    recordId: record.id,
    result: record.result,
    reason: record.result === 'not-answered' ? record.reason : undefined,
    party: tidyParty(record.party),
    partyKey,
    group: record.group && tidyParty(record.group),
    takenBy: record.takenBy && tidyParty(record.takenBy),
    redirectedFrom: record.redirectedFrom && tidyParty(record.redirectedFrom),
    voicemail: record.voicemail ?? false,
    startedAt: iso(record.startedAt),
    connectedAt,
    endedAt: iso(record.endedAt),
    reachedAt: connectedAt,
  };
}

/** Two readings of the same call and direction as one. */
export function mergeCalls(one: JournalCall, other: JournalCall): JournalCall {
  const [best, rest] = isBetter(one, other) ? [one, other] : [other, one];
  const equal = best.result === rest.result;
  return {
    ...best,
    voicemail: best.voicemail || rest.voicemail,
    startedAt: earlier(best.startedAt, rest.startedAt),
    endedAt: equal ? later(best.endedAt, rest.endedAt) : best.endedAt,
    connectedAt:
      equal && best.connectedAt !== undefined ? earlier(best.connectedAt, rest.connectedAt) : best.connectedAt,
    reachedAt: equal && best.reachedAt !== undefined ? later(best.reachedAt, rest.reachedAt) : best.reachedAt,
  };
}

/** Whether the first one is shown. A record is told with the same content each time, so ids settle the rest. */
function isBetter(one: JournalCall, other: JournalCall): boolean {
  return one.result === other.result ? one.recordId <= other.recordId : ranks[one.result] > ranks[other.result];
}

const iso = (time: number): string => new Date(time).toISOString();
const earlier = (one: string, other: string | undefined): string => (other === undefined || one < other ? one : other);
const later = (one: string, other: string | undefined): string => (other === undefined || one > other ? one : other);

/** A party without control characters, halves of characters and endless texts: they come from the network. */
function tidyParty({ number, name }: Party): Party {
  const tidyNumber = tidyText(number);
  const tidyName = tidyText(name);
  return {
    ...(tidyNumber === undefined ? {} : { number: tidyNumber }),
    ...(tidyName === undefined ? {} : { name: tidyName }),
  };
}

function tidyText(text: string | undefined): string | undefined {
  const tidy = text
    ?.slice(0, partyTextLimit)
    .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .trim();
  return tidy === '' ? undefined : tidy;
}
