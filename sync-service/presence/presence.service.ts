/** Presence: what everybody sees, and what a user says of himself. */
import type {
  ColleaguePresence,
  OwnPresence,
  PresenceAuthor,
  PresenceStatus,
  PresenceVisibility,
} from '../../shared/presence';
import { presenceTextProblem } from '../../shared/presence';
import { instantOf, isTimeZone, isWallTime } from '../../shared/zoned-time';
import type { ZonedTime } from '../../shared/zoned-time';
import type { PresenceBook } from './presence-book';
import type { PresenceUser } from './presence-people';
import type { PresenceRecord } from './presence-record';
import { presenceTextRefused, returnTimeRefused, statusUnavailable } from './presence.errors';

/** What a user says. */
export interface PresenceWish {
  readonly status: PresenceStatus;
  readonly returnAt?: ZonedTime | undefined;
  readonly text?: string | undefined;
}

export interface PresenceService {
  /** With how many last characters of the ids tell all users apart. */
  list(): { version: string; items: ColleaguePresence[]; endLength: number };
  /** What everybody is told of one user. */
  told(userId: string): ColleaguePresence;
  /** Errors: `not-found`, as with all below, when the user was removed a moment ago. */
  own(userId: string): OwnPresence;
  /** Errors: `return-time-refused`, `presence-text-refused`, `status-unavailable`. */
  setOwn(userId: string, wish: PresenceWish): Promise<OwnPresence>;
  changeVisibility(
    userId: string,
    change: { readonly visibility?: PresenceVisibility | undefined; readonly sickVisible?: boolean | undefined },
  ): Promise<OwnPresence>;
  /** The record as it is; for those who set it for the user. */
  presenceOf(userId: string): PresenceRecord;
  /**
   * Set by something else than the user; `returnAt` in milliseconds since 1970. Errors: `status-unavailable`, and
   * `presence-text-refused`; a return that has passed is left out.
   */
  set(
    userId: string,
    presence: {
      readonly status: PresenceStatus;
      readonly returnAt?: number | undefined;
      readonly text?: string | undefined;
      readonly changedBy: PresenceAuthor;
      /** Nothing is set where it has been changed since this time of its record. */
      readonly unlessChangedSince?: number | undefined;
    },
  ): Promise<void>;
}

/** Milliseconds that a return may be ahead. */
const farthestReturn = 5 * 366 * 24 * 60 * 60_000;

export function createPresenceService({
  book,
  now,
  enforced,
  changed: tellChanged,
}: {
  readonly book: PresenceBook;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Whether a telephone system has to confirm what this user sets. */
  readonly enforced: (user: PresenceUser) => boolean;
  /** Hears of each change that is made here. */
  readonly changed: (userId: string) => void;
}): PresenceService {
  /** The record with another content, later than it was. */
  function changed(
    record: PresenceRecord,
    user: PresenceUser,
    by: PresenceAuthor,
    content: Pick<PresenceRecord, 'status' | 'visibility' | 'sickVisible' | 'returnAt' | 'returnWall' | 'text'>,
  ): PresenceRecord {
    return {
      ...content,
      changedAt: Math.max(now(), record.changedAt + 1),
      changedBy: by,
      inForce: !enforced(user),
    };
  }

  function readReturn({ status, returnAt }: PresenceWish): Pick<PresenceRecord, 'returnAt' | 'returnWall'> {
    if (returnAt === undefined) return {};
    if (status === 'office') throw returnTimeRefused('with-office');
    if (!isWallTime(returnAt.wallTime) || !isTimeZone(returnAt.timeZone)) throw returnTimeRefused('invalid');
    const instant = instantOf(returnAt.wallTime, returnAt.timeZone);
    if (instant <= now()) throw returnTimeRefused('past');
    if (instant > now() + farthestReturn) throw returnTimeRefused('too-far');
    return { returnAt: instant, returnWall: returnAt };
  }

  return {
    list: () => ({ version: book.version, items: book.told(), endLength: book.endLength }),
    told: (userId) => book.toldOf(userId),
    own: (userId) => book.own(userId),
    async setOwn(userId, wish) {
      const text = readText(wish.text);
      const returns = readReturn(wish);
      await book.change(userId, (record, user) => {
        refuseUnavailable(wish.status, user);
        const { visibility, sickVisible } = record;
        return changed(record, user, 'user', { status: wish.status, visibility, sickVisible, ...returns, ...text });
      });
      tellChanged(userId);
      return book.own(userId);
    },
    async changeVisibility(userId, { visibility, sickVisible }) {
      await book.change(userId, (record, user) => {
        const { changedAt: _at, changedBy, inForce: _inForce, ...content } = record;
        return changed(record, user, changedBy, {
          ...content,
          visibility: visibility ?? record.visibility,
          sickVisible: sickVisible ?? record.sickVisible,
        });
      });
      tellChanged(userId);
      return book.own(userId);
    },
    presenceOf: (userId) => book.recordOf(userId),
    async set(userId, { status, returnAt, text, changedBy, unlessChangedSince }) {
      const words = readText(text);
      await book.change(userId, (record, user) => {
        if (unlessChangedSince !== undefined && record.changedAt !== unlessChangedSince) return record;
        refuseUnavailable(status, user);
        const { visibility, sickVisible } = record;
        const returns = returnAt !== undefined && returnAt > now() && status !== 'office' ? { returnAt } : {};
        return changed(record, user, changedBy, { status, visibility, sickVisible, ...returns, ...words });
      });
      tellChanged(userId);
    },
  };
}

function readText(raw: string | undefined): { text?: string } {
  const text = raw?.trim() ?? '';
  const problem = presenceTextProblem(text);
  if (problem !== undefined) throw presenceTextRefused(problem);
  return text === '' ? {} : { text };
}

function refuseUnavailable(status: PresenceStatus, { unavailable }: PresenceUser): void {
  const [reason] = unavailable;
  if (status === 'do-not-disturb' && reason !== undefined) throw statusUnavailable(reason);
}
