/** Mailboxes as administrators steer them, in the service and from the command line. */
import { recordActs } from './accounts/audit-trail';
import type { People } from './accounts/people';
import type { Database } from './database/database';
import { createUnattendedSyncService } from './unattended-sync/unattended-sync.service';
import type { UnattendedSyncDeps, UnattendedSyncService } from './unattended-sync/unattended-sync.service';

export interface MailboxOfficeWiring {
  readonly database: Database;
  readonly people: Pick<People, 'accounts'>;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** Users, and the audit trail, as the service needs them. */
export function mailboxOffice({
  database,
  people,
  now,
  newId,
}: MailboxOfficeWiring): Pick<UnattendedSyncDeps, 'database' | 'owners' | 'now' | 'random' | 'newId' | 'audit'> {
  return {
    database,
    now,
    newId,
    random: Math.random,
    owners: {
      async find(userId) {
        const profile = await people.accounts.profileOf(userId);
        if (profile === undefined) return undefined;
        const { userName, displayName, email } = profile.user;
        return { userName, displayName, email, intervalMinutes: profile.settings.syncIntervalMinutes };
      },
      idOf: async (userName) => (await people.accounts.findUserForSignIn(userName))?.id,
    },
    audit: (db, actor, act, mailboxId) =>
      recordActs(db, { actor, at: now(), newId }, [{ action: `mailbox.${act}`, subject: mailboxId }]),
  };
}

/** For a command line beside a running service, which looks at what is due three times a minute. */
export function wireMailboxCommands(wiring: MailboxOfficeWiring): Pick<UnattendedSyncService, 'list' | 'actAt'> {
  return createUnattendedSyncService({
    ...mailboxOffice(wiring),
    mode: undefined,
    signIn: undefined,
    seal: undefined,
    look: () => undefined,
  });
}
