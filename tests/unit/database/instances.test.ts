/** What instances tell each other fits PostgreSQL's notifications, and nothing is told or done without the connection. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commonWork, createInstances, messages } from '../../../sync-service/database/instances';
import type { Notice } from '../../../sync-service/database/instances';
import { noticeLimit } from '../../../sync-service/database/server-link';
import type { ServerLink } from '../../../sync-service/database/server-link';
import { createLogger } from '../../../sync-service/logger';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server on which these locks are free, and what was told there. */
function serverWith(free: Set<string>) {
  const told: string[] = [];
  const state = { up: true };
  const link: ServerLink = {
    get up() {
      return state.up;
    },
    holder: undefined,
    join: () => Promise.resolve(true),
    takeAlone: () => Promise.resolve(false),
    leaveAlone: () => Promise.resolve(),
    tryLock: (name) => Promise.resolve(free.delete(name)),
    unlock: () => Promise.resolve(),
    notify: (text) => Promise.resolve(void told.push(text)),
    stop: () => Promise.resolve(),
  };
  return { link, told, state };
}
const logger = createLogger('silent');
const changed: Notice = { kind: 'contacts', user: 'anna' };

describe('what is told', () => {
  it('fits, however much it is, and arrives whole', () => {
    const notice = fc.record({
      kind: fc.constantFrom('contacts' as const, 'presence' as const),
      user: fc.string({ maxLength: 64, unit: 'grapheme' }),
    });
    fc.assert(
      fc.property(fc.array(notice, { maxLength: 400 }), (notices) => {
        const texts = messages('from', notices);
        for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(noticeLimit);
        expect(texts.flatMap((text) => (JSON.parse(text) as { notices: Notice[] }).notices)).toEqual(notices);
      }),
      { numRuns: 30 },
    );
  });

  it('is heard by others and not by oneself', async () => {
    const { link, told } = serverWith(new Set());
    const one = createInstances(logger, 'one');
    const other = createInstances(logger, 'other');
    one.attach(link);
    const heard: Notice[] = [];
    for (const instance of [one, other]) instance.onNotice((notice) => void heard.push(notice));
    one.tell(changed);
    one.tell(changed);
    await vi.advanceTimersByTimeAsync(10);
    expect(told).toHaveLength(1);
    for (const instance of [one, other]) instance.heard(told[0] ?? '');
    expect(heard).toEqual([changed]);
    other.heard('{"from":"x","notices":[{"kind":"unknown"}]}');
    other.heard('no JSON');
    expect(heard).toHaveLength(1);
  });

  it('waits for a lost connection to come back, when everything is read anew', async () => {
    const { link, told, state } = serverWith(new Set());
    const instances = createInstances(logger, 'this');
    instances.attach(link);
    let readAnew = 0;
    instances.onMissed(() => void (readAnew += 1));
    state.up = false;
    instances.lost();
    instances.tell(changed);
    await vi.advanceTimersByTimeAsync(100);
    expect(told).toEqual([]);
    state.up = true;
    instances.regained();
    expect([told.length, readAnew]).toEqual([1, 1]);
  });
});

describe('work', () => {
  it('is done by who holds its lock, given up with the connection, and taken when it is free', async () => {
    const free = new Set([commonWork]);
    const { link, state } = serverWith(free);
    const instances = createInstances(logger, 'this');
    instances.attach(link);
    const taken: string[] = [];
    instances.onTaken((work) => void taken.push(work));
    await instances.start([commonWork, 'site']);
    expect([instances.owns(commonWork), instances.owns('site')]).toEqual([true, false]);
    free.add('site');
    await vi.advanceTimersByTimeAsync(1100);
    expect(taken).toEqual([commonWork, 'site']);
    state.up = false;
    instances.lost();
    expect(instances.owns('site')).toBe(false);
    state.up = true;
    // Another was quicker with one of them.
    free.add(commonWork);
    instances.regained();
    await vi.advanceTimersByTimeAsync(0);
    expect([instances.owns(commonWork), instances.owns('site')]).toEqual([true, false]);
    instances.stop();
  });
});
