/**
 * `npm run sideload -- [MANIFEST]`: puts the add-in into classic Outlook on this Windows machine for trying it out (default:
 * manifest.xml, the development server's). `npm run sideload -- stop [MANIFEST]` takes it out again. Elsewhere it says how
 * the same is done by hand. Microsoft's tool is called through npx, outside of the tree (docs/adr/0011).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const tool = 'office-addin-debugging@7.0.0';

const byHand = (file) =>
  `By hand: open https://aka.ms/olksideload with the mailbox that shall have it, choose "My add-ins", "Add a custom add-in",\n"Add from file", and there ${file}. It then appears in every Outlook of this mailbox.`;

/**
 * What to do with a command line: the arguments for npx, or why it cannot be done.
 * @param {readonly string[]} args
 * @param {{ platform: string, read: (file: string) => string | undefined, hasOutlook: () => boolean }} machine
 */
export function planSideload(args, machine) {
  const [first, ...rest] = args;
  const stop = first === 'stop';
  const [file = 'manifest.xml', ...more] = stop || first === 'start' ? rest : args;
  if (more.length > 0) return { problem: `${more[0]} is one argument too many: name one manifest.` };
  const text = machine.read(file);
  if (text === undefined)
    return { problem: `There is no ${file}. Write one: npm run manifest -- --base-url https://uc.example.com` };
  if (!/<OfficeApp[\s>]/.test(text)) return { problem: `${file} is no manifest of an add-in.` };
  const path = resolve(file);
  if (machine.platform !== 'win32')
    return { problem: `A program can put an add-in into Outlook on Windows only.\n${byHand(path)}` };
  if (!machine.hasOutlook())
    return {
      problem: `There is no classic Outlook on this machine; the new one takes add-ins by hand only.\n${byHand(path)}`,
    };
  // A shell runs npx on Windows, so a path with blanks needs quotes.
  return { npx: ['--yes', tool, stop ? 'stop' : 'start', `"${path}"`] };
}

/** Windows knows the programs that can be started by name. */
function hasOutlook() {
  const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\OUTLOOK.EXE';
  return spawnSync('reg', ['query', key], { stdio: 'ignore' }).status === 0;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
  const plan = planSideload(process.argv.slice(2), { platform: process.platform, read, hasOutlook });
  if (plan.problem === undefined) {
    process.exitCode = spawnSync('npx', plan.npx, { stdio: 'inherit', shell: true }).status ?? 1;
  } else {
    console.error(plan.problem);
    process.exitCode = 1;
  }
}
