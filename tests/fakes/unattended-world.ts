/** Unattended sync wired for tests: the real syncs of the personal directory, sources and credentials made by hand. */
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import type { ContactSource } from '../../shared/mailbox/contact-source';
import type { Database } from '../../sync-service/database/database';
import type { MailboxCredentials } from '../../sync-service/unattended-sync/mailbox-credentials';
import { createMailboxScheduler } from '../../sync-service/unattended-sync/mailbox-scheduler';
import type { MailboxScheduler } from '../../sync-service/unattended-sync/mailbox-scheduler';
import { runMailbox, secretContext } from '../../sync-service/unattended-sync/run-mailbox';
import type { ContactSyncs } from '../../sync-service/unattended-sync/run-mailbox';
import { createSecretSeal } from '../../sync-service/unattended-sync/sealed-secret';
import { putMailbox, saveSecret } from '../../sync-service/unattended-sync/unattended-mailbox-store';

export interface UnattendedWorldSetup {
  readonly database: Database;
  readonly syncs: ContactSyncs;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  source(address: string): ContactSource;
  readonly credentials?: MailboxCredentials;
  readonly intervalMinutes?: number;
}

export interface UnattendedWorld {
  /** A scheduler of its own, as another instance of the service has. */
  scheduler(): MailboxScheduler;
  add(userId: string, address: string): Promise<void>;
  /** How runs ended, in order. */
  readonly ended: string[];
  /** Fires the timers that renew leases. */
  renewLeases(): void;
}

let lastId = 0;

export function createUnattendedWorld(setup: UnattendedWorldSetup): UnattendedWorld {
  const { database, syncs } = setup;
  const seal = createSecretSeal(randomBytes(32));
  const intervalMinutes = setup.intervalMinutes ?? 15;
  const ended: string[] = [];
  const timers = new Set<() => void>();
  const newId = () => `id-${String((lastId += 1))}`;
  const clock = {
    now: setup.now,
    random: () => 0.5,
    pause: (_ms: number, signal: AbortSignal) =>
      new Promise<void>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      }),
  };
  return {
    ended,
    renewLeases: () => {
      for (const timer of [...timers]) timer();
    },
    add: (userId, address) =>
      putMailbox(database, {
        id: `mailbox-${address}`,
        userId,
        mode: 'delegated',
        address,
        secret: seal.seal('refresh token', secretContext(userId, address)),
        intervalMinutes,
        nextRunAt: new Date(setup.now()).toISOString(),
        at: new Date(setup.now()).toISOString(),
      }),
    scheduler: () =>
      createMailboxScheduler({
        database,
        now: () => new Date(setup.now()),
        random: () => 0.5,
        newId,
        concurrency: 3,
        pause: clock.pause,
        logger: pino({ level: 'silent' }),
        wishesOf: () => Promise.resolve({ intervalMinutes, options: { skipContactsWithoutNumber: false } }),
        every: (_ms, callback) => {
          timers.add(callback);
          return () => timers.delete(callback);
        },
        observer: { ended: (outcome) => ended.push(outcome) },
        run: (mailbox, owner, wishes, signal) =>
          runMailbox(
            {
              syncs,
              credentials: { delegated: setup.credentials ?? { tokenFor: () => () => Promise.resolve('token') } },
              seal,
              source: ({ address }) => setup.source(address),
              saveSecret: async (id, secret) => {
                await saveSecret(database, id, owner, secret);
              },
              clock,
            },
            mailbox,
            wishes,
            signal,
          ),
      }),
  };
}
