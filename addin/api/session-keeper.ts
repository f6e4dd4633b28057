/**
 * The session of this pane. The access token lives in this closure and nowhere else; a pane that has just been opened
 * gets one for the renewal cookie. The cookie is rotated at each use and one used twice ends all sessions of its
 * family, so panes, windows and ribbon functions of one browser renew one after another (Web Locks).
 */
import { linkMicrosoftAccount, signInWithMicrosoft } from '../../shared/api/microsoft-sign-in';
import { renewSession, signIn, signOut, type Session } from '../../shared/api/sessions';
import { changePassword } from '../../shared/api/profile';
import type { RouteCall, RouteDefinition, RouteResult } from '../../shared/api/route';
import type { SignedInUser } from '../../shared/profile';
import { ApiError, isConnectionError } from './api-error';
import { reconnectDelay } from './reconnect-policy';
import { createStore, type ReadableStore } from './store';
import type { TokenSource } from './client';

/** Where the pane stands. */
export type SessionState =
  /** Looking whether a session can be renewed. `unreachable` once the service did not answer; it is tried on. */
  | { readonly status: 'starting'; readonly unreachable: boolean }
  /** `reason` says why, where there was a session before. */
  | { readonly status: 'signed-out'; readonly reason?: 'session-ended' | 'signed-out' }
  | { readonly status: 'password-change'; readonly user: SignedInUser }
  | {
      readonly status: 'signed-in';
      readonly user: SignedInUser;
      readonly signedInBy: Session['signedInBy'];
      /** Name of the Microsoft account that the session began with, such as `anna@contoso.com`. */
      readonly microsoftAccount?: string | undefined;
    };

export interface SessionKeeper {
  readonly state: ReadableStore<SessionState>;
  /** Takes up the session that this browser has, if any. Call once. */
  start(): void;
  /** @throws ApiError `credentials-wrong`, `sign-in-locked`, … */
  readonly signIn: (userName: string, password: string) => Promise<void>;
  /**
   * Signs in with a token of Microsoft. `token` is asked again, silently, where the session cannot be renewed otherwise:
   * where cookies are refused. `link`: makes the account this user's.
   * @throws ApiError `microsoft-account-unknown`, `microsoft-token-refused`, … and what `token` throws
   */
  signInWithMicrosoft(
    token: () => Promise<string>,
    link?: { readonly userName: string; readonly password: string },
  ): Promise<void>;
  /** Always ends signed out, whether the service could be told or not. */
  signOut(): Promise<void>;
  /** @throws ApiError `credentials-wrong`, `password-too-weak`, … */
  changePassword(oldPassword: string, newPassword: string): Promise<void>;
  /** The service said that the session is over. */
  readonly ended: () => void;
  /** Stops every attempt; for a pane that goes away. */
  stop(): void;
}

/** The part of `navigator.locks` that is used. */
export interface Locks {
  request<T>(name: string, options: LockOptions, callback: (lock: Lock | null) => Promise<T>): Promise<T>;
}

export interface SessionKeeperDeps {
  /** Calls a route; signed with this keeper's token where the route wants it. */
  readonly call: <R extends RouteDefinition>(route: R, input: RouteCall<R>) => Promise<RouteResult<R>>;
  /** Absent where the browser has none (not a secure context): then this pane renews on its own. */
  readonly locks: Locks | undefined;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly setTimer?: (run: () => void, ms: number) => () => void;
}

/** Name of the lock under which this browser renews. */
export const renewalLock = 'mycontacts.renew';
/** A token is renewed this long before it runs out, so that a request on its way does not meet the end. */
export const renewBeforeMs = 60_000;

/** The keeper, and the token source for the client that it calls through. */
export function createSessionKeeper(deps: SessionKeeperDeps): SessionKeeper & { readonly tokens: TokenSource } {
  const { call, locks, now = Date.now, random = Math.random, setTimer = startTimer } = deps;
  const state = createStore<SessionState>({ status: 'starting', unreachable: false });
  let current: { token: string; renewAt: number; hardEnd: number } | undefined;
  let renewing: Promise<string | undefined> | undefined;
  let microsoftToken: (() => Promise<string>) | undefined;
  let cancelTimer: (() => void) | undefined;
  let stopped = false;

  function accept(session: Session): string {
    const hardEnd = Date.parse(session.expiresAt);
    // A machine whose clock is wrong must not renew without end: at least half a minute lies between two renewals.
    current = { token: session.token, hardEnd, renewAt: Math.max(hardEnd - renewBeforeMs, now() + 30_000) };
    const { user, signedInBy, microsoftAccount } = session;
    if (session.mustChangePassword) state.set({ status: 'password-change', user });
    else state.set({ status: 'signed-in', user, signedInBy, microsoftAccount });
    return session.token;
  }

  function forget(reason?: 'session-ended' | 'signed-out') {
    current = undefined;
    microsoftToken = undefined;
    state.set({ status: 'signed-out', ...(reason ? { reason } : {}) });
  }

  /** One renewal at a time in this pane, and by the lock in this browser. */
  function renew(): Promise<string | undefined> {
    renewing ??= renewOnce().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  async function renewOnce(): Promise<string | undefined> {
    const before = current;
    const send = () => call(renewSession, {});
    try {
      const session = await (locks ? locks.request(renewalLock, { mode: 'exclusive' }, send) : send());
      // Signed out or in as somebody else while the answer was on its way: that counts, not this.
      if (current !== before) return current?.token;
      return accept(session);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'session-ended') {
        const again = await renewByMicrosoft();
        if (current !== before) return current?.token;
        if (again !== undefined) return accept(again);
        forget(before ? 'session-ended' : undefined);
        return undefined;
      }
      throw error;
    }
  }

  /** Undefined where the user did not sign in with Microsoft, or has to be asked. */
  async function renewByMicrosoft(): Promise<Session | undefined> {
    if (microsoftToken === undefined) return undefined;
    try {
      return await call(signInWithMicrosoft, { body: { accessToken: await microsoftToken() } });
    } catch (error) {
      if (isConnectionError(error)) throw error;
      return undefined;
    }
  }

  async function takeUp(attempt: number): Promise<void> {
    try {
      await renew();
    } catch (error) {
      if (stopped || state.get().status !== 'starting') return;
      // Whatever keeps the service from renewing, signing in by hand stays possible only where it answers at all.
      if (!isConnectionError(error)) {
        forget();
        return;
      }
      state.set({ status: 'starting', unreachable: true });
      cancelTimer = setTimer(() => void takeUp(attempt + 1), reconnectDelay(attempt + 1, random()));
    }
  }

  const keeper: SessionKeeper = {
    state,
    start: () => void takeUp(0),
    async signIn(userName, password) {
      accept(await call(signIn, { body: { userName, password } }));
    },
    async signInWithMicrosoft(token, link) {
      const accessToken = await token();
      const session = await (link === undefined
        ? call(signInWithMicrosoft, { body: { accessToken } })
        : call(linkMicrosoftAccount, { body: { accessToken, ...link } }));
      microsoftToken = token;
      accept(session);
    },
    async signOut() {
      try {
        await call(signOut, {});
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        // The cookie stays behind until it runs out; the person is signed out here nevertheless.
      } finally {
        forget('signed-out');
      }
    },
    async changePassword(oldPassword, newPassword) {
      accept(await call(changePassword, { body: { oldPassword, newPassword } }));
    },
    ended() {
      if (current) forget('session-ended');
    },
    stop() {
      stopped = true;
      cancelTimer?.();
    },
  };

  return {
    ...keeper,
    tokens: {
      async token() {
        if (!current) return undefined;
        if (now() < current.renewAt) return current.token;
        try {
          return await renew();
        } catch (error) {
          // The service did not answer; the old token may still be good for what follows.
          if (now() < current.hardEnd) return current.token;
          throw error;
        }
      },
      async renewed(refused) {
        if (current && current.token !== refused) return current.token;
        return current ? renew() : undefined;
      },
      passwordChangeRequired() {
        const known = state.get();
        if (known.status === 'signed-in') state.set({ status: 'password-change', user: known.user });
      },
    },
  };
}

function startTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
