import { beforeEach, expect, test } from 'vitest';
import { createReadingAhead } from '../../../sync-service/contacts/reading-ahead';
import type { ReadAhead } from '../../../sync-service/database/kept-indexes';

let now = 0;
let timers: { readonly at: number; readonly callBack: () => void }[] = [];
let owners: string[] = [];
/** Who was read, and when. */
let read: string[] = [];
/** What comes of reading somebody: `there`, at once and without a pause, where nothing is said. */
let comes: Record<string, ReadAhead | Promise<ReadAhead>> = {};
let there: string[] = [];
let failures: unknown[] = [];
let away = false;
beforeEach(() => {
  [now, timers, owners, read, comes, there, failures, away] = [0, [], ['a', 'b', 'c'], [], {}, [], [], false];
});

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Lets time pass, with all that is to be done meanwhile. */
async function pass(ms: number): Promise<void> {
  const end = now + ms;
  for (;;) {
    await settle();
    const [next] = timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
    if (next === undefined) break;
    timers = timers.filter((timer) => timer !== next);
    now = Math.max(now, next.at);
    next.callBack();
  }
  now = end;
}

function started() {
  const readingAhead = createReadingAhead({
    indexes: {
      ahead(userId) {
        read.push(`${userId} ${now}`);
        return Promise.resolve(comes[userId] ?? { came: 'there', pauseMs: 0 });
      },
      there: () => there,
    },
    owners: (behind) => {
      if (away) return Promise.reject(new Error('away'));
      return Promise.resolve(owners.filter((owner) => owner > behind).slice(0, 2));
    },
    now: () => now,
    after(ms, callBack) {
      const timer = { at: now + ms, callBack };
      timers.push(timer);
      return () => void (timers = timers.filter((other) => other !== timer));
    },
    failed: (error) => failures.push(error),
  });
  readingAhead.start();
  return readingAhead;
}

/** Everybody is read, and what was noted of it is put aside. */
async function rested() {
  const readingAhead = started();
  await pass(1000);
  read = [];
  return readingAhead;
}

test('all who have contacts are read, a moment after the start, and then there is rest', async () => {
  started();
  await pass(499);
  expect(read).toEqual([]);
  await pass(1);
  expect(read).toEqual(['a 500', 'b 500', 'c 500']);
  expect(timers).toEqual([]);
});

test('behind each reading others have as much time as it says', async () => {
  comes = { a: { came: 'there', pauseMs: 900 }, b: { came: 'there', pauseMs: 90 } };
  started();
  await pass(5000);
  expect(read).toEqual(['a 500', 'b 1400', 'c 1490']);
});

test('one is read at a time', async () => {
  let ends: ((came: ReadAhead) => void) | undefined;
  comes['a'] = new Promise((resolve) => (ends = resolve));
  const readingAhead = started();
  await pass(1000);
  readingAhead.wanted('z');
  readingAhead.changed('y');
  await pass(1000);
  expect(read).toEqual(['a 500']);
  ends?.({ came: 'there', pauseMs: 10 });
  await pass(1000);
  expect(read).toEqual(['a 500', 'z 2010', 'y 2010', 'b 2010', 'c 2010']);
});

test('where there is no more room it ends, but for changes', async () => {
  comes['b'] = { came: 'full', pauseMs: 10 };
  const readingAhead = started();
  await pass(60_000);
  expect(read).toEqual(['a 500', 'b 500']);
  readingAhead.changed('a');
  await pass(1000);
  expect(read).toEqual(['a 500', 'b 500', 'a 60500']);
});

test('a burst of changes is one reading at its end', async () => {
  const readingAhead = await rested();
  for (let n = 0; n < 10; n += 1) {
    readingAhead.changed('b');
    await pass(300);
  }
  expect(read).toEqual([]);
  await pass(1000);
  expect(read).toEqual(['b 4200']);
});

test('changes do not wait for those who were not read yet', async () => {
  comes = { a: { came: 'there', pauseMs: 1000 } };
  const readingAhead = started();
  await pass(600);
  readingAhead.changed('z');
  await pass(2000);
  expect(read).toEqual(['a 500', 'z 1500', 'b 1500', 'c 1500']);
});

test('what was changed while it was read is read again', async () => {
  const readingAhead = await rested();
  comes['a'] = { came: 'changed', pauseMs: 100 };
  readingAhead.changed('a');
  await pass(500);
  comes = {};
  await pass(1000);
  expect(read).toEqual(['a 1500', 'a 2000']);
});

test('who was looked for in vain comes next, unless his contacts are being changed', async () => {
  const readingAhead = await rested();
  readingAhead.changed('b');
  readingAhead.wanted('b');
  readingAhead.wanted('c');
  await pass(1000);
  expect(read).toEqual(['c 1000', 'b 1500']);
});

test('a failure is waited out, longer and longer; others come before who failed', async () => {
  comes['a'] = { came: 'failed', pauseMs: 0 };
  started();
  await pass(10_000);
  expect(read).toEqual(['a 500', 'b 1500', 'c 1500', 'a 1500', 'a 2500', 'a 4500', 'a 8500']);
  await pass(20 * 60_000);
  // Five minutes at most.
  expect(read.slice(-3)).toEqual(['a 512500', 'a 812500', 'a 1112500']);
  comes = {};
  await pass(10 * 60_000);
  expect(read.at(-1)).toBe('a 1412500');
  expect(timers).toEqual([]);
});

test('one whose contacts cannot be read keeps nobody else from being read', async () => {
  owners = ['a', 'b', 'c', 'd', 'e'];
  comes = { a: { came: 'failed', pauseMs: 0 }, b: { came: 'failed', pauseMs: 0 } };
  started();
  await pass(60_000);
  expect(read.slice(0, 5).map((line) => line.slice(0, 1))).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('owners that cannot be read are tried again', async () => {
  away = true;
  started();
  await pass(1000);
  expect(failures).toEqual([new Error('away')]);
  away = false;
  await pass(1000);
  expect(read).toEqual(['a 1500', 'b 1500', 'c 1500']);
});

test('when something was missed all are read again at once, those who are there before the others', async () => {
  const readingAhead = await rested();
  away = true;
  comes['b'] = { came: 'failed', pauseMs: 0 };
  readingAhead.wanted('b');
  await pass(100);
  [away, comes, there, read] = [false, {}, ['c'], []];
  readingAhead.beginAnew();
  await pass(1000);
  expect(read).toEqual(['c 1100', 'a 1100', 'b 1100', 'c 1100']);
});

test('who is there is looked at again, and nobody else', async () => {
  const readingAhead = await rested();
  there = ['c', 'a'];
  readingAhead.lookAgain();
  await pass(1000);
  expect(read).toEqual(['c 1000', 'a 1000']);
});

test('what is stopped reads nothing more', async () => {
  let ends: ((came: ReadAhead) => void) | undefined;
  comes['a'] = new Promise((resolve) => (ends = resolve));
  const readingAhead = started();
  await pass(1000);
  readingAhead.stop();
  ends?.({ came: 'there', pauseMs: 0 });
  readingAhead.changed('b');
  await pass(10_000);
  expect(read).toEqual(['a 500']);
  expect(timers).toEqual([]);
});
