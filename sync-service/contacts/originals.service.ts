/**
 * Contacts that were edited by hand, beside what they were made from: what the source says of it today, and following it
 * again (SYN-7). Under the lock of the source, so that no sync decides on the item meanwhile.
 */
import type { ChangedOriginal, ContactOriginal } from '../../shared/api/contact-originals';
import type { StoredContact } from '../../shared/api/contacts';
import type { DialPlan } from '../../shared/dial-plan';
import type { Audience, LiveEvent } from '../../shared/events';
import type { Connection, Database } from '../database/database';
import { hasNumber } from './contact-fields';
import { readContent, readNumbers } from './contact-record';
import type { NumberRules } from './contact-record';
import * as store from './contact-store';
import type { KeptContact } from './contact-store';
import * as errors from './contacts.errors';
import { changedOriginals, findOriginal, forgetOriginal } from './detached-source-store';
import type { DetachedSource } from './detached-source-store';
import { findAccount, lockAccount } from './source-account-store';

export interface OriginalsServiceDeps {
  readonly database: Database;
  readonly rules: NumberRules;
  now(): Date;
  dialPlanOfUser(userId: string): Promise<DialPlan>;
  publish(audience: Audience, event: LiveEvent): void;
}

export interface OriginalsService {
  /** Own contacts whose originals are not what they were made from any more, by name; 200 at most. */
  listChanged(userId: string): Promise<{ items: ChangedOriginal[]; more: boolean }>;
  /** @throws ServiceError `not-found` when it has no original, or nothing is known of it yet. */
  get(userId: string, id: string): Promise<ContactOriginal>;
  /**
   * The contact takes the original's fields and is an import again; where the original is gone, it goes as well.
   * @throws ServiceError `not-found`, `version-conflict`.
   */
  follow(userId: string, id: string, version: number): Promise<{ contact?: StoredContact }>;
}

const listLimit = 200;

export function createOriginalsService(deps: OriginalsServiceDeps): OriginalsService {
  const { database, rules } = deps;

  async function read(
    db: Connection,
    userId: string,
    id: string,
    lock: boolean,
  ): Promise<{ contact: KeptContact; original: DetachedSource }> {
    const seen = await store.findContact(db, userId, id);
    if (seen?.origin.type !== 'hand' || seen.origin.detachedFrom === undefined) throw errors.originalNotFound();
    const { account, itemId } = seen.origin.detachedFrom;
    if (lock) await lockAccount(db, userId, account);
    const contact = await store.findContact(db, userId, id);
    const original = await findOriginal(db, account, itemId);
    if (contact === undefined || original === undefined) throw errors.originalNotFound();
    return { contact, original };
  }

  return {
    async listChanged(userId) {
      const rows = await changedOriginals(database, userId, listLimit + 1);
      return {
        items: rows
          .slice(0, listLimit)
          .map(({ gone, ...contact }) => ({ ...contact, state: gone ? 'gone' : 'changed' })),
        more: rows.length > listLimit,
      };
    },

    async get(userId, id) {
      const { original } = await read(database, userId, id, false);
      const { fields, changed, changedAt } = original;
      if (fields === undefined) return { state: 'gone', changedAt };
      const dialPlan = await deps.dialPlanOfUser(userId);
      const numbers = readNumbers(fields, rules, dialPlan);
      return { state: changed ? 'changed' : 'same', changedAt, original: { ...fields, numbers } };
    },

    async follow(userId, id, version) {
      const dialPlan = await deps.dialPlanOfUser(userId);
      const outcome = await database.transaction().execute(async (db) => {
        const { contact, original } = await read(db, userId, id, true);
        if (contact.version !== version) throw errors.contactChanged(contact.version);
        const { accountId, itemId, folderId, fields } = original;
        await forgetOriginal(db, accountId, itemId);
        const options = (await findAccount(db, accountId))?.options;
        const wanted = fields !== undefined && (options?.skipContactsWithoutNumber !== true || hasNumber(fields));
        if (!wanted || folderId === undefined) {
          await store.removeContacts(db, userId, [id]);
          return {};
        }
        const at = deps.now().toISOString();
        await store.replaceContents(db, userId, [{ id, content: readContent(fields, rules, dialPlan) }], at);
        await store.attachContact(db, userId, id, { accountId, itemId, folderId });
        const followed = await store.findContact(db, userId, id);
        return followed === undefined ? {} : { contact: storedContact(followed) };
      });
      deps.publish({ user: userId }, { type: 'contacts' });
      return outcome;
    },
  };
}

function storedContact({ id, version, fields, numbers, origin, updatedAt }: KeptContact): StoredContact {
  return { ...fields, id, version, numbers: [...numbers], origin, updatedAt };
}
