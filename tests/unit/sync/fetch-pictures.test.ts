import { expect, it } from 'vitest';
import type { ContactSource } from '../../../shared/mailbox/contact-source';
import { fetchPictures } from '../../../shared/sync/fetch-pictures';
import type { PictureCalls, PictureProgress } from '../../../shared/sync/fetch-pictures';

/** A source with pictures of even items, and a service that remembers what was answered. */
function world(count: number) {
  const wanted = new Map(Array.from({ length: count }, (_, n) => [`c${n}`, `i${n}`]));
  const put: string[] = [];
  const missing: string[] = [];
  let running = 0;
  const seen = { mostAtOnce: 0, asked: 0 };
  const source = {
    async picture(itemId: string, signal: AbortSignal) {
      seen.asked += 1;
      running += 1;
      seen.mostAtOnce = Math.max(seen.mostAtOnce, running);
      await Promise.resolve();
      running -= 1;
      signal.throwIfAborted();
      return Number(itemId.slice(1)) % 2 === 0 ? Uint8Array.of(1) : 'none';
    },
  } as unknown as ContactSource;
  const calls: PictureCalls = {
    wanted: () =>
      Promise.resolve({
        count: wanted.size,
        items: [...wanted].slice(0, 10).map(([contactId, itemId]) => ({ contactId, itemId, version: 'v' })),
      }),
    put({ contactId }) {
      put.push(contactId);
      wanted.delete(contactId);
      return Promise.resolve();
    },
    missing(items) {
      for (const { contactId } of items) {
        missing.push(contactId);
        wanted.delete(contactId);
      }
      return Promise.resolve();
    },
  };
  return { source, calls, wanted, put, missing, seen };
}

it('every wanted picture is asked for once, two at a time, and the progress ends at the total', async () => {
  const { source, calls, wanted, put, missing, seen } = world(35);
  const told: PictureProgress[] = [];
  await fetchPictures(source, calls, new AbortController().signal, (progress) => told.push(progress));
  expect([wanted.size, put.length, missing.length, seen.asked, seen.mostAtOnce]).toEqual([0, 18, 17, 35, 2]);
  expect(told[0]).toEqual({ done: 0, total: 35 });
  expect(told.at(-1)).toEqual({ done: 35, total: 35 });
});

it('stopped, it ends with the reason, and the next run goes on where it was', async () => {
  const { source, calls, wanted, seen } = world(35);
  const stop = new AbortController();
  const reason = new Error('enough');
  const run = fetchPictures(source, calls, stop.signal, ({ done }) => done === 13 && stop.abort(reason));
  await expect(run).rejects.toBe(reason);
  expect(wanted.size).toBeGreaterThan(15);
  const left = wanted.size;
  seen.asked = 0;
  await fetchPictures(source, calls, new AbortController().signal, () => undefined);
  expect([wanted.size, seen.asked]).toEqual([0, left]);
});

it('a service that wants the same again and again is not served for ever, and nothing is asked when nothing is wanted', async () => {
  const { source, calls, seen } = world(4);
  const stubborn: PictureCalls = { ...calls, put: () => Promise.resolve(), missing: () => Promise.resolve() };
  await fetchPictures(source, stubborn, new AbortController().signal, () => undefined);
  expect(seen.asked).toBe(4);
  const nothing = world(0);
  await fetchPictures(nothing.source, nothing.calls, new AbortController().signal, () => undefined);
  expect(nothing.seen.asked).toBe(0);
});
