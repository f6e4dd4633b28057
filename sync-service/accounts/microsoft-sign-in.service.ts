/**
 * From a token of Entra ID to a session. An account is known by organisation and object id, which never change hands. Whose
 * it is was said by a rule at its first sign-in, or by its user with his password; from then on no name counts any more.
 */
import type { Logger } from 'pino';
import { ServiceError } from '../../shared/errors';
import type { Database } from '../database/database';
import type { AccountDirectory } from './account-directory';
import { recordActs } from './audit-trail';
import { createMicrosoftIdentityStore } from './microsoft-identity-store';
import type { LinkedIdentity } from './microsoft-identity-store';
import type { MicrosoftTokenCheck } from './microsoft-token-check';
import type { MicrosoftAccount } from './microsoft-token-claims';
import type { Actor } from './people-model';
import type { IssuedSession, SessionService } from './session.service';

/**
 * How an account finds its user at its first sign-in: `email`: its name is the user's e-mail address; `user-name`: what
 * stands before the @ is the user name; `by-user`: only by the user's own link.
 */
export type UserMapping = 'email' | 'user-name' | 'by-user';

export interface MicrosoftSignIn {
  /** Errors: those of `signInWithMicrosoft`. */
  signIn(accessToken: string): Promise<IssuedSession>;
  /** Errors: those of `linkMicrosoftAccount`. */
  link(
    accessToken: string,
    credentials: { readonly userName: string; readonly password: string },
    clientAddress: string,
  ): Promise<IssuedSession>;
}

/** What users and administrators do with links; works without Microsoft being reachable or set up. */
export interface MicrosoftLinks {
  /** Which of these users have one. */
  linkedAmong(userIds: readonly string[]): Promise<Set<string>>;
  listOf(userId: string): Promise<LinkedIdentity[]>;
  /** How many accounts were unlinked. Done by somebody else it ends the user's sessions too. */
  unlink(actor: Actor, userId: string): Promise<number>;
}

export function createMicrosoftLinks(deps: {
  readonly database: Database;
  readonly endSessions: (userId: string) => Promise<void>;
  readonly now: () => Date;
  readonly newId: () => string;
}): MicrosoftLinks {
  const unlink = (actor: Actor, userId: string) =>
    deps.database.transaction().execute(async (transaction) => {
      const at = deps.now();
      const count = await createMicrosoftIdentityStore(transaction).unlinkAllOf(userId, at.toISOString());
      const act = { action: 'user.microsoft-unlinked', subject: userId } as const;
      if (count > 0) await recordActs(transaction, { actor, at, newId: deps.newId }, [act]);
      return count;
    });
  return {
    listOf: (userId) => createMicrosoftIdentityStore(deps.database).listOf(userId),
    linkedAmong: (userIds) => createMicrosoftIdentityStore(deps.database).linkedAmong(userIds),
    async unlink(actor, userId) {
      const count = await unlink(actor, userId);
      if (count > 0 && actor !== userId) await deps.endSessions(userId);
      return count;
    },
  };
}

export function createMicrosoftSignIn(deps: {
  readonly database: Database;
  readonly tokens: MicrosoftTokenCheck;
  readonly sessions: Pick<SessionService, 'signIn' | 'signInWithAccount'>;
  readonly accounts: Pick<AccountDirectory, 'findUserById' | 'findUserForSignIn'>;
  readonly mapping: UserMapping;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly logger: Logger;
}): MicrosoftSignIn {
  const { tokens, sessions, accounts, logger } = deps;
  const store = createMicrosoftIdentityStore(deps.database);

  /** Stores whose the account is, with its line in the audit trail. */
  const save = (account: MicrosoftAccount, userId: string, by: 'rule' | 'user') =>
    deps.database.transaction().execute(async (transaction) => {
      const at = deps.now();
      const linked = await createMicrosoftIdentityStore(transaction).link(account, userId, by, at.toISOString());
      const act = { action: 'user.microsoft-linked', subject: userId } as const;
      if (linked) await recordActs(transaction, { actor: userId, at, newId: deps.newId }, [act]);
      return linked;
    });

  /** The one enabled user whom the rule finds. A guest's name is given by another organisation: no rule believes it. */
  async function userByRule(account: MicrosoftAccount): Promise<string | undefined> {
    if (deps.mapping === 'by-user' || account.guest) return undefined;
    const user = await (deps.mapping === 'email' ? userWithEmail(account.name) : userNamedLike(account.name));
    return user === undefined || user.disabled ? undefined : user.id;
  }
  async function userWithEmail(email: string) {
    const [id, second] = await store.usersWithEmail(email);
    return id === undefined || second !== undefined ? undefined : accounts.findUserById(id);
  }
  const userNamedLike = (name: string) => accounts.findUserForSignIn(name.slice(0, name.lastIndexOf('@')));

  async function userOf(account: MicrosoftAccount): Promise<string> {
    const known = await store.find(account);
    if (known !== undefined && !known.unlinked) {
      if (known.name !== account.name) await store.rename(account);
      return known.userId;
    }
    // What was unlinked by hand stays so until a hand links it again.
    const userId = known === undefined ? await userByRule(account) : undefined;
    if (userId === undefined) {
      throw new ServiceError(
        'microsoft-account-unknown',
        'This Microsoft account belongs to no user here yet. Link it once with your user name and password.',
      );
    }
    if (!(await save(account, userId, 'rule'))) return userOf(account);
    return userId;
  }

  return {
    async signIn(accessToken) {
      const account = await tokens.check(accessToken);
      const userId = await userOf(account);
      const user = await accounts.findUserById(userId);
      if (user === undefined || user.disabled) {
        logger.warn({ userId }, 'a Microsoft account of a disabled user was refused');
        throw new ServiceError(
          'microsoft-account-refused',
          'This Microsoft account may not be used here. Ask your administrator.',
        );
      }
      return sessions.signInWithAccount(userId, account);
    },

    async link(accessToken, credentials, clientAddress) {
      const account = await tokens.check(accessToken);
      const known = await store.find(account);
      if (known !== undefined && !known.unlinked) throw taken();
      const issued = await sessions.signIn(credentials, clientAddress);
      if (await save(account, issued.session.user.id, 'user')) return issued;
      throw taken();
    },
  };
}

function taken(): ServiceError {
  return new ServiceError(
    'already-exists',
    'This Microsoft account belongs to a user already. He, or an administrator, has to unlink it first.',
    { details: [{ reason: 'microsoft-account' }] },
  );
}
