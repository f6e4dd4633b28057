import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../addin/api/api-error';
import { pushSync, type PushSyncRequest, type SyncProgress } from '../../../shared/sync/push-sync';
import { syncBatchSize } from '../../../shared/contact-sync';
import { SourceError } from '../../../shared/mailbox/contact-source';
import { createFakeClock } from './fake-clock';
import { account, createFakeService } from './fake-service';
import { createFakeSource, items, upsert } from './fake-source';

const request: PushSyncRequest = {
  account,
  mode: 'delta',
  options: { skipContactsWithoutNumber: false },
  by: 'test',
};

function setUp(counts: readonly number[] = [450, 30, 0], options: { pageSize?: number } = {}) {
  const clock = createFakeClock();
  const service = createFakeService(clock);
  const folders = counts.map((count, index) => ({
    id: `folder-${index}`,
    name: `Folder ${index}`,
    items: items(`f${index}-`, count),
  }));
  const fake = createFakeSource(folders, options);
  const progress: SyncProgress[] = [];
  const run = (signal = new AbortController().signal, more: Partial<PushSyncRequest> = {}) =>
    pushSync({ source: fake.source, calls: service.calls, clock }, { ...request, ...more }, signal, (p) =>
      progress.push(p),
    );
  const everything = folders.flatMap((folder) => folder.items).sort();
  return { clock, service, fake, folders, progress, run, everything };
}

const unreachable = () => new ApiError('unreachable');

describe('pushSync', () => {
  it('brings every contact of every folder, in batches of at most 200', async () => {
    const { service, run, everything } = setUp();
    let largest = 0;
    service.setFault((name, moment) => {
      if (name === 'commit' && moment === 'before')
        largest = Math.max(...service.batches().map(({ changes }) => changes.length));
    });
    const outcome = await run();
    expect(outcome).toMatchObject({ kind: 'done', generation: 1, result: { added: 480, removed: 0 } });
    expect(service.directory()).toEqual(everything);
    expect(largest).toBe(syncBatchSize);
    expect(service.isOpen()).toBe(false);
  });

  it('sends only what has changed the next time', async () => {
    const { service, fake, run, progress } = setUp();
    await run();
    fake.change(upsert('folder-1', 'new'));
    fake.change({ type: 'remove', folderId: 'folder-0', itemId: 'f0-00000' });
    progress.length = 0;
    const outcome = await run();
    expect(outcome).toMatchObject({ kind: 'done', generation: 2, result: { added: 1, removed: 1 } });
    expect(progress.at(-1)).toMatchObject({ read: 2, sent: 2 });
    expect(service.directory()).toContain('new');
    expect(service.directory()).not.toContain('f0-00000');
  });

  it('reads everything again at the user’s wish', async () => {
    const { run, progress } = setUp([250]);
    await run();
    progress.length = 0;
    expect(await run(undefined, { mode: 'full' })).toMatchObject({ result: { added: 0, unchanged: 250 } });
    expect(progress.at(-1)?.read).toBe(250);
  });

  it('takes repeated pages once', async () => {
    const { service, fake, run, everything } = setUp([450]);
    fake.repeatPages();
    expect(await run()).toMatchObject({ result: { added: 450 } });
    expect(service.directory()).toEqual(everything);
  });

  it('tells progress that only grows and ends complete', async () => {
    const { run, progress } = setUp();
    await run();
    for (const key of ['read', 'sent'] as const) {
      const values = progress.map((p) => p[key]);
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
    expect(progress[0]?.phase).toBe('opening');
    expect(progress.at(-1)).toEqual({ phase: 'committing', folders: { done: 3, total: 3 }, read: 480, sent: 480 });
  });

  it('sends while it reads', async () => {
    const { service, fake, run } = setUp([1000]);
    const sentBeforeLastPage: number[] = [];
    fake.onPage(async (_folder, page) => {
      for (let i = 0; i < 20; i += 1) await Promise.resolve();
      if (page === 9) sentBeforeLastPage.push(service.log.filter((name) => name.startsWith('batch')).length);
    });
    await run();
    expect(sentBeforeLastPage[0]).toBeGreaterThanOrEqual(4);
  });

  it('tells 5,000 contacts in under 15 s where every request takes 150 ms', async () => {
    const { service, fake, run, clock } = setUp([5000]);
    const never = new AbortController().signal;
    service.setDelay(() => clock.pause(150, never));
    fake.onPage(() => clock.pause(150, never));
    const begun = clock.now();
    await run();
    expect(clock.now() - begun).toBeLessThan(15_000);
  });

  it('begins a folder from zero when the source has forgotten its state', async () => {
    const { service, fake, run } = setUp([250, 30]);
    await run();
    // What was removed meanwhile is not told any more; only the restart can say it.
    fake.change({ type: 'remove', folderId: 'folder-0', itemId: 'f0-00001' });
    fake.onPage((folder, _page, state) => {
      if (folder === 'folder-0' && state !== undefined) throw fake.expired();
    });
    expect(await run()).toMatchObject({ kind: 'done', result: { removed: 1 } });
    expect(service.directory()).not.toContain('f0-00001');
    expect(service.directory()).toHaveLength(279);
  });

  it('begins a folder from zero when the state expires in the middle of a round', async () => {
    const { service, fake, run, everything } = setUp([450]);
    let once = true;
    fake.onPage((_folder, page) => {
      if (page === 3 && once) {
        once = false;
        throw fake.expired();
      }
    });
    expect(await run()).toMatchObject({ kind: 'done', result: { added: 450 } });
    expect(service.directory()).toEqual(everything);
  });

  it('gives up on a source whose state expires without end, and frees the account', async () => {
    const { service, fake, run } = setUp([10]);
    fake.onPage(() => {
      throw fake.expired();
    });
    await expect(run()).rejects.toThrow('no longer knows');
    expect(service.isOpen()).toBe(false);
    expect(service.directory()).toEqual([]);
  });

  it('begins again when another sync was faster', async () => {
    const { service, run, everything } = setUp([250]);
    let once = true;
    service.setFault((name, moment) => {
      if (name === 'commit' && moment === 'before' && once) {
        once = false;
        service.commitByAnother();
      }
    });
    expect(await run()).toMatchObject({ kind: 'done', generation: 2 });
    expect(service.directory()).toEqual(everything);
  });

  it('begins again when the service has forgotten the sync', async () => {
    const { service, run, everything } = setUp([450]);
    let once = true;
    service.setFault((name, moment) => {
      if (name === 'batch 2' && moment === 'before' && once) {
        once = false;
        service.forget();
      }
    });
    expect(await run()).toMatchObject({ kind: 'done' });
    expect(service.directory()).toEqual(everything);
  });

  it('stops beginning again after three attempts', async () => {
    const { service, run } = setUp([10]);
    service.setFault((name, moment) => {
      if (name === 'commit' && moment === 'before') service.commitByAnother();
    });
    await expect(run()).rejects.toMatchObject({ code: 'sync-unknown' });
    expect(service.log.filter((name) => name === 'open')).toHaveLength(3);
  });

  it('says who syncs when another sync is under way, and leaves that one alone', async () => {
    const { service, run } = setUp([10]);
    service.openByAnother();
    expect(await run()).toEqual({ kind: 'running', by: 'another pane', since: '2026-01-01T00:00:00Z' });
    expect(service.log).not.toContain('cancel');
    expect(service.isOpen()).toBe(true);
  });

  it('asks before a large removal and keeps the sync for the answer', async () => {
    const { service, run } = setUp([10]);
    service.askBeforeRemoval();
    expect(await run()).toMatchObject({ kind: 'needs-confirmation', waiting: { planHash: 'hash', removed: 9 } });
    expect(service.log).not.toContain('cancel');
  });

  it('waits out a lost connection in any request, and nothing comes twice', async () => {
    const { service: probe, run: runProbe } = setUp();
    await runProbe();
    const repeatable = [...new Set(probe.log)].filter((name) => name === 'commit' || name.startsWith('batch'));
    expect(repeatable.length).toBeGreaterThan(4);
    for (const target of repeatable) {
      for (const moment of ['before', 'after'] as const) {
        const { service, run, everything } = setUp();
        let failures = 2;
        service.setFault((name, when) => {
          if (name === target && when === moment && failures > 0) {
            failures -= 1;
            throw unreachable();
          }
        });
        expect(await run(), `${target} ${moment}`).toMatchObject({
          kind: 'done',
          generation: 1,
          result: { added: 480 },
        });
        expect(service.directory()).toEqual(everything);
      }
    }
  });

  it('reports a service that stays away after the lease has run out, and changes nothing', async () => {
    const { service, run, clock } = setUp([450]);
    const begun = clock.now();
    service.setFault((name) => {
      if (name === 'batch 2' || name === 'cancel') throw unreachable();
    });
    await expect(run()).rejects.toMatchObject({ code: 'unreachable' });
    expect(clock.now() - begun).toBeGreaterThan(120_000);
    expect(service.directory()).toEqual([]);
  });

  it('waits as long as the service asks', async () => {
    const { service, run, clock } = setUp([10]);
    let once = true;
    const busy = {
      type: 'about:blank',
      title: '',
      status: 429,
      detail: '',
      code: 'rate-limited',
      retryAfterMs: 7777,
    } as const;
    service.setFault((name) => {
      if (name === 'batch 1' && once) {
        once = false;
        throw new ApiError('rate-limited', busy);
      }
    });
    await run();
    expect(clock.paused).toContain(7777);
  });

  it('does not repeat what the service refuses for good', async () => {
    const { service, run } = setUp([10]);
    service.setFault((name) => {
      if (name === 'batch 1') throw new ApiError('request-invalid');
    });
    await expect(run()).rejects.toMatchObject({ code: 'request-invalid' });
    expect(service.log.filter((name) => name === 'batch 1')).toHaveLength(1);
    expect(service.isOpen()).toBe(false);
  });

  it('keeps the lease while the source is slow', async () => {
    const { service, fake, run, clock, everything } = setUp([250]);
    const never = new AbortController().signal;
    fake.onPage((_folder, page) => (page === 2 ? clock.pause(400_000, never) : undefined));
    expect(await run()).toMatchObject({ kind: 'done' });
    expect(service.directory()).toEqual(everything);
    expect(service.log.filter((name) => name === 'open')).toHaveLength(1);
  });

  it('frees the account when the source fails, and the next sync brings everything', async () => {
    const { service, fake, run, everything } = setUp();
    fake.onPage((folder, page) => {
      if (folder === 'folder-0' && page === 2) throw new SourceError('unreachable', 'gone');
    });
    await expect(run()).rejects.toMatchObject({ reason: 'unreachable' });
    expect(service.isOpen()).toBe(false);
    expect(service.directory()).toEqual([]);
    fake.onPage(() => {});
    expect(await run()).toMatchObject({ kind: 'done', result: { added: 480 } });
    expect(service.directory()).toEqual(everything);
  });

  it('ends at once when cancelled at any request, frees the account, and the next sync brings everything', async () => {
    const { service: probe, run: runProbe } = setUp();
    await runProbe();
    for (let at = 1; at <= probe.log.length; at += 1) {
      const { service, run, everything } = setUp();
      const cancelled = new AbortController();
      let count = 0;
      service.setFault((_name, moment) => {
        if (moment === 'before' && (count += 1) === at) cancelled.abort();
      });
      const finished = await run(cancelled.signal).then(
        ({ kind }) => kind,
        (error: unknown) => (error instanceof DOMException ? error.name : error),
      );
      // A commit that has arrived cannot be taken back; then the sync is done.
      expect(['AbortError', 'done'], `request ${at}`).toContain(finished);
      expect(service.isOpen(), `request ${at}`).toBe(false);
      if (finished === 'AbortError') expect([[], everything]).toContainEqual(service.directory());
      expect(await run()).toMatchObject({ kind: 'done' });
      expect(service.directory()).toEqual(everything);
    }
  });

  it('ends at once when cancelled while the source is read', async () => {
    const { service, fake, run } = setUp([450, 450]);
    const cancelled = new AbortController();
    fake.onPage((folder, page) => {
      if (folder === 'folder-0' && page === 2) cancelled.abort();
    });
    await expect(run(cancelled.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(service.isOpen()).toBe(false);
    expect(service.directory()).toEqual([]);
  });

  it('splits batches of long notes so that the service takes them', async () => {
    const { service, fake, run } = setUp([]);
    const notes = 'ä'.repeat(8000);
    fake.source.folders = () => Promise.resolve([{ id: 'f', name: 'F' }]);
    fake.source.changes = async function* () {
      await Promise.resolve();
      const changes = items('i', 400).map((itemId) => {
        const contact = { displayName: itemId, numbers: [], emails: [], notes };
        return { type: 'upsert' as const, folderId: 'f', itemId, contact };
      });
      yield { changes, skipped: [], nextState: 's' };
    };
    let largest = 0;
    service.setFault((name, moment) => {
      if (name === 'commit' && moment === 'before')
        largest = Math.max(...service.batches().map((batch) => new TextEncoder().encode(JSON.stringify(batch)).length));
    });
    await run();
    expect(service.directory()).toHaveLength(400);
    expect(largest).toBeLessThan(4 * 1024 * 1024);
  });

  it('refuses a source that ends a round without a state to go on from', async () => {
    const { fake, run } = setUp([1]);
    fake.source.changes = async function* () {
      await Promise.resolve();
      yield { changes: [], skipped: [] };
    };
    await expect(run()).rejects.toMatchObject({ reason: 'not-understood' });
  });
});
