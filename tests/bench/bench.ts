/**
 * `npm run bench`: prints how fast this build is on this machine, each figure beside its limit. The pane's own code and a
 * real browser against the built demo and a mailbox, each in a process of its own. It is no test: a figure over its limit
 * does not fail it, only not being able to measure does.
 */
import { launchChromium } from '../browser/chromium';
import { startDemo } from '../browser/start-demo';
import { readDirectoryWords } from './directory-words';
import { startMailbox } from './mailbox';
import { measureAlone } from './measure-alone';
import { measureCalls } from './measure-calls';
import { measureFirstLoad } from './measure-first-load';
import { measureSearch } from './measure-search';
import { measureSync } from './measure-sync';
import { measureTyping } from './measure-typing';
import { measureVdirsyncer } from './measure-vdirsyncer';
import { signInPane } from './pane-session';
import { describeMachine, print, type Figure } from './report';

/** Mailboxes and how many contacts they have. */
const synced = 'five.thousand@example.com';
const searched = 'ten.thousand@example.com';
/** Who has the personal directory that is searched. */
const searcher = '332';

const interruption = new AbortController();

/** Measures one part; a part that cannot be measured does not keep the others from being so. */
async function part(title: string, measure: () => Promise<Figure[]>): Promise<void> {
  try {
    print(title, await measure());
  } catch (error) {
    if (interruption.signal.aborted) throw error;
    process.exitCode = 1;
    // The browser appends its whole log to the first line.
    process.stdout.write(`\n${title}: could not be measured\n  ${String(error).split('\n')[0] ?? ''}\n`);
  }
}

/** Ends what was started. */
const ends: (() => unknown)[] = [];
// Ctrl+C: everything is told to end at once, because the browser's driver ends this process as soon as the browser is gone.
process.once('SIGINT', () => {
  interruption.abort();
  void Promise.allSettled(ends.map((end) => end())).finally(() => process.exit(130));
});

process.stdout.write(`${describeMachine()}\n`);
/** Parts that are measured alone: `npm run bench -- presence` measures nothing else. */
const alone = [
  ['numbers', 'Reading of numbers', 'numbers-process'],
  ['import', 'Import of a file', 'import-process'],
  ['unattended', 'Sync that nobody watches', 'unattended-process'],
  ['presence', 'Presence', 'presence-process'],
  ['store', 'Search in the store, among the contacts of many', 'store-process'],
] as const;
const only = alone.find(([name]) => process.argv.includes(name));
for (const [, title, entry] of only === undefined ? alone : [only]) await part(title, () => measureAlone(entry));
if (only !== undefined) process.exit();
try {
  const mailbox = await startMailbox({ [synced]: 5000, [searched]: 10_000 });
  ends.push(mailbox.stop);
  const demo = await startDemo({ directory: process.cwd(), environment: { DEMO_CONTACTS: '0' } });
  ends.push(() => demo.stop());
  const browser = await launchChromium();
  ends.push(() => browser.close());

  await part('First load', () => measureFirstLoad(browser, demo.url));
  await part('Calls', () => measureCalls(browser, demo.url, '331'));
  await part('Sync, 5,000 contacts', () => measureSync(demo.url, mailbox, synced));
  await part('For orientation: vdirsyncer, 5,000 contacts', measureVdirsyncer);
  await mailbox.setLatency(0);
  const pane = await signInPane(demo.url, searcher);
  await pane.sync(mailbox, searched);
  const words = await readDirectoryWords(pane);
  await part('Search, 10,000 personal contacts', () => measureSearch(pane, words));
  await part('Typing, 10,000 personal contacts', () => measureTyping(browser, demo.url, searcher, pane, words));
} catch (error) {
  if (!interruption.signal.aborted) throw error;
} finally {
  if (!interruption.signal.aborted) await Promise.allSettled(ends.map((end) => end()));
}
