import { beforeEach, expect, test } from 'vitest';
import { createKeptIndexes } from '../../../sync-service/database/kept-indexes';

let versions: Record<string, string | undefined> = {};
let now = 1000;
const failures: unknown[] = [];
/** Readings that are under way or were. */
const readings: {
  readonly scope: string;
  found(index: string | undefined, bytes?: number): Promise<void>;
  broken(error: Error): Promise<void>;
}[] = [];
beforeEach(() => {
  [versions, now] = [{ one: 'v1', two: 'v1', three: 'v1' }, 1000];
  readings.length = failures.length = 0;
});

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
function indexes(limitBytes?: number) {
  const kept = createKeptIndexes<string, string>({
    nameOf: (scope) => scope,
    version: (scope) => Promise.resolve(versions[scope]),
    read: (scope) =>
      new Promise((resolve, reject) => {
        readings.push({
          scope,
          found(index, bytes = 1) {
            resolve({ ms: 100, made: index === undefined ? undefined : { index, bytes } });
            return settle();
          },
          broken(error) {
            reject(error);
            return settle();
          },
        });
      }),
    ...(limitBytes !== undefined && { limitBytes }),
    now: () => now,
    failed: (error) => failures.push(error),
  });
  return {
    async current(scope = 'one') {
      const index = await kept.current(scope);
      await settle();
      return index;
    },
    atHand: (scope = 'one') => kept.atHand(scope),
    /** What came of it, once that is known. */
    ahead(scope: string) {
      const outcome: { came?: string; pauseMs?: number } = {};
      void kept.ahead(scope).then((read) => Object.assign(outcome, read));
      return settle().then(() => outcome);
    },
    there: () => kept.there(),
  };
}

test('nobody waits while an index is read, and it is read once for all who ask', async () => {
  const kept = indexes();
  expect(await kept.current()).toBeUndefined();
  expect(await kept.current()).toBeUndefined();
  expect(readings).toHaveLength(1);
  await readings[0]?.found('first');
  expect(await kept.current()).toBe('first');
  expect(readings).toHaveLength(1);
});

test('each scope has its own, and they are read one after the other', async () => {
  const kept = indexes();
  for (const scope of ['one', 'two', 'three']) await kept.current(scope);
  expect(readings.map(({ scope }) => scope)).toEqual(['one']);
  await readings[0]?.found('of one');
  await readings[1]?.broken(new Error('away'));
  await readings[2]?.found('of three');
  expect(await kept.current('one')).toBe('of one');
  expect(await kept.current('three')).toBe('of three');
});

test('what was read before a change is not used any more', async () => {
  const kept = indexes();
  await kept.current();
  await readings[0]?.found('before');
  versions['one'] = 'v2';
  now += 900;
  expect(await kept.atHand()).toBeUndefined();
  expect(await kept.current()).toBeUndefined();
  await readings[1]?.found('behind');
  expect(await kept.current()).toBe('behind');
  expect(await kept.atHand()).toBe('behind');
});

test('what was changed while it was read is read again', async () => {
  const kept = indexes();
  await kept.current();
  await readings[0]?.found(undefined);
  now += 900;
  expect(await kept.current()).toBeUndefined();
  versions['one'] = 'v2';
  await readings[1]?.found('of neither');
  now += 900;
  expect(await kept.current()).toBeUndefined();
  expect(readings).toHaveLength(3);
});

test('while the version cannot be known, nothing is kept or used', async () => {
  const kept = indexes();
  versions['one'] = undefined;
  expect(await kept.current()).toBeUndefined();
  expect(readings).toEqual([]);
  versions['one'] = 'v1';
  await kept.current();
  await readings[0]?.found('index');
  versions['one'] = undefined;
  expect(await kept.current()).toBeUndefined();
  expect(await kept.atHand()).toBeUndefined();
  versions['one'] = 'v1';
  expect(await kept.current()).toBe('index');
});

test('to look whether there is one does not make one', async () => {
  const kept = indexes();
  expect(await kept.atHand()).toBeUndefined();
  await settle();
  expect(readings).toEqual([]);
});

test('those asked for longest ago go when the memory is full', async () => {
  const kept = indexes(5);
  await kept.current('one');
  await readings[0]?.found('of one', 2);
  await kept.current('two');
  await readings[1]?.found('of two', 2);
  await kept.current('one');
  await kept.current('three');
  await readings[2]?.found('of three', 2);
  expect(await kept.atHand('one')).toBe('of one');
  expect(await kept.atHand('two')).toBeUndefined();
  expect(await kept.atHand('three')).toBe('of three');
});

test('one that is read again counts once', async () => {
  const kept = indexes(5);
  await kept.current('one');
  await readings[0]?.found('of one', 2);
  for (const version of ['v2', 'v3', 'v4']) {
    versions['two'] = version;
    now += 900;
    await kept.current('two');
    await readings.at(-1)?.found(`of two in ${version}`, 3);
  }
  expect(await kept.atHand('one')).toBe('of one');
  expect(await kept.atHand('two')).toBe('of two in v4');
});

test('where there are changes all the time, a tenth of the time is spent on reading', async () => {
  const kept = indexes();
  await kept.current();
  // A hundred milliseconds of its own; the rest it has waited for others.
  now += 5000;
  await readings[0]?.found('first');
  versions['one'] = 'v2';
  now += 899;
  await kept.current();
  expect(readings).toHaveLength(1);
  now += 1;
  await kept.current();
  expect(readings).toHaveLength(2);
});

test('a reading that fails is told and tried again', async () => {
  const kept = indexes();
  await kept.current();
  await readings[0]?.broken(new Error('away'));
  expect(failures).toEqual([new Error('away')]);
  await kept.current();
  await readings[1]?.found('first');
  expect(await kept.current()).toBe('first');
});

test('one that is read ahead is there before anybody asks for it, and is not read again as long as it is of today', async () => {
  const kept = indexes();
  const first = await kept.ahead('one');
  expect(first).toEqual({});
  await readings[0]?.found('of one');
  expect(first).toEqual({ came: 'there', pauseMs: 300 });
  expect(await kept.atHand('one')).toBe('of one');
  expect(await kept.ahead('one')).toEqual({ came: 'there', pauseMs: 0 });
  expect(readings).toHaveLength(1);
});

test('who asks while others are read ahead waits behind one reading, and is read once', async () => {
  const kept = indexes();
  await kept.ahead('one');
  await kept.current('two');
  const second = await kept.ahead('two');
  await readings[0]?.found('of one');
  await readings[1]?.found('of two');
  expect(readings.map(({ scope }) => scope)).toEqual(['one', 'two']);
  expect(second).toMatchObject({ came: 'there' });
});

test('reading ahead pushes nobody out, and does not read again what had no room', async () => {
  const kept = indexes(5);
  await kept.current('one');
  await readings[0]?.found('of one', 2);
  await kept.ahead('two');
  await readings[1]?.found('of two', 2);
  const third = await kept.ahead('three');
  await readings[2]?.found('of three', 2);
  expect(third).toMatchObject({ came: 'full' });
  expect(await kept.ahead('three')).toEqual({ came: 'full', pauseMs: 0 });
  expect(readings).toHaveLength(3);
  expect(kept.there()).toEqual(['one', 'two']);
});

test('who asks pushes out those read ahead first, however long ago others were asked for', async () => {
  const kept = indexes(5);
  await kept.current('one');
  await readings[0]?.found('of one', 2);
  await kept.ahead('two');
  await readings[1]?.found('of two', 2);
  await kept.current('three');
  await readings[2]?.found('of three', 2);
  expect(kept.there()).toEqual(['three', 'one']);
});

test('one that was read ahead and has grown too large makes room, as it was of use no more', async () => {
  const kept = indexes(5);
  for (const scope of ['one', 'two']) {
    await kept.ahead(scope);
    await readings.at(-1)?.found(`of ${scope}`, 2);
  }
  versions['one'] = 'v2';
  now += 900;
  await kept.ahead('one');
  await readings.at(-1)?.found('of one, larger', 4);
  expect(kept.there()).toEqual(['two']);
  await kept.ahead('three');
  await readings.at(-1)?.found('of three', 3);
  expect(kept.there()).toEqual(['three', 'two']);
});

test('one that somebody asked for is read ahead as if he asked again', async () => {
  const kept = indexes(5);
  await kept.ahead('two');
  await readings[0]?.found('of two', 2);
  await kept.current('one');
  await readings[1]?.found('of one', 2);
  versions['one'] = 'v2';
  now += 900;
  await kept.ahead('one');
  await readings[2]?.found('of one, larger', 4);
  expect(kept.there()).toEqual(['one']);
});

test('reading ahead says why it did not come about', async () => {
  const kept = indexes();
  versions['one'] = undefined;
  expect(await kept.ahead('one')).toEqual({ came: 'failed', pauseMs: 0 });
  versions['one'] = 'v1';
  const broken = await kept.ahead('one');
  await readings[0]?.broken(new Error('away'));
  expect(broken).toMatchObject({ came: 'failed' });
  expect(failures).toEqual([new Error('away')]);
  const changed = await kept.ahead('one');
  await readings[1]?.found(undefined);
  expect(changed).toEqual({ came: 'changed', pauseMs: 900 });
  now += 100;
  expect(await kept.ahead('one')).toEqual({ came: 'changed', pauseMs: 800 });
  expect(readings).toHaveLength(2);
});
