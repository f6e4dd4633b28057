import { beforeAll, describe, expect, it, test } from 'vitest';
import { readQuery } from '../../../shared/directory-keys';
import { createDirectoryVersion } from '../../../sync-service/accounts/directory-version-store';
import { openMunich, rules } from './open-people';

describe.each([
  ['in the database', false],
  ['in memory', true],
])('directories %s', (_where, inMemory) => {
  let opened: Awaited<ReturnType<typeof openMunich>>;
  beforeAll(async () => {
    opened = await openMunich({ inMemory });
    const { people } = opened;
    await people.users.saveUsers(
      'test',
      [
        { userName: '331', displayName: 'Jürgen Müller', extension: '331', email: 'Juergen.Mueller@example.com' },
        { userName: '332', displayName: 'Søren Kjærgaard', extension: '332' },
        { userName: '349', displayName: 'Margarete Strauß', extension: '349' },
        { userName: 'hidden', displayName: 'Hidden Müller', extension: '350', inDirectory: false },
        { userName: 'remote', displayName: 'Remote Admin' },
      ],
      'add',
    );
    await people.groups.saveGroups('test', [{ extension: '360', name: 'Müller Support', members: ['331'] }], 'add');
    await people.groups.saveSpeedDials(
      'test',
      [
        { name: 'Taxi Müller', number: '089 99998 100' },
        { name: 'Reception', number: '349' },
      ],
      'add',
    );
    await people.sites.saveSites('test', [{ name: 'Paris', dialPlan: { countryCode: '33' } }], 'add');
    await people.users.saveUsers('test', [{ userName: 'fr', displayName: 'Jean Müller', site: 'Paris' }], 'add');
  });

  const named = (typed: string) => readQuery(typed, opened.site.dialPlan);
  const internal = async (typed: string) =>
    (await opened.people.internalDirectory.search(opened.viewer, named(typed), 10)).items.map(
      (item) => item.displayName,
    );
  const readings = (...written: string[]) => written.map((raw) => rules.read(raw, opened.site.dialPlan));

  describe('the internal directory', () => {
    it.each([
      ['sor', ['Søren Kjærgaard']],
      ['mull', ['Jürgen Müller', 'Müller Support']],
      ['muell', ['Jürgen Müller', 'Müller Support']],
      ['MÜLL', ['Jürgen Müller', 'Müller Support']],
      ['straus', ['Margarete Strauß']],
      ['muller ju', ['Jürgen Müller']],
      ['33', ['Jürgen Müller', 'Søren Kjærgaard']],
      ['+49 89 7007-33', ['Jürgen Müller', 'Søren Kjærgaard']],
      ['089 7007 360', ['Müller Support']],
      ['hidden', []],
      ['jean', []],
    ])('finds by %s', async (typed, names) => {
      expect(await internal(typed)).toEqual(names);
    });

    it('shows extension, the number from outside and the address', async () => {
      const { items } = await opened.people.internalDirectory.search(opened.viewer, named('jürgen'), 10);
      expect(items).toMatchObject([
        {
          directory: 'internal',
          numbers: [{ kind: 'internal', raw: '331', extension: '331', dialable: '331', e164: '+49897007331' }],
          emails: ['Juergen.Mueller@example.com'],
        },
      ]);
    });

    it('finds whose number or address it is, exactly', async () => {
      const numbers = readings('331', '089 7007-360', '0897007331', '33', '+49 30 23125 331', '350');
      const found = await opened.people.internalDirectory.byNumbers(opened.viewer, numbers);
      expect(found.map((item) => item?.displayName)).toEqual([
        'Jürgen Müller',
        'Müller Support',
        'Jürgen Müller',
        undefined,
        undefined,
        undefined,
      ]);
      const emails = await opened.people.internalDirectory.byEmails(opened.viewer, [
        'juergen.mueller@EXAMPLE.com',
        'juergen',
      ]);
      expect(emails.map((item) => item?.displayName)).toEqual(['Jürgen Müller', undefined]);
    });

    it('does not take digits behind a foreign number for an extension', async () => {
      const [number] = readings('+49 30 23125 100 ext. 331');
      expect(number?.extension).toBe('331');
      if (number === undefined) return;
      expect(await opened.people.internalDirectory.byNumbers(opened.viewer, [number])).toEqual([null]);
    });
  });

  describe('the system directory', () => {
    it('has name and number only', async () => {
      const { items } = await opened.people.systemDirectory.search(opened.viewer, named('taxi mul'), 10);
      expect(items).toMatchObject([
        { displayName: 'Taxi Müller', numbers: [{ kind: 'business', e164: '+498999998100' }], emails: [] },
      ]);
    });

    it('finds by number, an internal one by its extension', async () => {
      const numbers = readings('+49 89 99998100', '349', '+49 89 7007 349', '+49 89 99998101');
      const found = await opened.people.systemDirectory.byNumbers(opened.viewer, numbers);
      expect(found.map((item) => item?.displayName)).toEqual(['Taxi Müller', 'Reception', 'Reception', undefined]);
      expect(await opened.people.systemDirectory.byEmails(opened.viewer, ['a@example.com'])).toEqual([null]);
    });

    it('is found by the site’s new dial plan as soon as that changes', async () => {
      const { people, viewer } = await openMunich({ inMemory });
      await people.groups.saveSpeedDials('test', [{ name: 'Club', number: '99998100' }], 'add');
      const berlin = { name: 'München', dialPlan: { areaCode: '40', numberBlocks: [] } };
      await people.groups.saveSpeedDials('test', [{ name: 'Club', number: '66969 100' }], 'save');
      await people.sites.saveSites('test', [berlin], 'change');
      const found = await people.systemDirectory.search(viewer, { elements: [['n:494066969100']] }, 10);
      expect(found.count).toBe(1);
    });
  });
});

describe('5,000 users', () => {
  it('are counted up to 200, listed in the order of names and found by any words', { timeout: 30_000 }, async () => {
    const { people, viewer } = await openMunich();
    const wishes = Array.from({ length: 5000 }, (_, i) => ({
      userName: `u${i}`,
      displayName: `${['Anna', 'Bert', 'Chloé'][i % 3]} Müller${i}`,
      email: `u${i}@example.com`,
    }));
    await people.users.saveUsers('test', wishes, 'add');
    const all = await people.internalDirectory.search(viewer, readQuery('mull', viewer.dialPlan), 3);
    expect([all.count, all.more]).toEqual([200, true]);
    expect(all.items.map((item) => item.displayName)).toEqual(['Anna Müller0', 'Anna Müller1002', 'Anna Müller1005']);
    const few = await people.internalDirectory.search(viewer, readQuery('muller49 ch', viewer.dialPlan), 200);
    const expected = wishes.filter((wish) => /^Chloé Müller49/.test(wish.displayName));
    expect([few.count, few.more, few.items.length]).toEqual([expected.length, false, expected.length]);
    const emails = wishes.slice(0, 200).map((wish) => wish.email);
    const found = await people.internalDirectory.byEmails(viewer, emails);
    expect(found.map((item) => item?.emails[0])).toEqual(emails);
  });
});

test('what directories show has another version after each change of it', async () => {
  const { database, people, site, viewer } = await openMunich();
  await people.users.saveUsers('test', [{ userName: '331', displayName: 'Anna' }], 'add');
  const version = createDirectoryVersion(database);
  const shown = async () => {
    const { items } = await people.internalDirectory.search(viewer, readQuery('an', site.dialPlan), 1);
    return items[0];
  };
  const id = (await shown())?.id ?? '';
  const changes: Record<string, () => Promise<unknown>> = {
    name: () => people.users.saveUsers('test', [{ userName: '331', displayName: 'Anna Berg' }], 'change'),
    extension: () => people.users.saveUsers('test', [{ userName: '331', extension: '331' }], 'change'),
    address: () => people.users.saveUsers('test', [{ userName: '331', email: 'a@example.com' }], 'change'),
    'own number': () => people.ownProfiles.saveDetails(id, { mobileNumber: '+49 170 1234567' }),
    'own address': () => people.ownProfiles.saveDetails(id, { email: 'b@example.com' }),
    picture: () => people.ownProfiles.savePicture(id, 'a'.repeat(64), Uint8Array.of(1)),
    'no picture': () => people.ownProfiles.removePicture(id),
    'the block of the site': () =>
      people.sites.saveSites('test', [{ name: site.name, dialPlan: { numberBlocks: ['+49894000'] } }], 'change'),
  };
  for (const [what, change] of Object.entries(changes)) {
    const [before, known] = [await version(), await shown()];
    await change();
    expect(await version(), what).not.toBe(before);
    viewer.dialPlan = (await people.sites.siteNamed(site.name)).dialPlan;
    expect(await shown(), what).not.toEqual(known);
  }
});
