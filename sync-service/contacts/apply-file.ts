/**
 * A file as a contact source. It is planned from what is read, and applied in portions, each in a transaction of its own:
 * others write between two of them, and nobody waits for tens of thousands of contacts. Until the last one the import
 * counts as under way (`file-import-store.ts`); whatever ends it before, be it a fault, the user or a kill of the process,
 * it is taken back (`take-back-import.ts`). What fits into one portion is applied in one transaction.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SyncResult } from '../../shared/contact-sync';
import type { DialPlan } from '../../shared/dial-plan';
import { unwatched } from '../database/background-work';
import type { JobControl } from '../database/background-work';
import type { Connection, Database } from '../database/database';
import { sameness } from './contact-fields';
import { readContent } from './contact-record';
import type { ContactContent, NumberRules } from './contact-record';
import { savePicture } from './contact-picture-store';
import { addContacts, allContacts, fieldsOf, itemsOf, replaceContents } from './contact-store';
import * as errors from './contacts.errors';
import { addChanges, pictureVersions, renewImport, runningImport, stillImported } from './file-import-store';
import { portionsOf, portionWithPictures, sizeOf } from './file-portions';
import type { Portion } from './file-portions';
import { addImportRows, removeImportRows } from './import-row-store';
import type { ImportRow } from './import-row-store';
import { passedOver } from './passed-over';
import { planFile } from './plan-file';
import type { FileOutcome, FilePlan, FileRecord } from './plan-file';
import { keepReplaced } from './replaced-picture-store';
import { advanceAccount, claimAccount, findAccountOf, lockAccount, shadowsOf } from './source-account-store';
import {
  endHistory,
  findHistory,
  forgetStandsBefore,
  noteQuietEnd,
  pruneHistory,
  putHistory,
} from './sync-history-store';
import type { ChangeRecord } from './sync-history-store';
import { takeBackOrLeave, takeBackOwn } from './take-back-import';
import { takePictures } from './take-pictures';
import type { FilePictures, TakenPicture } from './take-pictures';

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

export interface ApplyFileDeps {
  readonly database: Database;
  readonly rules: NumberRules;
  readonly pictures: FilePictures;
  newId(): string;
  /** Imports of this process that could not be taken back; kept from one import to the next. */
  readonly left?: Map<string, string>;
}

/** All records of a file have one folder: files know none. */
const fileFolder = 'file';
/** Rows to be told that are saved at once. */
const rowsAtOnce = 2000;
/** Times that a plan is made anew because the account was changed meanwhile. */
const attempts = 5;

/** The plan is of a time before: the account was changed since. */
class PlanOutdated extends Error {}

/** What a portion needs that is made before its transaction, so that others wait for nothing but the writing. */
interface Prepared {
  /** One for each item, in order. */
  readonly contents: readonly ContactContent[];
  /** One for each item that has a picture, in order. */
  readonly pictures: readonly TakenPicture[];
}

/** @throws ServiceError `sync-running` while another file of that format is imported. */
export async function applyFile(
  deps: ApplyFileDeps,
  request: FileRequest,
  control: JobControl = unwatched,
): Promise<FileOutcome> {
  if (!request.preview) await takeBackOwn(deps, request);
  for (let attempt = 1; ; attempt += 1) {
    const { plan, generation } = await loadPlan(deps, request);
    if (request.preview) return plan.outcome;
    try {
      return await createImport(deps, request, plan, generation, control).run();
    } catch (error) {
      if (!(error instanceof PlanOutdated) || attempt === attempts) throw error;
      await sleep(attempt);
    }
  }
}

/** Reads what there is and plans, without a lock. */
async function loadPlan({ database, pictures }: ApplyFileDeps, { userId, accountKey, records }: FileRequest) {
  const account = await findAccountOf(database, userId, { kind: 'file', key: accountKey });
  const stored = account === undefined ? [] : await itemsOf(database, userId, account.id);
  const inFile = new Set(records.map(({ itemId }) => itemId));
  const ofFile = new Set(stored.flatMap(({ itemId, contactId }) => (inFile.has(itemId) ? [contactId] : [])));
  const plan = planFile({
    records,
    stored,
    shadows: account === undefined ? new Set() : await shadowsOf(database, account.id),
    elsewhere: await othersOf(database, userId, ofFile),
    pictures: account === undefined ? new Map() : await pictureVersions(database, account.id),
    isPicture: (bytes) => pictures.isPicture(bytes),
  });
  return { plan, generation: account?.generation ?? 0 };
}

function createImport(
  deps: ApplyFileDeps,
  { userId, accountKey, name, records, rows = [], dialPlan, now }: FileRequest,
  plan: FilePlan,
  generation: number,
  control: JobControl,
) {
  const { outcome } = plan;
  const at = now.toISOString();
  const began = performance.now();
  const names = new Map(records.map(({ position, fields }) => [position, fields.displayName]));
  const portions = portionsOf(plan);
  const total = plan.add.length + plan.change.length + plan.pictures.length;
  let accountId = '';
  let historyId = '';
  let changed = 0;
  let done = 0;

  const inTransaction = <T>(work: (db: Connection) => Promise<T>) => deps.database.transaction().execute(work);
  const atThisMoment = () => new Date(now.getTime() + performance.now() - began).toISOString();
  const record = (status: 'planned' | 'done') => ({
    ...{ id: historyId, accountId, status, by: name, trigger: 'file' as const },
    ...{ startedAt: at, endedAt: status === 'done' ? at : atThisMoment(), counts: outcome },
  });

  /** Takes the account for this import. */
  async function begin(db: Connection): Promise<void> {
    const account = await claimAccount(db, userId, { kind: 'file', key: accountKey, name }, () => deps.newId());
    const other = await runningImport(db, account.id);
    if (other !== undefined) throw errors.syncRunning(other.by, other.since, 2000);
    if (account.generation !== generation) throw new PlanOutdated();
    accountId = account.id;
    historyId = deps.newId();
    await putHistory(db, record('planned'), []);
  }

  /** The account is as it was planned for, and the import still ours. */
  async function hold(db: Connection): Promise<void> {
    const account = await lockAccount(db, userId, accountId);
    const ours = account?.generation === generation && (await renewImport(db, historyId, atThisMoment()));
    if (!ours) throw errors.syncOutdated(account?.generation ?? 0);
  }

  async function prepare(portion: Portion): Promise<Prepared> {
    const items = 'add' in portion ? portion.add : portion.change;
    const pictures = 'add' in portion ? portion.add.flatMap(({ picture }) => (picture ? [picture.bytes] : [])) : [];
    return {
      contents: items.map(({ fields }) => readContent(fields, deps.rules, dialPlan)),
      pictures: await takePictures(deps.pictures, pictures),
    };
  }

  async function write(db: Connection, portion: Portion, prepared: Prepared): Promise<void> {
    const changes =
      'add' in portion ? await add(db, portion.add, prepared) : await change(db, portion.change, prepared.contents);
    await addChanges(db, historyId, changed, changes);
    changed += changes.length;
  }

  async function add(
    db: Connection,
    items: FilePlan['add'],
    { contents, pictures }: Prepared,
  ): Promise<ChangeRecord[]> {
    const contacts = contents.map((content, index) => ({
      id: deps.newId(),
      origin: { accountId, itemId: items[index]?.itemId ?? '', folderId: fileFolder },
      content,
    }));
    await addContacts(db, userId, contacts, at);
    let next = 0;
    for (const [index, { position, fields, picture }] of items.entries()) {
      if (picture === undefined) continue;
      const made = pictures[next];
      next += 1;
      await notePicture(db, contacts[index]?.id, { ...picture, position, name: fields.displayName }, made);
    }
    return contacts.map(({ id: contactId, origin, content }) => ({
      ...{ kind: 'added' as const, contactId, itemId: origin.itemId, name: content.fields.displayName },
    }));
  }

  async function notePicture(
    db: Connection,
    contactId: string | undefined,
    { position, name, version }: { readonly position: number; readonly name: string; readonly version: string },
    made: TakenPicture | undefined,
  ): Promise<void> {
    if (contactId === undefined || made === undefined) return;
    if ('problem' in made) {
      outcome.pictures -= 1;
      outcome.pictureProblems.push({ position, name, picture: made.problem });
    } else await savePicture(db, userId, contactId, version, made);
  }

  async function change(
    db: Connection,
    items: FilePlan['change'],
    contents: Prepared['contents'],
  ): Promise<ChangeRecord[]> {
    const ids = items.map(({ contactId }) => contactId);
    const there = await stillImported(db, userId, accountId, ids);
    const before = await fieldsOf(db, userId, ids);
    // Whatever its owner has done with a contact since the plan was made counts.
    const isOwn = ({ contactId, fingerprint }: FilePlan['change'][number]) =>
      there.get(contactId)?.fingerprint === fingerprint;
    const own = items.filter(isOwn);
    for (const { position, contactId } of items) {
      if (there.has(contactId)) continue;
      outcome.changed -= 1;
      outcome.kept.push(position);
    }
    const replaced = items.flatMap((item, index) => {
      const content = contents[index];
      return content !== undefined && isOwn(item) ? [{ id: item.contactId, content }] : [];
    });
    await replaceContents(db, userId, replaced, at);
    return own.map(({ contactId, itemId, fields: after }) => ({
      ...{ kind: 'changed' as const, contactId, itemId, name: after.displayName },
      ...{ folderBefore: fileFolder, before: before.get(contactId), after },
    }));
  }

  /** What is told of the file, in its order; behind it the pictures that come after the end, each until it is taken. */
  const told = (): ImportRow[] => [
    ...[...rows, ...outcome.pictureProblems, ...passedOver(outcome, names)].sort((a, b) => a.position - b.position),
    ...plan.pictures.map(({ position, name: of }) => ({ position, name: of, picture: 'not-reached' as const })),
  ];

  /** The import is one of the past syncs from here on. */
  async function end(db: Connection, toTell: readonly ImportRow[]): Promise<void> {
    await advanceAccount(db, accountId, { options: undefined, result: lastResult(outcome), at });
    const news = changed > 0 || plan.pictures.length > 0;
    if (!news && toTell.length === 0) await noteQuietEnd(db, record('done'));
    else {
      await endHistory(db, { ...record('done'), ...(news ? { before: { folders: [] } } : {}) });
      if (news) await forgetStandsBefore(db, accountId, historyId);
    }
    await pruneHistory(db, accountId, now);
  }

  const pause = async (more: number) => {
    done += more;
    await control.pause(done, total);
  };

  async function atOnce(): Promise<number> {
    const [portion] = portions;
    const prepared = portion && (await prepare(portion));
    const toTell = await inTransaction(async (db) => {
      await begin(db);
      if (portion !== undefined && prepared !== undefined) await write(db, portion, prepared);
      const all = told();
      await addImportRows(db, historyId, all);
      await end(db, all);
      return all;
    });
    await pause(portion === undefined ? 0 : sizeOf(portion));
    return toTell.length;
  }

  async function inPortions(): Promise<number> {
    await inTransaction(begin);
    try {
      await pause(0);
      for (const portion of portions) {
        const prepared = await prepare(portion);
        await inTransaction(async (db) => {
          await hold(db);
          await write(db, portion, prepared);
        });
        await pause(sizeOf(portion));
      }
      const toTell = told();
      for (let from = 0; from < toTell.length; from += rowsAtOnce) {
        await inTransaction((db) => addImportRows(db, historyId, toTell.slice(from, from + rowsAtOnce), from));
      }
      await inTransaction(async (db) => {
        await hold(db);
        await end(db, toTell);
      });
      return toTell.length;
    } catch (error) {
      throw await takeBackOrLeave(deps, { userId, historyId, dialPlan, now }, error);
    }
  }

  /**
   * Pictures of contacts that were there before: the import is over, what is taken of them stays until it is undone. Whatever
   * ends it before the last one, the rows of those that are left say so.
   */
  async function picturesOfOthers(toldBefore: number): Promise<void> {
    const firstRow = toldBefore - plan.pictures.length;
    const first = outcome.pictureProblems.length;
    for (let from = 0; from < plan.pictures.length; from += portionWithPictures) {
      const portion = plan.pictures.slice(from, from + portionWithPictures);
      const taken = await takePictures(
        deps.pictures,
        portion.map(({ bytes }) => bytes),
      );
      const firstOfPortion = outcome.pictureProblems.length;
      await inTransaction(async (db) => {
        const ids = portion.map(({ contactId }) => contactId);
        // An undo does not come between what is asked and what is written.
        await lockAccount(db, userId, accountId);
        const history = await findHistory(db, userId, historyId);
        const undoable = history?.before !== undefined;
        // Taken back meanwhile: then no more of it comes.
        const there = history?.status === 'undone' ? new Map() : await stillImported(db, userId, accountId, ids);
        for (const [index, picture] of portion.entries()) {
          const made = taken[index];
          if (there.has(picture.contactId)) {
            if (undoable && made !== undefined && 'hash' in made) {
              await keepReplaced(db, historyId, picture.contactId, made.hash);
            }
            await notePicture(db, picture.contactId, picture, made);
          } else outcome.pictures -= 1;
        }
        await removeImportRows(db, historyId, firstRow + from, portion.length);
        const news = outcome.pictureProblems.slice(firstOfPortion);
        await addImportRows(db, historyId, news, toldBefore + firstOfPortion - first);
      });
      await pause(portion.length);
    }
  }

  return {
    async run(): Promise<FileOutcome> {
      const isSmall = portions.length <= 1 && plan.pictures.length <= rowsAtOnce;
      const toldBefore = isSmall ? await atOnce() : await inPortions();
      await picturesOfOthers(toldBefore);
      return { ...outcome, historyId };
    },
  };
}

/**
 * What is there besides the contacts that the file names, as {@link sameness} compares it: an own export brings none of it
 * again, also where a file of the same format has brought it under names of its own.
 */
async function othersOf(db: Connection, userId: string, named: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const { id, fields } of allContacts(db, userId)) if (!named.has(id)) found.add(sameness(fields));
  return found;
}

function lastResult(outcome: FileOutcome): SyncResult {
  const { added, changed, removed, unchanged } = outcome;
  return { added, changed, removed, unchanged, skipped: [], problems: [] };
}
