import { beforeEach, expect, test } from 'vitest';
import type { EntryIndexData } from '../../../sync-service/accounts/entry-index';
import { createEntryIndexes } from '../../../sync-service/accounts/entry-indexes';
import { packTexts } from '../../../sync-service/accounts/packed-texts';

const scope = { siteId: 'site', directory: 'internal' } as const;
const data = (id: string): EntryIndexData => ({
  ids: packTexts([id]),
  kinds: Uint8Array.of(0),
  keys: packTexts(['w:a']),
  places: Uint32Array.of(0),
  starts: Uint32Array.of(0, 1),
});

let version = 'v1';
let now = 1000;
const failures: unknown[] = [];
/** Readings that are under way. */
const readings: { found(id: string | undefined, of?: string): Promise<void>; broken(error: Error): Promise<void> }[] =
  [];
beforeEach(() => {
  [version, now] = ['v1', 1000];
  readings.length = failures.length = 0;
});

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
function indexes() {
  return createEntryIndexes({
    version: () => Promise.resolve(version),
    read: () =>
      new Promise((resolve, reject) => {
        readings.push({
          found: (id, of = version) => {
            resolve(id === undefined ? undefined : { version: of, data: data(id) });
            return settle();
          },
          broken: (error) => {
            reject(error);
            return settle();
          },
        });
      }),
    now: () => now,
    failed: (error) => failures.push(error),
  });
}
const idOf = async (kept: ReturnType<typeof indexes>) =>
  (await kept.current(scope))?.search({ elements: [] }, 1).items[0]?.id;

test('nobody waits while a directory is read, and it is read once for all who ask', async () => {
  const kept = indexes();
  expect(await idOf(kept)).toBeUndefined();
  expect(await idOf(kept)).toBeUndefined();
  expect(readings).toHaveLength(1);
  await readings[0]?.found('one');
  expect(await idOf(kept)).toBe('one');
  expect(readings).toHaveLength(1);
});

test('each directory of each site has its own', async () => {
  const kept = indexes();
  await kept.current(scope);
  await kept.current({ ...scope, directory: 'system' });
  await kept.current({ ...scope, siteId: 'other' });
  expect(readings).toHaveLength(3);
});

test('what was read before a change is not used any more', async () => {
  const kept = indexes();
  await idOf(kept);
  await readings[0]?.found('one');
  version = 'v2';
  expect(await idOf(kept)).toBeUndefined();
  await readings[1]?.found('two');
  expect(await idOf(kept)).toBe('two');
});

test('what was changed while it was read is read again', async () => {
  const kept = indexes();
  await idOf(kept);
  await readings[0]?.found(undefined);
  expect(await idOf(kept)).toBeUndefined();
  await readings[1]?.found('late', 'v0');
  expect(await idOf(kept)).toBeUndefined();
  expect(readings).toHaveLength(3);
});

test('where people change all the time, a tenth of the time is spent on reading', async () => {
  const kept = indexes();
  await idOf(kept);
  now += 100;
  await readings[0]?.found('one');
  version = 'v2';
  now += 899;
  await idOf(kept);
  expect(readings).toHaveLength(1);
  now += 1;
  await idOf(kept);
  expect(readings).toHaveLength(2);
});

test('a reading that fails is told and tried again', async () => {
  const kept = indexes();
  await idOf(kept);
  await readings[0]?.broken(new Error('away'));
  expect(failures).toEqual([new Error('away')]);
  await idOf(kept);
  await readings[1]?.found('one');
  expect(await idOf(kept)).toBe('one');
});
