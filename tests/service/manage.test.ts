/** The administrator's command line as a process of its own, on the demo's files and on files with mistakes. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { brokenPasswordRules } from '../../shared/profile';
import { verifyPassword } from '../../sync-service/accounts/people-password';
import type { Database } from '../../sync-service/database/database';
import { putMailbox } from '../../sync-service/unattended-sync/unattended-mailbox-store';
import { openPeople } from '../unit/people/open-people';

const root = fileURLToPath(new URL('../..', import.meta.url));
const demo = ['site', 'users', 'groups', 'speed-dials'].map((name) => join(root, 'demo', `${name}.csv`));
let program: string;
let programDirectory: string;
let dataDirectory: string;

beforeAll(async () => {
  // Inside the project, so that it finds the packages.
  const cache = join(root, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  programDirectory = await mkdtemp(join(cache, 'manage-'));
  program = join(programDirectory, 'manage.mjs');
  await build({
    entryPoints: [join(root, 'sync-service', 'manage.ts')],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
  });
});
afterAll(() => rm(programDirectory, { recursive: true, force: true }));

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'mycontacts-manage-'));
  return () => rm(dataDirectory, { recursive: true, force: true });
});

function manage(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATA_DIR: dataDirectory };
    const child = execFile(process.execPath, [program, ...args], { env, cwd: dataDirectory }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(dataDirectory, name);
  await writeFile(path, content);
  return path;
}

/** What a running service sees in the database. */
const openHere = () => openPeople(join(dataDirectory, 'mycontacts.db'));

describe('manage import', () => {
  it('imports the demo site in any order of its files, and a second time changes nothing', async () => {
    const first = await manage('import', ...[...demo].reverse());
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out.split('\n')).toEqual([
      'site.csv: sites, 1 added, 0 changed, 0 unchanged.',
      'users.csv: users, 20 added, 0 changed, 0 unchanged.',
      'groups.csv: groups, 3 added, 0 changed, 0 unchanged.',
      'speed-dials.csv: speed dials, 25 added, 0 changed, 0 unchanged.',
      '',
    ]);
    const { people, database } = await openHere();
    const version = await people.users.peopleVersion();
    const second = await manage('import', ...demo);
    expect(second.out.match(/\d+ (added|changed)/g)).toEqual(Array(4).fill(['0 added', '0 changed']).flat());
    expect(await people.users.peopleVersion()).toBe(version);

    const [site] = await people.sites.listSites();
    expect(site).toMatchObject({ timeZone: 'Europe/Berlin', telephoneSystem: { kind: 'simulated' } });
    expect(site?.dialPlan).toMatchObject({ trunkAccessCode: '0', numberBlocks: ['+49897007'], extensionLength: 3 });
    const account = await people.accounts.findUserForSignIn('330');
    expect(account).toMatchObject({ mustChangePassword: false, profile: { role: 'user', extension: '330' } });
    expect(await verifyPassword(account?.passwordHash ?? '', 'Demo-330!')).toBe(true);
    expect((await people.accounts.findUserForSignIn('349'))?.profile.role).toBe('admin');
    expect(await people.users.phonesOf(site?.id ?? '')).toHaveLength(20);
    await database.destroy();
  });

  it('shows a running service the change at once, and never overwrites a password', async () => {
    await manage('import', ...demo);
    const { people, database } = await openHere();
    const version = await people.users.peopleVersion();
    const before = await people.accounts.findUserForSignIn('330');
    const users = await readFile(join(root, 'demo', 'users.csv'), 'utf8');
    const changed = users.replace('Anna Bergström', 'Anna Berg').replace('Demo-330!', 'Other-330!');
    const { out } = await manage('import', await file('users.csv', changed));
    expect(out).toContain('0 added, 1 changed, 19 unchanged');
    expect(await people.users.peopleVersion()).not.toBe(version);
    const after = await people.accounts.findUserForSignIn('330');
    expect(after).toMatchObject({ id: before?.id, profile: { displayName: 'Anna Berg' } });
    expect(after?.passwordHash).toBe(before?.passwordHash);
    await database.destroy();
  });

  it('names every mistake by row and column, and takes nothing of the file', async () => {
    await manage('import', demo[0] ?? '');
    const mistakes = [
      'User Name;display-name;extension;role;in directory;initialPassword;mustChangePassword',
      'a;Anna;330;user;yes;Demo-330!;no',
      'b;Bert;33;user;yes;;',
      'c;;332;user;yes;;',
      'd;Dora;330;user;yes;;',
      'e;Emil;334;boss;yes;;',
    ].join('\r\n');
    const refused = await manage('import', await file('users.csv', `\ufeff${mistakes}`));
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('nothing of it was changed');
    expect(refused.err).toMatch(/row 6, column role/);
    const valid = mistakes.replace('boss', 'user');
    const further = await manage('import', await file('users.csv', valid));
    expect(further.err).toMatch(/row 3, column extension: extension 33 has to have 3 digits/);
    expect(further.err).toMatch(/row 4, column displayName: c needs a display name/);
    expect(further.err).toMatch(/row 5, column extension: extension 330 is taken by the user a/);
    const cells = valid.replace('yes;Demo-330!', 'perhaps;weak');
    expect((await manage('import', await file('users.csv', cells))).err).toMatch(
      /row 2, column inDirectory: write yes or no instead of perhaps/,
    );
    const weak = await manage('import', await file('users.csv', valid.replace('Demo-330!', 'weak')));
    expect(weak.err).toMatch(/row 2, column initialPassword: the password has to have 8 to 16 characters/);
    expect(weak.err).not.toContain('weak;');
    expect((await manage('user', 'list')).out).toContain('There is no user yet.');
  });

  it('says so when a file is not there', async () => {
    expect(await manage('import', 'nowhere.csv')).toMatchObject({ code: 1, out: '' });
  });
});

describe('manage', () => {
  it('adds, changes, disables and lists, and prints initial passwords that fit the policy', async () => {
    await manage('import', demo[0] ?? '');
    const args = ['--display-name', 'Bo Li', '--extension', '350', '--device', 'PJSIP/350=Desk phone'];
    const added = await manage('user', 'add', 'bo.li', ...args);
    expect(added.code).toBe(0);
    const password = /sign-in: (\S+)/.exec(added.out)?.[1] ?? '';
    expect(brokenPasswordRules(password)).toEqual([]);

    const { people, database } = await openHere();
    const account = await people.accounts.findUserForSignIn('bo.li');
    expect(account?.mustChangePassword).toBe(true);
    expect(await verifyPassword(account?.passwordHash ?? '', password)).toBe(true);

    expect((await manage('user', 'change', 'BO.LI', '--email', 'bo@example.com')).out).toContain('was changed');
    expect((await manage('user', 'change', 'bo.li', '--email', 'bo@example.com')).out).toContain('is so already');
    const reset = /sign-in: (\S+)/.exec((await manage('reset-password', 'bo.li')).out)?.[1] ?? '';
    expect(await verifyPassword((await people.accounts.findUserForSignIn('bo.li'))?.passwordHash ?? '', reset)).toBe(
      true,
    );
    await manage('user', 'disable', 'bo.li');
    expect((await people.accounts.findUserForSignIn('bo.li'))?.disabled).toBe(true);
    expect((await manage('user', 'list')).out).toMatch(/bo\.li +Bo Li +350 +München +user +PJSIP\/350 +disabled/);

    await manage('group', 'add', '360', '--name', 'Sales', '--member', 'bo.li');
    expect((await manage('group', 'list')).out).toMatch(/360 +Sales +München +bo\.li/);
    await manage('speed-dial', 'add', 'Taxi', '--number', '089 99998 100');
    expect((await manage('speed-dial', 'list')).out).toMatch(/Taxi +089 99998 100/);
    await database.destroy();
  });

  it('ends the sessions of a user whose password was reset', async () => {
    await manage('import', ...demo.slice(0, 2));
    const { people, database } = await openHere();
    const user = await people.accounts.findUserForSignIn('330');
    const time = '2099-01-01T00:00:00.000Z';
    await database
      .insertInto('sessions')
      .values({
        id: 's',
        user_id: user?.id ?? '',
        family_hash: 'f',
        renewal_hash: 'r',
        previous_renewal_hash: null,
        renewal_confirmed: 1,
        recent_renewals: '[]',
        created_at: time,
        renewed_at: time,
        expires_at: time,
        revoked_at: null,
      })
      .execute();
    await manage('user', 'reset-password', '330');
    const row = await database.selectFrom('sessions').select('revoked_at').executeTakeFirst();
    expect(row?.revoked_at).not.toBeNull();
    await database.destroy();
  });

  it('reads the telephone system from a file', async () => {
    const settings = await file('asterisk.json', '{"kind":"asterisk","host":"127.0.0.1"}');
    await manage('site', 'add', 'Köln', '--country', '+49', '--area', '221', '--telephone-system', settings);
    expect((await manage('site', 'list')).out).toMatch(/Köln +49 +221 +- +- +3 digits .* asterisk/);
    const broken = await manage('site', 'change', 'Köln', '--telephone-system', await file('x.json', '{'));
    expect(broken).toMatchObject({ code: 2 });
  });

  it('prints a one-time code until there is an administrator', async () => {
    const { out } = await manage('first-administrator');
    expect(out).toMatch(/administrator: ([0-9A-Z]{5}-){3}[0-9A-Z]{5}\n$/);
    await manage('import', ...demo);
    expect((await manage('first-administrator')).out).toContain('There is an administrator already');
  });

  it('tells every option with --help and needs no database for it', async () => {
    const { code, out } = await manage('user', 'add', '--help');
    expect(code).toBe(0);
    expect(out).toContain('--device');
    expect((await manage('--help')).code).toBe(0);
  });
});

describe('manage user export and erase', () => {
  const pictureBytes = Buffer.from('Quittenbild');

  /** Gives the user a contact with a picture, and one call that his colleague has in the journal as well, with words to look for. */
  async function fill(database: Database, userId: string, colleagueId: string, siteId: string): Promise<void> {
    const at = '2026-03-02T08:00:00.000Z';
    const account = {
      id: 'account-1',
      user_id: userId,
      kind: 'graph',
      key: 'key',
      name: 'Quittenmailbox',
      generation: 1,
    };
    await database
      .insertInto('source_accounts')
      .values({ ...account, options: null, last_sync_at: at, last_result: null })
      .execute();
    await putMailbox(database, {
      id: 'mailbox-1',
      userId,
      mode: 'delegated',
      address: 'anna@quittenmailbox.example',
      // What is sealed is no use to anybody, and goes all the same.
      secret: { keyId: 'key', sealed: 'Quittensiegel' },
      intervalMinutes: 15,
      nextRunAt: undefined,
      at,
    });
    await database
      .insertInto('contacts')
      .values({
        id: 'contact-1',
        user_id: userId,
        version: 1,
        sort_key: 'quittenfreund',
        fields: '{"displayName":"Quittenfreund"}',
        numbers: '[]',
        rules_version: '1',
        fingerprint: 'f',
        account_id: 'account-1',
        item_id: 'item',
        folder_id: null,
        detached_account_id: null,
        detached_item_id: null,
        updated_at: at,
      })
      .execute();
    const picture = { contact_id: 'contact-1', user_id: userId, source_version: 'v', state: 'ready', hash: 'h' };
    await database
      .insertInto('contact_pictures')
      .values({ ...picture, bytes: pictureBytes })
      .execute();
    const call = {
      site_id: siteId,
      call_id: 'call-1',
      record_id: 'record-1',
      result: 'answered',
      folder: 'answered',
    } as const;
    const parties = { party_key: 'x:330', group_party: null, taken_by: null, reason: null, voicemail: 0, unseen: 0 };
    const times = {
      started_at: at,
      connected_at: at,
      ended_at: at,
      reached_at: at,
      open: 0,
      remind_at: null,
      reminded: 0,
    };
    const anna = '{"number":"330","name":"Anna Bergström"}';
    const rest = { ...call, ...parties, ...times };
    await database
      .insertInto('journal_entries')
      .values([
        {
          ...rest,
          id: 'own',
          user_id: userId,
          direction: 'outgoing',
          number: '331',
          name: 'Bert',
          redirected_from: null,
          note: 'Quittennotiz',
        },
        {
          ...rest,
          id: 'his',
          user_id: colleagueId,
          direction: 'incoming',
          number: '330',
          name: 'Anna Bergström',
          redirected_from: anna,
          note: null,
        },
      ])
      .execute();
  }

  /** Groups of both: the person's own, and the person among those of the colleague; and who waits for whom. */
  async function fillFavorites(database: Database, userId: string, colleagueId: string): Promise<void> {
    const group = (id: string, user_id: string, name: string) => ({ id, user_id, name, name_key: name, position: 0 });
    await database
      .insertInto('favorite_groups')
      .values([group('g1', userId, 'Quittengruppe'), group('g2', colleagueId, 'Team')])
      .execute();
    const entry = { group_id: 'g2', user_id: colleagueId, position: 0, number: null, name: 'Anna Bergström' };
    await database
      .insertInto('favorites')
      .values({ ...entry, id: 'f1', subject_key: `internal ${userId}`, directory: 'internal', entry_id: userId })
      .execute();
    const created_at = '2026-03-02T08:00:00.000Z';
    await database
      .insertInto('presence_watches')
      .values([
        { user_id: userId, watched_id: colleagueId, created_at },
        { user_id: colleagueId, watched_id: userId, created_at },
      ])
      .execute();
  }

  it('gives out everything of a user without secrets, and removes it to the last byte of the file', async () => {
    await manage('import', ...demo);
    const { people, database } = await openHere();
    const anna = await people.users.userNamed('330');
    const bert = await people.users.userNamed('331');
    await fill(database, anna.id, bert.id, anna.siteId);
    await fillFavorites(database, anna.id, bert.id);

    const target = join(dataDirectory, 'anna.json');
    expect(await manage('user', 'export', '330', target)).toMatchObject({ code: 0, err: '' });
    const given = await readFile(target, 'utf8');
    const devices = anna.devices.map(({ address }) => address);
    expect(devices).not.toEqual([]);
    for (const word of ['Bergström', 'Quittenfreund', 'Quittenmailbox', 'Quittennotiz', 'Quittengruppe', ...devices]) {
      expect(given).toContain(word);
    }
    expect(given).toContain(pictureBytes.toString('base64'));
    expect(given).toContain('anna@quittenmailbox.example');
    expect(given).not.toMatch(/argon2|password_hash|token|Quittensiegel/i);
    await rm(target);

    expect(await manage('user', 'erase', '330', '--confirm', '330')).toMatchObject({ code: 0, err: '' });
    const bytes = await Promise.all((await readdir(dataDirectory)).map((name) => readFile(join(dataDirectory, name))));
    for (const word of ['Bergström', 'bergstrom', 'Quitten', 'quitten']) {
      for (const each of bytes) expect(each.includes(word), word).toBe(false);
    }

    // The service that ran all the time sees it, and whatever names the user is gone from every table.
    expect((await people.users.listUsers()).map(({ userName }) => userName)).not.toContain('330');
    const tables = await sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table'`.execute(database);
    for (const { name } of tables.rows) {
      const rows = await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(name)}`.execute(database);
      if (name !== 'audit_trail') expect(JSON.stringify(rows.rows), name).not.toContain(anna.id);
    }
    const kept = await database.selectFrom('journal_entries').select(['number', 'name', 'redirected_from']).execute();
    expect(kept).toEqual([{ number: '330', name: null, redirected_from: '{"number":"330"}' }]);
    await database.destroy();
  });

  it('keeps the last administrator', async () => {
    await manage('import', ...demo);
    const refused = await manage('user', 'erase', '349', '--confirm', '349');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('last administrator');
    expect((await manage('user', 'export', 'nobody', join(dataDirectory, 'x.json'))).code).toBe(1);
  });
});
