/**
 * What the pane makes a browser load, compressed as the service sends it. Fails when the first load (until sign-in is
 * usable) is over 180 KB, or when any part has grown by more than 5 % over addin/size-budget.json.
 * `--update` writes the budget anew: do that in the change that needs the room, and say why.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const pane = join(root, 'build', 'pane');
const budgetFile = join(root, 'addin', 'size-budget.json');
const firstLoadLimit = 180 * 1024;
const growth = 1.05;
/** Parts smaller than this may grow by this much: five percent of nothing is nothing. */
const slack = 512;

/** Name of a part without its content hash; the packages that several parts share count together. */
const partOf = (file) => (file.startsWith('vendors-') ? 'shared packages' : file.replace(/\.[0-9a-f]{10}\.js$/, ''));

const sizes = {};
for (const file of (await readdir(pane)).filter((name) => name.endsWith('.js'))) {
  const part = partOf(file);
  sizes[part] = (sizes[part] ?? 0) + gzipSync(await readFile(join(pane, file)), { level: 9 }).length;
}

const page = await readFile(join(pane, 'taskpane.html'), 'utf8');
const scripts = [...page.matchAll(/src="([^"%]+\.js)"/g)].map(([, file]) => file);
const first = [page, ...(await Promise.all(scripts.map((file) => readFile(join(pane, file)))))];
sizes['first load'] = first.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0);

const budget = JSON.parse(await readFile(budgetFile, 'utf8').catch(() => '{}'));
const faults = [];
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`.padStart(10);
for (const [part, size] of Object.entries(sizes).sort(([, a], [, b]) => b - a)) {
  const allowed = budget[part];
  console.log(`${part.padEnd(18)}${kb(size)}${allowed === undefined ? '' : `   budget${kb(allowed)}`}`);
  if (allowed === undefined) faults.push(`${part} is not in addin/size-budget.json.`);
  else if (size > Math.max(allowed * growth, allowed + slack)) faults.push(`${part} has grown by more than 5 %.`);
}
if (sizes['first load'] > firstLoadLimit) faults.push(`The first load is over${kb(firstLoadLimit)}.`);

if (process.argv.includes('--update')) {
  const sorted = Object.fromEntries(Object.entries(sizes).sort(([a], [b]) => a.localeCompare(b)));
  await writeFile(budgetFile, `${JSON.stringify(sorted, null, 2)}\n`);
  console.log('addin/size-budget.json is written anew.');
} else if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
}
