import { describe, expect, it } from 'vitest';
import { WishesRefused } from '../../../sync-service/accounts/people.errors';
import { openMunich, openPeople } from './open-people';

const anna = { userName: '330', displayName: 'Anna Bergström', extension: '330' };
const jürgen = { userName: '331', displayName: 'Jürgen Müller', extension: '331' };

async function problemsOf(promise: Promise<unknown>) {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof WishesRefused)) throw new Error('was not refused', { cause: error });
  return error.problems.map(({ position, field, reason }) => ({ position, field, reason }));
}

describe('users', () => {
  it('knows a user name in any case and refuses it a second time', async () => {
    const { people } = await openMunich();
    await people.users.saveUsers('test', [{ ...anna, userName: 'Anna.Berg' }], 'add');
    expect((await people.accounts.findUserForSignIn(' ANNA.berg'))?.profile.userName).toBe('Anna.Berg');
    const again = people.users.saveUsers('test', [{ userName: 'anna.BERG', displayName: 'B' }], 'add');
    expect(await problemsOf(again)).toEqual([{ position: 0, field: 'userName', reason: 'taken' }]);
  });

  it('refuses an extension of another user or group, of the wrong length, an emergency number, one behind the access code', async () => {
    const { people } = await openMunich();
    await people.users.saveUsers('test', [anna], 'add');
    await people.groups.saveGroups('test', [{ extension: '360', name: 'Vertrieb' }], 'add');
    const wishes = ['330', '360', '3301', '112', '033'].map((extension, i) => ({
      userName: `u${i}`,
      displayName: 'U',
      extension,
    }));
    expect(await problemsOf(people.users.saveUsers('test', wishes, 'add'))).toEqual([
      { position: 2, field: 'extension', reason: 'invalid' },
      { position: 3, field: 'extension', reason: 'invalid' },
      { position: 4, field: 'extension', reason: 'invalid' },
      { position: 0, field: 'extension', reason: 'taken' },
      { position: 1, field: 'extension', reason: 'taken' },
    ]);
    expect(await people.users.listUsers()).toHaveLength(1);
  });

  it('lets two users exchange extensions and devices in one step; a device at another user is another device', async () => {
    const { people, site } = await openMunich();
    const device = (address: string) => [{ address, name: 'Desk phone' }];
    await people.users.saveUsers(
      'test',
      [
        { ...anna, devices: device('SIP/1') },
        { ...jürgen, devices: device('SIP/2') },
      ],
      'add',
    );
    const before = await people.users.phonesOf(site.id);
    const outcomes = await people.users.saveUsers(
      'test',
      [
        { userName: '330', extension: '331', devices: device('SIP/2') },
        { userName: '331', extension: '330', devices: device('SIP/1') },
      ],
      'change',
    );
    expect(outcomes).toEqual(['changed', 'changed']);
    const after = await people.users.phonesOf(site.id);
    expect(after.map(({ address, displayName, extension }) => [address, displayName, extension])).toEqual([
      ['SIP/1', 'Jürgen Müller', '330'],
      ['SIP/2', 'Anna Bergström', '331'],
    ]);
    expect(after.map((phone) => phone.deviceId)).not.toContain(before[0]?.deviceId);
  });

  it('keeps the id of a device whose address stays, and makes the first one "my phone"', async () => {
    const { people, site } = await openMunich();
    await people.users.saveUsers('test', [{ ...anna, devices: [{ address: 'SIP/1' }, { address: 'SIP/2' }] }], 'add');
    const ids = new Map((await people.users.phonesOf(site.id)).map((phone) => [phone.address, phone.deviceId]));
    await people.users.saveUsers(
      'test',
      [{ userName: '330', devices: [{ address: 'SIP/2' }, { address: 'SIP/1' }] }],
      'change',
    );
    for (const phone of await people.users.phonesOf(site.id)) {
      expect(phone.deviceId).toBe(ids.get(phone.address));
      expect(phone.isMine).toBe(phone.address === 'SIP/2');
    }
  });

  it('knows of "my phone" whether it belongs to a MULAP or is the intercept position, until that is taken back', async () => {
    const { people } = await openMunich();
    const flags = async () =>
      (await people.users.userNamed('330')).devices.map((d) => [d.address, d.mulap, d.intercept]);
    const devices = [{ address: 'SIP/1' }, { address: 'SIP/2' }];
    await people.users.saveUsers('test', [{ ...anna, devices, mulap: true }], 'add');
    expect(await flags()).toEqual([
      ['SIP/1', true, false],
      ['SIP/2', false, false],
    ]);
    await people.users.saveUsers('test', [{ userName: '330', intercept: true }], 'change');
    expect((await flags())[0]).toEqual(['SIP/1', true, true]);
    await people.users.saveUsers('test', [{ userName: '330', mulap: false, intercept: false }], 'change');
    expect((await flags())[0]).toEqual(['SIP/1', false, false]);
  });

  it('knows mobility users, and nobody is one by himself', async () => {
    const { people } = await openMunich();
    await people.users.saveUsers('test', [anna], 'add');
    expect((await people.users.userNamed('330')).mobility).toBe(false);
    await people.users.saveUsers('test', [{ userName: '330', mobility: true }], 'change');
    await people.users.saveUsers('test', [{ userName: '330', surname: 'Berg' }], 'change');
    const user = await people.users.userNamed('330');
    expect(user.mobility).toBe(true);
    expect((await people.accounts.profileOf(user.id))?.mayCallBack).toBe(true);
    await people.users.saveUsers('test', [{ userName: '330', mobility: false }], 'change');
    expect((await people.users.userNamed('330')).mobility).toBe(false);
  });

  it('gives whoever gets an extension after somebody another id', async () => {
    const { people } = await openMunich();
    await people.users.saveUsers('test', [anna], 'add');
    await people.users.saveUsers('test', [{ userName: '330', extension: null }], 'change');
    await people.users.saveUsers('test', [{ userName: 'new', displayName: 'New', extension: '330' }], 'add');
    const [first, second] = await people.users.listUsers();
    expect(first?.extension).toBeUndefined();
    expect(second).toMatchObject({ extension: '330' });
    expect(second?.id).not.toBe(first?.id);
  });

  it('takes nothing of a list in which one wish cannot be fulfilled', async () => {
    const { people, database } = await openMunich();
    const version = await people.users.peopleVersion();
    const wishes = [anna, { userName: '331', displayName: 'X', site: 'Nowhere' }];
    expect(await problemsOf(people.users.saveUsers('test', wishes, 'save'))).toEqual([
      { position: 1, field: 'site', reason: 'unknown' },
    ]);
    expect(await people.users.listUsers()).toEqual([]);
    expect(await people.users.peopleVersion()).toBe(version);
    expect(await database.selectFrom('audit_trail').select('action').execute()).toEqual([{ action: 'site.added' }]);
  });

  it('writes who did what to whom into the audit trail, and no contents', async () => {
    const { people, database } = await openMunich();
    await people.users.saveUsers('boss', [anna], 'add');
    await people.users.saveUsers('boss', [{ userName: '330', displayName: 'Anna Berg' }], 'change');
    await people.users.resetPassword('boss', '330');
    const trail = await database.selectFrom('audit_trail').selectAll().where('actor', '=', 'boss').execute();
    expect(trail.map((row) => row.action).sort()).toEqual(['user.added', 'user.changed', 'user.password-reset']);
    expect(JSON.stringify(trail)).not.toMatch(/Anna|330/);
  });

  it('a disabled user has no sign-in, no directory entry, no telephone, and his sessions end', async () => {
    const { people, site, viewer, endedSessions } = await openMunich();
    await people.users.saveUsers('test', [{ ...anna, devices: [{ address: 'SIP/1' }] }], 'add');
    const account = await people.accounts.findUserForSignIn('330');
    await people.users.setDisabled('test', '330', true);
    expect((await people.accounts.findUserForSignIn('330'))?.disabled).toBe(true);
    expect(endedSessions).toEqual([account?.id]);
    expect(await people.users.phonesOf(site.id)).toEqual([]);
    expect((await people.internalDirectory.search(viewer, { elements: [] }, 10)).count).toBe(0);
    await people.users.setDisabled('test', '330', false);
    expect((await people.internalDirectory.search(viewer, { elements: [] }, 10)).count).toBe(1);
  });

  it('keeps the last administrator', async () => {
    const { people } = await openMunich();
    await people.users.saveUsers('test', [{ ...anna, role: 'admin' }, jürgen], 'add');
    await expect(people.users.setDisabled('test', '330', true)).rejects.toThrow('last administrator');
    const demotion = people.users.saveUsers('test', [{ userName: '330', role: 'user' }], 'change');
    await expect(demotion).rejects.toThrow('last administrator');
    await people.users.saveUsers('test', [{ userName: '331', role: 'admin' }], 'change');
    await people.users.setDisabled('test', '330', true);
  });

  it('resets to an initial password that must be changed, and ends the sessions', async () => {
    const { people, endedSessions } = await openMunich();
    await people.users.saveUsers('test', [anna], 'add', new Map([[0, { hash: 'old', mustChange: false }]]));
    const password = await people.users.resetPassword('test', '330');
    const account = await people.accounts.findUserForSignIn('330');
    expect(account).toMatchObject({ passwordHash: `plain:${password}`, mustChangePassword: true });
    expect(endedSessions).toEqual([account?.id]);
  });

  it('stores of settings only what differs from the default', async () => {
    const { people, database } = await openMunich();
    await people.users.saveUsers('test', [anna], 'add');
    const id = (await people.accounts.findUserForSignIn('330'))?.id ?? '';
    const profile = await people.accounts.profileOf(id);
    if (profile === undefined) throw new Error('no profile');
    await people.accounts.saveSettings(id, { ...profile.settings, skin: 'dark' });
    expect(await database.selectFrom('users').select('settings').execute()).toEqual([{ settings: '{"skin":"dark"}' }]);
    expect((await people.accounts.profileOf(id))?.settings).toEqual({ ...profile.settings, skin: 'dark' });
  });
});

describe('sites', () => {
  it('fills in what is usual in the country and asks for the country', async () => {
    const { people } = await openPeople();
    await people.sites.saveSites('test', [{ name: 'Seattle', dialPlan: { countryCode: '1' } }], 'add');
    expect((await people.sites.siteNamed('Seattle')).dialPlan).toMatchObject({
      nationalPrefix: '1',
      internationalPrefix: '011',
      emergencyNumbers: ['911'],
    });
    expect(await problemsOf(people.sites.saveSites('test', [{ name: 'Nowhere' }], 'add'))).toEqual([
      { position: 0, field: 'dialPlan.countryCode', reason: 'missing' },
    ]);
  });

  it('refuses a time zone that does not exist', async () => {
    const { people } = await openPeople();
    const wish = { name: 'X', timeZone: 'Europe/Munich', dialPlan: { countryCode: '49' } };
    expect(await problemsOf(people.sites.saveSites('test', [wish], 'add'))).toEqual([
      { position: 0, field: 'timeZone', reason: 'custom' },
    ]);
  });

  it('tells a change by another version, and no change by none', async () => {
    const { people } = await openMunich();
    const version = await people.users.peopleVersion();
    await people.sites.saveSites('test', [{ name: 'München', timeZone: 'Europe/Berlin' }], 'save');
    expect(await people.users.peopleVersion()).toBe(version);
    await people.sites.saveSites('test', [{ name: 'München', timeZone: 'Europe/Vienna' }], 'save');
    expect(await people.users.peopleVersion()).not.toBe(version);
  });
});

describe('groups and speed dials', () => {
  it('names unknown members and numbers that cannot be read', async () => {
    const { people } = await openMunich();
    const group = people.groups.saveGroups('test', [{ extension: '360', name: 'V', members: ['nobody'] }], 'add');
    expect(await problemsOf(group)).toEqual([{ position: 0, field: 'members', reason: 'unknown' }]);
    const speedDial = people.groups.saveSpeedDials('test', [{ name: 'Taxi', number: 'call me' }], 'add');
    expect(await problemsOf(speedDial)).toMatchObject([{ position: 0, field: 'number' }]);
  });

  it('changes and removes them, in the directories too', async () => {
    const { people, viewer } = await openMunich();
    await people.users.saveUsers('test', [anna], 'add');
    await people.groups.saveGroups('test', [{ extension: '360', name: 'Vertrieb', members: ['330'] }], 'add');
    await people.groups.saveGroups('test', [{ extension: '360', newExtension: '361', name: 'Sales' }], 'change');
    expect(await people.groups.listGroups()).toMatchObject([{ extension: '361', name: 'Sales', members: ['330'] }]);
    await people.groups.removeGroup('test', '361');
    expect((await people.internalDirectory.search(viewer, { elements: [['w:sales']] }, 10)).count).toBe(0);

    await people.groups.saveSpeedDials('test', [{ name: 'Taxi', number: '089 99998 100' }], 'add');
    await people.groups.saveSpeedDials('test', [{ name: 'Taxi', newName: 'Cab' }], 'change');
    expect((await people.systemDirectory.search(viewer, { elements: [['w:ca']] }, 10)).count).toBe(1);
    await people.groups.removeSpeedDial('test', 'Cab');
    expect((await people.systemDirectory.search(viewer, { elements: [] }, 10)).count).toBe(0);
  });
});
