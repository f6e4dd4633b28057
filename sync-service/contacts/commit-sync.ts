/**
 * The last step of a sync: what was staged is planned and applied, with the new folder states and the next generation,
 * in ONE transaction. Whatever breaks leaves everything as it was. Runs as a job of the background work.
 */
import { confirmationDays, syncLeaseMs } from '../../shared/contact-sync';
import type { SyncOptions, SyncResult } from '../../shared/contact-sync';
import type { DialPlan } from '../../shared/dial-plan';
import type { ServiceError } from '../../shared/errors';
import type { Connection, Database } from '../database/database';
import { contentOf } from './contact-record';
import type { NumberRules } from './contact-record';
import {
  addContacts,
  fieldsOf,
  itemsOf,
  moveContacts,
  noteVersions,
  removeContacts,
  replaceContents,
} from './contact-store';
import * as errors from './contacts.errors';
import { changeMarks, detachedItemsOf, marksOf, noteNews } from './detached-source-store';
import { planSync } from './plan-sync';
import type { ItemContent, StoredItem, SyncPlan } from './plan-sync';
import { advanceAccount, foldersOf, lockAccount, replaceFolders, shadowsOf } from './source-account-store';
import type { Account } from './source-account-store';
import { removalNeedsConfirmation } from './sync-guard';
import {
  batchNumbers,
  batchesOf,
  changeSync,
  findSync,
  removeBatches,
  removeSyncs,
  unfinishedSyncs,
} from './sync-store';
import type { Sync } from './sync-store';
import { forgetStandsBefore, noteQuietEnd, pruneHistory, putHistory, removeHistory } from './sync-history-store';
import type { ChangeRecord, HistoryRecord } from './sync-history-store';

export interface CommitRequest {
  readonly userId: string;
  readonly syncId: string;
  readonly dialPlan: DialPlan;
  readonly preview: boolean;
  /** Plan hash of the removal that a person has agreed to. */
  readonly confirm?: string | undefined;
  /** How many batches were sent. */
  readonly batches?: number | undefined;
  readonly now: Date;
}

export interface CommitOutcome {
  readonly generation: number;
  readonly result: SyncResult;
  readonly planHash?: string | undefined;
  /** True when the personal directory, or what is known of the originals of its edited imports, is another one now. */
  readonly changed: boolean;
}

export interface CommitDeps {
  readonly database: Database;
  readonly rules: NumberRules;
  newId(): string;
}

/** How long a commit that is sent again is answered as the first one was. */
export const committedMemoryMs = 24 * 3_600_000;

/** Every folder is told from zero: at first, at the user's wish, and when other contacts than last time are wanted. */
export function startsFromZero(
  account: Pick<Account, 'generation' | 'options'>,
  sync: Pick<Sync, 'mode' | 'options'>,
): boolean {
  return sync.mode === 'full' || account.generation === 0 || !sameOptions(account.options, sync.options);
}

function sameOptions(one: SyncOptions | undefined, other: SyncOptions): boolean {
  return one?.skipContactsWithoutNumber === other.skipContactsWithoutNumber;
}

/**
 * Plans, and applies unless it is a preview.
 * @throws ServiceError `sync-unknown`, `sync-outdated`, `sync-incomplete`, `removal-needs-confirmation` (the sync waits
 * from then on), `confirmation-outdated`, `storage-unavailable`.
 */
export async function commitSync(deps: CommitDeps, request: CommitRequest): Promise<CommitOutcome> {
  const outcome = await deps.database.transaction().execute((db) => commitIn(db, deps, request));
  // A held-back removal is noted in the transaction that says so, so its refusal must not undo it.
  if ('refusal' in outcome) throw outcome.refusal;
  return outcome;
}

async function commitIn(
  db: Connection,
  deps: CommitDeps,
  request: CommitRequest,
): Promise<CommitOutcome | { readonly refusal: ServiceError }> {
  const { userId, syncId } = request;
  const seen = await findSync(db, userId, syncId);
  const account = seen && (await lockAccount(db, userId, seen.accountId));
  // Read again under the lock: another commit may have ended meanwhile.
  const sync = await findSync(db, userId, syncId);
  if (account === undefined || sync === undefined) throw errors.syncUnknown();
  if (sync.status === 'committed' && sync.result !== undefined) {
    return { generation: sync.generation + 1, result: sync.result, changed: false };
  }
  if (sync.until <= request.now.toISOString()) throw errors.syncUnknown();
  if (account.generation !== sync.generation) throw errors.syncOutdated(account.generation);
  checkBatches(await batchNumbers(db, syncId), request.batches);

  const stored = await itemsOf(db, userId, account.id);
  const folders = await foldersOf(db, account.id);
  const plan = planSync({
    stored,
    shadows: await shadowsOf(db, account.id),
    detached: await detachedItemsOf(db, account.id),
    marks: await marksOf(db, account.id),
    folders,
    fromZero: startsFromZero(account, sync),
    options: sync.options,
    batches: await batchesOf(db, syncId),
    read: (raw) => deps.rules.read(raw, request.dialPlan),
  });
  if (plan.unfinished.length > 0) throw errors.foldersUnfinished(plan.unfinished);
  const { planHash, result, remaining } = plan;
  const removed = plan.remove.length;
  const news = result.added + result.changed + removed;
  const changes = await changesOf(db, userId, plan, stored);
  const history = historyOf(sync, request.now, result);

  if (request.preview) {
    if (sync.status === 'open') await changeSync(db, sync, { until: after(request.now, syncLeaseMs) });
    await putHistory(db, history('planned'), changes);
    return { generation: account.generation, result, planHash, changed: false };
  }
  if (request.confirm !== undefined && request.confirm !== planHash) {
    if (sync.status === 'waiting') {
      await changeSync(db, sync, { planHash, removed, remaining });
      await putHistory(db, history('planned'), changes);
    }
    return { refusal: errors.confirmationOutdated({ planHash, removed, remaining }) };
  }
  const suspicious = removalNeedsConfirmation({ before: stored.length, removed, remaining });
  const held = account.heldSince !== undefined && news > 0;
  if (request.confirm === undefined && (suspicious || held)) {
    const waitsFor = held ? 'after-undo' : 'removal';
    const until = sync.status === 'waiting' ? sync.until : after(request.now, confirmationDays * 86_400_000);
    await forgetOthers(db, userId, sync);
    await changeSync(db, sync, { status: 'waiting', until, planHash, removed, remaining, waitsFor });
    await putHistory(db, history('planned'), changes);
    return { refusal: errors.removalNeedsConfirmation({ planHash, removed, remaining, until }) };
  }

  const added = await applyPlan(db, deps, request, account.id, plan);
  await advanceAccount(db, account.id, { options: sync.options, result, at: request.now.toISOString() });
  await changeSync(db, sync, { status: 'committed', result, until: after(request.now, committedMemoryMs) });
  await removeBatches(db, syncId);
  await forgetOthers(db, userId, sync);
  if (news === 0) await noteQuietEnd(db, history('done'));
  else {
    const stand = { folders: [...folders], ...(account.options === undefined ? {} : { options: account.options }) };
    // Of an added contact its id is enough to take it back; what it is stands in the directory.
    const done = changes.map(({ after: image, ...change }) =>
      change.kind === 'added' ? { ...change, contactId: added.get(change.itemId) } : { ...change, after: image },
    );
    await putHistory(db, { ...history('done'), before: stand }, done);
    await forgetStandsBefore(db, account.id, sync.id);
  }
  await pruneHistory(db, account.id, request.now);
  return { generation: account.generation + 1, result, changed: news > 0 || plan.detached.length > 0 };
}

/** What the history says of a sync at this moment. */
export function historyOf(
  sync: Sync,
  now: Date,
  counts: SyncResult,
): (status: HistoryRecord['status']) => HistoryRecord {
  return (status) => ({
    id: sync.id,
    accountId: sync.accountId,
    status,
    by: sync.by,
    trigger: sync.trigger,
    startedAt: sync.since,
    endedAt: now.toISOString(),
    counts,
  });
}

/** What a plan changes, contact by contact, with what is there before it. */
async function changesOf(
  db: Connection,
  userId: string,
  plan: SyncPlan,
  stored: readonly StoredItem[],
): Promise<ChangeRecord[]> {
  const ids = [...plan.change, ...plan.remove].map(({ contactId }) => contactId);
  const before = await fieldsOf(db, userId, ids);
  const folders = new Map(stored.map(({ contactId, folderId }) => [contactId, folderId]));
  return [
    ...plan.remove.map(({ contactId, itemId }): ChangeRecord => {
      const fields = before.get(contactId);
      const name = fields?.displayName ?? '';
      return { kind: 'removed', contactId, itemId, name, folderBefore: folders.get(contactId), before: fields };
    }),
    ...plan.change.map(({ contactId, itemId, fields }): ChangeRecord => {
      const folderBefore = folders.get(contactId);
      const old = before.get(contactId);
      return { kind: 'changed', contactId, itemId, name: fields.displayName, folderBefore, before: old, after: fields };
    }),
    ...plan.add.map(({ itemId, fields }): ChangeRecord => {
      return { kind: 'added', itemId, name: fields.displayName, after: fields };
    }),
    ...plan.move.map(({ contactId, itemId }): ChangeRecord => {
      return { kind: 'moved', contactId, itemId, name: '', folderBefore: folders.get(contactId) };
    }),
  ];
}

/** Numbers run from 1 without a gap, to the end where the sender says it. */
function checkBatches(numbers: readonly number[], expected: number | undefined): void {
  const last = Math.max(expected ?? 0, numbers.at(-1) ?? 0);
  if (numbers.length === last && (expected === undefined || expected === last)) return;
  const there = new Set(numbers);
  const missing = [];
  for (let n = 1; n <= last && missing.length < 20; n += 1) if (!there.has(n)) missing.push(n);
  throw errors.batchesMissing(missing);
}

/** A newer plan for the same account takes the place of a removal that waits. */
export async function forgetOthers(db: Connection, userId: string, sync: Sync): Promise<void> {
  const others = (await unfinishedSyncs(db, userId)).filter(
    (other) => other.accountId === sync.accountId && other.id !== sync.id && other.status === 'waiting',
  );
  const ids = others.map(({ id }) => id);
  await removeSyncs(db, ids);
  await removeHistory(db, ids);
}

/** Applies it. Returns the ids of the contacts that it added, by item. */
async function applyPlan(
  db: Connection,
  deps: CommitDeps,
  { userId, dialPlan, now }: CommitRequest,
  accountId: string,
  plan: SyncPlan,
): Promise<ReadonlyMap<string, string>> {
  const at = now.toISOString();
  const rulesVersion = deps.rules.version(dialPlan);
  const content = ({ fields, numbers, fingerprint }: ItemContent) =>
    contentOf(fields, numbers, rulesVersion, fingerprint);
  await removeContacts(
    db,
    userId,
    plan.remove.map(({ contactId }) => contactId),
  );
  await replaceContents(
    db,
    userId,
    plan.change.map((item) => ({ id: item.contactId, folderId: item.folderId, content: content(item) })),
    at,
  );
  await moveContacts(db, userId, plan.move);
  await noteVersions(db, userId, plan.touch);
  const ids = new Map(plan.add.map(({ itemId }) => [itemId, deps.newId()]));
  await addContacts(
    db,
    userId,
    plan.add.map((item) => ({
      id: ids.get(item.itemId) ?? deps.newId(),
      origin: { accountId, itemId: item.itemId, folderId: item.folderId, version: item.version },
      content: content(item),
    })),
    at,
  );
  await replaceFolders(db, accountId, plan.folders, at);
  await noteNews(db, accountId, plan.detached, at);
  await changeMarks(db, accountId, plan.marks);
  return ids;
}

function after(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString();
}
