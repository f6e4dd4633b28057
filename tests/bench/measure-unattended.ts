/**
 * Sync that nobody watches: mailboxes of 1,000 contacts, read by the scheduler over the real syncs, database file and
 * worker thread of this process, which does nothing else; the mailboxes are in a process of their own. `BENCH_MAILBOXES`
 * says how many there are: `BENCH_MAILBOXES=2000 npm run bench -- unattended` is the size that is promised.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGraphContactSource } from '../../shared/mailbox/graph-contact-source';
import { timerClock } from '../../shared/sync/clock';
import { createSyncService } from '../../sync-service/contacts/sync.service';
import { openDatabase } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { createWorkerThreadWork } from '../../sync-service/database/worker';
import { createWriteTurns } from '../../sync-service/database/write-turns';
import { createLogger } from '../../sync-service/logger';
import { createMailboxScheduler } from '../../sync-service/unattended-sync/mailbox-scheduler';
import { runMailbox } from '../../sync-service/unattended-sync/run-mailbox';
import { putMailbox } from '../../sync-service/unattended-sync/unattended-mailbox-store';
import { munich } from '../fixtures/dial-plans';
import { startMailbox } from './mailbox';
import type { Figure } from './report';

const count = Number(process.env['BENCH_MAILBOXES'] ?? '60');
const contactsEach = 1000;
/** What 2,000 mailboxes at an interval of 15 minutes need. */
const promised = 2000;
/** Seconds in which all of them have to be through. */
const intervalSeconds = 900;
/** Part of the mailboxes in which somebody has changed something. */
const changedShare = 0.03;
/** Rounds of all mailboxes after the first one. */
const rounds = count > 200 ? 1 : 3;

export async function measureUnattended(): Promise<Figure[]> {
  const addresses = Array.from({ length: count }, (_, n) => `user${n}@example.com`);
  const mailbox = await startMailbox(Object.fromEntries(addresses.map((address) => [address, contactsEach])));
  const directory = await mkdtemp(join(tmpdir(), 'mycontacts-bench-'));
  const databaseFile = join(directory, 'bench.db');
  const turns = createWriteTurns();
  const database = openDatabase(databaseFile, { turns });
  await migrate(database);
  const work = createWorkerThreadWork({
    file: join(process.cwd(), 'build', 'service', 'worker.js'),
    workerData: { place: { databaseFile } },
    turns,
  });
  const ended: string[] = [];
  const scheduler = createMailboxScheduler({
    database,
    now: () => new Date(),
    random: Math.random,
    newId: randomUUID,
    concurrency: 8,
    pause: (ms, signal) => timerClock.pause(ms, signal),
    logger: createLogger('warn'),
    wishesOf: () => Promise.resolve({ intervalMinutes: 15, options: { skipContactsWithoutNumber: false } }),
    every(ms, callback) {
      const timer = setInterval(callback, ms);
      return () => clearInterval(timer);
    },
    observer: { ended: (outcome) => ended.push(outcome) },
    run: (due, _owner, wishes, signal) =>
      runMailbox(
        {
          syncs,
          credentials: {
            'app-only': {
              tokenFor:
                ({ address }) =>
                () =>
                  mailbox.token(address),
            },
          },
          seal: undefined,
          source: (_due, token) =>
            createGraphContactSource({ fetch: (url, init) => fetch(url, init), token, baseUrl: mailbox.graphBaseUrl }),
          saveSecret: () => Promise.resolve(),
          clock: timerClock,
        },
        { ...due, requested: true },
        wishes,
        signal,
      ),
  });
  const syncs = createSyncService({
    database,
    work,
    now: () => new Date(),
    newId: randomUUID,
    dialPlanOfUser: () => Promise.resolve(munich),
    publish: () => {},
  });
  /** Makes all mailboxes due and waits until none is. @returns seconds for as many as are promised */
  const round = async (): Promise<number> => {
    ended.length = 0;
    await database.updateTable('unattended_mailboxes').set({ next_run_at: new Date().toISOString() }).execute();
    const began = performance.now();
    while (ended.length < count) {
      scheduler.look();
      await scheduler.idle();
    }
    const failed = ended.filter((outcome) => outcome !== 'done');
    if (failed.length > 0) throw new Error(`${failed.length} of ${count} mailboxes ended with ${failed[0] ?? ''}.`);
    return ((performance.now() - began) / 1000) * (promised / count);
  };
  try {
    await mailbox.setLatency(150);
    const at = new Date().toISOString();
    await database
      .insertInto('sites')
      .values({ id: 'site', name: 'Site', time_zone: 'Europe/Berlin', dial_plan: '{}', telephone_system: null })
      .execute();
    for (const [n, address] of addresses.entries()) {
      const id = `user${n}`;
      await database
        .insertInto('users')
        .values({
          id,
          site_id: 'site',
          user_name: id,
          user_name_key: id,
          display_name: id,
          given_name: null,
          surname: null,
          extension: null,
          email: address,
          role: 'user',
          password_hash: null,
          must_change_password: 0,
          in_directory: 1,
          disabled_at: null,
          settings: '{}',
          created_at: at,
        })
        .execute();
      await putMailbox(database, {
        id,
        userId: id,
        mode: 'app-only',
        address,
        secret: undefined,
        intervalMinutes: 15,
        nextRunAt: at,
        at,
      });
    }
    const first = await round();
    const afterFirst = peakMemory();
    const steady: number[] = [];
    const changed = Math.ceil(count * changedShare);
    for (let n = 0; n < rounds; n += 1) {
      for (const address of addresses.slice(0, changed)) await mailbox.makeTenChanges(address, n + 1);
      steady.push(await round());
    }
    const of = count === promised ? `${count} mailboxes` : `by ${count} mailboxes`;
    return [
      {
        name: '2,000 mailboxes for the first time',
        value: first,
        unit: 's',
        note: `${of} of ${contactsEach} contacts, 150 ms a request, 8 at once`,
      },
      {
        name: '2,000 mailboxes once, 10 changes in 3 of 100',
        value: Math.max(...steady),
        unit: 's',
        limit: intervalSeconds,
        note: `every 15 minutes; slowest of ${rounds}`,
      },
      {
        name: 'memory of the process at most',
        value: peakMemory(),
        unit: 'MB',
        limit: 500,
        note: `resident, worker thread and bench included; ${afterFirst.toFixed(0)} MB after the first sync`,
      },
    ];
  } finally {
    await scheduler.stop();
    await work.close();
    await database.destroy();
    mailbox.stop();
    await rm(directory, { recursive: true });
  }
}

/** Megabytes that this process had in memory at most. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}
