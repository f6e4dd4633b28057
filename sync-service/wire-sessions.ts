/** Wires sign-in and sessions: their store, the guard against guessing, and the audit trail. */
import type { Logger } from 'pino';
import type { People } from './accounts/people';
import { hashPassword, verifyPassword } from './accounts/people-password';
import { createSessionService } from './accounts/session.service';
import type { SessionService } from './accounts/session.service';
import { createSessionStore } from './accounts/session-store';
import { createSignInAudit } from './accounts/sign-in-audit';
import { createSignInFailureStore } from './accounts/sign-in-failure-store';
import { createSignInGuard } from './accounts/sign-in-guard';
import type { Database } from './database/database';

export function wireSessions(deps: {
  readonly database: Database;
  readonly people: People;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly logger: Logger;
}): SessionService {
  const { database, people, now, newId, logger } = deps;
  return createSessionService({
    store: createSessionStore(database),
    guard: createSignInGuard(createSignInFailureStore(database), now),
    audit: createSignInAudit(database, now),
    accounts: people.accounts,
    hashing: { hash: hashPassword, verify: verifyPassword },
    now,
    newId,
    logger,
  });
}
