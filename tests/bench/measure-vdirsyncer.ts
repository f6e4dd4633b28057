/**
 * For orientation beside our own syncs: vdirsyncer, as Debian packages it, brings the same 5,000 contacts from one folder of
 * vCards to another. No network and no reading of numbers; a process is started each time. Left out where it is not there.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generateContacts } from '../../demo/mailbox/contacts';
import type { Figure } from './report';

const run = promisify(execFile);
const count = 5000;

/** Nothing where vdirsyncer is not installed. */
export async function measureVdirsyncer(): Promise<Figure[]> {
  const version = await run('vdirsyncer', ['--version']).catch(() => undefined);
  if (version === undefined) return [];
  const folder = await mkdtemp(join(tmpdir(), 'mycontacts-vdirsyncer-'));
  try {
    const from = join(folder, 'from');
    const to = join(folder, 'to');
    const settings = join(folder, 'config');
    await Promise.all([mkdir(from), mkdir(to)]);
    const storage = (name: string, path: string) =>
      `[storage ${name}]\ntype = "filesystem"\npath = "${path}"\nfileext = ".vcf"\n`;
    await writeFile(
      settings,
      `[general]\nstatus_path = "${join(folder, 'status')}"\n[pair contacts]\na = "from"\nb = "to"\ncollections = null\n` +
        `conflict_resolution = "a wins"\n${storage('from', from)}${storage('to', to)}`,
    );
    const { contacts } = generateContacts({ seed: 'vdirsyncer', count });
    const write = async (n: number, mobile?: string) => {
      const { displayName = '', businessPhones = [] } = contacts[n]?.contact ?? {};
      const numbers = [...businessPhones, ...(mobile === undefined ? [] : [mobile])].map(
        (number) => `TEL:${number}\r\n`,
      );
      const name = `FN:${displayName ?? ''}\r\nN:${displayName ?? ''};;;;\r\n`;
      await writeFile(
        join(from, `${n}.vcf`),
        `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${n}\r\n${name}${numbers.join('')}END:VCARD\r\n`,
      );
    };
    for (let n = 0; n < count; n += 1) await write(n);
    const vdirsyncer = (...args: string[]) => run('vdirsyncer', ['-c', settings, ...args], { maxBuffer: 2 ** 26 });
    await vdirsyncer('discover');
    const timed = async () => {
      const begun = performance.now();
      await vdirsyncer('sync');
      return performance.now() - begun;
    };

    const first = await timed();
    const arrived = (await readdir(to)).length;
    if (arrived !== count) throw new Error(`vdirsyncer brought ${arrived} of ${count} contacts.`);
    const unchanged = await timed();
    for (let n = 0; n < 10; n += 1) await write(n, `+49 171 39200${n}`);
    const changed = await timed();
    const note = `${version.stdout.trim()}, from folder to folder`;
    return [
      { name: 'first sync', value: first, unit: 'ms', note },
      { name: 'sync of 10 changes', value: changed, unit: 'ms' },
      { name: 'sync without changes', value: unchanged, unit: 'ms' },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
