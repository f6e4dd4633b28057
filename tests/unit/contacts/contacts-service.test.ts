import { beforeEach, describe, expect, test } from 'vitest';
import type { ContactChange } from '../../../shared/contact-sync';
import { openDatabase } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import { munich } from '../../fixtures/dial-plans';
import { codeOf, createContactWorld, person } from '../../fakes/contact-world';
import type { ContactWorld } from '../../fakes/contact-world';

let world: ContactWorld;
beforeEach(async () => {
  const database = openDatabase(':memory:');
  await migrate(database);
  world = await createContactWorld(database);
  await world.addUser('u');
  await world.addUser('stranger');
});

async function sync(...items: string[]) {
  const generation = (await world.syncs.list('u'))[0]?.generation ?? 0;
  const { id } = await world.syncs.open('u', {
    account: { kind: 'graph', key: 'u@example.org', name: 'Mailbox' },
    mode: 'full',
    generation,
    options: { skipContactsWithoutNumber: false },
  });
  const changes = items.map((itemId): ContactChange => ({
    type: 'upsert',
    folderId: 'F',
    itemId,
    contact: person(itemId),
  }));
  await world.syncs.putBatch('u', id, 1, {
    folders: [{ id: 'F', name: 'Contacts' }],
    folder: { id: 'F', restarted: true, state: 's' },
    changes,
  });
  return (await world.syncs.commit('u', id, {})).result;
}
async function only() {
  const [contact] = (await world.contacts.list('u', {})).items;
  if (contact === undefined) throw new Error('There is no contact');
  return contact;
}
const names = async () => (await world.contacts.list('u', {})).items.map((contact) => contact.displayName);

describe('a contact made by hand', () => {
  test('is there with its numbers read, and the user’s views hear of it', async () => {
    const made = await world.contacts.create('u', person('Anna', '0 089 1234567'));
    expect(made).toMatchObject({ version: 1, displayName: 'Anna', origin: { type: 'hand' } });
    expect(made.numbers[0]).toMatchObject({ raw: '0 089 1234567', e164: '+49891234567' });
    expect(await world.contacts.get('u', made.id)).toEqual(made);
    expect(world.published).toEqual([{ user: 'u', event: { type: 'contacts' } }]);
  });

  test('needs something to show', async () => {
    await expect(world.contacts.create('u', person(' '))).rejects.toMatchObject({
      code: 'request-invalid',
      details: [{ field: 'body.displayName', reason: 'no-name' }],
    });
  });

  test('is changed in the fields that are given; a blank one is taken away', async () => {
    const made = await world.contacts.create('u', { ...person('Anna', '110'), company: 'Acme' });
    const changed = await world.contacts.change('u', made.id, 1, { displayName: 'Anne', company: ' ' });
    expect(changed).toMatchObject({ version: 2, displayName: 'Anne', numbers: [{ raw: '110' }] });
    expect(changed.company).toBeUndefined();
  });

  test('is not changed from an old version', async () => {
    const made = await world.contacts.create('u', person('Anna'));
    await world.contacts.change('u', made.id, 1, { displayName: 'Anne' });
    await expect(world.contacts.change('u', made.id, 1, { displayName: 'Änne' })).rejects.toMatchObject({
      code: 'version-conflict',
      details: [{ value: 2 }],
    });
    expect(await codeOf(world.contacts.remove('u', made.id, 1))).toBe('version-conflict');
    expect(await names()).toEqual(['Anne']);
  });

  test('stays through any sync, and through the deletion of imports', async () => {
    await world.contacts.create('u', person('Mine'));
    await sync('a', 'b');
    await sync('b');
    await world.contacts.removeImported('u');
    expect(await names()).toEqual(['Mine']);
  });

  test('of somebody else does not exist', async () => {
    const made = await world.contacts.create('u', person('Anna'));
    expect(await codeOf(world.contacts.get('stranger', made.id))).toBe('not-found');
    expect(await codeOf(world.contacts.change('stranger', made.id, 1, { displayName: 'X' }))).toBe('not-found');
    expect(await codeOf(world.contacts.remove('stranger', made.id, 1))).toBe('not-found');
    expect((await world.contacts.list('stranger', {})).items).toEqual([]);
  });
});

describe('an import', () => {
  test('that is edited is the user’s own from then on and no sync changes it (SYN-7)', async () => {
    await sync('a', 'b');
    const imported = await only();
    const edited = await world.contacts.change('u', imported.id, imported.version, { displayName: 'Mine' });
    expect(edited.origin).toMatchObject({ type: 'hand', detachedFrom: { itemId: 'a' } });
    expect(await sync('a', 'b')).toMatchObject({ added: 0, skipped: [{ reason: 'kept-by-hand' }] });
    await sync('b');
    expect(await names()).toEqual(['b', 'Mine']);
  });

  test('that is edited to what it was stays an import', async () => {
    await sync('a');
    const imported = await only();
    const same = await world.contacts.change('u', imported.id, imported.version, { displayName: 'a' });
    expect(same).toEqual(imported);
    expect(world.published).toHaveLength(1);
  });

  test('that is deleted by hand does not come back', async () => {
    await sync('a', 'b');
    const imported = await only();
    await world.contacts.remove('u', imported.id, imported.version);
    expect(await sync('a', 'b')).toMatchObject({ added: 0, skipped: [{ name: 'a', reason: 'kept-by-hand' }] });
    expect(await names()).toEqual(['b']);
  });

  test('that was edited and is deleted then does not come back either', async () => {
    await sync('a', 'b');
    const imported = await only();
    await world.contacts.change('u', imported.id, 1, { displayName: 'a 2' });
    await world.contacts.remove('u', imported.id, 2);
    await sync('a', 'b');
    expect(await names()).toEqual(['b']);
  });

  test('comes back after the imports were deleted, marks and all (SYN-8)', async () => {
    await sync('a', 'b', 'c');
    const imported = await only();
    await world.contacts.remove('u', imported.id, 1);
    const edited = await only();
    await world.contacts.change('u', edited.id, 1, { displayName: 'Mine' });
    expect(await world.contacts.removeImported('u')).toEqual({ removed: 1 });
    expect(await names()).toEqual(['Mine']);
    expect((await only()).origin).toEqual({ type: 'hand' });
    expect(await world.syncs.list('u')).toEqual([]);
    expect(await sync('a', 'b', 'c')).toMatchObject({ added: 3, skipped: [] });
  });

  test('is deleted together with all, and an open sync ends', async () => {
    await sync('a');
    const { id } = await world.syncs.open('u', {
      account: { kind: 'graph', key: 'u@example.org', name: 'Mailbox' },
      mode: 'delta',
      generation: 1,
      options: { skipContactsWithoutNumber: false },
    });
    await world.contacts.removeImported('u');
    expect(await codeOf(world.syncs.commit('u', id, {}))).toBe('sync-unknown');
  });
});

describe('the list', () => {
  test('is in the order of names, page by page, each contact once', async () => {
    for (const name of ['Émile', 'Zoë', 'anna', 'Ødegård', 'Émile', 'Bert'])
      await world.contacts.create('u', person(name));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.contacts.list('u', { cursor, limit: 2 });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ displayName }) => displayName));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['anna', 'Bert', 'Émile', 'Émile', 'Ødegård', 'Zoë']);
  });

  test('goes on where it was although the contact there is gone', async () => {
    for (const name of ['a', 'b', 'c']) await world.contacts.create('u', person(name));
    const page = await world.contacts.list('u', { limit: 2 });
    await world.contacts.remove('u', page.items[1]?.id ?? '', 1);
    const rest = await world.contacts.list('u', { cursor: page.nextCursor, limit: 2 });
    expect(rest.items.map(({ displayName }) => displayName)).toEqual(['c']);
  });

  test('has cursors that fit the contract, whatever the names', async () => {
    const longest = [1, 2, 3].map((n) => `${'漢字ß'.repeat(80)}${n}`);
    for (const name of longest) await world.contacts.create('u', person(name));
    const { nextCursor } = await world.contacts.list('u', { limit: 1 });
    expect(nextCursor?.length).toBeLessThanOrEqual(512);
    expect((await world.contacts.list('u', { cursor: nextCursor, limit: 5 })).items).toHaveLength(2);
  });

  test('refuses a cursor of something else', async () => {
    expect(await codeOf(world.contacts.list('u', { cursor: 'bm9uc2Vuc2U' }))).toBe('request-invalid');
  });
});

describe('a file', () => {
  const record = (position: number, itemId: string, name = itemId) => ({
    position,
    itemId,
    fields: person(name, '110'),
  });
  const file = (...records: ReturnType<typeof record>[]) => ({ accountKey: 'csv', name: 'CSV', records });
  const apply = { preview: false };

  test('adds and changes, and removes nothing', async () => {
    await world.applyFile('u', file(record(1, 'a'), record(2, 'b')), apply);
    const outcome = await world.applyFile('u', file(record(1, 'b', 'B'), record(2, 'c')), apply);
    expect(outcome).toMatchObject({ added: 1, changed: 1, removed: 0, unchanged: 0 });
    expect(await names()).toEqual(['a', 'B', 'c']);
  });

  test('again changes nothing and tells nobody', async () => {
    await world.applyFile('u', file(record(1, 'a')), apply);
    const again = await world.applyFile('u', file(record(1, 'a')), apply);
    expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
    expect(world.published).toHaveLength(1);
  });

  test('says what would happen in a preview, and not even its name stays', async () => {
    const outcome = await world.applyFile('u', file(record(1, 'a')), { preview: true });
    expect(outcome).toMatchObject({ added: 1 });
    expect(await names()).toEqual([]);
    expect(await world.syncs.list('u')).toEqual([]);
    expect(world.published).toEqual([]);
  });

  test('leaves alone what the user made his own', async () => {
    await world.applyFile('u', file(record(1, 'a'), record(2, 'b')), apply);
    const imported = await only();
    await world.contacts.change('u', imported.id, 1, { displayName: 'Mine' });
    const outcome = await world.applyFile('u', file(record(1, 'a', 'A'), record(2, 'b')), apply);
    expect(outcome).toMatchObject({ changed: 0, unchanged: 1, kept: [1] });
  });

  test('with a record twice takes the later one and names the earlier', async () => {
    const outcome = await world.applyFile('u', file(record(1, 'a', 'old'), record(2, 'a', 'new')), apply);
    expect(outcome).toMatchObject({ added: 1, duplicates: [1] });
    expect(await names()).toEqual(['new']);
  });

  test('names records with nothing to show', async () => {
    const outcome = await world.applyFile('u', file(record(3, 'a', ' ')), apply);
    expect(outcome).toMatchObject({ added: 0, nameless: [3] });
  });

  test('is deleted with the imports', async () => {
    await world.applyFile('u', file(record(1, 'a')), apply);
    expect(await world.contacts.removeImported('u')).toEqual({ removed: 1 });
  });

  test('that breaks in the middle changes nothing', async () => {
    world.breakAtId(3);
    await expect(world.applyFile('u', file(record(1, 'a'), record(2, 'b')), apply)).rejects.toThrow('on purpose');
    expect(await names()).toEqual([]);
  });
});

describe('when the number rules change', () => {
  test('every number is read again, the contacts stay what they are, and the differences are told', async () => {
    const old = world.rules;
    world.rules = { read: (raw) => ({ raw, problem: 'not-a-number' }), version: () => 'older' };
    await world.contacts.create('u', person('Anna', '+49 171 1234567', 'call me'));
    await world.contacts.create('stranger', person('Bert', '+49 171 1234567'));
    world.rules = old;
    const before = await only();
    expect(await world.contacts.renormaliseAll()).toEqual({
      contacts: 2,
      changed: 3,
      nowReadable: 2,
      nowUnreadable: 0,
    });
    const after = await only();
    expect(after.numbers[0]).toMatchObject({ e164: '+491711234567' });
    expect({ ...after, numbers: [] }).toEqual({ ...before, numbers: [] });
    const found = await world.directory.search(viewer, { elements: [['n:49171']] }, 5);
    expect(found.count).toBe(1);
  });

  test('nothing is done twice, and many are done in portions', async () => {
    const old = world.rules;
    world.rules = { read: (raw) => ({ raw, problem: 'empty' }), version: () => 'older' };
    const records = Array.from({ length: 450 }, (_, n) => ({
      position: n,
      itemId: `${n}`,
      fields: person(`${n}`, '110'),
    }));
    await world.applyFile('u', { accountKey: 'csv', name: 'CSV', records }, { preview: false });
    world.rules = old;
    expect(await world.contacts.renormalise('u')).toMatchObject({ contacts: 450, changed: 450 });
    expect(await world.contacts.renormalise('u')).toMatchObject({ contacts: 0, changed: 0 });
  });
});

const viewer = { userId: 'u', siteId: 'site', dialPlan: munich };
