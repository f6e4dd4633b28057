/**
 * Takes back the last sync of an account: its contacts, the states of its folders and its options are as they were before,
 * in ONE transaction. What its owner has edited or deleted since stays as he made it and is counted. The account is held
 * from then on: the next plan, which may be the same once more, waits for a person's word.
 */
import type { DialPlan } from '../../shared/dial-plan';
import type { Connection, Database } from '../database/database';
import { readContent } from './contact-record';
import type { NumberRules } from './contact-record';
import { addContacts, itemsOf, moveContacts, removeContacts, replaceContents } from './contact-store';
import * as errors from './contacts.errors';
import { changeMarks } from './detached-source-store';
import { restoreReplaced } from './replaced-picture-store';
import { holdAccount, lockAccount, replaceFolders, shadowsOf } from './source-account-store';
import { allChanges, findHistory, noteUndone, removeHistory, undoMs } from './sync-history-store';
import type { ChangeRecord, HistoryRow } from './sync-history-store';
import { removeSyncs, unfinishedSyncs } from './sync-store';

export interface UndoRequest {
  readonly userId: string;
  /** The sync that is taken back. */
  readonly historyId: string;
  readonly dialPlan: DialPlan;
  readonly now: Date;
}

export interface UndoOutcome {
  /** Contacts that are as they were before. */
  readonly restored: number;
  /** Contacts that were edited or deleted by hand since, and stay as they are. */
  readonly leftAlone: number;
}

/** Whether a sync can be taken back at this time. */
export function canBeUndone(row: HistoryRow, now: Date): boolean {
  return row.status === 'done' && row.before !== undefined && now.getTime() - Date.parse(row.endedAt) < undoMs;
}

/** @throws ServiceError `not-found`, `undo-not-possible`. */
export async function undoSync(
  deps: { readonly database: Database; readonly rules: NumberRules },
  request: UndoRequest,
): Promise<UndoOutcome> {
  return deps.database.transaction().execute((db) => undoIn(db, deps.rules, request));
}

async function undoIn(
  db: Connection,
  rules: NumberRules,
  { userId, historyId, dialPlan, now }: UndoRequest,
): Promise<UndoOutcome> {
  const seen = await findHistory(db, userId, historyId);
  const account = seen && (await lockAccount(db, userId, seen.accountId));
  // Read again under the lock: another undo or a sync may have ended meanwhile.
  const row = await findHistory(db, userId, historyId);
  if (account === undefined || row === undefined) throw errors.historyNotFound();
  if (!canBeUndone(row, now) || row.before === undefined) throw errors.undoNotPossible();

  const at = now.toISOString();
  const changes = await allChanges(db, historyId);
  const stored = new Map((await itemsOf(db, userId, account.id)).map((item) => [item.itemId, item.contactId]));
  const shadows = await shadowsOf(db, account.id);
  const untouched = ({ kind, itemId, contactId }: ChangeRecord) =>
    kind === 'removed' ? !stored.has(itemId) && !shadows.has(itemId) : stored.get(itemId) === contactId;
  const own = changes.filter(untouched);
  const ofKind = (kind: ChangeRecord['kind']) => own.filter((change) => change.kind === kind);
  const content = ({ before }: ChangeRecord) => (before === undefined ? [] : [readContent(before, rules, dialPlan)]);

  await removeContacts(
    db,
    userId,
    ofKind('added').flatMap(({ contactId }) => contactId ?? []),
  );
  await replaceContents(
    db,
    userId,
    ofKind('changed').flatMap((change) =>
      content(change).map((made) => ({
        id: change.contactId ?? '',
        ...(change.folderBefore === undefined ? {} : { folderId: change.folderBefore }),
        content: made,
      })),
    ),
    at,
  );
  await moveContacts(
    db,
    userId,
    ofKind('moved').map(({ contactId = '', folderBefore = '' }) => ({ contactId, folderId: folderBefore })),
  );
  await addContacts(
    db,
    userId,
    ofKind('removed').flatMap((change) =>
      content(change).map((made) => ({
        id: change.contactId ?? '',
        origin: { accountId: account.id, itemId: change.itemId, folderId: change.folderBefore ?? '' },
        content: made,
      })),
    ),
    at,
  );
  const pictures = await restoreReplaced(db, userId, account.id, historyId);
  await changeMarks(db, account.id, { set: [], drop: changes.map(({ itemId }) => itemId) });
  await replaceFolders(db, account.id, row.before.folders, at);
  await holdAccount(db, account.id, row.before.options, at, account.kind !== 'file');

  // What began from before the undo, or waits for a word, is about contacts that are not there any more.
  const waiting = (await unfinishedSyncs(db, userId)).filter((sync) => sync.accountId === account.id);
  const ids = waiting.map(({ id }) => id);
  await removeSyncs(db, ids);
  await removeHistory(db, ids);
  const seenOnes = (list: readonly ChangeRecord[]) => list.filter(({ kind }) => kind !== 'moved').length;
  const counted = new Set(changes.map(({ contactId }) => contactId));
  const pictureOnly = (contactIds: readonly string[]) => contactIds.filter((id) => !counted.has(id)).length;
  const restored = seenOnes(own) + pictureOnly(pictures.restored);
  const leftAlone = seenOnes(changes) + pictureOnly(pictures.replaced) - restored;
  await noteUndone(db, historyId, leftAlone, at);
  return { restored, leftAlone };
}
