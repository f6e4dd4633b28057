import { beforeAll, expect, test } from 'vitest';
import { savePicture } from '../../../sync-service/contacts/contact-picture-store';
import { removeImported } from '../../../sync-service/contacts/contact-store';
import { createContactsVersion, readPersonalIndex } from '../../../sync-service/contacts/personal-index-store';
import { createPersonalIndexes } from '../../../sync-service/contacts/personal-indexes';
import { openDatabase } from '../../../sync-service/database/database';
import type { Database } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import { createContactWorld, person } from '../../fakes/contact-world';
import type { ContactWorld } from '../../fakes/contact-world';

let database: Database;
let world: ContactWorld;
let version: (userId: string) => Promise<string>;
beforeAll(async () => {
  database = openDatabase(':memory:');
  await migrate(database);
  world = await createContactWorld(database);
  version = createContactsVersion(database);
  await world.addUser('u');
  await world.addUser('other');
});

test('in a file, the contacts of a user have another version after each change, and the same until then', async () => {
  const seen = new Set([await version('u')]);
  const another = async (what: string) => {
    const now = await version('u');
    expect(seen.has(now), what).toBe(false);
    seen.add(now);
    expect(await version('u'), what).toBe(now);
  };
  const contact = await world.contacts.create('u', person('Anna', '110'));
  await another('added');
  const changed = await world.contacts.change('u', contact.id, 1, { displayName: 'Bea' });
  await another('changed');
  await savePicture(database, 'u', contact.id, '', { state: 'ready', hash: 'hash', bytes: Uint8Array.of(1) });
  await another('got a picture');
  await world.contacts.remove('u', contact.id, changed.version);
  await another('removed');
  const records = [{ position: 1, itemId: '1', fields: person('Cem', '112') }];
  await world.applyFile('u', { accountKey: 'csv', name: 'CSV', records }, { preview: false });
  await another('imported');
  await removeImported(database, 'u');
  await another('all imports removed');
});

test('nothing is counted for somebody else', async () => {
  const before = await version('other');
  await world.contacts.create('u', person('Dora', '110'));
  expect(await version('other')).toBe(before);
});

test('a user with contacts can be removed', async () => {
  await world.addUser('leaver');
  await world.contacts.create('leaver', person('Emil', '110'));
  await database.deleteFrom('users').where('id', '=', 'leaver').execute();
  expect(await version('leaver')).toBe('0');
});

test('the contacts of a user who was removed leave the memory when it is looked at again', async () => {
  await world.addUser('leaver');
  await world.contacts.create('leaver', person('Emil', '110'));
  const sizes: (number | undefined)[] = [];
  const indexes = createPersonalIndexes({
    version,
    async read(userId) {
      const data = await readPersonalIndex(database, userId, () => Promise.resolve());
      sizes.push(data?.found.entries);
      return { ms: 0, data };
    },
    now: () => 0,
    failed: () => undefined,
  });
  await indexes.ahead('leaver');
  await database.deleteFrom('users').where('id', '=', 'leaver').execute();
  for (const userId of indexes.there()) await indexes.ahead(userId);
  expect(sizes).toEqual([1, 0]);
  expect((await indexes.atHand('leaver'))?.search({ elements: [] }, 1)).toEqual({ count: 0, items: [] });
});
