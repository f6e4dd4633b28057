/**
 * A real telephone system for tests: Asterisk 22, three baresip phones and one that is the world, in a Debian root, each run in a folder and, where
 * the machine allows it, a network of its own. Tests reach Asterisk's manager interface through a line that they can cut.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Baresip } from './baresip';
import { findDebianRoot } from './debian-root';
import { startSupervisor } from './supervisor';
import { toneFile } from './tones';

const run = promisify(execFile);
const here = import.meta.dirname;
const dialplan = join(here, '../../../sync-service/telephone-system/asterisk/dialplan/uc.conf');

/** The phones: tone that each speaks, and ports inside of the tests' network. */
export const testPhones = [
  { extension: '330', hertz: 400, sip: 5310, control: 4330, rtp: '30000-30099' },
  { extension: '331', hertz: 600, sip: 5320, control: 4331, rtp: '30100-30199' },
  { extension: '332', hertz: 800, sip: 5330, control: 4332, rtp: '30200-30299' },
] as const;

/** The world outside: rings whatever is dialled there, and calls from a number of its own. */
export const outsidePhone = {
  extension: 'trunk',
  hertz: 1200,
  sip: 5340,
  control: 4340,
  rtp: '30300-30399',
  number: '+49891234567',
} as const;

/** What a held party hears, in Hz. */
export const musicHertz = 1000;

/** A TCP port of the tests' own that leads to Asterisk's manager interface. */
export interface ManagerLine {
  readonly port: number;
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

export interface Pbx {
  readonly line: ManagerLine;
  /** Secret of the manager account `mycontacts`. */
  readonly secret: string;
  readonly phones: ReadonlyMap<string, Baresip>;
  /** Asterisk's log of channel events, of which call records are made. */
  readonly celFile: string;
  /** Runs a command at Asterisk's console and gives what it prints. */
  console(command: string): Promise<string>;
  /** Everything that Asterisk logged. */
  log(): Promise<string>;
  /** Starts a program of the root in the tests' network, in a folder of its own; gives what it printed so far. */
  startProgram(
    name: string,
    command: string,
    args: readonly string[],
    files: Readonly<Record<string, string>>,
  ): Promise<() => Promise<string>>;
  killAsterisk(): Promise<void>;
  startAsterisk(): Promise<void>;
  /** Resolves once the phones are registered. */
  registered(): Promise<void>;
  stop(): Promise<void>;
}

/** Tries until it works; gives up with the last error after `milliseconds`. */
export async function eventually<T>(attempt: () => Promise<T>, milliseconds: number): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(50);
    }
  }
}

async function openLine(socketFile: string): Promise<ManagerLine> {
  const sockets = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) {
      near.destroy();
      return;
    }
    const far = connect(socketFile);
    near.pipe(far).pipe(near);
    sockets.add(near);
    near.on('error', () => near.destroy());
    far.on('error', () => near.destroy());
    far.on('close', () => near.destroy());
    near.on('close', () => {
      sockets.delete(near);
      far.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    // A server that listens on TCP has a numbered address.
    port: (server.address() as AddressInfo).port,
    cut,
    restore: () => {
      whole = true;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface PbxOptions {
  /** So many calls a phone takes at a time; the next one hears that it is busy. One where absent. */
  readonly callsPerPhone?: number;
}

/** Starts everything and waits until the phones are registered. */
export async function startPbx({ callsPerPhone = 1 }: PbxOptions = {}): Promise<Pbx> {
  const root = await findDebianRoot();
  const runFolder = `/srv/mycontacts-pbx/${process.pid}-${randomBytes(4).toString('hex')}`;
  const outside = join(root, runFolder);
  const secret = randomBytes(16).toString('hex');
  const [multiarch] = (await readdir(join(root, 'usr/lib'))).filter((name) =>
    existsSync(join(root, 'usr/lib', name, 'asterisk/modules')),
  );
  if (multiarch === undefined) throw new Error(`${root} holds no modules of Asterisk.`);
  const common = { RUN: runFolder, SECRET: secret, MULTIARCH: multiarch, CALLS: String(callsPerPhone) };
  const phonesToStart = [...testPhones, outsidePhone];
  const fill = (text: string, values: Readonly<Record<string, string>>): string =>
    text.replace(/@([A-Z]+)@(?=\W|$)/g, (mark, key: string) => values[key] ?? mark);

  for (const folder of ['etc', 'lib', 'spool', 'run', 'log', 'phones', 'music']) {
    await mkdir(join(outside, folder), { recursive: true });
  }
  for (const name of await readdir(join(here, 'asterisk'))) {
    const text = await readFile(join(here, 'asterisk', name), 'utf8');
    await writeFile(join(outside, 'etc', name), fill(text, common));
  }
  await copyFile(dialplan, join(outside, 'etc/uc.conf'));
  await writeFile(join(outside, 'music/tone.wav'), toneFile(musicHertz, 2000));

  const supervisor = await startSupervisor();
  const phones = new Map<string, Baresip>();
  // Not in the root: a socket's path has a hundred letters at most.
  const sockets = await mkdtemp(join(tmpdir(), 'mycontacts-pbx-'));
  const console = async (command: string): Promise<string> => {
    const { stdout } = await run('chroot', [root, 'asterisk', '-C', `${runFolder}/etc/asterisk.conf`, '-rx', command]);
    return stdout;
  };
  const allRegistered = async (): Promise<void> => {
    const contacts = await console('pjsip show contacts');
    if ([...contacts.matchAll(/Contact: {2}(?:33[012]|trunk)\//g)].length !== phonesToStart.length) {
      throw new Error(`The phones are not registered:\n${contacts}`);
    }
  };
  const startAsterisk = async (): Promise<void> => {
    await rm(join(outside, 'run/asterisk.ctl'), { force: true });
    const args = [root, 'asterisk', '-f', '-C', `${runFolder}/etc/asterisk.conf`];
    await supervisor.start('asterisk', 'chroot', args, join(outside, 'log/asterisk.out'));
    await eventually(() => console('core waitfullybooted'), 30_000);
  };
  const stop = async (): Promise<void> => {
    for (const phone of phones.values()) phone.close();
    await supervisor.close();
    await rm(sockets, { recursive: true, force: true });
    await rm(outside, { recursive: true, force: true });
  };

  try {
    await startAsterisk();
    for (const { extension, hertz, sip, control, rtp } of phonesToStart) {
      const folder = `${runFolder}/phones/${extension}`;
      const values = {
        ...common,
        EXTENSION: extension,
        HZ: String(hertz),
        SIP: String(sip),
        CONTROL: String(control),
        RTP: rtp,
      };
      await mkdir(join(root, folder, 'heard'), { recursive: true });
      for (const name of ['config', 'accounts']) {
        await writeFile(join(root, folder, name), fill(await readFile(join(here, 'phones', name), 'utf8'), values));
      }
      await writeFile(join(root, folder, 'contacts'), '');
      const args = [root, 'baresip', '-4', '-f', folder];
      await supervisor.start(extension, 'chroot', args, join(outside, `log/${extension}.out`));
      const socket = join(sockets, `${extension}.sock`);
      await supervisor.forward(socket, control);
      const heard = join(root, folder, 'heard');
      phones.set(extension, await eventually(() => Baresip.connect(socket, heard), 10_000));
    }
    await eventually(allRegistered, 30_000);
    const managerSocket = join(sockets, 'manager.sock');
    await supervisor.forward(managerSocket, 5038);
    const line = await openLine(managerSocket);
    return {
      line,
      secret,
      phones,
      celFile: join(outside, 'log/cel.jsonl'),
      console,
      log: () => readFile(join(outside, 'log/full'), 'utf8'),
      async startProgram(name, command, args, files) {
        const folder = `${runFolder}/${name}`;
        await mkdir(join(root, folder), { recursive: true });
        for (const [file, text] of Object.entries(files)) await writeFile(join(root, folder, file), text);
        const log = join(outside, `log/${name}.out`);
        const shell = `cd ${folder} && exec "$0" "$@"`;
        await supervisor.start(name, 'chroot', [root, 'sh', '-c', shell, command, ...args], log);
        return () => readFile(log, 'utf8');
      },
      killAsterisk: () => supervisor.stop('asterisk', 'SIGKILL'),
      startAsterisk,
      registered: () => eventually(allRegistered, 90_000),
      async stop() {
        await line.close();
        await stop();
      },
    };
  } catch (error) {
    const log = join(outside, 'log/asterisk.out');
    const output = existsSync(log) ? await readFile(log, 'utf8') : '';
    await stop();
    throw new Error(`The telephone system for tests does not start.\n${output.slice(-4000)}`, { cause: error });
  }
}
