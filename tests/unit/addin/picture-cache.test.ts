import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPictureCache } from '../../../addin/shell/picture-cache';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function world() {
  const asked: string[] = [];
  const answers = new Map<string, () => void>();
  const live = new Set<string>();
  let made = 0;
  const cache = createPictureCache(
    (hash, signal) => {
      asked.push(hash);
      return new Promise((resolve, reject) => {
        answers.set(hash, () => resolve(new Blob()));
        signal.addEventListener('abort', () => reject(new Error('given up')));
      });
    },
    {
      createObjectURL: () => {
        const url = `blob:${(made += 1)}`;
        live.add(url);
        return url;
      },
      revokeObjectURL: (url) => void live.delete(url),
    },
  );
  return { cache, asked, answers, live };
}

it('rows that fly past ask for nothing, and those that stay are fetched four at a time', async () => {
  const { cache, asked, answers } = world();
  for (let n = 0; n < 1000; n += 1) cache.show(`past${n}`, () => undefined)();
  for (let n = 0; n < 10; n += 1) cache.show(`stays${n}`, () => undefined);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual(['stays0', 'stays1', 'stays2', 'stays3']);
  answers.get('stays0')?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveLength(5);
});

it('a picture that was scrolled away is given up, and another one takes its place', async () => {
  const { cache, asked } = world();
  const ends = Array.from({ length: 5 }, (_, n) => cache.show(`p${n}`, () => undefined));
  await vi.advanceTimersByTimeAsync(100);
  ends[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
  expect(cache.peek('p0')).toBeUndefined();
});

it('shown pictures keep their URLs; of the others 300 stay and the oldest are revoked', async () => {
  const { cache, answers, live } = world();
  const ready = vi.fn();
  const visible = cache.show('visible', ready);
  for (let n = 0; n < 400; n += 1) {
    const end = cache.show(`p${n}`, () => undefined);
    await vi.advanceTimersByTimeAsync(100);
    answers.get('visible')?.();
    answers.get(`p${n}`)?.();
    await vi.advanceTimersByTimeAsync(0);
    end();
  }
  expect(ready).toHaveBeenCalledTimes(1);
  expect(cache.peek('visible')).toBeDefined();
  expect(cache.peek('p0')).toBeUndefined();
  expect(cache.peek('p399')).toBeDefined();
  expect(live.size).toBeLessThanOrEqual(300);
  visible();
  cache.clear();
  expect(live.size).toBe(0);
});
