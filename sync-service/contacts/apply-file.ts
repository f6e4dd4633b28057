/** A file as a contact source: it adds and changes, removes nothing, and leaves alone what the user made his own. */
import type { ContactFields } from '../../shared/contact';
import type { SyncResult } from '../../shared/contact-sync';
import type { DialPlan } from '../../shared/dial-plan';
import { unwatched } from '../database/background-work';
import type { JobControl } from '../database/background-work';
import type { Connection, Database } from '../database/database';
import { fingerprintOf, sameness, tidyFields } from './contact-fields';
import { readContent } from './contact-record';
import type { NumberRules } from './contact-record';
import { addContacts, allContacts, fieldsOf, itemsOf, replaceContents } from './contact-store';
import { addImportRows } from './import-row-store';
import type { ImportRow } from './import-row-store';
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
  /** What was left out while the file was read, and its unreadable numbers: kept with the import. */
  readonly rows?: readonly ImportRow[];
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
  /** The import among the past syncs; absent for a preview. */
  historyId?: string;
}

/** All records of a file have one folder: files know none. */
const fileFolder = 'file';
/** Contacts that are made and saved at once: between two portions the import can be ended. */
const portionSize = 250;

class PreviewDone extends Error {
  constructor(readonly outcome: FileOutcome) {
    super('A preview is undone');
  }
}

interface ApplyDeps {
  readonly database: Database;
  readonly rules: NumberRules;
  newId(): string;
}

/** Applies a file in one transaction; a preview does the same up to the saving, and undoes it. */
export async function applyFile(
  deps: ApplyDeps,
  request: FileRequest,
  control: JobControl = unwatched,
): Promise<FileOutcome> {
  try {
    return await deps.database.transaction().execute((db) => apply(deps, db, request, control));
  } catch (error) {
    // Thrown so that not even the account of a file that was only looked at stays behind.
    if (error instanceof PreviewDone) return error.outcome;
    throw error;
  }
}

async function apply(
  deps: ApplyDeps,
  db: Connection,
  { userId, accountKey, name, records, rows = [], dialPlan, preview, now }: FileRequest,
  control: JobControl,
): Promise<FileOutcome> {
  const account = await claimAccount(db, userId, { kind: 'file', key: accountKey, name }, () => deps.newId());
  const stored = new Map((await itemsOf(db, userId, account.id)).map((item) => [item.itemId, item]));
  const shadows = await shadowsOf(db, account.id);
  const elsewhere = await othersOf(db, userId, account.id);
  const outcome: FileOutcome = {
    added: 0,
    changed: 0,
    removed: 0,
    unchanged: 0,
    kept: [],
    duplicates: [],
    nameless: [],
  };
  const add: { readonly itemId: string; readonly fields: ContactFields }[] = [];
  const change: { readonly id: string; readonly itemId: string; readonly fields: ContactFields }[] = [];
  for (const { position, itemId, fields } of lastOfEach(records, outcome.duplicates)) {
    const tidy = tidyFields(fields);
    const before = stored.get(itemId);
    if (tidy === undefined) outcome.nameless.push(position);
    else if (shadows.has(itemId)) outcome.kept.push(position);
    else if (before !== undefined) {
      if (before.fingerprint === fingerprintOf(tidy)) outcome.unchanged += 1;
      else change.push({ id: before.contactId, itemId, fields: tidy });
    } else if (elsewhere.has(sameness(tidy))) outcome.unchanged += 1;
    else add.push({ itemId, fields: tidy });
  }
  outcome.added = add.length;
  outcome.changed = change.length;
  if (preview) throw new PreviewDone(outcome);

  const at = now.toISOString();
  const total = add.length + change.length;
  let done = 0;
  const changes: ChangeRecord[] = [];
  const pause = async (more: number) => {
    done += more;
    await control.pause(done, total);
  };
  for (const portion of portionsOf(add)) {
    const contacts = portion.map(({ itemId, fields }) => ({
      id: deps.newId(),
      origin: { accountId: account.id, itemId, folderId: fileFolder },
      content: readContent(fields, deps.rules, dialPlan),
    }));
    await addContacts(db, userId, contacts, at);
    for (const { id: contactId, origin, content } of contacts) {
      changes.push({ kind: 'added', contactId, itemId: origin.itemId, name: content.fields.displayName });
    }
    await pause(portion.length);
  }
  for (const portion of portionsOf(change)) {
    const old = await fieldsOf(
      db,
      userId,
      portion.map(({ id }) => id),
    );
    const contents = portion.map(({ id, fields }) => ({ id, content: readContent(fields, deps.rules, dialPlan) }));
    await replaceContents(db, userId, contents, at);
    for (const { id: contactId, itemId, fields: after } of portion) {
      const before = old.get(contactId);
      changes.push({
        kind: 'changed',
        contactId,
        itemId,
        name: after.displayName,
        folderBefore: fileFolder,
        before,
        after,
      });
    }
    await pause(portion.length);
  }

  await advanceAccount(db, account.id, { options: undefined, result: lastResult(outcome), at });
  const historyId = deps.newId();
  const record = {
    id: historyId,
    accountId: account.id,
    status: 'done' as const,
    by: name,
    trigger: 'file' as const,
    startedAt: at,
    endedAt: at,
    counts: outcome,
  };
  const names = new Map(records.map(({ position, fields }) => [position, fields.displayName]));
  const told = [...rows, ...passedOver(outcome, names)].sort((one, other) => one.position - other.position);
  if (changes.length === 0 && told.length === 0) await noteQuietEnd(db, record);
  else {
    await putHistory(db, changes.length === 0 ? record : { ...record, before: { folders: [] } }, changes);
    if (changes.length > 0) await forgetStandsBefore(db, account.id, historyId);
    await addImportRows(db, historyId, told);
  }
  await pruneHistory(db, account.id, now);
  return { ...outcome, historyId };
}

/** Records that were passed over because of what is there already. */
export function passedOver(
  { kept, duplicates, nameless }: Pick<FileOutcome, 'kept' | 'duplicates' | 'nameless'>,
  names: ReadonlyMap<number, string>,
): Extract<ImportRow, { readonly reason: unknown }>[] {
  const rows = (positions: readonly number[], reason: 'kept-by-hand' | 'duplicate' | 'no-name') =>
    positions.map((position) => {
      const name = names.get(position)?.trim() ?? '';
      return { position, reason, ...(name === '' ? {} : { name }) };
    });
  return [...rows(kept, 'kept-by-hand'), ...rows(duplicates, 'duplicate'), ...rows(nameless, 'no-name')];
}

/** What is there from other sources and by hand, as {@link sameness} compares it: an own export brings none of it again. */
async function othersOf(db: Connection, userId: string, accountId: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const { origin, fields } of allContacts(db, userId)) {
    if (origin.type !== 'imported' || origin.account !== accountId) found.add(sameness(fields));
  }
  return found;
}

function* portionsOf<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += portionSize) yield all.slice(at, at + portionSize);
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
