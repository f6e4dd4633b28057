import { expect, test } from 'vitest';
import { ServiceError } from '../../../shared/errors';
import { storageUnavailable } from '../../../sync-service/database/storage-error';
import { longestWaitMs, waitForStorage } from '../../../sync-service/unattended-sync/wait-for-storage';
import { codeOf } from '../../fakes/contact-world';

let time = 0;
const clock = {
  now: () => time,
  pause: (ms: number) => {
    time += ms;
    return Promise.resolve();
  },
};
const never = new AbortController().signal;
/** Busy so many times, then at rest. */
const busy = (times: number) => {
  let asked = 0;
  return () => {
    asked += 1;
    return asked > times ? Promise.resolve(asked) : Promise.reject(storageUnavailable(undefined));
  };
};

test('a database that is busy for a while is waited for', async () => {
  expect(await waitForStorage(busy(5), clock, never)).toBe(6);
});

test('one that stays busy is given up in time, and any other refusal at once', async () => {
  const began = time;
  expect(await codeOf(waitForStorage(busy(Number.POSITIVE_INFINITY), clock, never))).toBe('storage-unavailable');
  expect(time - began).toBeLessThan(longestWaitMs + 2000);
  let asked = 0;
  const refused = waitForStorage(
    () => {
      asked += 1;
      return Promise.reject(new ServiceError('sync-unknown', 'Begin again.'));
    },
    clock,
    never,
  );
  expect([await codeOf(refused), asked]).toEqual(['sync-unknown', 1]);
});

test('nobody waits once it was stopped', async () => {
  const stop = new AbortController();
  stop.abort();
  expect(await codeOf(waitForStorage(busy(1), clock, stop.signal))).toBe('storage-unavailable');
});
