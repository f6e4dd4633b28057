/**
 * The Debian root that the tests' Asterisk and phones live in: found where it was made before, else made with
 * debootstrap (a minute, 350 MB), outside of the checkout.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const packages = 'asterisk,baresip-core,sip-tester';
const suite = 'sid';
/** Written last into a root that is complete: what it was made of. */
const stampFile = 'mycontacts-pbx.stamp';
const stamp = `${suite} ${packages}\n`;
const wantedAsterisk = /^Asterisk 22\./;

/** Where the root is: `PBX_ROOT`, or a folder in the user's cache. */
function rootPath(env: NodeJS.ProcessEnv): string {
  return env.PBX_ROOT ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mycontacts', 'pbx');
}

/** The first Debian mirror in the machine's package sources, deb822 or one-line form. */
export function mirrorOf(sources: readonly string[]): string | undefined {
  for (const text of sources) {
    for (const line of text.split('\n')) {
      const uri = /^\s*URIs:\s*(\S+)/i.exec(line)?.[1] ?? /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)/.exec(line)?.[1];
      if (uri !== undefined && /^https?:\/\/\S*\/debian\/?$/.test(uri)) return uri;
    }
  }
  return undefined;
}

async function readSources(): Promise<string[]> {
  const folder = '/etc/apt/sources.list.d';
  const names = existsSync(folder) ? (await readdir(folder)).sort().map((name) => join(folder, name)) : [];
  const files = ['/etc/apt/sources.list', ...names].filter((file) => existsSync(file));
  return Promise.all(files.map((file) => readFile(file, 'utf8')));
}

async function hasCommand(command: string): Promise<boolean> {
  return run('which', [command]).then(
    () => true,
    () => false,
  );
}

async function build(root: string): Promise<void> {
  if (!(await hasCommand('debootstrap'))) {
    await run('apt-get', ['update', '-q']);
    await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'debootstrap']);
  }
  const mirror = mirrorOf(await readSources());
  if (mirror === undefined) {
    throw new Error(
      'The package sources of this machine name no Debian mirror; set PBX_ROOT to a root with Asterisk 22.',
    );
  }
  const unfinished = `${root}.${process.pid}.unfinished`;
  await mkdir(unfinished, { recursive: true });
  try {
    await run('debootstrap', ['--variant=minbase', `--include=${packages}`, suite, unfinished, mirror], {
      maxBuffer: 64 * 1024 * 1024,
    });
    await run('chroot', [unfinished, 'apt-get', 'clean']);
    await writeFile(join(unfinished, stampFile), stamp);
    await rm(root, { recursive: true, force: true });
    await rename(unfinished, root);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw new Error(`debootstrap could not build ${root} from ${mirror}.`, { cause: error });
  }
}

async function isComplete(root: string): Promise<boolean> {
  const file = join(root, stampFile);
  return existsSync(file) && (await readFile(file, 'utf8')) === stamp;
}

/** Gives the root, made when it is missing. Throws an error that says what is missing where it cannot be made. */
export async function findDebianRoot(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (process.getuid?.() !== 0) {
    throw new Error(
      'The telephone system for tests runs in a Debian root of its own (chroot): run these tests as root.',
    );
  }
  const root = rootPath(env);
  // A root that somebody names is his: it is used as it is and never made anew.
  const named = env.PBX_ROOT !== undefined && existsSync(join(root, 'usr/sbin/asterisk'));
  if (!named && !(await isComplete(root))) await build(root);
  const { stdout } = await run('chroot', [root, 'asterisk', '-V']);
  if (!wantedAsterisk.test(stdout)) throw new Error(`${root} holds ${stdout.trim()}, but Asterisk 22 is wanted.`);
  return root;
}
