/** A user's presence as it is kept, and what others are told of it (PRE-2, PRE-4). Pure. */
import type {
  ColleaguePresence,
  OwnPresence,
  PresenceAuthor,
  PresenceStatus,
  PresenceVisibility,
  UnavailableReason,
} from '../../shared/presence';
import type { ZonedTime } from '../../shared/zoned-time';

export interface PresenceRecord {
  readonly status: PresenceStatus;
  /** Milliseconds since 1970. */
  readonly returnAt?: number;
  /** The same as it was set; absent where it came as an instant. */
  readonly returnWall?: ZonedTime;
  readonly text?: string;
  readonly visibility: PresenceVisibility;
  readonly sickVisible: boolean;
  /** Milliseconds since 1970; each change of a user is later than the one before. */
  readonly changedAt: number;
  readonly changedBy: PresenceAuthor;
  /** The telephone system has confirmed it. */
  readonly inForce: boolean;
  /** A change at the telephone that was put back; kept until the next change, and not for longer than this process. */
  readonly putBack?: NonNullable<OwnPresence['putBack']>;
}

/** Of whoever has never set anything. */
export const initialPresence: PresenceRecord = {
  status: 'office',
  visibility: 'internal-and-external',
  sickVisible: false,
  changedAt: 0,
  changedBy: 'system',
  inForce: true,
};

/**
 * What colleagues see. Visibility governs every status but Office; the text of Office follows it all the same, because
 * whoever hides what he writes does not expect it to appear with his return. `now`: milliseconds since 1970.
 */
export function toldPresence(userId: string, record: PresenceRecord, now: number): ColleaguePresence {
  const { status, returnAt, text } = record;
  if (record.visibility === 'not-visible') return { userId, status: status === 'office' ? 'office' : 'not-visible' };
  const returns = returnAt !== undefined && returnAt > now;
  return {
    userId,
    status: status === 'sick' && !record.sickVisible ? 'absent' : status,
    ...(returns && { returnAt: new Date(returnAt).toISOString() }),
    ...(text !== undefined && { text }),
  };
}

/** Whether it is what everybody is who is not told of: in the office, without a text. */
export function isPlain({ status, text }: ColleaguePresence): boolean {
  return status === 'office' && text === undefined;
}

/** What its user sees; `unavailable`: why his telephone takes no do not disturb. */
export function ownPresence(record: PresenceRecord, unavailable: readonly UnavailableReason[]): OwnPresence {
  return {
    status: record.status,
    ...(record.returnAt !== undefined && { returnAt: new Date(record.returnAt).toISOString() }),
    ...(record.text !== undefined && { text: record.text }),
    visibility: record.visibility,
    sickVisible: record.sickVisible,
    changedAt: new Date(record.changedAt).toISOString(),
    changedBy: record.changedBy,
    inForce: record.inForce,
    ...(record.putBack && { putBack: record.putBack }),
    unavailable: unavailable.map((reason) => ({ status: 'do-not-disturb', reason })),
  };
}
