/**
 * What the stores of contacts and syncs do on any database: the same SQL, the same answers. Run on libsql and on
 * PostgreSQL, each after all migrations.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContactFields } from '../../shared/contact';
import { readQuery } from '../../shared/directory-keys';
import { readContent } from '../../sync-service/contacts/contact-record';
import * as pictures from '../../sync-service/contacts/contact-picture-store';
import * as contacts from '../../sync-service/contacts/contact-store';
import { createPersonalDirectory } from '../../sync-service/contacts/personal-directory';
import { createPersonalIndex } from '../../sync-service/contacts/personal-index';
import { contactOwners, readPersonalIndex } from '../../sync-service/contacts/personal-index-store';
import * as accounts from '../../sync-service/contacts/source-account-store';
import * as syncs from '../../sync-service/contacts/sync-store';
import type { Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { codeOf, createContactWorld, person } from '../fakes/contact-world';
import type { ContactWorld } from '../fakes/contact-world';
import { histories, holdToTheLaw } from '../fakes/contact-history';
import { munich } from '../fixtures/dial-plans';
import * as fc from 'fast-check';

/** Runs the suite on what `open` opens: an empty database. */
export function contactStoreContract(name: string, open: () => Database): void {
  describe(`the contact store on ${name}`, () => {
    let db: Database;
    let world: ContactWorld;
    let users = 0;
    const at = '2026-03-02T08:00:00.000Z';
    const content = (fields: ContactFields) => readContent(fields, world.rules, munich);
    const addUser = async () => (await world.addUser(`user-${(users += 1)}`)).userId;
    const mailbox = { kind: 'graph', key: 'a@example.org', name: 'A' } as const;
    let accountIds = 0;
    const claim = (userId: string) => accounts.claimAccount(db, userId, mailbox, () => `account-${(accountIds += 1)}`);

    beforeAll(async () => {
      db = open();
      await migrate(db);
      world = await createContactWorld(db);
      // PostgreSQL in WebAssembly takes its time to start.
    }, 120_000);
    afterAll(() => db.destroy());

    test('migrations that have run do nothing when they run again', async () => {
      await expect(migrate(db)).resolves.toBeUndefined();
    });

    test('a contact comes back as it was put, with its reading', async () => {
      const user = await addUser();
      const fields: ContactFields = {
        ...person('Jürgen Müller', '+49 89 7007-331'),
        company: 'Straßenbau',
        emails: ['J@example.org'],
        notes: 'line 1\nline 2 – “quoted”',
      };
      await contacts.addContacts(db, user, [{ id: 'round-trip', content: content(fields) }], at);
      expect(await contacts.findContact(db, user, 'round-trip')).toMatchObject({
        version: 1,
        fields,
        numbers: [{ e164: '+49897007331' }],
        origin: { type: 'hand' },
        updatedAt: at,
      });
    });

    test('many contacts are put and removed in portions, keys and all', async () => {
      const user = await addUser();
      const many = Array.from({ length: 1100 }, (_, n) => ({
        id: `many-${n}`,
        content: content(person(`Name ${n}`, '110')),
      }));
      await contacts.addContacts(db, user, many, at);
      await contacts.removeContacts(
        db,
        user,
        many.slice(0, 1000).map(({ id }) => id),
      );
      const left = await db
        .selectFrom('contact_keys')
        .select('contact_id')
        .distinct()
        .where('user_id', '=', user)
        .execute();
      expect(left).toHaveLength(100);
    });

    test('who has contacts is named once, and only he', async () => {
      const before = await contacts.ownersOfContacts(db);
      const [one, other, nobody] = [await addUser(), await addUser(), await addUser()];
      const some = (ids: readonly string[]) => ids.map((id) => ({ id, content: content(person(id)) }));
      await contacts.addContacts(db, one, some(['owned-1', 'owned-2', 'owned-3']), at);
      await contacts.addContacts(db, other, some(['owned-4']), at);
      const owners = await contacts.ownersOfContacts(db);
      expect([...owners].sort()).toEqual([...before, one, other].sort());
      expect(owners).not.toContain(nobody);
    });

    test('a picture comes back byte by byte, by its owner only, and goes with its contact', async () => {
      const [user, other] = [await addUser(), await addUser()];
      const { id: accountId } = await claim(user);
      const origin = (itemId: string) => ({ accountId, itemId, folderId: 'f', version: 'v1' });
      const made = ['p1', 'p2'].map((id) => ({ id, origin: origin(id), content: content(person(`Name ${id}`)) }));
      await contacts.addContacts(db, user, made, at);
      const want = async () => (await pictures.wantedPictures(db, user, accountId, 10)).map((item) => item.contactId);
      expect(await want()).toEqual(['p1', 'p2']);
      const bytes = Uint8Array.from({ length: 5000 }, (_, n) => n % 256);
      await pictures.savePicture(db, user, 'p1', 'v1', { state: 'ready', hash: 'hash-1', bytes });
      await pictures.savePicture(db, user, 'p2', 'v1', { state: 'none' });
      expect(await want()).toEqual([]);
      expect(await pictures.pictureBytes(db, user, 'hash-1').then((found) => Buffer.from(found ?? []))).toEqual(
        Buffer.from(bytes),
      );
      expect(await pictures.pictureBytes(db, other, 'hash-1')).toBeUndefined();
      expect(await contacts.findContact(db, user, 'p1')).toMatchObject({ picture: 'hash-1' });

      await contacts.noteVersions(db, user, [{ contactId: 'p2', version: 'v2' }]);
      expect(await pictures.wantedPictures(db, user, accountId, 10)).toEqual([
        { contactId: 'p2', itemId: 'p2', version: 'v2' },
      ]);
      expect(await pictures.countWanted(db, user, accountId)).toBe(1);
      expect(await pictures.removeImportedPictures(db, user)).toBe(1);
      expect(await want()).toEqual(['p1', 'p2']);
      await pictures.savePicture(db, user, 'p1', 'v1', { state: 'ready', hash: 'hash-1', bytes });
      await contacts.removeContacts(db, user, ['p1']);
      expect(await pictures.pictureBytes(db, user, 'hash-1')).toBeUndefined();
    });

    test('the list is in the order of bytes of the sort keys', async () => {
      const user = await addUser();
      for (const [n, text] of ['b', 'Ä', 'z', 'a b', 'ab', 'Ø', '中'].entries()) {
        await contacts.addContacts(db, user, [{ id: `order-${n}`, content: content(person(text)) }], at);
      }
      const inOne = (await contacts.listContacts(db, user, 10)).map((contact) => contact.sortKey);
      expect(inOne).toEqual([...inOne].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))));
      const [, second] = await contacts.listContacts(db, user, 2);
      const rest = await contacts.listContacts(db, user, 10, second);
      expect(rest.map((contact) => contact.sortKey)).toEqual(inOne.slice(2));
    });

    test('two imports of one item cannot be', async () => {
      const user = await addUser();
      const { id: accountId } = await claim(user);
      const origin = { accountId, itemId: 'i', folderId: 'F' };
      await contacts.addContacts(db, user, [{ id: 'unique-1', origin, content: content(person('A')) }], at);
      const second = contacts.addContacts(db, user, [{ id: 'unique-2', origin, content: content(person('A')) }], at);
      await expect(second).rejects.toThrow();
    });

    test('a detached import shadows its item, and so does the mark of a deleted one', async () => {
      const user = await addUser();
      const { id: accountId } = await claim(user);
      const origin = { accountId, itemId: 'edited', folderId: 'F' };
      await contacts.addContacts(db, user, [{ id: 'detached', origin, content: content(person('A')) }], at);
      await contacts.detachContact(db, user, 'detached');
      await accounts.addShadow(db, accountId, 'deleted');
      await accounts.addShadow(db, accountId, 'deleted');
      expect([...(await accounts.shadowsOf(db, accountId))].sort()).toEqual(['deleted', 'edited']);
      expect(await contacts.itemsOf(db, user, accountId)).toEqual([]);
    });

    test('an account is added once and keeps its generation; its name follows', async () => {
      const user = await addUser();
      const first = await claim(user);
      const again = await accounts.claimAccount(db, user, { ...mailbox, name: 'B' }, () => 'not-used');
      expect(again).toMatchObject({ id: first.id, name: 'B', generation: 0 });
      expect(await accounts.lockAccount(db, await addUser(), first.id)).toBeUndefined();
    });

    test('a batch that comes again replaces itself; the lengths are summed', async () => {
      const user = await addUser();
      const { id: accountId } = await claim(user);
      const sync: syncs.Sync = {
        id: `sync-of-${user}`,
        accountId,
        status: 'open',
        generation: 0,
        mode: 'delta',
        options: { skipContactsWithoutNumber: false },
        by: 'test',
        since: at,
        until: at,
        planHash: undefined,
        removed: 0,
        remaining: 0,
        waitsFor: undefined,
        result: undefined,
      };
      await syncs.addSync(db, sync);
      expect(await syncs.stagedLength(db, sync.id)).toBe(0);
      await syncs.putBatch(db, sync.id, 2, { changes: [] });
      await syncs.putBatch(db, sync.id, 1, { changes: [{ type: 'remove', folderId: 'F', itemId: 'old' }] });
      await syncs.putBatch(db, sync.id, 1, { changes: [{ type: 'remove', folderId: 'F', itemId: 'new' }] });
      expect(await syncs.batchNumbers(db, sync.id)).toEqual([1, 2]);
      const [first] = await syncs.batchesOf(db, sync.id);
      expect(first?.changes).toMatchObject([{ itemId: 'new' }]);
      expect(await syncs.stagedLength(db, sync.id)).toBe(JSON.stringify(first).length + '{"changes":[]}'.length);
      expect(await syncs.findSync(db, user, sync.id)).toEqual(sync);
      expect(await syncs.changeSync(db, { id: sync.id, status: 'waiting' }, { until: at })).toBe(false);
      await syncs.removeExpiredSyncs(db, accountId, at);
      expect(await syncs.unfinishedSyncs(db, user)).toEqual([]);
      expect(await syncs.batchNumbers(db, sync.id)).toEqual([]);
    });

    test('search, callers and addresses are found by owner', async () => {
      const viewer = { userId: await addUser(), siteId: 'site', dialPlan: munich };
      const other = await addUser();
      const fields = { ...person('Søren Müller', '+49 89 7007-331'), emails: ['S@Example.org'] };
      await contacts.addContacts(db, viewer.userId, [{ id: `found-${viewer.userId}`, content: content(fields) }], at);
      await contacts.addContacts(db, other, [{ id: `found-${other}`, content: content(fields) }], at);
      const directory = createPersonalDirectory({ database: db });
      for (const typed of ['sor mue', 'mull', '+4989 7007', '0897007331', '']) {
        const hits = await directory.search(viewer, readQuery(typed, munich), 5);
        expect([typed, hits.count, hits.items[0]?.id]).toEqual([typed, 1, `found-${viewer.userId}`]);
      }
      expect((await directory.search(viewer, readQuery('mull anna', munich), 5)).count).toBe(0);
      const [caller] = await directory.byNumbers(viewer, [world.rules.read('+49897007331', munich)]);
      const [writer] = await directory.byEmails(viewer, ['s@example.ORG']);
      expect([caller?.id, writer?.id]).toEqual([`found-${viewer.userId}`, `found-${viewer.userId}`]);
    });

    test('contacts in memory are found as in the database, in its order', async () => {
      const viewer = { userId: await addUser(), siteId: 'site', dialPlan: munich };
      const names = ['Anna Abel', 'Bea Ångström', 'Zoë Öztürk', 'Jan 李', 'Søren Müller', 'Müller', 'Bär & Söhne', ''];
      // More than one page of contacts, and of keys.
      const many = Array.from({ length: 1600 }, (_, n) => ({
        id: `memory-${(n * 7919) % 1600}`,
        content: content({
          ...person(
            `${names[n % 8]} ${names[(n * 5 + 3) % 7]}`,
            `+49 89 ${7_007_000 + (n % 900)}`,
            `0171 ${555_000 + n}`,
          ),
          ...(n % 3 === 0 && { company: 'Straßenbau AG' }),
        }),
      }));
      await contacts.addContacts(db, viewer.userId, many, at);
      const found = await readPersonalIndex(db, viewer.userId, () => Promise.resolve());
      const index = found && createPersonalIndex(found);
      const inMemory = createPersonalDirectory({
        database: db,
        indexes: { current: () => Promise.resolve(index), atHand: () => Promise.resolve(index) },
      });
      const inDatabase = createPersonalDirectory({ database: db });
      expect(index?.search({ elements: [] }, 1).count).toBe(1600);
      for (const typed of [
        '',
        'a',
        'an',
        'mull zo',
        'ö',
        'strass bar',
        '李',
        '+49 89 7007',
        '0171555',
        '99',
        'nobody',
      ]) {
        const query = readQuery(typed, munich);
        expect(await inMemory.search(viewer, query, 30), typed).toEqual(await inDatabase.search(viewer, query, 30));
      }
      const callers = ['+49 89 7007331', '089 7007899', '0171 555001', '0171 55500', '331', '110'].map((raw) =>
        world.rules.read(raw, munich),
      );
      const known = await inMemory.byNumbers(viewer, callers);
      expect(known).toEqual(await inDatabase.byNumbers(viewer, callers));
      expect(known.filter((item) => item !== null).length).toBeGreaterThan(2);
    });

    test('contacts to which one is added while they are read are not taken', async () => {
      const user = await addUser();
      let pauses = 0;
      const read = await readPersonalIndex(db, user, async () => {
        pauses += 1;
        if (pauses === 1)
          await contacts.addContacts(db, user, [{ id: `late-${user}`, content: content(person('A')) }], at);
      });
      expect(read).toBeUndefined();
    });

    test('those who have contacts are listed once each, page by page', async () => {
      await addUser();
      for (const owner of [await addUser(), await addUser(), await addUser()]) {
        const two = [1, 2].map((n) => ({ id: `${n} of ${owner}`, content: content(person('A')) }));
        await contacts.addContacts(db, owner, two, at);
      }
      const listed: string[] = [];
      for (;;) {
        const page = await contactOwners(db, listed.at(-1) ?? '', 2);
        expect(page.length).toBeLessThanOrEqual(2);
        if (page.length === 0) break;
        listed.push(...page);
      }
      const owners = await db.selectFrom('contacts').select('user_id').distinct().orderBy('user_id').execute();
      expect(owners.length).toBeGreaterThan(2);
      expect(listed).toEqual(owners.map((row) => row.user_id));
    });

    test('a user takes everything of his along', async () => {
      const user = await addUser();
      const { id: accountId } = await claim(user);
      const origin = { accountId, itemId: 'i', folderId: 'F' };
      await contacts.addContacts(db, user, [{ id: `gone-${user}`, origin, content: content(person('A', '110')) }], at);
      await accounts.addShadow(db, accountId, 'x');
      await db.deleteFrom('users').where('id', '=', user).execute();
      expect(await db.selectFrom('contact_keys').selectAll().where('user_id', '=', user).execute()).toEqual([]);
      expect(await db.selectFrom('source_accounts').selectAll().where('user_id', '=', user).execute()).toEqual([]);
    });

    test('a commit that breaks leaves everything as it was', async () => {
      const user = await addUser();
      const { id } = await world.syncs.open(user, {
        account: mailbox,
        mode: 'delta',
        generation: 0,
        options: { skipContactsWithoutNumber: false },
      });
      const upsert = (itemId: string) => ({ type: 'upsert', folderId: 'F', itemId, contact: person(itemId) }) as const;
      await world.syncs.putBatch(user, id, 1, {
        folders: [{ id: 'F', name: 'F' }],
        folder: { id: 'F', state: 's' },
        changes: [upsert('a'), upsert('b')],
      });
      world.breakAtId(2);
      expect(await codeOf(world.syncs.commit(user, id, {}))).toMatch(/on purpose/);
      expect((await world.contacts.list(user, {})).items).toEqual([]);
      expect(await world.syncs.commit(user, id, {})).toMatchObject({ generation: 1, result: { added: 2 } });
    });

    test('the law of the sync holds', async () => {
      await fc.assert(
        fc.asyncProperty(histories, async (history) => holdToTheLaw(world, `user-${(users += 1)}`, history)),
        { numRuns: 5 },
      );
    });
  });
}
