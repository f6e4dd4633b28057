/**
 * `npm test`: every check that Node alone can run, one stage after the other. Each prints its seconds; the first that
 * fails ends the run. `npm test -- unit browser` runs only the named stages.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
const vitest = (project) => [bin('vitest'), ['run', '--project', project]];

const stages = [
  ['types', bin('tsc'), ['-p', '.']],
  ['lint', bin('eslint'), ['.', '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['size', process.execPath, ['scripts/check-size.mjs']],
  ['unit', ...vitest('unit')],
  ['contract', ...vitest('contract')],
  ['service', ...vitest('service')],
  ['browser', ...vitest('browser')],
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !stages.some(([stage]) => stage === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No such stage: ${unknown.join(', ')}. There are: ${stages.map(([stage]) => stage).join(', ')}.\n`,
  );
  process.exit(2);
}

const times = [];
for (const [stage, command, args] of stages) {
  if (wanted.length > 0 && !wanted.includes(stage)) continue;
  process.stdout.write(`\n=== ${stage}\n`);
  const startedAt = Date.now();
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  times.push(`${stage} ${seconds} s`);
  process.stdout.write(`=== ${stage}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`);
  if (status !== 0) process.exit(1);
}
process.stdout.write(`\n${times.join(', ')}\n`);
