/** Unattended sync: schedule, credentials, routes and the page on which a sign-in ends. */
import { readFileSync } from 'node:fs';
import type { Router } from 'express';
import { schedule } from 'node-cron';
import type { Logger } from 'pino';
import { createGraphContactSource } from '../shared/mailbox/graph-contact-source';
import { timerClock } from '../shared/sync/clock';
import type { People } from './accounts/people';
import type { Config } from './config';
import { readSecretKey } from './configuration/secret-key';
import type { MicrosoftConfig } from './configuration/microsoft-settings';
import type { Database } from './database/database';
import type { BoundRoute } from './http/binding';
import { createCalendarRuns } from './unattended-sync/calendar-runs';
import type { CalendarPresence } from './unattended-sync/calendar-runs';
import { createSecretReader } from './telephone-system/secret-reference';
import { createMailboxScheduler } from './unattended-sync/mailbox-scheduler';
import type { RunObserver } from './unattended-sync/mailbox-scheduler';
import { createAppOnlyCredentials } from './unattended-sync/microsoft/app-only-credentials';
import { createDelegatedCredentials, createMicrosoftSignIn } from './unattended-sync/microsoft/delegated-credentials';
import { createClientFactory } from './unattended-sync/microsoft/microsoft-application';
import type { MicrosoftApplicationSettings } from './unattended-sync/microsoft/microsoft-application';
import { runMailbox } from './unattended-sync/run-mailbox';
import type { ContactSyncs } from './unattended-sync/run-mailbox';
import { createSecretSeal } from './unattended-sync/sealed-secret';
import { createSignInPage } from './unattended-sync/sign-in-page';
import { backlog, saveSecret } from './unattended-sync/unattended-mailbox-store';
import { createUnattendedSyncService } from './unattended-sync/unattended-sync.service';
import { unattendedSyncRoutes } from './unattended-sync/unattended-sync.routes';
import { mailboxOffice } from './wire-mailbox-office';

export interface UnattendedSync {
  readonly routes: BoundRoute[];
  readonly routers: Router[];
  /** Takes up another interval of the user's settings. */
  settingsChanged(userId: string): Promise<void>;
  /** Mailboxes whose time has come, and since when the one waits that waits longest. */
  backlog(): Promise<{ due: number; oldest: string | undefined }>;
  start(): void;
  stop(): Promise<void>;
}

export interface UnattendedSyncWiring {
  readonly config: Pick<Config, 'microsoft' | 'baseUrl' | 'secretKeyFile' | 'secretKeyFileNamed'>;
  readonly database: Database;
  readonly people: Pick<People, 'accounts'>;
  readonly syncs: ContactSyncs;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly observer?: RunObserver;
  /** Whoever wants his presence from his calendar; absent where nobody can. */
  readonly calendar?: CalendarPresence;
  /** How the identity provider is reached; Microsoft's own client by default. */
  readonly networkClient?: MicrosoftApplicationSettings['networkClient'];
  readonly logger: Logger;
}

/** Mailboxes that one instance reads at once. */
const concurrency = 8;
/** Looks for what is due three times a minute. */
const ticks = '*/20 * * * * *';

export async function wireUnattendedSync(wiring: UnattendedSyncWiring): Promise<UnattendedSync> {
  const { config, database, people, syncs, now, newId, logger } = wiring;
  const { microsoft } = config;
  const mode = microsoft?.unattendedSync;
  const seal = mode === undefined ? undefined : createSecretSeal(await readSecretKey(config));
  const settings = microsoft && mode && applicationOf(microsoft, wiring);
  const newClient = settings && createClientFactory(settings);
  const credentials =
    settings === undefined || newClient === undefined
      ? {}
      : mode === 'app-only'
        ? { 'app-only': createAppOnlyCredentials(settings, newClient) }
        : { delegated: createDelegatedCredentials(settings, newClient) };

  const alongside =
    wiring.calendar &&
    createCalendarRuns({
      presence: wiring.calendar,
      fetch: (url, init) => fetch(url, init),
      graphBaseUrl: microsoft?.graphBaseUrl ?? '',
      timeZoneOf: async (userId) => (await people.accounts.profileOf(userId))?.site.timeZone ?? 'UTC',
      now,
    });

  const scheduler = createMailboxScheduler({
    database,
    now,
    random: Math.random,
    newId,
    concurrency,
    logger,
    pause: (ms, signal) => timerClock.pause(ms, signal),
    ...(wiring.observer && { observer: wiring.observer }),
    every(ms, callback) {
      const timer = setInterval(callback, ms);
      return () => clearInterval(timer);
    },
    async wishesOf(userId) {
      const [account, profile] = await Promise.all([
        people.accounts.findUserById(userId),
        people.accounts.profileOf(userId),
      ]);
      if (account === undefined || account.disabled || profile === undefined) return undefined;
      const { syncIntervalMinutes: intervalMinutes, skipContactsWithoutNumber } = profile.settings;
      return { intervalMinutes, options: { skipContactsWithoutNumber } };
    },
    run: (mailbox, owner, wishes, signal) =>
      runMailbox(
        {
          syncs,
          credentials,
          seal,
          ...(alongside && { alongside }),
          alongsideFailed: (id, { problem }) => logger.info({ mailbox: id, problem }, 'a calendar could not be read'),
          clock: { ...timerClock, now: () => now().getTime() },
          source: ({ mode: by, address }, token) =>
            createGraphContactSource({
              fetch: (url, init) => fetch(url, init),
              token,
              baseUrl: microsoft?.graphBaseUrl ?? '',
              ...(by === 'app-only' && { mailbox: address }),
            }),
          async saveSecret(id, secret) {
            if (!(await saveSecret(database, id, owner, secret))) logger.warn({ mailbox: id }, 'a lease was lost');
          },
        },
        mailbox,
        wishes,
        signal,
      ),
  });

  const service = createUnattendedSyncService({
    ...mailboxOffice({ database, people, now, newId }),
    mode,
    signIn: settings && newClient && mode === 'delegated' ? createMicrosoftSignIn(settings, newClient) : undefined,
    seal,
    look: () => scheduler.look(),
  });

  let stopTicks: (() => void) | undefined;
  return {
    routes: unattendedSyncRoutes(service),
    routers: [createSignInPage(service)],
    settingsChanged: (userId) => service.settingsChanged(userId),
    backlog: () => backlog(database, now().toISOString()),
    start() {
      if (mode === undefined) return;
      const task = schedule(ticks, () => scheduler.look());
      stopTicks = () => void task.stop();
      scheduler.look();
    },
    async stop() {
      stopTicks?.();
      await scheduler.stop();
    },
  };
}

function applicationOf(
  { clientId, authority, graphBaseUrl, clientSecret, clientCertificate }: MicrosoftConfig,
  { config, networkClient }: UnattendedSyncWiring,
): MicrosoftApplicationSettings | undefined {
  const more = {
    clientId,
    authority,
    graphBaseUrl,
    redirectUri: `${config.baseUrl}/unattended-sync/callback`,
    ...(networkClient && { networkClient }),
  };
  if (clientSecret !== undefined) {
    return { ...more, credential: { secret: createSecretReader(process.env)(clientSecret) } };
  }
  if (clientCertificate === undefined) return undefined;
  const { certFile, keyFile } = clientCertificate;
  return {
    ...more,
    credential: { certificate: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') },
  };
}
