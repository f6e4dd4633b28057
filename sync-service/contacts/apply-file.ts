/** A file as a contact source: it adds and changes, removes nothing, and leaves alone what the user made his own. */
import type { ContactFields } from '../../shared/contact';
import type { SyncResult } from '../../shared/contact-sync';
import type { DialPlan } from '../../shared/dial-plan';
import type { Database } from '../database/database';
import { fingerprintOf, tidyFields } from './contact-fields';
import { readContent } from './contact-record';
import type { NumberRules } from './contact-record';
import { addContacts, fieldsOf, itemsOf, replaceContents } from './contact-store';
import { advanceAccount, claimAccount, shadowsOf } from './source-account-store';
import { forgetStandsBefore, noteQuietEnd, pruneHistory, putHistory } from './sync-history-store';
import type { ChangeRecord } from './sync-history-store';

/** A record of a file. */
export interface FileRecord {
  /** From 1. */
  readonly position: number;
  /** What the record is known by when the file comes again. */
  readonly itemId: string;
  readonly fields: ContactFields;
}

export interface FileRequest {
  readonly userId: string;
  readonly accountKey: string;
  readonly name: string;
  readonly records: readonly FileRecord[];
  readonly dialPlan: DialPlan;
  readonly preview: boolean;
  readonly now: Date;
}

/** What a file did, or would do. */
export interface FileOutcome {
  added: number;
  changed: number;
  removed: 0;
  /** Records that say what is there already. */
  unchanged: number;
  /** Positions of records that stay as the user made them (SYN-7). */
  kept: number[];
  /** Positions of records that a later one of the same file replaces. */
  duplicates: number[];
  /** Positions of records with nothing to show. */
  nameless: number[];
}

/** All records of a file have one folder: files know none. */
const fileFolder = 'file';

class PreviewDone extends Error {
  constructor(readonly outcome: FileOutcome) {
    super('A preview is undone');
  }
}

/** Applies a file in one transaction; a preview does the same and undoes it. */
export async function applyFile(
  deps: { readonly database: Database; readonly rules: NumberRules; newId(): string },
  { userId, accountKey, name, records, dialPlan, preview, now }: FileRequest,
): Promise<FileOutcome> {
  try {
    return await deps.database.transaction().execute(async (db) => {
      const account = await claimAccount(db, userId, { kind: 'file', key: accountKey, name }, () => deps.newId());
      const stored = new Map((await itemsOf(db, userId, account.id)).map((item) => [item.itemId, item]));
      const shadows = await shadowsOf(db, account.id);
      const outcome: FileOutcome = {
        added: 0,
        changed: 0,
        removed: 0,
        unchanged: 0,
        kept: [],
        duplicates: [],
        nameless: [],
      };
      const add = [];
      const change = [];
      const changes: ChangeRecord[] = [];
      for (const { position, itemId, fields } of lastOfEach(records, outcome.duplicates)) {
        const tidy = tidyFields(fields);
        const before = stored.get(itemId);
        if (tidy === undefined) outcome.nameless.push(position);
        else if (shadows.has(itemId)) outcome.kept.push(position);
        else if (before === undefined) {
          const origin = { accountId: account.id, itemId, folderId: fileFolder };
          const contactId = deps.newId();
          add.push({ id: contactId, origin, content: readContent(tidy, deps.rules, dialPlan) });
          changes.push({ kind: 'added', contactId, itemId, name: tidy.displayName });
        } else if (before.fingerprint !== fingerprintOf(tidy)) {
          const { contactId } = before;
          change.push({ id: contactId, content: readContent(tidy, deps.rules, dialPlan) });
          const name = tidy.displayName;
          changes.push({ kind: 'changed', contactId, itemId, name, folderBefore: fileFolder, after: tidy });
        } else outcome.unchanged += 1;
      }
      outcome.added = add.length;
      outcome.changed = change.length;
      if (preview) throw new PreviewDone(outcome);
      const at = now.toISOString();
      const old = await fieldsOf(
        db,
        userId,
        change.map(({ id }) => id),
      );
      await addContacts(db, userId, add, at);
      await replaceContents(db, userId, change, at);
      await advanceAccount(db, account.id, { options: undefined, result: lastResult(outcome), at });
      const record = {
        id: deps.newId(),
        accountId: account.id,
        status: 'done' as const,
        by: name,
        trigger: 'file' as const,
        startedAt: at,
        endedAt: at,
        counts: outcome,
      };
      if (changes.length === 0) await noteQuietEnd(db, record);
      else {
        const told = changes.map((one) =>
          one.kind === 'changed' ? { ...one, before: old.get(one.contactId ?? '') } : one,
        );
        await putHistory(db, { ...record, before: { folders: [] } }, told);
        await forgetStandsBefore(db, account.id, record.id);
      }
      await pruneHistory(db, account.id, now);
      return outcome;
    });
  } catch (error) {
    // Thrown so that not even the account of a file that was only looked at stays behind.
    if (error instanceof PreviewDone) return error.outcome;
    throw error;
  }
}

/** The last record of each item; the earlier ones are noted. */
function lastOfEach(records: readonly FileRecord[], duplicates: number[]): Iterable<FileRecord> {
  const last = new Map<string, FileRecord>();
  for (const record of records) {
    const before = last.get(record.itemId);
    if (before !== undefined) duplicates.push(before.position);
    last.set(record.itemId, record);
  }
  return last.values();
}

function lastResult(outcome: FileOutcome): SyncResult {
  const { added, changed, removed, unchanged } = outcome;
  return { added, changed, removed, unchanged, skipped: [], problems: [] };
}
