/** What the command line answers to arguments and files with mistakes; the process itself is in tests/service. */
import { beforeEach, describe, expect, it } from 'vitest';
import { runManage } from '../../../sync-service/manage/run-manage';
import { putMailbox } from '../../../sync-service/unattended-sync/unattended-mailbox-store';
import { moment, openPeople } from './open-people';

let opened: Awaited<ReturnType<typeof openPeople>>;
let files: Map<string, Uint8Array>;
let erased: string[];
beforeEach(async () => {
  opened = await openPeople();
  files = new Map();
  erased = [];
});

async function manage(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const write = (line: string) => {
    out += `${line}\n`;
  };
  const code = await runManage(args, {
    write,
    writeError: (line) => {
      err += `${line}\n`;
    },
    withContext: (run) =>
      run({
        people: opened.people,
        personalData: {
          exportOf: (_actor, userName) => Promise.resolve({ userName }),
          erase(_actor, userName) {
            erased.push(userName);
            return Promise.resolve();
          },
          compact: () => Promise.resolve(),
        },
        microsoftLinks: { unlink: () => Promise.resolve(0) },
        logLevels: {
          choose: (_actor, level) => Promise.resolve(level && { level, until: '2026-11-23T10:00:00.000Z' }),
        },
        mailboxes: opened.mailboxes,
        write,
        hashPassword: (password) => Promise.resolve(`plain:${password}`),
        readFile: (path) => {
          const bytes = files.get(path);
          return bytes === undefined ? Promise.reject(new Error('no such file')) : Promise.resolve(bytes);
        },
        writeNewFile(path, text) {
          if (files.has(path)) return Promise.reject(new Error('there is one'));
          files.set(path, new TextEncoder().encode(text));
          return Promise.resolve();
        },
      }),
  });
  return { code, out, err };
}

/** Puts a file where `manage` finds it. */
function file(name: string, content: string | Uint8Array): string {
  files.set(name, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  return name;
}

describe('manage log-level', () => {
  it('raises the level for an hour, ends that, and refuses what is no level', async () => {
    expect((await manage('log-level', 'debug')).out).toContain('debug until 2026-11-23T10:00:00.000Z');
    expect((await manage('log-level', 'configured')).out).toContain('of the configuration is in force');
    expect(await manage('log-level', 'loud')).toMatchObject({ code: 2, out: '' });
    expect((await manage('log-level', 'loud')).err).toContain('error, warn, info, debug, trace or configured');
  });
});

describe('manage import', () => {
  it.each([
    ['a file that is not UTF-8', new Uint8Array([0x6e, 0x61, 0x6d, 0x65, 0x2c, 0xfc]), 'save it as "CSV UTF-8"'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x6e, 0x00]), 'save it as "CSV UTF-8"'],
    ['an empty file', '', 'is empty'],
    ['columns of no kind', 'colour,size\nred,1\n', 'the columns tell no kind of file'],
    ['an unknown column', 'userName,colour\nx,red\n', 'row 1, column colour: is not a column of users'],
    ['a column twice', 'userName,user name\nx,y\n', 'is there twice'],
    ['a row that is too short', 'userName,displayName\nx\n', 'row 2: has 1 cells where the header has 2'],
    ['a quote that does not end', 'userName,displayName\n"x,y\n', 'cannot be read as CSV'],
    ['an empty name', 'userName,displayName\n,y\n', 'row 2, column userName: must not be empty'],
    ['broken JSON', 'name,countryCode,telephoneSystem\nX,49,{\n', 'row 2, column telephoneSystem: write JSON'],
    ['a dial plan that cannot be', 'name,countryCode,numberBlocks\nX,49,+4989 89\n', 'row 2, column numberBlocks'],
  ])('refuses %s with the reason', async (_what, content, reason) => {
    const { code, err, out } = await manage('import', file('x.csv', content));
    expect(err).toContain(reason);
    expect(out).toBe('');
    expect(code).toBe(1);
  });

  it('leaves alone what a file has no column for, and clears what a cell leaves empty', async () => {
    await manage('site', 'add', 'Here', '--country', '49');
    const full = 'userName,displayName,extension,email,deviceAddress\nx,X,330,x@example.com,SIP/1\n';
    await manage('import', file('full.csv', full));
    await manage('import', file('some.csv', 'userName,email\nX,\n'));
    expect(await opened.people.users.listUsers()).toMatchObject([
      { userName: 'x', displayName: 'X', extension: '330', devices: [{ address: 'SIP/1', isMine: true }] },
    ]);
    expect((await opened.people.users.listUsers())[0]).not.toHaveProperty('email');
    await manage('import', file('devices.csv', 'userName,deviceAddress,device2Address,device2Name\nx,,SIP/2,Lab\n'));
    expect((await opened.people.users.listUsers())[0]?.devices).toMatchObject([
      { address: 'SIP/2', name: 'Lab', isMine: true },
    ]);
  });

  it('imports the files before the one that it refuses', async () => {
    const sites = file('sites.csv', 'name,countryCode\nHere,49\n');
    const users = file('users.csv', 'userName,displayName\nx,X\nx,Y\n');
    const { code, out, err } = await manage('import', users, sites);
    expect([code, out]).toEqual([1, 'sites.csv: sites, 1 added, 0 changed, 0 unchanged.\n']);
    expect(err).toContain('row 3, column userName: x is named twice');
  });

  it('tells how many new users have no password yet', async () => {
    await manage('site', 'add', 'Here', '--country', '49');
    const users = 'userName,displayName,initialPassword\nx,X,\ny,Y,Demo-330!\n';
    expect((await manage('import', file('users.csv', users))).out).toContain('1 of them have no password yet');
    expect((await opened.people.accounts.findUserForSignIn('y'))?.mustChangePassword).toBe(true);
  });
});

describe('manage', () => {
  it.each([
    [[], 'Usage: npm run manage -- COMMAND'],
    [['user'], 'user reset-password NAME'],
    [['fly'], 'There is no command fly.'],
    [['user', 'add'], 'NAME is missing'],
    [['user', 'add', 'a', 'b'], 'b is one argument too many'],
    [['user', 'add', 'a', '--password', 'x'], "Unknown option '--password'"],
    [['user', 'add', 'a', '--in-directory', 'perhaps'], '--in-directory takes yes or no'],
    [['import'], 'FILE.csv… is missing'],
  ])('answers %j with help and exit code 2', async (args, said) => {
    const { code, err, out } = await manage(...args);
    expect(err).toContain(said);
    expect([code, out]).toEqual([2, '']);
  });

  it.each([
    [['user', 'disable', 'nobody'], 'there is no user nobody'],
    [['user', 'add', 'x', '--display-name', 'X'], 'there is no site yet; add one first'],
    [['group', 'remove', '399'], 'there is no site yet'],
    [['site', 'add', 'X', '--country', '999999'], 'dialPlan.countryCode'],
  ])('refuses %j with the reason and exit code 1', async (args, said) => {
    const { code, err } = await manage(...args);
    expect(err).toContain(said);
    expect(code).toBe(1);
  });
});

describe('manage mailbox', () => {
  const read = async (address: string) => {
    await manage('site', 'add', 'Munich', '--country', '49');
    await manage('user', 'add', 'anna', '--display-name', 'Anna');
    const user = await opened.people.accounts.findUserForSignIn('anna');
    await putMailbox(opened.database, {
      id: 'mailbox',
      userId: user?.id ?? '',
      mode: 'app-only',
      address,
      secret: undefined,
      intervalMinutes: 15,
      nextRunAt: '2026-03-02T08:15:00.000Z',
      at: moment,
    });
  };

  it('lists, pauses, resumes and runs by address, each act in the audit trail', async () => {
    expect((await manage('mailbox', 'list')).out).toContain('No mailbox is read');
    await read('anna@example.com');
    const line = async () => (await manage('mailbox', 'list')).out.split('\n')[1];
    expect(await line()).toMatch(/^anna@example\.com +anna +app-only +ok +0 +- +- +2026-03-02T08:15:00\.000Z$/);
    expect(await manage('mailbox', 'pause', 'Anna@Example.com')).toMatchObject({ code: 0 });
    expect(await line()).toContain('paused (administrator)');
    expect((await manage('mailbox', 'resume', 'anna@example.com')).out).toContain('is read again');
    expect(await line()).toContain(' ok ');
    expect((await manage('mailbox', 'run', 'anna@example.com')).code).toBe(0);
    expect(await line()).toContain(moment);
    const trail = await opened.database.selectFrom('audit_trail').select(['action', 'actor']).execute();
    const acts = trail.filter(({ action }) => action.startsWith('mailbox.'));
    expect(acts.map(({ action }) => action).sort()).toEqual(['mailbox.paused', 'mailbox.resumed', 'mailbox.run']);
    expect(new Set(acts.map(({ actor }) => actor)).size).toBe(1);
  });

  it('says so when no mailbox of that address is read', async () => {
    expect(await manage('mailbox', 'pause', 'nobody@example.com')).toMatchObject({
      code: 1,
      err: expect.stringContaining('nobody@example.com') as string,
    });
  });
});

describe('manage user export and erase', () => {
  it('writes a new file, and never over one', async () => {
    expect(await manage('user', 'export', 'anna', 'anna.json')).toMatchObject({ code: 0 });
    expect(new TextDecoder().decode(files.get('anna.json'))).toContain('"userName": "anna"');
    const again = await manage('user', 'export', 'anna', 'anna.json');
    expect(again).toMatchObject({ code: 2, out: '' });
    expect(again.err).toContain('name a new file');
  });

  it('erases only whose name is written twice', async () => {
    for (const words of [[], ['--confirm', 'bert']]) {
      const refused = await manage('user', 'erase', 'anna', ...words);
      expect(refused.code).toBe(2);
      expect(refused.err).toContain('write --confirm anna');
    }
    expect(erased).toEqual([]);
    expect(await manage('user', 'erase', 'anna', '--confirm', 'anna')).toMatchObject({ code: 0, err: '' });
    expect(erased).toEqual(['anna']);
  });
});

describe('manage site remove', () => {
  it('removes a site that has no users, and says so where it has some', async () => {
    for (const name of ['Köln', 'Bonn']) await manage('site', 'add', name, '--country', '49');
    await manage('user', 'add', 'jupp', '--display-name', 'Jupp', '--site', 'Köln');
    const refused = await manage('site', 'remove', 'Köln');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('has 1 user. Move them to another site');
    await manage('user', 'change', 'jupp', '--site', 'Bonn');
    expect((await manage('site', 'remove', 'Köln')).out).toContain('Köln was removed');
    expect((await manage('site', 'remove', 'Köln')).err).toContain('there is no site Köln');
  });
});
