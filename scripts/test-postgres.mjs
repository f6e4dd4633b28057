/**
 * `npm run test:postgres`: the tests that need a real PostgreSQL server. Debian's is installed when it is missing and may be;
 * where it cannot be had they are left out, and this says so. The tests start a server of their own and stop it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function isThere() {
  const debian = '/usr/lib/postgresql';
  const folders = existsSync(debian) ? readdirSync(debian).map((version) => `${debian}/${version}/bin`) : [];
  return [...folders, '/usr/local/bin', '/usr/bin'].some((folder) => existsSync(`${folder}/initdb`));
}

if (!isThere() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], quiet);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], quiet);
}
if (!isThere()) {
  process.stdout.write(
    'Tests on a PostgreSQL server left out: there is none on this machine and it could not be installed.\n',
  );
  process.exit(0);
}
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'postgres'], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
