/**
 * `npm run bench`: how fast it is, on this machine. Bundles tests/bench and runs it against the built demo. It prints
 * each figure beside its limit; a figure over its limit is no failure. `npm run bench -- numbers`, `-- unattended`, `-- presence` or `-- store`
 * runs one part alone.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = join(root, 'node_modules', '.cache', 'bench');

await build({
  absWorkingDir: root,
  entryPoints: [
    'bench',
    'mailbox-process',
    'numbers-process',
    'import-process',
    'unattended-process',
    'presence-process',
    'store-process',
    'store-service-process',
  ]
    .map((name) => ({ in: `tests/bench/${name}.ts`, out: name }))
    // As the service's own build has it: the work of the large service is done where it is in an installation.
    .concat({ in: 'sync-service/worker.ts', out: 'worker' }),
  outdir,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
  outExtension: { '.js': '.mjs' },
});
const { status } = spawnSync(
  process.execPath,
  ['--enable-source-maps', join(outdir, 'bench.mjs'), ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
