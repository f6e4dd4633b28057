/** Commits a sync in which nothing has happened, in a few short statements that need no worker thread. */
import type { SyncBatch, SyncResult } from '../../shared/contact-sync';
import type { Database } from '../database/database';
import { committedMemoryMs, forgetOthers, historyOf, startsFromZero } from './commit-sync';
import { readQuietSync } from './quiet-sync';
import { advanceAccount, contactsOfAccount, foldersOf, lockAccount, replaceFolders } from './source-account-store';
import { noteQuietEnd, pruneHistory } from './sync-history-store';
import { batchNumbers, batchesOf, changeSync, findSync, removeBatches, stagedLength } from './sync-store';

export interface QuietCommitRequest {
  readonly userId: string;
  readonly syncId: string;
  /** How many batches were sent. */
  readonly batches?: number | undefined;
  /** The last batch, where it came with the commit. */
  readonly last?: { readonly n: number; readonly batch: SyncBatch } | undefined;
  readonly now: Date;
}

/** UTF-16 units of batches beyond which something must have happened. */
const maxQuietLength = 200_000;

/**
 * Undefined, with nothing changed, for any sync that is not known to be quiet: that one is planned, or refused.
 * @throws ServiceError `storage-unavailable`
 */
export async function commitQuietSync(
  database: Database,
  request: QuietCommitRequest,
): Promise<{ generation: number; result: SyncResult } | undefined> {
  const { userId, syncId, last, now } = request;
  // Without the write lock first: most that are not quiet are seen to be so here.
  const seen = await findSync(database, userId, syncId);
  if (seen?.status !== 'open' || (last?.batch.changes.length ?? 0) > 0) return undefined;
  if ((await stagedLength(database, syncId)) > maxQuietLength) return undefined;
  const before = [...(await batchesOf(database, syncId)), ...(last === undefined ? [] : [last.batch])];
  if (readQuietSync(before, await foldersOf(database, seen.accountId)) === undefined) return undefined;

  return database.transaction().execute(async (db) => {
    const account = await lockAccount(db, userId, seen.accountId);
    const sync = await findSync(db, userId, syncId);
    if (account === undefined || sync?.status !== 'open' || sync.until <= now.toISOString()) return undefined;
    if (account.generation !== sync.generation || startsFromZero(account, sync)) return undefined;
    const numbers = new Set(await batchNumbers(db, syncId));
    if (last !== undefined && numbers.has(last.n)) return undefined;
    if (last !== undefined) numbers.add(last.n);
    if (Math.max(0, ...numbers) !== numbers.size || numbers.size !== (request.batches ?? numbers.size))
      return undefined;
    const batches = [...(await batchesOf(db, syncId)), ...(last === undefined ? [] : [last.batch])];
    const quiet = readQuietSync(batches, await foldersOf(db, account.id));
    if (quiet === undefined) return undefined;

    const unchanged = await contactsOfAccount(db, account.id);
    const result: SyncResult = {
      ...{ added: 0, changed: 0, removed: 0, unchanged },
      ...{ skipped: [], skippedCount: 0, problems: [], problemCount: 0 },
    };
    const at = now.toISOString();
    if (quiet.foldersChanged) await replaceFolders(db, account.id, quiet.folders, at);
    await advanceAccount(db, account.id, { options: sync.options, result, at });
    const until = new Date(now.getTime() + committedMemoryMs).toISOString();
    await changeSync(db, sync, { status: 'committed', result, until });
    await removeBatches(db, syncId);
    await forgetOthers(db, userId, sync);
    await noteQuietEnd(db, historyOf(sync, now, result)('done'));
    await pruneHistory(db, account.id, now);
    return { generation: account.generation + 1, result };
  });
}
