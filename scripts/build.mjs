/**
 * Builds into build/: the pane (webpack) and the service (esbuild, packages stay outside). With `--demo` also what only
 * the demo has: the preview page, the demo mailbox and the simulated telephone system. Without it none of these is in
 * build/pane and build/service; a test greps for them.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import webpack from 'webpack';
import { writeDeployable } from './deployable.mjs';
import { joinLanguages, readChangelog } from './release-notes.mjs';
import { listThirdParties, writeNotices } from './third-parties.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const withDemo = process.argv.includes('--demo');
/** Not minified: for trying things out. What is shipped and tested is built without this. */
const mode = process.argv.includes('--quick') ? 'development' : 'production';

/** One webpack build; throws with its messages when it fails. */
async function buildPane(env) {
  const { default: configure } = await import('../webpack.config.js');
  const compiler = webpack(configure(env, { mode }));
  await new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      compiler.close(() => {
        if (error) reject(error);
        else if (stats.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true, moduleTrace: true })));
        else resolve();
      });
    });
  });
}

/** One esbuild build; gives what it is made of. */
async function buildNode(entries, outdir) {
  const { metafile } = await build({
    metafile: true,
    absWorkingDir: root,
    entryPoints: entries,
    outdir: join(root, 'build', outdir),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    legalComments: 'none',
    logLevel: 'warning',
    entryNames: '[name]',
    chunkNames: 'chunks/[name]-[hash]',
  });
  return metafile;
}

await rm(join(root, 'build'), { recursive: true, force: true });
const [serviceMetafile] = await Promise.all([
  buildNode(
    [
      'sync-service/main.ts',
      'sync-service/manage.ts',
      'sync-service/backup.ts',
      'sync-service/restore.ts',
      'sync-service/asterisk-check.ts',
      'sync-service/numbers.ts',
      'sync-service/write-manifest.ts',
      'sync-service/doctor.ts',
      'sync-service/health-check.ts',
      'sync-service/worker.ts',
    ],
    'service',
  ),
  ...(withDemo ? [buildNode(['demo/start.ts', 'sync-service/worker.ts'], 'demo')] : []),
]);
await buildPane({});
if (withDemo) await buildPane({ preview: true });
await writeAbout();
await writeDeployable(root, serviceMetafile);

/** What the service tells of itself: release notes in each language that has them, and the packages of others. */
async function writeAbout() {
  const changelog = async (file) => readChangelog(await readFile(join(root, file), 'utf8').catch(() => ''));
  const releases = joinLanguages(await changelog('CHANGELOG.md'), await changelog('docs/release-notes/de.md'));
  const packages = await listThirdParties(root);
  const about = join(root, 'build', 'about');
  await mkdir(about, { recursive: true });
  await writeFile(join(about, 'release-notes.json'), JSON.stringify(releases));
  const listed = packages.map(({ name, version, licence }) => ({ name, version, licence }));
  await writeFile(join(about, 'third-parties.json'), JSON.stringify(listed));
  await writeFile(join(root, 'build', 'pane', 'third-party-notices.txt'), writeNotices(packages));
}
