/** Sites, users with devices and pictures, groups, speed dials, and what the directories list of them. */
import { expect, test } from 'vitest';
import { readQuery } from '../../shared/directory-keys';
import { createDirectoryVersion } from '../../sync-service/accounts/directory-version-store';
import { createEntryIndex } from '../../sync-service/accounts/entry-index';
import { readEntryIndex } from '../../sync-service/accounts/entry-index-store';
import { createListedEntries } from '../../sync-service/accounts/listed-entries';
import { createDirectoryEntryStore } from '../../sync-service/accounts/people-directory-store';
import { entryKinds } from '../../sync-service/accounts/people-directory-entries';
import type { DirectoryEntry } from '../../sync-service/accounts/people-directory-entries';
import { createGroupStore, createSpeedDialStore } from '../../sync-service/accounts/people-groups-store';
import { createUserStore } from '../../sync-service/accounts/people-store';
import type { DeviceRow } from '../../sync-service/accounts/people-store';
import { createSiteStore } from '../../sync-service/accounts/site-store';
import { removeUserPicture, saveUserPicture, visibleUserPicture } from '../../sync-service/accounts/user-picture-store';
import type { Database } from '../../sync-service/database/database';
import { realRules } from '../fakes/contact-world';
import { munich } from '../fixtures/dial-plans';
import { addJournalUsers } from '../fakes/journal-world';

const many = Array.from({ length: 2000 }, (_, n) => `absent-${n}`);

export function peopleStores(there: () => Database): void {
  const users = () => createUserStore(there());
  const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
  const addUsers = (site: string, ...ids: string[]) => addJournalUsers(there(), site, ids);
  const device = (id: string, userId: string, changes: Partial<DeviceRow> = {}): DeviceRow => ({
    id,
    user_id: userId,
    name: id,
    address: `PJSIP/${id}`,
    site_id: 'people-site',
    is_mine: 0,
    mulap: 0,
    intercept: 0,
    ...changes,
  });

  test('a site comes back as it was put, and as it was changed', async () => {
    const sites = createSiteStore(there());
    const site = { id: 'site-1', name: 'Zürich', timeZone: 'Europe/Zurich', dialPlan: munich };
    await sites.insert(site);
    expect(await sites.find('site-1')).toEqual(site);
    const changed = { ...site, telephoneSystem: { kind: 'asterisk', host: 'pbx' }, journalDays: 30 };
    await sites.update(changed);
    expect((await sites.list()).find(({ id }) => id === 'site-1')).toEqual(changed);
    await sites.remove('site-1');
    expect(await sites.find('site-1')).toBeUndefined();
  });

  test('a fact of the installation is one, and is taken away', async () => {
    const sites = createSiteStore(there());
    await sites.setFact('fact', 'one');
    await sites.setFact('fact', 'two');
    expect(await sites.fact('fact')).toBe('two');
    await sites.removeFact('fact');
    expect(await sites.fact('fact')).toBeUndefined();
  });

  test('users are found by name, by page and by every trace of theirs, among more than fit one statement', async () => {
    await addUsers('people-site', 'p-a', 'p-b', 'p-c');
    await users().update('p-a', { extension: '330', email: 'A@Example.org' });
    await users().update('p-b', { profile_email: 'b@example.org' });
    await users().insertDevices([device('d-1', 'p-c', { address: 'PJSIP/999' })]);
    expect((await users().byUserName('p-a'))?.id).toBe('p-a');
    expect((await users().byId('p-a'))?.extension).toBe('330');
    expect(idsOf(await users().list('people-site'))).toEqual(['p-a', 'p-b', 'p-c']);
    expect(idsOf(await users().listAfter('p-a', 1))).toEqual(['p-b']);
    const touched = await users().touched({
      userNameKeys: [...many, 'p-a'],
      extensions: [...many, '330'],
      addresses: [...many, 'PJSIP/999'],
      ids: [...many, 'p-b'],
    });
    expect(idsOf(touched).sort()).toEqual(['p-a', 'p-b', 'p-c']);
    expect(await users().touched({})).toEqual([]);
    expect(await users().hasAddress('a@example.org', 'p-b')).toBe(true);
    expect(await users().hasAddress('a@example.org', 'p-a')).toBe(false);
    expect(await users().hasAddress('b@example.org', 'p-a')).toBe(true);
    expect((await users().countBySite()).get('people-site')).toBe(3);
    await users().releaseExtensions([...many, 'p-a']);
    await users().update('p-b', { extension: '330' });
    expect((await users().byId('p-a'))?.extension).toBeNull();
  });

  test('an extension and a user name are one user’s', async () => {
    await addUsers('people-site-2', 'p-d', 'p-e');
    await users().update('p-d', { extension: '400' });
    await expect(users().update('p-e', { extension: '400' })).rejects.toThrow();
    await expect(users().update('p-e', { user_name_key: 'p-d' })).rejects.toThrow();
    // Nobody has none: as many as like may be without one.
    await users().update('p-e', { extension: null });
  });

  test('administrators are counted without the disabled and the named', async () => {
    const before = await users().countAdministrators([]);
    await addUsers('people-site', 'p-f', 'p-g', 'p-h');
    for (const id of ['p-f', 'p-g', 'p-h']) await users().update(id, { role: 'admin' });
    await users().update('p-h', { disabled_at: '2026-03-02T08:00:00.000Z' });
    expect((await users().countAdministrators([])) - before).toBe(2);
    expect((await users().countAdministrators(['p-f'])) - before).toBe(1);
  });

  test('devices are listed with the own one first, change, and go with their user', async () => {
    await addUsers('people-site', 'p-i');
    await users().insertDevices([device('d-2', 'p-i'), device('d-3', 'p-i', { is_mine: 1 })]);
    expect(idsOf(await users().devicesOf([...many, 'p-i']))).toEqual(['d-3', 'd-2']);
    const changes = { site_id: 'people-site', name: 'Door', is_mine: 1, mulap: 1, intercept: 1 };
    await users().updateDevice('d-2', changes);
    expect((await users().devicesOf(['p-i'])).find(({ id }) => id === 'd-2')).toMatchObject(changes);
    expect(idsOf(await users().devicesOfSite('people-site'))).toEqual(expect.arrayContaining(['d-2', 'd-3']));
    await users().removeDevices(['d-2']);
    await users().remove('p-i');
    expect(await users().devicesOf(['p-i'])).toEqual([]);
  });

  test('a group has members, other ones when they are set anew, and loses one who is removed', async () => {
    const groups = createGroupStore(there());
    await addUsers('people-site', 'p-j', 'p-k');
    const group = { id: 'g-1', site_id: 'people-site', name: 'Sales', extension: '500', in_directory: 1 };
    await groups.insert(group);
    await groups.insert({ ...group, id: 'g-2', extension: '499' });
    await groups.setMembers('g-1', ['p-k', 'p-j']);
    expect((await groups.members([...many, 'g-1', 'g-2'])).get('g-1')).toEqual(['p-j', 'p-k']);
    await users().remove('p-j');
    expect((await groups.members(['g-1', 'g-2'])).get('g-1')).toEqual(['p-k']);
    await groups.setMembers('g-1', []);
    expect((await groups.members(['g-1'])).get('g-1')).toEqual([]);
    await groups.update({ ...group, name: 'Service' });
    expect((await groups.list('people-site')).map(({ name }) => name)).toEqual(['Sales', 'Service']);
    expect(idsOf(await groups.byIds([...many, 'g-1']))).toEqual(['g-1']);
    expect(idsOf(await groups.byExtensions([...many, '500']))).toEqual(['g-1']);
    await groups.remove('g-1');
    expect(idsOf(await groups.list())).not.toContain('g-1');
  });

  test('speed dials are listed by name, in portions and of one site', async () => {
    const dials = createSpeedDialStore(there());
    await addUsers('people-site-3', 'p-l');
    const row = (n: number) => ({
      id: `sd-${n}`,
      site_id: 'people-site-3',
      name: `Name ${String(n).padStart(3, '0')}`,
      raw: '089 1',
    });
    const rows = Array.from({ length: 500 }, (_, n) => row(n));
    await dials.insert([...rows].reverse());
    expect((await dials.list('people-site-3')).map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
    await dials.update({ ...row(0), name: 'Zoo', raw: '110' });
    expect(await dials.byIds([...many, 'sd-0'])).toEqual([{ ...row(0), name: 'Zoo', raw: '110' }]);
    await dials.remove('sd-0');
    expect(await dials.byIds(['sd-0'])).toEqual([]);
  });

  test('directory entries are found by beginnings of their keys, in the order of bytes, and are replaced whole', async () => {
    const entries = createDirectoryEntryStore(there());
    await addUsers('people-site-4', 'p-m');
    const entry = (id: string, name: string, keys: readonly string[]): DirectoryEntry => ({
      id,
      siteId: 'people-site-4',
      directory: 'internal',
      kind: 'user',
      sortKey: name,
      keys,
    });
    const scope = { siteId: 'people-site-4', directory: 'internal' } as const;
    const rows = Array.from({ length: 300 }, (_, n) => entry(`e-${n}`, `name ${n}`, [`w:name`, `w:n${n}`, `n:${n}`]));
    await entries.replace(
      rows.map(({ id }) => id),
      rows,
    );
    await entries.replace(
      ['e-x', 'e-y', 'e-z'],
      [
        entry('e-x', 'ab', ['w:ab', 'w:zed']),
        entry('e-y', 'a-c', ['w:ac']),
        entry('e-z', 'b\u{10fffe}', ['w:b\u{10fffe}', 'w:zed']),
      ],
    );
    const found = async (text: string, limit = 10) => {
      const query = readQuery(text, munich);
      const { items, count } = await entries.search(scope, query, limit);
      return [items.map(({ id }) => id), count];
    };
    expect(await found('a')).toEqual([['e-y', 'e-x'], 2]);
    expect(await found('zed')).toEqual([['e-x', 'e-z'], 2]);
    expect(await found('zed ab')).toEqual([['e-x'], 1]);
    expect((await found('name', 1))[1]).toBeGreaterThan(200);
    expect(await found('nobody')).toEqual([[], 0]);
    expect(idsOf(await entries.byIds(scope, [...many, 'e-x', 'e-x']))).toEqual(['e-x']);
    const byKeys = await entries.byKeys(scope, [...many, 'w:zed', 'n:7']);
    expect([...byKeys].map(([key, refs]) => [key, idsOf(refs)])).toEqual(
      expect.arrayContaining([
        ['w:zed', ['e-x', 'e-z']],
        ['n:7', ['e-7']],
      ]),
    );
    await entries.replace(['e-x', 'e-y'], [entry('e-y', 'q', ['w:q'])]);
    expect(await found('a')).toEqual([[], 0]);
    expect(await found('q')).toEqual([['e-y'], 1]);
    expect((await entries.search({ ...scope, directory: 'system' }, readQuery('q', munich), 10)).items).toEqual([]);
  });

  test('a directory in memory finds and shows what the database does, in its order', async () => {
    const scope = { siteId: 'people-site-7', directory: 'internal' } as const;
    await addUsers(scope.siteId, 'p-q', 'q-3', 'q-6');
    await users().update('q-3', { extension: '330', mobile_number: '0170 1234567', picture: 'hash' });
    await createGroupStore(there()).insert({
      id: 'q-1',
      site_id: scope.siteId,
      name: 'Service',
      extension: '800',
      in_directory: 1,
    });
    await createSpeedDialStore(there()).insert(
      Array.from({ length: 1200 }, (_, n) => ({
        id: `q-${3 * n + 2}`,
        site_id: scope.siteId,
        name: `N${n}`,
        raw: '110',
      })),
    );
    const words = ['an', 'anna', 'ab', 'b', 'b\u{10fffe}', 'bea', 'ß', 'zoe'];
    // Of most users and groups there are entries alone: what is not there any more is not shown.
    const rows = Array.from({ length: 4000 }, (_, n) => {
      const [one = '', two = ''] = [words[n % words.length], words[(n * 5 + 3) % 7]];
      const [kind, sortKey] = [entryKinds[n % 3] ?? 'user', `${one} ${two}`];
      return { ...scope, id: `q-${n}`, kind, sortKey, keys: [...new Set([`w:${one}`, `w:${two}`, `n:${n}`])] };
    });
    await createDirectoryEntryStore(there()).replace([], rows);
    const rules = realRules();
    const read = await readEntryIndex({ database: there(), rules }, scope, () => Promise.resolve());
    if (read === undefined) throw new Error('Nobody has changed the directory');
    const indexes = { current: () => Promise.resolve(createEntryIndex(read)) };
    const inMemory = createListedEntries({ database: there(), rules, directory: 'internal', indexes });
    const inDatabase = createListedEntries({ database: there(), rules, directory: 'internal' });
    const viewer = { userId: 'p-q', siteId: scope.siteId, dialPlan: munich };
    for (const typed of ['', 'a', 'an', 'b', 'b zo', 'an b', 'ß', '12', '3999', '3', 'anna bea zoe', 'nobody']) {
      const query = readQuery(typed, munich);
      expect(await inMemory.search(viewer, query, 30), typed).toEqual(await inDatabase.search(viewer, query, 30));
    }
    const keys = ['n:3', undefined, 'n:1', 'w:zoe', 'n:6', 'n:9', 'w:nobody', 'n:39'];
    const having = await inMemory.byKeys(viewer, keys);
    expect(having).toEqual(await inDatabase.byKeys(viewer, keys));
    expect(having.map((items) => items.length > 0)).toEqual([true, false, true, true, true, false, false, false]);
  });

  test('the directories have another version after each change, and the same until then', async () => {
    const version = createDirectoryVersion(there());
    const entries = createDirectoryEntryStore(there());
    await entries.replace(['nobody'], []);
    const before = await version();
    expect(await version()).toBe(before);
    await entries.replace(['nobody'], []);
    expect(await version()).not.toBe(before);
  });

  test('a directory that gets an entry while it is read is not taken', async () => {
    const scope = { siteId: 'people-site-7', directory: 'system' } as const;
    const late = { ...scope, id: 'late', kind: 'speed-dial', sortKey: 'late', keys: ['w:late'] } as const;
    let pauses = 0;
    const read = await readEntryIndex({ database: there(), rules: realRules() }, scope, async () => {
      pauses += 1;
      if (pauses === 1) await createDirectoryEntryStore(there()).replace([], [late]);
    });
    expect(read).toBeUndefined();
  });

  test('a picture comes back byte by byte, for whoever sees its user in his site', async () => {
    await addUsers('people-site-5', 'p-n', 'p-o');
    await addUsers('people-site-6', 'p-p');
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
    await saveUserPicture(there(), 'p-n', 'old', Uint8Array.of(1));
    await saveUserPicture(there(), 'p-n', 'hash', bytes);
    const seenBy = async (viewer: string, hash = 'hash') => {
      const seen = await visibleUserPicture(there(), viewer, hash);
      return seen && [...seen];
    };
    expect(await seenBy('p-n')).toEqual([...bytes]);
    expect(await seenBy('p-o')).toEqual([...bytes]);
    expect(await seenBy('p-o', 'old')).toBeUndefined();
    expect(await seenBy('p-p')).toBeUndefined();
    await users().update('p-n', { in_directory: 0 });
    expect(await seenBy('p-o')).toBeUndefined();
    expect(await seenBy('p-n')).toEqual([...bytes]);
    await removeUserPicture(there(), 'p-n');
    expect(await seenBy('p-n')).toBeUndefined();
    expect((await users().byId('p-n'))?.picture).toBeNull();
  });
}
