/**
 * Signing in and staying signed in (DESIGN §3, §10). An access token lives 15 minutes in a runtime's memory; the
 * renewal cookie brings the next one, as long as the session lives: 30 days from its last renewal.
 */
import type { Logger } from 'pino';
import type { Session } from '../../shared/api/sessions';
import { ServiceError } from '../../shared/errors';
import { brokenPasswordRules, passwordPolicy } from '../../shared/profile';
import type { SignedInUser } from '../../shared/profile';
import type { Account, AccountDirectory } from './account-directory';
import { createPasswordCheck } from './password-check';
import type { PasswordHashing } from './password-check';
import { afterRotation, decideRenewal } from './session-renewal';
import type { RenewalState } from './session-renewal';
import { hashOfSecret, newSecret, readRenewalCookie, writeRenewalCookie } from './session-secrets';
import type { SessionStore, SignedInAccount, SignIn, SignInMethod } from './session-store';
import type { SignInAudit } from './sign-in-audit';
import type { SignInGuard } from './sign-in-guard';

/** Life of an access token in milliseconds. */
export const accessTokenMs = 15 * 60_000;

/** Life of a session in milliseconds, from sign-in or the last renewal. */
export const sessionMs = 30 * 24 * 60 * 60_000;

/** Access tokens of one session that are valid at once; an unpinned pane takes one at each mail. */
const tokensPerSession = 64;

/** What a client gets: the session, and the renewal cookie's new value where it changes. */
export interface IssuedSession {
  readonly session: Session;
  readonly renewalCookie?: string;
}

/** Who a bearer token belongs to. */
export interface AuthenticatedUser {
  readonly user: SignedInUser;
  readonly siteId: string;
  readonly sessionId: string;
  readonly mustChangePassword: boolean;
}

export interface SessionService {
  /** Errors: `credentials-wrong`, `sign-in-locked`. `address` is the client's, for the lockout. */
  signIn(credentials: { userName: string; password: string }, address: string): Promise<IssuedSession>;
  /** For a user who has proved with this account who he is. Errors: `not-found` when he is not there or disabled. */
  signInWithAccount(userId: string, account: SignedInAccount): Promise<IssuedSession>;
  /** Errors: `session-ended`. */
  renew(renewalCookie: string | undefined): Promise<IssuedSession>;
  /** Undefined when the token is unknown or has run out, or its session has ended. */
  authenticate(token: string): Promise<AuthenticatedUser | undefined>;
  signOut(sessionId: string): Promise<void>;
  /**
   * Ends all other sessions of the user and gives this one new secrets; the other runtimes of this browser renew.
   * Errors: `credentials-wrong`, `password-too-weak`, `sign-in-locked`.
   */
  changePassword(
    caller: { readonly userId: string; readonly sessionId: string },
    passwords: { oldPassword: string; newPassword: string },
    address: string,
  ): Promise<IssuedSession>;
  /** Ends all sessions of a user: he was disabled, or an administrator reset his password. */
  endSessionsOf(userId: string): Promise<void>;
  /** Of these sessions those that have ended, whichever process ended them. */
  endedAmong(sessionIds: readonly string[]): Promise<string[]>;
  /** Hears at once of sessions that this process ends. Returns the function that ends the subscription. */
  onEnded(listener: (sessionId: string) => void): () => void;
}

export interface SessionServiceDeps {
  readonly store: SessionStore;
  readonly guard: SignInGuard;
  /** Is told of each sign-in that did not succeed. */
  readonly audit: SignInAudit;
  readonly accounts: Pick<AccountDirectory, 'findUserForSignIn' | 'findUserById' | 'setPassword'>;
  readonly hashing: PasswordHashing;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly logger: Logger;
}

export function createSessionService(deps: SessionServiceDeps): SessionService {
  const { store, guard, audit, accounts, hashing, logger } = deps;
  const checkPassword = createPasswordCheck(hashing);
  const listeners = new Set<(sessionId: string) => void>();
  const now = () => deps.now().getTime();
  let cleanedAt = 0;

  async function checkedAccount(account: Account | undefined, userName: string, password: string, address: string) {
    const attempt = await guard.attempt(userName, address).catch(async (error: unknown) => {
      await audit.note('sign-in.refused', account?.id);
      throw error;
    });
    const matches = await checkPassword(account?.passwordHash, password);
    if (account === undefined || account.disabled || !matches) {
      await audit.note('sign-in.failed', account?.id);
      throw new ServiceError('credentials-wrong', 'User name or password is wrong.');
    }
    await attempt.succeeded();
    return account;
  }

  /** Draws the secrets of a session, has them stored and hands them out. */
  async function issueSession(
    sessionId: string,
    account: Account,
    signedInBy: SignIn,
    save: (secrets: { familyHash: string; renewalHash: string }, time: number) => Promise<void>,
  ): Promise<IssuedSession> {
    const time = now();
    const cookie = { family: newSecret(), secret: newSecret() };
    const renewalHash = hashOfSecret(cookie.secret);
    await save({ familyHash: hashOfSecret(cookie.family), renewalHash }, time);
    const session = await issueToken(sessionId, account, signedInBy, renewalHash, time);
    return { session, renewalCookie: writeRenewalCookie(cookie) };
  }

  async function issueToken(
    sessionId: string,
    account: Account,
    signedInBy: SignIn,
    renewalHash: string,
    time: number,
  ): Promise<Session> {
    const token = newSecret();
    const expiresAt = time + accessTokenMs;
    await store.addToken(sessionId, { tokenHash: hashOfSecret(token), renewalHash, expiresAt }, time, tokensPerSession);
    return {
      token,
      expiresAt: new Date(expiresAt).toISOString(),
      mustChangePassword: mustChangePassword(account, signedInBy.method),
      user: account.profile,
      signedInBy: signedInBy.method,
      ...(signedInBy.method === 'microsoft' && signedInBy.account && { microsoftAccount: signedInBy.account.name }),
    };
  }

  async function begin(account: Account, signedInBy: SignIn): Promise<IssuedSession> {
    const id = deps.newId();
    return issueSession(id, account, signedInBy, (secrets, time) =>
      store.create({ id, userId: account.id, signedInBy, ...secrets, now: time, expiresAt: time + sessionMs }),
    );
  }

  function tellEnded(sessionId: string) {
    for (const listener of [...listeners]) listener(sessionId);
  }

  async function endSessionsOf(userId: string, except?: string): Promise<void> {
    for (const id of await store.revokeAllOf(userId, except, now())) tellEnded(id);
  }

  /** Once an hour is enough: what has run out is refused anyway, and only takes room. */
  async function cleanUp(): Promise<void> {
    const time = now();
    if (time - cleanedAt < 60 * 60_000) return;
    cleanedAt = time;
    await store.removeBefore(time);
    await guard.forgetOld();
    await audit.forgetOld();
  }

  async function renewByCookie(value: string | undefined): Promise<IssuedSession> {
    const cookie = value === undefined ? undefined : readRenewalCookie(value);
    if (cookie === undefined) throw sessionEnded();
    const presented = hashOfSecret(cookie.secret);
    // Runtimes that renew at the same instant take turns: who finds the state changed looks again.
    for (let turn = 0; turn < 20; turn += 1) {
      const time = now();
      const found = await store.findByFamily(hashOfSecret(cookie.family), time);
      if (found === undefined) throw sessionEnded();
      const account = await accounts.findUserById(found.userId);
      if (account === undefined || account.disabled) throw sessionEnded();

      const decision = decideRenewal(found.renewal, presented, time);
      if (decision === 'reuse') {
        await store.revoke(found.id, time);
        tellEnded(found.id);
        logger.warn({ sessionId: found.id }, 'a renewal cookie was used twice: its session has been ended');
        throw sessionEnded();
      }
      if (decision === 'share')
        return { session: await issueToken(found.id, account, found.signedInBy, presented, time) };

      const secret = newSecret();
      const next: RenewalState = afterRotation(found.renewal, presented, hashOfSecret(secret), time);
      if (!(await store.rotate(found.id, found.renewal, next, time, time + sessionMs))) continue;
      const session = await issueToken(found.id, account, found.signedInBy, next.current, time);
      return { session, renewalCookie: writeRenewalCookie({ family: cookie.family, secret }) };
    }
    throw new ServiceError('storage-unavailable', 'Too many renewals of this session at once; try again.', {
      retryAfterMs: 1000,
    });
  }

  return {
    async signIn({ userName, password }, address) {
      await cleanUp();
      const found = await accounts.findUserForSignIn(userName);
      const account = await checkedAccount(found, userName, password, address);
      return begin(account, { method: 'password' });
    },

    async signInWithAccount(userId, microsoft) {
      await cleanUp();
      const account = await accounts.findUserById(userId);
      if (account === undefined || account.disabled) throw new ServiceError('not-found', 'There is no such user.');
      return begin(account, { method: 'microsoft', account: microsoft });
    },

    renew: renewByCookie,

    async authenticate(token) {
      const found = await store.findByToken(hashOfSecret(token), now());
      if (found === undefined || found.account.disabled) return undefined;
      const { account } = found;
      if (found.confirms) await store.confirm(found.id, found.renewalHash);
      return {
        user: account.profile,
        siteId: account.siteId,
        sessionId: found.id,
        mustChangePassword: mustChangePassword(account, found.signedInBy),
      };
    },

    async signOut(sessionId) {
      await store.revoke(sessionId, now());
      tellEnded(sessionId);
    },

    async changePassword({ userId, sessionId }, { oldPassword, newPassword }, address) {
      const found = await accounts.findUserById(userId);
      const account = await checkedAccount(found, found?.profile.userName ?? '', oldPassword, address);
      const broken: string[] = brokenPasswordRules(newPassword);
      if (newPassword.normalize('NFC') === oldPassword.normalize('NFC')) broken.push('same-as-old');
      if (broken.length > 0) {
        throw new ServiceError(
          'password-too-weak',
          `Choose another password: ${passwordPolicy.minLength} to ${passwordPolicy.maxLength} characters with an upper-case letter, ` +
            'a lower-case letter, a digit and a special character, and not the old one.',
          { details: broken.map((reason) => ({ field: 'body.newPassword', reason })) },
        );
      }
      await accounts.setPassword(userId, await hashing.hash(newPassword), false);
      await endSessionsOf(userId, sessionId);
      return issueSession(
        sessionId,
        { ...account, mustChangePassword: false },
        { method: 'password' },
        (secrets, time) => store.restart(sessionId, secrets, time, time + sessionMs),
      );
    },

    endSessionsOf: (userId) => endSessionsOf(userId),

    endedAmong: (sessionIds) => store.endedAmong(sessionIds, now()),

    onEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Whoever signed in with Microsoft need not know the initial password, and cannot be made to change it. */
function mustChangePassword(account: Account, signedInBy: SignInMethod): boolean {
  return account.mustChangePassword && signedInBy === 'password';
}

function sessionEnded(): ServiceError {
  return new ServiceError('session-ended', 'The session has ended. Sign in again.');
}
