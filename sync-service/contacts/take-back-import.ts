/**
 * Takes back an import that was ended before its end: what it added goes, what it changed is as it was, the last first, in
 * portions that forget their changes together with them, so that a take-back that is broken off itself goes on where it was.
 * What its owner has made his own meanwhile stays his.
 */
import type { DialPlan } from '../../shared/dial-plan';
import { ServiceError } from '../../shared/errors';
import type { Database } from '../database/database';
import { fingerprintOf } from './contact-fields';
import { readContent } from './contact-record';
import type { NumberRules } from './contact-record';
import { removeContacts, replaceContents } from './contact-store';
import { accountOfImport, dropLastChanges, forgetUnused, lastChanges, stillImported } from './file-import-store';
import { lockAccount } from './source-account-store';
import { removeHistory } from './sync-history-store';

export interface TakeBackDeps {
  readonly database: Database;
  readonly rules: NumberRules;
  /** Imports of this process that were broken off and could not be taken back, with their users. */
  readonly left?: Map<string, string>;
}

export interface TakeBackRequest {
  readonly userId: string;
  readonly historyId: string;
  readonly dialPlan: DialPlan;
  readonly now: Date;
}

/** Changes that are taken back at once. */
const portionSize = 200;

export async function takeBackImport(deps: TakeBackDeps, request: TakeBackRequest): Promise<void> {
  while (await takeBackPortion(deps, request)) await new Promise((resolve) => setImmediate(resolve));
}

/** @returns whether there is more */
async function takeBackPortion(
  { database, rules }: TakeBackDeps,
  { userId, historyId, dialPlan, now }: TakeBackRequest,
): Promise<boolean> {
  return database.transaction().execute(async (db) => {
    const accountId = await accountOfImport(db, historyId);
    if (accountId === undefined || (await lockAccount(db, userId, accountId)) === undefined) return false;
    const changes = await lastChanges(db, historyId, portionSize);
    if (changes.length === 0) {
      await removeHistory(db, [historyId]);
      await forgetUnused(db, accountId);
      return false;
    }
    const ids = changes.flatMap(({ contactId }) => contactId ?? []);
    const there = await stillImported(db, userId, accountId, ids);
    const own = changes.flatMap((change) => {
      const stands = change.contactId === undefined ? undefined : there.get(change.contactId);
      return stands?.itemId === change.itemId ? [{ ...change, fingerprint: stands.fingerprint }] : [];
    });
    await removeContacts(
      db,
      userId,
      own.flatMap(({ kind, contactId }) => (kind === 'added' && contactId !== undefined ? [contactId] : [])),
    );
    const restored = own.flatMap(({ kind, contactId, before, after, fingerprint }) => {
      if (kind !== 'changed' || contactId === undefined || before === undefined || after === undefined) return [];
      // Another import or an undo has been there meanwhile: that one counts.
      if (fingerprintOf(after) !== fingerprint) return [];
      return [{ id: contactId, content: readContent(before, rules, dialPlan) }];
    });
    await replaceContents(db, userId, restored, now.toISOString());
    await dropLastChanges(db, historyId, changes.length);
    return true;
  });
}

/**
 * Takes it back because of an error. Where that cannot be done just now, it is done later (`takeBackLeft`).
 * @returns the error that is told
 */
export async function takeBackOrLeave(deps: TakeBackDeps, request: TakeBackRequest, error: unknown): Promise<unknown> {
  try {
    await takeBackImport(deps, request);
    return error;
  } catch (failure) {
    deps.left?.set(request.historyId, request.userId);
    const told = failure instanceof ServiceError ? failure.details : [];
    return new ServiceError(
      'storage-unavailable',
      'The import was broken off, and what it had brought cannot be taken back just now. It is taken back by itself within minutes of when the database can be written again.',
      { details: [...told, { reason: 'taken-back-later' }], retryAfterMs: 60_000, cause: failure },
    );
  }
}

/** Takes back what this process has left of a user's imports: who tries again waits for no lease. */
export async function takeBackOwn(deps: TakeBackDeps, request: Omit<TakeBackRequest, 'historyId'>): Promise<void> {
  for (const [historyId, userId] of deps.left ?? []) {
    if (userId !== request.userId) continue;
    await takeBackImport(deps, { ...request, historyId });
    deps.left?.delete(historyId);
  }
}
