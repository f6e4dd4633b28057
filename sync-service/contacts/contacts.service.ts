/** The personal directory as its owner works with it (DIR-4, SYN-7, SYN-8). */
import type { StoredContact } from '../../shared/api/contacts';
import type { ContactFields } from '../../shared/contact';
import type { DialPlan } from '../../shared/dial-plan';
import type { Audience, LiveEvent } from '../../shared/events';
import type { BackgroundWork } from '../database/background-work';
import type { Connection, Database } from '../database/database';
import { fingerprintOf, tidyFields } from './contact-fields';
import { removeImportedJob, renormaliseJob } from './contact-jobs';
import { readContent } from './contact-record';
import type { NumberRules } from './contact-record';
import * as store from './contact-store';
import type { KeptContact } from './contact-store';
import { forgetOriginal, rememberOriginal } from './detached-source-store';
import * as errors from './contacts.errors';
import type { RenormalisePortion } from './renormalise';
import { addShadow, lockAccount } from './source-account-store';

export interface ContactsServiceDeps {
  readonly database: Database;
  readonly work: BackgroundWork;
  readonly rules: NumberRules;
  now(): Date;
  newId(): string;
  dialPlanOfUser(userId: string): Promise<DialPlan>;
  publish(audience: Audience, event: LiveEvent): void;
}

/** A change of some fields; what is undefined stays, a blank text is taken away. */
export type ContactChanges = { readonly [K in keyof ContactFields]?: ContactFields[K] | undefined };

/** What reading numbers anew has changed. */
export type RenormaliseReport = Omit<RenormalisePortion, 'nextAfterId'>;

export interface ContactsService {
  list(userId: string, page: { cursor?: string | undefined; limit?: number | undefined }): Promise<ContactPage>;
  /** @throws ServiceError `not-found`. */
  get(userId: string, id: string): Promise<StoredContact>;
  create(userId: string, fields: ContactFields): Promise<StoredContact>;
  /** An import becomes one added by hand (SYN-7). @throws ServiceError `not-found`, `version-conflict`. */
  change(userId: string, id: string, version: number, changes: ContactChanges): Promise<StoredContact>;
  /** An import stays away from then on. @throws ServiceError `not-found`, `version-conflict`. */
  remove(userId: string, id: string, version: number): Promise<void>;
  /** Deletes all imports and all that is known of their sources (SYN-8). */
  removeImported(userId: string): Promise<{ removed: number }>;
  /** Reads the numbers anew where rules or dial plan are others than when they were read; in portions. */
  renormalise(userId: string): Promise<RenormaliseReport>;
  /** The same for everybody, one user after the other. */
  renormaliseAll(): Promise<RenormaliseReport>;
}

export interface ContactPage {
  items: StoredContact[];
  nextCursor?: string;
}

const defaultPage = 50;
const renormalisePortionSize = 200;

export function createContactsService(deps: ContactsServiceDeps): ContactsService {
  const { database, rules } = deps;
  const changed = (userId: string) => deps.publish({ user: userId }, { type: 'contacts' });

  async function content(userId: string, fields: ContactFields) {
    const tidy = tidyFields(fields);
    if (tidy === undefined) throw errors.nothingToShow();
    return readContent(tidy, rules, await deps.dialPlanOfUser(userId));
  }

  /** The contact as the caller knows it, under the lock of its source, so that no sync decides on it meanwhile. */
  async function claim(db: Connection, userId: string, id: string, version: number): Promise<KeptContact> {
    const seen = await store.findContact(db, userId, id);
    const source = seen?.origin.type === 'imported' ? seen.origin : seen?.origin.detachedFrom;
    if (source !== undefined) await lockAccount(db, userId, source.account);
    const contact = await store.findContact(db, userId, id);
    if (contact === undefined) throw errors.contactNotFound();
    if (contact.version !== version) throw errors.contactChanged(contact.version);
    return contact;
  }

  async function found(db: Connection, userId: string, id: string): Promise<StoredContact> {
    const contact = await store.findContact(db, userId, id);
    if (contact === undefined) throw errors.contactNotFound();
    return storedContact(contact);
  }

  async function renormalise(userId: string): Promise<RenormaliseReport> {
    const dialPlan = await deps.dialPlanOfUser(userId);
    const report = { contacts: 0, changed: 0, nowReadable: 0, nowUnreadable: 0 };
    let afterId: string | undefined = '';
    while (afterId !== undefined) {
      const request = { userId, dialPlan, limit: renormalisePortionSize, afterId };
      const portion: RenormalisePortion = await deps.work.run(renormaliseJob, request);
      add(report, portion);
      afterId = portion.nextAfterId;
    }
    if (report.changed > 0) changed(userId);
    return report;
  }

  return {
    async list(userId, { cursor, limit = defaultPage }) {
      const after = cursor === undefined ? undefined : readCursor(cursor);
      const rows = await store.listContacts(database, userId, limit + 1, after);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(storedContact),
        ...(rows.length > limit && last !== undefined ? { nextCursor: writeCursor(last) } : {}),
      };
    },

    get: (userId, id) => found(database, userId, id),

    async create(userId, fields) {
      const id = deps.newId();
      const made = await content(userId, fields);
      const contact = await database.transaction().execute(async (db) => {
        await store.addContacts(db, userId, [{ id, content: made }], deps.now().toISOString());
        return found(db, userId, id);
      });
      changed(userId);
      return contact;
    },

    async change(userId, id, version, changes) {
      const dialPlan = await deps.dialPlanOfUser(userId);
      const { contact, same } = await database.transaction().execute(async (db) => {
        const before = await claim(db, userId, id, version);
        const fields = tidyFields(merge(before.fields, changes));
        if (fields === undefined) throw errors.nothingToShow();
        if (fingerprintOf(fields) === before.fingerprint) return { contact: storedContact(before), same: true };
        const at = deps.now().toISOString();
        if (before.origin.type === 'imported') {
          const { account: accountId, itemId } = before.origin;
          const folderId = await store.folderOf(db, userId, id);
          const { fields: original, fingerprint } = before;
          await rememberOriginal(db, { accountId, itemId, folderId, fields: original, fingerprint }, at);
        }
        await store.replaceContents(db, userId, [{ id, content: readContent(fields, rules, dialPlan) }], at);
        await store.detachContact(db, userId, id);
        return { contact: await found(db, userId, id), same: false };
      });
      if (!same) changed(userId);
      return contact;
    },

    async remove(userId, id, version) {
      await database.transaction().execute(async (db) => {
        const { origin } = await claim(db, userId, id, version);
        const source = origin.type === 'imported' ? origin : origin.detachedFrom;
        if (source !== undefined) {
          await addShadow(db, source.account, source.itemId);
          await forgetOriginal(db, source.account, source.itemId);
        }
        await store.removeContacts(db, userId, [id]);
      });
      changed(userId);
    },

    async removeImported(userId) {
      const outcome = await deps.work.run(removeImportedJob, { userId });
      if (outcome.removed > 0) changed(userId);
      return outcome;
    },

    renormalise,

    async renormaliseAll() {
      const report = { contacts: 0, changed: 0, nowReadable: 0, nowUnreadable: 0 };
      for (const userId of await store.ownersOfContacts(database)) add(report, await renormalise(userId));
      return report;
    },
  };
}

function storedContact({ id, version, fields, numbers, origin, picture, updatedAt }: KeptContact): StoredContact {
  const shown = picture === undefined ? {} : { picture };
  return { ...fields, id, version, numbers: [...numbers], origin, ...shown, updatedAt };
}

/** Fields with the changes; a changed list replaces the whole list. */
function merge(fields: ContactFields, changes: ContactChanges): ContactFields {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  // Only keys of ContactFields with values of their types come in here, without the undefined ones.
  return { ...fields, ...(Object.fromEntries(given) as Partial<ContactFields>) };
}

function add(report: RenormaliseReport, more: RenormaliseReport): void {
  report.contacts += more.contacts;
  report.changed += more.changed;
  report.nowReadable += more.nowReadable;
  report.nowUnreadable += more.nowUnreadable;
}

/** The place behind a contact: its id, which has no space, and its sort key. */
function writeCursor({ sortKey, id }: KeptContact): string {
  return Buffer.from(`${id} ${sortKey}`).toString('base64url');
}

function readCursor(cursor: string): { sortKey: string; id: string } {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const space = text.indexOf(' ');
  if (space < 1) throw errors.cursorInvalid();
  return { id: text.slice(0, space), sortKey: text.slice(space + 1) };
}
