/** Who runs which mailbox when: the lease, several instances on one database, what runs leave behind. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SourceError, type ContactSource } from '../../shared/mailbox/contact-source';
import { GraphRefusal } from '../../shared/mailbox/graph-request';
import type { Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { CredentialError } from '../../sync-service/unattended-sync/mailbox-credentials';
import { leaseMs } from '../../sync-service/unattended-sync/mailbox-scheduler';
import * as store from '../../sync-service/unattended-sync/unattended-mailbox-store';
import { ModelMailbox } from '../fakes/contact-model';
import { createContactWorld, person, type ContactWorld } from '../fakes/contact-world';
import { createModelSource } from '../fakes/model-contact-source';
import { createUnattendedWorld, type UnattendedWorld } from '../fakes/unattended-world';

const minute = 60_000;

export function mailboxScheduleContract(name: string, open: () => Database) {
  describe(`mailboxes that the service reads by itself on ${name}`, () => {
    let database: Database;
    let contacts: ContactWorld;
    let world: UnattendedWorld;
    let time: number;
    let sourceOf: (address: string) => ContactSource;
    /** Addresses in the order in which they were read. */
    let read: string[];

    beforeAll(async () => {
      database = open();
      await migrate(database);
      // PostgreSQL in the process takes its time to start on a busy machine.
    }, 120_000);
    afterAll(() => database.destroy());
    beforeEach(async () => {
      contacts = await createContactWorld(database);
      time = Date.parse('2026-03-02T08:00:00.000Z');
      read = [];
      const mailboxes = new Map<string, ContactSource>();
      sourceOf = (address) => {
        const known = mailboxes.get(address);
        if (known !== undefined) return known;
        const mailbox = new ModelMailbox();
        for (let n = 0; n < 3; n += 1) mailbox.add(n, person(`${address} ${n}`, '089 7007-1'));
        const { source } = createModelSource(mailbox);
        mailboxes.set(address, source);
        return source;
      };
      world = createUnattendedWorld({
        database,
        syncs: contacts.syncs,
        now: () => time,
        source: (address) => {
          read.push(address);
          return sourceOf(address);
        },
      });
    });
    // What is a user's goes with him.
    afterEach(() => database.deleteFrom('users').execute());

    const wait = (ms: number) => {
      time += ms;
      contacts.wait(ms);
    };
    const add = async (id: string) => {
      await contacts.addUser(id);
      await world.add(id, `${id}@example.com`);
    };
    const mailbox = async (id: string) => {
      const found = await store.findMailbox(database, `mailbox-${id}@example.com`);
      if (found === undefined) throw new Error('The mailbox is not there');
      return found;
    };
    const runDue = async () => {
      const scheduler = world.scheduler();
      scheduler.look();
      await scheduler.idle();
    };

    it('brings the contacts of a mailbox that is due, and comes back after the interval', async () => {
      await add('anna');
      await runDue();
      expect(world.ended).toEqual(['done']);
      const [account] = await contacts.syncs.list('anna');
      expect(account).toMatchObject({ key: 'anna@example.com', contacts: 3, generation: 1 });
      const after = await mailbox('anna');
      expect(after.nextRunAt).toBe(new Date(time + 15 * minute).toISOString());
      expect(after).toMatchObject({ failures: 0, problem: undefined, leaseUntil: undefined });
      await runDue();
      expect(read).toHaveLength(1);
      wait(15 * minute);
      await runDue();
      expect(read).toHaveLength(2);
    });

    it('reads each mailbox once when several instances look at the same moment', async () => {
      for (let n = 0; n < 12; n += 1) await add(`user${n}`);
      const instances = [world.scheduler(), world.scheduler(), world.scheduler()];
      for (const instance of instances) instance.look();
      await Promise.all(instances.map((instance) => instance.idle()));
      expect([...read].sort()).toEqual([...new Set(read)].sort());
      expect(read).toHaveLength(12);
    });

    it('leaves a mailbox whose run was ended by the stop of the service as due as before', async () => {
      await add('anna');
      let begun: () => void = () => {};
      const reading = new Promise<void>((resolve) => (begun = resolve));
      sourceOf = () => ({
        folders: (signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error));
            begun();
          }),
        changes: () => {
          throw new Error('Not reached');
        },
        count: () => Promise.resolve(undefined),
      });
      const before = await mailbox('anna');
      const scheduler = world.scheduler();
      scheduler.look();
      await reading;
      expect((await mailbox('anna')).leaseUntil).toBeDefined();
      await scheduler.stop();
      expect(await mailbox('anna')).toEqual(before);
      expect((await contacts.syncs.list('anna'))[0]?.running).toBeUndefined();
    });

    it('takes over from an instance that died once its lease has run out', async () => {
      await add('anna');
      const lease = { owner: 'dead', until: new Date(time + leaseMs).toISOString(), now: new Date(time).toISOString() };
      expect(await store.claimMailbox(database, (await mailbox('anna')).id, lease)).toBeDefined();
      await runDue();
      expect(read).toHaveLength(0);
      wait(leaseMs);
      await runDue();
      expect(read).toHaveLength(1);
      expect(await store.renewLease(database, (await mailbox('anna')).id, 'dead', lease.until)).toBe(false);
      expect(await store.releaseLease(database, (await mailbox('anna')).id, 'dead')).toBe(false);
    });

    it('ends a run that has lost its lease, and what it says of itself does not count', async () => {
      await add('anna');
      sourceOf = () => ({
        folders: (signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error));
            void mailbox('anna')
              .then(({ id }) => store.pauseMailbox(database, id, 'administrator', new Date(time).toISOString()))
              .then(() => world.renewLeases());
          }),
        changes: () => {
          throw new Error('Not reached');
        },
        count: () => Promise.resolve(undefined),
      });
      await runDue();
      expect(world.ended).toEqual(['aborted']);
      expect((await mailbox('anna')).paused?.reason).toBe('administrator');
    });

    it('does nothing where a pane has just synced, and does it all the same at somebody’s word', async () => {
      await add('anna');
      await runDue();
      const id = (await mailbox('anna')).id;
      await database
        .updateTable('unattended_mailboxes')
        .set({ next_run_at: new Date(time).toISOString() })
        .execute();
      wait(5 * minute);
      await runDue();
      expect(world.ended).toEqual(['done', 'fresh']);
      expect((await mailbox('anna')).nextRunAt).toBe(new Date(time + 10 * minute).toISOString());
      await store.requestRun(database, id, new Date(time).toISOString());
      await runDue();
      expect(world.ended).toEqual(['done', 'fresh', 'done']);
      expect((await mailbox('anna')).requested).toBe(false);
    });

    it('pauses a mailbox that failed ten times and leaves the source alone until it is resumed', async () => {
      await add('anna');
      sourceOf = () => ({
        folders: () => Promise.reject(new SourceError('unreachable', 'No answer')),
        changes: () => {
          throw new Error('Not reached');
        },
        count: () => Promise.resolve(undefined),
      });
      for (let n = 0; n < 20; n += 1) {
        await runDue();
        wait(24 * 60 * minute);
      }
      expect(read).toHaveLength(10);
      const paused = await mailbox('anna');
      expect(paused).toMatchObject({ failures: 10, problem: 'unreachable', nextRunAt: undefined });
      expect(paused.paused?.reason).toBe('failed-too-often');
      await store.resumeMailbox(database, paused.id, new Date(time).toISOString());
      await runDue();
      expect(read).toHaveLength(11);
      expect((await mailbox('anna')).failures).toBe(1);
    });

    it('comes back no sooner than the source has asked for', async () => {
      await add('anna');
      sourceOf = () => ({
        folders: () =>
          Promise.reject(
            new SourceError('throttled', 'Busy', new GraphRefusal(429, 'ApplicationThrottled', 3_600_000)),
          ),
        changes: () => {
          throw new Error('Not reached');
        },
        count: () => Promise.resolve(undefined),
      });
      await runDue();
      const after = await mailbox('anna');
      expect(after.problem).toBe('throttled');
      expect(Date.parse(after.nextRunAt ?? '')).toBeGreaterThanOrEqual(time + 3_600_000);
    });

    it('asks the owner at once where only he can help', async () => {
      await contacts.addUser('anna');
      const refusing = createUnattendedWorld({
        database,
        syncs: contacts.syncs,
        now: () => time,
        source: () => ({
          folders: async (signal) => {
            await refused(signal);
            return [];
          },
          changes: () => {
            throw new Error('Not reached');
          },
          count: () => Promise.resolve(undefined),
        }),
        credentials: { tokenFor: () => () => refused() },
      });
      const refused = (_signal?: AbortSignal): Promise<string> =>
        Promise.reject(new CredentialError('sign-in-needed', 'Sign in again'));
      await refusing.add('anna', 'anna@example.com');
      const scheduler = refusing.scheduler();
      scheduler.look();
      await scheduler.idle();
      expect(await mailbox('anna')).toMatchObject({
        problem: 'sign-in-needed',
        nextRunAt: undefined,
        paused: { reason: 'sign-in-needed' },
      });
    });

    it('notices a secret that was sealed with another key', async () => {
      await add('anna');
      await database.updateTable('unattended_mailboxes').set({ key_id: 'another' }).execute();
      await runDue();
      expect(await mailbox('anna')).toMatchObject({ problem: 'key-unknown', paused: { reason: 'sign-in-needed' } });
      expect(read).toHaveLength(0);
    });

    it('removes nothing while the owner has not confirmed a removal of many', async () => {
      await add('anna');
      await runDue();
      const empty = new ModelMailbox();
      empty.expire(0);
      empty.expire(1);
      sourceOf = () => createModelSource(empty).source;
      wait(15 * minute);
      await runDue();
      expect(world.ended).toEqual(['done', 'removal-waits']);
      wait(15 * minute);
      await runDue();
      expect(read).toHaveLength(2);
      const [account] = await contacts.syncs.list('anna');
      expect(account).toMatchObject({ contacts: 3, waiting: { removed: 3, remaining: 0 } });
      expect(await mailbox('anna')).toMatchObject({ problem: 'removal-waits', failures: 0, paused: undefined });
    });

    it('goes with its user', async () => {
      await add('anna');
      await database.deleteFrom('users').where('id', '=', 'anna').execute();
      expect(await store.pageOfMailboxes(database, undefined, 10)).toEqual([]);
    });
  });
}
