/** Undo, the history with its differences, and originals of edited imports. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ContactChange, SyncBatch } from '../../../shared/contact-sync';
import { differencesOf } from '../../../shared/sync-history';
import { openDatabase } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import { codeOf, createContactWorld, person } from '../../fakes/contact-world';
import type { ContactWorld } from '../../fakes/contact-world';

let world: ContactWorld;
const user = 'u';
beforeEach(async () => {
  const database = openDatabase(':memory:');
  await migrate(database);
  world = await createContactWorld(database);
  await world.addUser(user);
});
afterEach(() => world.database.destroy());

const put = (itemId: string, name: string, ...numbers: string[]): ContactChange => ({
  type: 'upsert',
  folderId: 'F',
  itemId,
  contact: person(name, ...numbers),
});
const gone = (itemId: string): ContactChange => ({ type: 'remove', folderId: 'F', itemId });

async function open(changes: ContactChange[], state = 's') {
  const { id, folders } = await world.syncs.open(user, {
    account: { kind: 'graph', key: 'u@example.org', name: 'Mailbox' },
    mode: 'delta',
    options: { skipContactsWithoutNumber: false },
    by: 'test',
  });
  const batch: SyncBatch = { folders: [{ id: 'F', name: 'F' }], folder: { id: 'F', state }, changes };
  await world.syncs.putBatch(user, id, 1, batch);
  return { id, from: folders[0]?.state };
}
async function sync(changes: ContactChange[], state?: string) {
  const { id } = await open(changes, state);
  await world.syncs.commit(user, id, {});
  return id;
}
const directory = async () =>
  (await world.contacts.list(user, {})).items.map(({ id, displayName, numbers, origin }) => [
    id,
    displayName,
    numbers.map(({ raw }) => raw),
    origin,
  ]);
const waiting = async () => (await world.syncs.list(user))[0]?.waiting;

describe('Undo of the last sync', () => {
  const later = [put('a', 'Anna anew', '110'), gone('b'), put('c', 'Carl')];

  test('leaves everything as it was before, and the same sync after it as it was after', async () => {
    await sync([put('a', 'Anna', '112'), put('b', 'Bert')], 'one');
    const before = await directory();
    const id = await sync(later, 'two');
    const after = (await directory()).map(([, ...more]) => more);
    expect(await world.history.undo(user, id)).toEqual({ restored: 3, leftAlone: 0 });
    expect(await directory()).toEqual(before);

    const again = await open(later, 'two');
    expect(again.from).toBe('one');
    // Not without a word: the plan waits, whoever syncs.
    expect(await codeOf(world.syncs.commit(user, again.id, {}))).toBe('removal-needs-confirmation');
    expect(await directory()).toEqual(before);
    const held = await waiting();
    expect(held).toMatchObject({ reason: 'after-undo' });
    const { items } = await world.history.changes(user, held?.id ?? '', {});
    expect(items.map(({ kind, name }) => [kind, name])).toEqual([
      ['removed', 'Bert'],
      ['changed', 'Anna anew'],
      ['added', 'Carl'],
    ]);
    await world.syncs.commit(user, again.id, { confirm: held?.planHash });
    expect((await directory()).map(([, ...more]) => more)).toEqual(after);
    expect((await world.syncs.list(user))[0]?.heldSince).toBeUndefined();
  });

  test('leaves alone what was edited or deleted by hand since, and counts it', async () => {
    await sync([put('a', 'Anna'), put('b', 'Bert'), put('d', 'Dora')]);
    const id = await sync([put('a', 'Anna anew'), put('c', 'Carl'), put('d', 'Dora anew')]);
    const all = (await world.contacts.list(user, {})).items;
    const of = (name: string) => all.find(({ displayName }) => displayName === name) ?? { id: '', version: 0 };
    await world.contacts.change(user, of('Anna anew').id, of('Anna anew').version, { company: 'Mine' });
    await world.contacts.remove(user, of('Carl').id, of('Carl').version);
    expect(await world.history.undo(user, id)).toEqual({ restored: 1, leftAlone: 2 });
    expect((await directory()).map(([, name]) => name)).toEqual(['Anna anew', 'Bert', 'Dora']);
    expect((await world.history.list(user))[0]).toMatchObject({ status: 'undone', undone: { leftAlone: 2 } });
  });

  test('is for a day, for the last sync with news, and once', async () => {
    const first = await sync([put('a', 'Anna')]);
    const second = await sync([put('b', 'Bert')]);
    await sync([]);
    expect(await codeOf(world.history.undo(user, first))).toBe('undo-not-possible');
    world.wait(86_400_000);
    expect(await codeOf(world.history.undo(user, second))).toBe('undo-not-possible');
    const third = await sync([put('c', 'Carl')]);
    await world.history.undo(user, third);
    expect(await codeOf(world.history.undo(user, third))).toBe('undo-not-possible');
    expect(await codeOf(world.history.undo('somebody else', third))).toBe('not-found');
  });

  test('of the first sync empties the account, and the next one begins from zero', async () => {
    const id = await sync([put('a', 'Anna')]);
    await world.history.undo(user, id);
    expect(await directory()).toEqual([]);
    expect((await open([])).from).toBeUndefined();
  });
});

describe('A file', () => {
  const record = (itemId: string, name: string) => ({ position: 1, itemId, fields: person(name, '110') });
  const bring = (...records: ReturnType<typeof record>[]) =>
    world.applyFile(user, { accountKey: 'csv', name: 'CSV', records }, { preview: false });

  test('stands in the history with what it changed, and is taken back like a sync', async () => {
    await bring(record('a', 'Anna'), record('b', 'Bert'));
    const before = await directory();
    await bring(record('a', 'Anna anew'), record('c', 'Carl'));
    const [last, first] = await world.history.list(user);
    expect(last).toMatchObject({ trigger: 'file', account: 'CSV', added: 1, changed: 1, removed: 0 });
    expect(first).not.toHaveProperty('undoUntil');
    const { items } = await world.history.changes(user, last?.id ?? '', { kind: 'changed' });
    expect(items).toMatchObject([{ before: { displayName: 'Anna' }, after: { displayName: 'Anna anew' } }]);

    expect(await world.history.undo(user, last?.id ?? '')).toEqual({ restored: 2, leftAlone: 0 });
    expect(await directory()).toEqual(before);
    // It is somebody's own act, so it may be brought again without a question.
    expect(await bring(record('a', 'Anna anew'))).toMatchObject({ changed: 1 });
  });

  test('that brings nothing new is one row, however often it comes', async () => {
    await bring(record('a', 'Anna'));
    await bring(record('a', 'Anna'));
    await bring(record('a', 'Anna'));
    expect((await world.history.list(user)).map(({ added, times }) => [added, times])).toEqual([
      [0, 2],
      [1, 1],
    ]);
  });
});

describe('The history', () => {
  test('says by what a sync was started, where that is known', async () => {
    const account = { kind: 'graph', key: 'u@example.org', name: 'Mailbox' } as const;
    const options = { skipContactsWithoutNumber: false };
    const { id } = await world.syncs.open(user, { account, mode: 'delta', options, trigger: 'schedule' });
    await world.syncs.commit(user, id, {});
    await sync([put('a', 'Anna')]);
    expect((await world.history.list(user)).map(({ trigger }) => trigger)).toEqual([undefined, 'schedule']);
  });

  test('tells what changed field by field, numbers in canonical form', async () => {
    await sync([put('a', 'Anna', '089 7007-331')]);
    const id = await sync([put('a', 'Anna', '089 7007-332')]);
    const { items } = await world.history.changes(user, id, { text: 'ann' });
    const [change] = items;
    expect(differencesOf(change?.before, change?.after, (kind) => kind)).toEqual([
      { field: 'numbers', before: 'business: +49 (89) 7007-331', after: 'business: +49 (89) 7007-332' },
    ]);
    expect((await world.history.changes(user, id, { text: 'bert' })).items).toEqual([]);
  });

  test('says in one row what ended alike, and why a sync was given up', async () => {
    await sync([]);
    await sync([]);
    for (let n = 0; n < 2; n += 1) {
      const { id } = await open([]);
      await world.syncs.cancel(user, id, 'unreachable');
    }
    await open([]);
    world.wait(200_000);
    await sync([]);
    expect((await world.history.list(user)).map(({ status, reason, times }) => [status, reason, times])).toEqual([
      ['done', undefined, 1],
      ['interrupted', undefined, 1],
      ['failed', 'unreachable', 2],
      ['done', undefined, 2],
    ]);
  });

  test('keeps thirty syncs of an account', async () => {
    for (let n = 0; n < 33; n += 1) await sync([put('a', `Anna ${n}`)]);
    expect(await world.history.list(user)).toHaveLength(30);
    const { count } = await world.database
      .selectFrom('sync_changes')
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(30);
  });

  test('pages through a preview of many contacts', async () => {
    const { id } = await open(Array.from({ length: 120 }, (_, n) => put(`i${n}`, `Person ${n}`)));
    await world.syncs.commit(user, id, { preview: true });
    const seen = [];
    let cursor: string | undefined;
    do {
      const page = await world.history.changes(user, id, { cursor, limit: 50 });
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(new Set(seen.map(({ name }) => name)).size).toBe(120);
    expect(await directory()).toEqual([]);
    await world.syncs.cancel(user, id, 'cancelled');
    expect(await codeOf(world.history.changes(user, id, {}))).toBe('nothing was thrown');
  });
});

describe('A contact that was edited by hand', () => {
  async function edited() {
    await sync([put('a', 'Anna', '110')]);
    const [contact] = (await world.contacts.list(user, {})).items;
    if (contact === undefined) throw new Error('No contact');
    return world.contacts.change(user, contact.id, contact.version, { company: 'Mine' });
  }

  test('is told when its original has changed, with what the original says', async () => {
    const { id } = await edited();
    expect(await world.originals.get(user, id)).toMatchObject({ state: 'same' });
    await sync([put('a', 'Anna Adler', '112')]);
    expect(await world.originals.get(user, id)).toMatchObject({
      state: 'changed',
      original: { displayName: 'Anna Adler' },
    });
    expect(await world.originals.listChanged(user)).toMatchObject({ items: [{ id, state: 'changed' }], more: false });
  });

  test('follows Outlook again with one click, and is an import from then on', async () => {
    const { id, version } = await edited();
    await sync([put('a', 'Anna Adler', '112')]);
    expect(await codeOf(world.originals.follow(user, id, version + 1))).toBe('version-conflict');
    expect(await world.originals.follow(user, id, version)).toMatchObject({
      contact: { id, displayName: 'Anna Adler', origin: { type: 'imported' } },
    });
    await sync([put('a', 'Anna Abel')]);
    expect((await world.contacts.get(user, id)).displayName).toBe('Anna Abel');
    expect((await world.originals.listChanged(user)).items).toEqual([]);
  });

  test('stays when its original is deleted, is told so, and goes when it follows', async () => {
    const { id, version } = await edited();
    await sync([gone('a')]);
    expect(await world.originals.get(user, id)).toMatchObject({ state: 'gone' });
    expect(await world.originals.follow(user, id, version)).toEqual({});
    expect(await directory()).toEqual([]);
  });
});
