import { describe, expect, it } from 'vitest';
import { createRequestMemory } from '../../../sync-service/telephone-system/request-memory';

describe('requests that are repeated', () => {
  it('run once and give the first answer for ten minutes', async () => {
    let now = 0;
    let runs = 0;
    const requests = createRequestMemory<number>(() => now);
    const act = () => Promise.resolve(++runs);
    expect(await Promise.all([requests.once('a', act), requests.once('a', act)])).toEqual([1, 1]);
    now = 10 * 60_000 - 1;
    expect(await requests.once('a', act)).toBe(1);
    now = 10 * 60_000;
    expect(await requests.once('a', act)).toBe(2);
  });

  it('can be tried again when they failed', async () => {
    const requests = createRequestMemory<string>(() => 0);
    await expect(requests.once('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await requests.once('a', () => Promise.resolve('yes'))).toBe('yes');
  });
});
