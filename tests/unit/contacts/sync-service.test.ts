import { beforeEach, describe, expect, test } from 'vitest';
import type { ContactChange, SyncBatch } from '../../../shared/contact-sync';
import { ServiceError } from '../../../shared/errors';
import { openDatabase } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import type { OpenRequest } from '../../../sync-service/contacts/sync.service';
import { codeOf, createContactWorld, person } from '../../fakes/contact-world';
import type { ContactWorld } from '../../fakes/contact-world';

const minute = 60_000;
const request: OpenRequest = {
  account: { kind: 'graph', key: 'anna@example.org', name: 'Anna’s mailbox' },
  mode: 'delta',
  generation: 0,
  options: { skipContactsWithoutNumber: false },
  by: 'Outlook on the web',
};

let world: ContactWorld;
beforeEach(async () => {
  const database = openDatabase(':memory:');
  await migrate(database);
  world = await createContactWorld(database);
  await world.addUser('u');
  await world.addUser('stranger');
});

const upsert = (itemId: string, name = itemId): ContactChange => ({
  type: 'upsert',
  folderId: 'F',
  itemId,
  contact: person(name, '+49 89 7007-331'),
});
const remove = (itemId: string): ContactChange => ({ type: 'remove', folderId: 'F', itemId });
const told = (changes: ContactChange[], state = 's1'): SyncBatch => ({
  folders: [{ id: 'F', name: 'Contacts' }],
  folder: { id: 'F', state },
  changes,
});
const items = (count: number) => Array.from({ length: count }, (_, n) => upsert(`item ${n}`));

/** A complete sync. */
async function sync(changes: ContactChange[], generation = 0, more: Partial<OpenRequest> = {}) {
  const { id } = await world.syncs.open('u', { ...request, generation, ...more });
  await world.syncs.putBatch('u', id, 1, told(changes));
  return world.syncs.commit('u', id, {});
}
const names = async () => (await world.contacts.list('u', {})).items.map((contact) => contact.displayName);
const account = async () => (await world.syncs.list('u'))[0];

describe('a sync', () => {
  test('brings the contacts with their numbers read, and tells the user’s views', async () => {
    expect(await sync([upsert('a', 'Anna')])).toMatchObject({ generation: 1, result: { added: 1 } });
    const { items: contacts } = await world.contacts.list('u', {});
    expect(contacts).toMatchObject([
      {
        displayName: 'Anna',
        version: 1,
        numbers: [{ kind: 'business', raw: '+49 89 7007-331', e164: '+49897007331', extension: '331' }],
        origin: { type: 'imported', itemId: 'a' },
      },
    ]);
    expect(world.published).toEqual([{ user: 'u', event: { type: 'contacts' } }]);
  });

  test('goes on from the states of the last one', async () => {
    await sync([upsert('a')]);
    const { folders } = await world.syncs.open('u', { ...request, generation: 1 });
    expect(folders).toEqual([{ id: 'F', state: 's1' }]);
  });

  test.each([
    ['at the user’s wish', { mode: 'full' as const }],
    ['when other contacts are wanted', { options: { skipContactsWithoutNumber: true } }],
  ])('begins from zero %s', async (_why, more) => {
    await sync([upsert('a')]);
    expect((await world.syncs.open('u', { ...request, generation: 1, ...more })).folders).toEqual([]);
  });

  test('that changes nothing tells nobody', async () => {
    await sync([upsert('a')]);
    await sync([], 1);
    expect(world.published).toHaveLength(1);
  });

  test('shows its last result with the account', async () => {
    await sync([upsert('a')]);
    expect(await account()).toMatchObject({
      key: 'anna@example.org',
      generation: 1,
      contacts: 1,
      lastSync: { at: '2026-03-02T08:00:00.000Z', result: { added: 1 } },
    });
  });

  test('that is previewed says what would happen and changes nothing', async () => {
    const { id } = await world.syncs.open('u', request);
    await world.syncs.putBatch('u', id, 1, told([upsert('a')]));
    const preview = await world.syncs.commit('u', id, { preview: true });
    expect(preview).toMatchObject({ generation: 0, result: { added: 1 } });
    expect(await names()).toEqual([]);
    expect(await world.syncs.commit('u', id, {})).toMatchObject({ result: preview.result });
  });

  test('committed twice is committed once and answered the same', async () => {
    const { id } = await world.syncs.open('u', request);
    await world.syncs.putBatch('u', id, 1, told([upsert('a')]));
    const { generation, result } = await world.syncs.commit('u', id, {});
    world.wait(10 * minute);
    expect(await world.syncs.commit('u', id, {})).toEqual({ generation, result });
    expect((await account())?.generation).toBe(1);
  });

  test('that is cancelled leaves nothing and frees the account', async () => {
    const { id } = await world.syncs.open('u', request);
    await world.syncs.putBatch('u', id, 1, told([upsert('a')]));
    await world.syncs.cancel('u', id);
    expect(await codeOf(world.syncs.commit('u', id, {}))).toBe('sync-unknown');
    expect(await world.database.selectFrom('sync_batches').selectAll().execute()).toEqual([]);
    expect(await sync([upsert('b')])).toMatchObject({ result: { added: 1 } });
  });

  test('leaves no staged batch behind', async () => {
    await sync([upsert('a')]);
    expect(await world.database.selectFrom('sync_batches').selectAll().execute()).toEqual([]);
  });
});

describe('batches', () => {
  test('replace themselves when they come again', async () => {
    const { id } = await world.syncs.open('u', request);
    await world.syncs.putBatch('u', id, 1, told([upsert('a'), upsert('b')]));
    await world.syncs.putBatch('u', id, 1, told([upsert('a')]));
    expect(await world.syncs.commit('u', id, {})).toMatchObject({ result: { added: 1 } });
  });

  test('are taken in the order of their numbers, not of their arrival', async () => {
    const { id } = await world.syncs.open('u', request);
    await world.syncs.putBatch('u', id, 2, { changes: [remove('a')] });
    await world.syncs.putBatch('u', id, 1, told([upsert('a')]));
    expect(await world.syncs.commit('u', id, {})).toMatchObject({ result: { added: 0 } });
  });

  test('must all be there', async () => {
    const { id } = await world.syncs.open('u', request);
    await world.syncs.putBatch('u', id, 2, told([upsert('a')]));
    await expect(world.syncs.commit('u', id, {})).rejects.toMatchObject({
      code: 'sync-incomplete',
      details: [{ field: 'batches', reason: 'missing', value: 1 }],
    });
    await world.syncs.putBatch('u', id, 1, { changes: [] });
    expect(await codeOf(world.syncs.commit('u', id, { batches: 3 }))).toBe('sync-incomplete');
    expect(await world.syncs.commit('u', id, { batches: 2 })).toMatchObject({ result: { added: 1 } });
  });

  test('must tell each folder to its end', async () => {
    const { id } = await world.syncs.open('u', request);
    await world.syncs.putBatch('u', id, 1, { ...told([]), folder: { id: 'F', restarted: true } });
    await expect(world.syncs.commit('u', id, {})).rejects.toMatchObject({
      code: 'sync-incomplete',
      details: [{ field: 'folder', reason: 'unfinished', value: 'Contacts' }],
    });
  });
});

describe('the lease', () => {
  test('keeps others out and says who and since when', async () => {
    await world.syncs.open('u', request);
    world.wait(minute);
    const refused = await world.syncs.open('u', request).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ServiceError);
    expect(refused).toMatchObject({
      code: 'sync-running',
      retryAfterMs: minute,
      details: [
        { reason: 'by', value: 'Outlook on the web' },
        { reason: 'since', value: '2026-03-02T08:00:00.000Z' },
      ],
    });
    expect(await account()).toMatchObject({ running: { by: 'Outlook on the web' } });
  });

  test('is of one account: another one can be synced meanwhile', async () => {
    await world.syncs.open('u', request);
    const other = { ...request, account: { ...request.account, key: 'other@example.org' } };
    await expect(world.syncs.open('u', other)).resolves.toMatchObject({ generation: 0 });
  });

  test('is renewed by each batch', async () => {
    const { id } = await world.syncs.open('u', request);
    for (const n of [1, 2, 3]) {
      world.wait(1.9 * minute);
      await world.syncs.putBatch('u', id, n, told([upsert(`item ${n}`)]));
    }
    expect(await world.syncs.commit('u', id, {})).toMatchObject({ result: { added: 3 } });
  });

  test('runs out after two minutes: the next one takes over and the first is told', async () => {
    const { id } = await world.syncs.open('u', request);
    await world.syncs.putBatch('u', id, 1, told([upsert('late')]));
    world.wait(2 * minute);
    expect(await codeOf(world.syncs.putBatch('u', id, 2, told([])))).toBe('sync-unknown');
    expect(await codeOf(world.syncs.commit('u', id, {}))).toBe('sync-unknown');
    expect((await account())?.running).toBeUndefined();
    await sync([upsert('b')]);
    expect(await names()).toEqual(['b']);
  });

  test('and a generation: who begins from an old one is told the newest', async () => {
    await sync([upsert('a')]);
    await expect(world.syncs.open('u', request)).rejects.toMatchObject({
      code: 'sync-outdated',
      details: [{ reason: 'generation', value: 1 }],
    });
    expect(await codeOf(world.syncs.open('stranger', { ...request, generation: 3 }))).toBe('sync-outdated');
    expect(await world.syncs.list('stranger')).toEqual([]);
  });
});

describe('a removal that looks wrong', () => {
  beforeEach(async () => {
    await sync(items(30));
  });
  async function emptied() {
    const { id } = await world.syncs.open('u', { ...request, generation: 1 });
    await world.syncs.putBatch('u', id, 1, {
      ...told([], 's2'),
      folder: { id: 'F', restarted: true, state: 's2' },
    });
    return id;
  }

  test('is held back with what it would do, and changes nothing', async () => {
    const id = await emptied();
    await expect(world.syncs.commit('u', id, {})).rejects.toMatchObject({ code: 'removal-needs-confirmation' });
    expect(await names()).toHaveLength(30);
    expect(await account()).toMatchObject({
      generation: 1,
      waiting: { id, removed: 30, remaining: 0, until: '2026-03-09T08:00:00.000Z' },
    });
  });

  test('is done when it is confirmed, within seven days and by whoever holds the hash', async () => {
    const id = await emptied();
    await codeOf(world.syncs.commit('u', id, {}));
    world.wait(6 * 24 * 60 * minute);
    const confirm = (await account())?.waiting?.planHash;
    expect(await world.syncs.commit('u', id, { confirm })).toMatchObject({ generation: 2, result: { removed: 30 } });
    expect(await names()).toEqual([]);
    expect((await account())?.waiting).toBeUndefined();
  });

  test('is forgotten after seven days', async () => {
    const id = await emptied();
    await codeOf(world.syncs.commit('u', id, {}));
    const confirm = (await account())?.waiting?.planHash;
    world.wait(7 * 24 * 60 * minute);
    expect(await codeOf(world.syncs.commit('u', id, { confirm }))).toBe('sync-unknown');
    expect((await account())?.waiting).toBeUndefined();
  });

  test('is not done when it would do something else by now', async () => {
    const id = await emptied();
    await codeOf(world.syncs.commit('u', id, {}));
    const confirm = (await account())?.waiting?.planHash;
    const [first] = (await world.contacts.list('u', {})).items;
    if (first === undefined) throw new Error('no contact');
    await world.contacts.change('u', first.id, first.version, { displayName: 'Mine' });
    expect(await codeOf(world.syncs.commit('u', id, { confirm }))).toBe('confirmation-outdated');
    const waiting = (await account())?.waiting;
    expect(waiting).toMatchObject({ removed: 29 });
    await world.syncs.commit('u', id, { confirm: waiting?.planHash });
    expect(await names()).toEqual(['Mine']);
  });

  test('does not keep the next sync from running, which takes its place', async () => {
    const id = await emptied();
    await codeOf(world.syncs.commit('u', id, {}));
    const confirm = (await account())?.waiting?.planHash;
    await sync([upsert('new')], 1);
    expect(await names()).toHaveLength(31);
    expect((await account())?.waiting).toBeUndefined();
    expect(await codeOf(world.syncs.commit('u', id, { confirm }))).toBe('sync-unknown');
  });

  test('can be given up', async () => {
    const id = await emptied();
    await codeOf(world.syncs.commit('u', id, {}));
    await world.syncs.cancel('u', id);
    expect((await account())?.waiting).toBeUndefined();
    expect(await names()).toHaveLength(30);
  });

  test('can be agreed to beforehand, by the hash of a preview', async () => {
    const id = await emptied();
    const { planHash } = await world.syncs.commit('u', id, { preview: true });
    expect(await world.syncs.commit('u', id, { confirm: planHash })).toMatchObject({ result: { removed: 30 } });
  });
});

describe('somebody else’s sync', () => {
  test('does not exist', async () => {
    const { id } = await world.syncs.open('u', request);
    expect(await codeOf(world.syncs.putBatch('stranger', id, 1, told([])))).toBe('sync-unknown');
    expect(await codeOf(world.syncs.commit('stranger', id, {}))).toBe('sync-unknown');
    expect(await codeOf(world.syncs.cancel('stranger', id))).toBe('sync-unknown');
    expect(await world.syncs.list('stranger')).toEqual([]);
  });
});
