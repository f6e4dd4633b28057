/**
 * Before `npm start` and `npm test`: installs packages and builds, when needed. Node built-ins only, because nothing
 * is installed yet on a fresh clone. What is up to date is left alone, so that a second start takes no time.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const installStamp = join(root, 'node_modules', '.mycontacts-installed');
const buildStamp = join(root, 'build', '.mycontacts-built');
const sources = [
  'shared',
  'addin',
  'sync-service',
  'demo',
  'scripts',
  'webpack.config.js',
  'package-lock.json',
  'tsconfig.json',
];

function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

/** Hash over names and contents of files and folders, without hidden ones. */
function hashOf(paths) {
  const hash = createHash('sha256').update(process.version);
  const visit = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    const entries = listOf(full);
    if (entries === undefined) hash.update(path).update(readFileSync(full));
    else for (const entry of entries) visit(join(path, entry));
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}

/** Names in a folder, sorted; undefined when it is a file. */
function listOf(full) {
  try {
    return readdirSync(full)
      .filter((name) => !name.startsWith('.'))
      .sort();
  } catch (error) {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Runs a command; while it works a line says every few seconds that it does. */
function run(title, command, args, tick = () => '') {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(`${title} …\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => (output = (output + data).slice(-20_000)));
    const timer = setInterval(() => process.stdout.write(`  ${seconds()} s${tick()}\n`), 5000);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code === 0) {
        process.stdout.write(`  done in ${seconds()} s\n`);
        resolve();
      } else {
        process.stderr.write(output);
        reject(new Error(`${title} failed (exit code ${code}). The lines above say why.`));
      }
    });
  });
}

function installedPackages() {
  const folder = join(root, 'node_modules');
  const count = existsSync(folder) ? readdirSync(folder).length : 0;
  return `, ${count} folders so far`;
}

const stampOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `myContacts needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and run the command again.`,
  );
}

try {
  const lock = hashOf(['package-lock.json']);
  if (stampOf(installStamp) !== lock) {
    // No package of ours needs an install script: binaries come ready in their packages.
    await run('Installing packages', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], installedPackages);
    writeFileSync(installStamp, lock);
  }
  const source = hashOf(sources);
  if (stampOf(buildStamp) !== source) {
    await run('Building', process.execPath, [join(root, 'scripts', 'build.mjs'), '--demo']);
    mkdirSync(join(root, 'build'), { recursive: true });
    writeFileSync(buildStamp, source);
  }
} catch (error) {
  fail(error.message);
}
