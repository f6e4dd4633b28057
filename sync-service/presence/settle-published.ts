/** Brings one user's record in line with what is in force at the telephone system, or says that ours is to be written there. */
import { isDeepStrictEqual } from 'node:util';
import type { SiteNumbers } from './dial-directory';
import type { ForwardingBook } from './forwarding-book';
import { publishedTargets, takenTargets } from './forwarding-target';
import type { PresenceBook } from './presence-book';
import type { PresenceUser } from './presence-people';
import type { PresenceRecord } from './presence-record';
import { reconcilePublished } from './reconcile-published';
import type { Dated } from './reconcile-published';
import type { PublishedForwarding, PublishedPresence } from '../telephone-system/telephone-system';

/** What the telephone system is told of presence; it keeps times in whole seconds. */
export function wishedPresence({
  status,
  returnAt,
  text,
  visibility,
  changedAt,
  changedBy,
}: PresenceRecord): PublishedPresence {
  return {
    status,
    ...(returnAt !== undefined && { returnAt: Math.floor(returnAt / 1000) * 1000 }),
    ...(text !== undefined && { text }),
    visibility,
    changedAt,
    changedBy,
  };
}

export function wishedForwarding(book: ForwardingBook, user: PresenceUser, numbers: SiteNumbers): PublishedForwarding {
  const { changedAt, changedBy } = book.recordOf(user.userId);
  return { targets: publishedTargets(book.resolver(user, numbers)), changedAt, changedBy };
}

const sameStatus = (ours: PresenceRecord, theirs: PublishedPresence): boolean => {
  const wished = wishedPresence(ours);
  return (
    wished.status === theirs.status &&
    wished.text === theirs.text &&
    wished.returnAt === theirs.returnAt &&
    wished.visibility === theirs.visibility
  );
};

/** The record once it is in force; with the later time of the same content, so that the next change is later than that. */
function confirmed<R extends { readonly inForce: boolean; readonly changedAt: number }>(record: R, theirs: Dated): R {
  if (record.inForce && record.changedAt === theirs.changedAt) return record;
  return { ...record, inForce: true, changedAt: theirs.changedAt };
}

/** True where ours is to be written there. Later ones of theirs are taken, or put back where they may not be. */
export async function settlePresence(
  book: PresenceBook,
  userId: string,
  theirs: PublishedPresence | undefined,
  now: number,
): Promise<boolean> {
  let writes = false;
  await book.change(userId, (record, user) => {
    const allowed = (published: PublishedPresence) =>
      published.status !== 'do-not-disturb' || user.unavailable.length === 0;
    const what = reconcilePublished(record, theirs, sameStatus, allowed);
    writes = what === 'publish' || what === 'put-back';
    if (theirs === undefined || what === 'publish') return record;
    if (what === 'confirmed') return confirmed(record, theirs);
    if (what === 'put-back') {
      const changedAt = Math.max(now, theirs.changedAt + 1, record.changedAt + 1);
      const [reason] = user.unavailable;
      const putBack = reason && { putBack: { status: theirs.status, reason } };
      return { ...record, changedAt, changedBy: 'system', inForce: false, ...putBack };
    }
    const { status, returnAt, text, visibility, changedAt, changedBy } = theirs;
    return {
      status,
      ...(returnAt !== undefined && { returnAt }),
      ...(text !== undefined && { text }),
      visibility,
      sickVisible: record.sickVisible,
      changedAt,
      changedBy,
      inForce: true,
    };
  });
  return writes;
}

/** As {@link settlePresence}, for forwarding. */
export async function settleForwarding(
  book: ForwardingBook,
  user: PresenceUser,
  numbers: SiteNumbers,
  theirs: PublishedForwarding | undefined,
  now: number,
): Promise<boolean> {
  const wished = wishedForwarding(book, user, numbers);
  const taken = takenTargets(
    book.recordOf(user.userId).targets,
    theirs?.targets ?? {},
    book.resolver(user, numbers),
    numbers.written,
  );
  const problem = book.problemOf(user, numbers, onlyNew(taken, book.recordOf(user.userId).targets));
  const what = reconcilePublished(
    wished,
    theirs,
    (ours, published) => isDeepStrictEqual({ ...ours.targets }, { ...published.targets }),
    () => problem === undefined,
  );
  const before = book.recordOf(user.userId).changedAt;
  await book.change(
    user.userId,
    (record) => {
      // Its user has changed it meanwhile: the next round compares anew.
      if (record.changedAt !== before) return record;
      if (theirs === undefined || what === 'publish') return record;
      if (what === 'confirmed') return confirmed(record, theirs);
      if (what === 'take')
        return { targets: taken, changedAt: theirs.changedAt, changedBy: theirs.changedBy, inForce: true };
      const changedAt = Math.max(now, theirs.changedAt + 1, record.changedAt + 1);
      return { ...record, changedAt, changedBy: 'system', inForce: false };
    },
    what === 'put-back' && problem ? { status: problem.status, reason: problem.problem } : undefined,
  );
  return what === 'publish' || what === 'put-back' || book.recordOf(user.userId).changedAt > (theirs?.changedAt ?? -1);
}

/** The targets that the telephone has changed: what its user chose himself, and cannot be any more, is no reason. */
function onlyNew<T extends object>(taken: T, before: T): T {
  const unchanged = new Set(Object.entries(before).map(([status, target]) => `${status} ${JSON.stringify(target)}`));
  const entries = Object.entries(taken).filter(
    ([status, target]) => !unchanged.has(`${status} ${JSON.stringify(target)}`),
  );
  // A part of the same table.
  return Object.fromEntries(entries) as T;
}
