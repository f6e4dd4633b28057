/**
 * `npm test`: every check that Node alone can run, first what reads the source only, side by side, then one stage after
 * the other. Each prints its seconds; one that fails ends the run. `npm test -- unit browser` runs only the named stages.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
const vitest = (project) => [bin('vitest'), ['run', '--project', project]];

const paneHalf = ['addin', 'demo'];

const stages = [
  ['types', bin('tsc'), ['-p', '.']],
  // Without a cache: rules that know types depend on other files as well. In two halves, as it is the longest of these.
  ['lint', bin('eslint'), ['.', '--max-warnings', '0', ...paneHalf.flatMap((folder) => ['--ignore-pattern', folder])]],
  ['lint-pane', bin('eslint'), [...paneHalf, '--max-warnings', '0']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['size', process.execPath, ['scripts/check-size.mjs']],
  ['unit', ...vitest('unit')],
  ['contract', ...vitest('contract')],
  ['service', ...vitest('service')],
  ['browser', ...vitest('browser')],
];

const sideBySide = ['types', 'lint', 'lint-pane', 'format'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !stages.some(([stage]) => stage === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No such stage: ${unknown.join(', ')}. There are: ${stages.map(([stage]) => stage).join(', ')}.\n`,
  );
  process.exit(2);
}

const times = [];

/** Runs a stage and says how it went. One that runs beside others is quiet until it has ended. */
function run([stage, command, args], beside) {
  const startedAt = Date.now();
  if (!beside) process.stdout.write(`\n=== ${stage}\n`);
  const child = spawn(command, args, {
    cwd: root,
    stdio: beside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    shell: process.platform === 'win32',
  });
  const said = [];
  child.stdout?.on('data', (part) => said.push(part));
  child.stderr?.on('data', (part) => said.push(part));
  return new Promise((resolve) => {
    child.on('error', (error) => said.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (status) => {
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      times.push(`${stage} ${seconds} s`);
      if (beside) process.stdout.write(`\n=== ${stage}\n${Buffer.concat(said).toString()}`);
      process.stdout.write(`=== ${stage}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`);
      resolve(status === 0);
    });
  });
}

const chosen = stages.filter(([stage]) => wanted.length === 0 || wanted.includes(stage));
// These measure nothing, and each needs one processor; the other stages fill the machine by themselves.
const side = chosen.filter(([stage]) => sideBySide.includes(stage));
const passed = await Promise.all(side.map((stage) => run(stage, side.length > 1)));
if (passed.includes(false)) process.exit(1);
for (const stage of chosen.filter((one) => !side.includes(one))) if (!(await run(stage, false))) process.exit(1);
process.stdout.write(`\n${times.join(', ')}\n`);
