import { describe, expect, it } from 'vitest';
import type { Locks } from '../../../addin/api/session-keeper';
import { createSyncRunner, type Mailbox } from '../../../addin/sync/sync-runner';
import { createFakeClock } from './fake-clock';
import { account, createFakeService } from './fake-service';
import { createFakeSource, items } from './fake-source';

/** Web Locks of one browser, as far as `ifAvailable` goes. */
function createFakeLocks(): Locks {
  const held = new Set<string>();
  return {
    async request(name, _options, callback) {
      if (held.has(name)) return callback(null);
      held.add(name);
      try {
        return await callback({ name, mode: 'exclusive' });
      } finally {
        held.delete(name);
      }
    },
  };
}

function setUp() {
  const clock = createFakeClock();
  const service = createFakeService(clock);
  const fake = createFakeSource([{ id: 'f', name: 'F', items: items('i', 250) }]);
  const stored = new Map<string, string>();
  const storage = {
    get: (key: string) => stored.get(key),
    set: (key: string, value: string) => void stored.set(key, value),
    remove: (key: string) => void stored.delete(key),
  };
  const locks = createFakeLocks();
  const asked: boolean[] = [];
  const mailbox: Extract<Mailbox, { kind: 'mailbox' }> = {
    kind: 'mailbox',
    account,
    asksFirst: () => false,
    source: (interactive) => {
      asked.push(interactive);
      return Promise.resolve(fake.source);
    },
  };
  const request = {
    mailbox,
    mode: 'delta',
    options: { skipContactsWithoutNumber: false },
    interactive: true,
    trigger: 'button',
  } as const;
  const makeRunner = () => createSyncRunner({ calls: service.calls, host: { storage, name: 'Outlook' }, locks, clock });
  const run = (runner = makeRunner()) => runner.run(request, new AbortController().signal, () => {});
  return { service, fake, stored, asked, makeRunner, run, request };
}

describe('the sync runner of a browser', () => {
  it('lets one of two panes sync and tells the other', async () => {
    const { service, run } = setUp();
    const outcomes = await Promise.all([run(), run()]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['done', 'running']);
    expect(service.log.filter((name) => name === 'open')).toHaveLength(1);
  });

  it('remembers the open sync while it runs and forgets it after', async () => {
    const { service, stored, run } = setUp();
    const during: (string | undefined)[] = [];
    service.setFault((name) => {
      if (name === 'commit') during.push(stored.get('sync.open'));
    });
    await run();
    expect(during[0]).toBe('sync-1');
    expect(stored.size).toBe(0);
  });

  it('gives up a sync that a dead pane left behind, so that the next one need not wait', async () => {
    const { service, stored, makeRunner, run } = setUp();
    await service.calls.open({
      account,
      mode: 'delta',
      generation: 0,
      options: { skipContactsWithoutNumber: false },
      by: 'Outlook',
    });
    stored.set('sync.open', 'sync-1');
    expect(await makeRunner().takeUpOrphan(account)).toBe(true);
    expect(service.isOpen()).toBe(false);
    expect(await run()).toMatchObject({ kind: 'done', result: { added: 250 } });
  });

  it('leaves the sync of another browser alone', async () => {
    const { service, stored, makeRunner } = setUp();
    service.openByAnother();
    expect(await makeRunner().takeUpOrphan(account)).toBe(false);
    stored.set('sync.open', 'one-of-yesterday');
    expect(await makeRunner().takeUpOrphan(account)).toBe(false);
    expect(service.isOpen()).toBe(true);
  });

  it('leaves a sync alone that another pane of this browser still runs', async () => {
    const { service, makeRunner, run } = setUp();
    const taken: boolean[] = [];
    service.setFault((name, moment) => {
      if (name === 'batch 1' && moment === 'before')
        void makeRunner()
          .takeUpOrphan(account)
          .then((was) => taken.push(was));
    });
    expect(await run()).toMatchObject({ kind: 'done' });
    expect(taken).toEqual([false]);
  });

  it('lets nobody else of this browser sync while a plan is looked at', async () => {
    const { service, stored, makeRunner, run, request } = setUp();
    const { outcome, end } = await makeRunner().preview(request, new AbortController().signal, () => {});
    expect(outcome).toMatchObject({ kind: 'planned', plan: { id: 'sync-1' } });
    expect(stored.get('sync.preview')).toBe('sync-1');
    expect(await run()).toMatchObject({ kind: 'running' });
    expect(await makeRunner().takeUpOrphan(account)).toBe(false);
    expect(service.isOpen()).toBe(true);
    await service.calls.cancel('sync-1');
    end();
    expect(stored.size).toBe(0);
    await expect.poll(async () => (await run()).kind).toBe('done');
  });

  it('gives up a plan that a dead pane left behind, and does not begin a sync for it', async () => {
    const { service, stored, makeRunner } = setUp();
    const options = { skipContactsWithoutNumber: false };
    await service.calls.open({ account, mode: 'delta', options, by: 'Outlook' });
    stored.set('sync.preview', 'sync-1');
    expect(await makeRunner().takeUpOrphan(account)).toBe(false);
    expect(service.isOpen()).toBe(false);
    expect(stored.size).toBe(0);
  });
});
