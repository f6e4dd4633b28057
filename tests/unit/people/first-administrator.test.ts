import { describe, expect, it } from 'vitest';
import { munich, openMunich, openPeople } from './open-people';

const wish = { userName: 'boss', password: 'Boss-1234!', displayName: 'The Boss', site: munich };
const refused = { code: 'one-time-code-refused' };

describe('the first administrator', () => {
  it('gets in with the code, once, and makes the first site in the same step', async () => {
    const { people, database } = await openPeople();
    const code = (await people.firstAdministrator.printCode('service')) ?? '';
    expect(code).toMatch(/^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/);
    expect(JSON.stringify(await database.selectFrom('installation').selectAll().execute())).not.toContain(code);

    const user = await people.firstAdministrator.redeem(` ${code.toLowerCase()}`, wish);
    expect(user).toMatchObject({ userName: 'boss', role: 'admin' });
    expect(await people.accounts.findUserForSignIn('boss')).toMatchObject({
      passwordHash: 'plain:Boss-1234!',
      mustChangePassword: false,
    });
    expect((await people.accounts.profileOf(user.id))?.site).toMatchObject({ name: 'München' });
    await expect(people.firstAdministrator.redeem(code, { ...wish, userName: 'second' })).rejects.toMatchObject(
      refused,
    );
    expect(await people.firstAdministrator.printCode('service')).toBeUndefined();
  });

  it('belongs to the only site where none is named, and needs one where there is none', async () => {
    const { people } = await openPeople();
    const code = (await people.firstAdministrator.printCode('service')) ?? '';
    const withoutSite = { userName: 'boss', password: wish.password, displayName: 'B' };
    await expect(people.firstAdministrator.redeem(code, withoutSite)).rejects.toThrow('add one first');
    await people.sites.saveSites('test', [munich], 'add');
    expect(await people.firstAdministrator.redeem(code, withoutSite)).toMatchObject({ role: 'admin' });
  });

  it('is told of a weak password, and the code is still good', async () => {
    const { people } = await openMunich();
    const code = (await people.firstAdministrator.printCode('service')) ?? '';
    const weak = people.firstAdministrator.redeem(code, { ...wish, site: undefined, password: 'weak' });
    await expect(weak).rejects.toMatchObject({ code: 'password-too-weak' });
    await people.firstAdministrator.redeem(code, { ...wish, site: undefined });
  });

  it('is locked out after ten wrong codes until another one is printed', async () => {
    const { people } = await openMunich();
    const code = (await people.firstAdministrator.printCode('service')) ?? '';
    for (let i = 0; i < 10; i += 1) {
      await expect(people.firstAdministrator.redeem('WRONG', wish)).rejects.toMatchObject(refused);
    }
    await expect(people.firstAdministrator.redeem(code, wish)).rejects.toMatchObject(refused);
    const next = (await people.firstAdministrator.printCode('manage')) ?? '';
    await people.firstAdministrator.redeem(next, { ...wish, site: undefined });
  });

  it('is one, when two redeem the code at the same time', async () => {
    const { people } = await openMunich();
    const code = (await people.firstAdministrator.printCode('service')) ?? '';
    const tries = ['a', 'b'].map((userName) =>
      people.firstAdministrator.redeem(code, { ...wish, userName, site: undefined }),
    );
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('refuses every code where none was printed', async () => {
    const { people } = await openMunich();
    await expect(people.firstAdministrator.redeem('', wish)).rejects.toMatchObject(refused);
  });
});
