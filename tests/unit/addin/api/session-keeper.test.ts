import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../../addin/api/api-error';
import { createSessionKeeper, type Locks, type SessionKeeperDeps } from '../../../../addin/api/session-keeper';
import type { Session } from '../../../../shared/api/sessions';
import { createFakeLocks } from '../fake-locks';

const user = { id: 'u1', userName: '330', displayName: 'Anna', role: 'user' } as const;
const start = Date.parse('2026-11-23T09:00:00Z');
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A service whose cookie may be used once: a second use in parallel would end the session. */
function setUp({ locks, known = true }: { locks?: Locks; known?: boolean } = {}) {
  let now = start;
  let count = 0;
  let renewing = 0;
  const seen: string[] = [];
  const failures: ApiError[] = [];
  const timers: (() => void)[] = [];
  const session = (): Session => ({
    token: `token-${(count += 1)}`,
    expiresAt: new Date(now + 15 * 60_000).toISOString(),
    mustChangePassword: false,
    user,
    signedInBy: 'password',
  });
  const call = async ({ name }: { readonly name: string }): Promise<unknown> => {
    seen.push(name);
    const failure = failures.shift();
    if (failure) throw failure;
    if (name === 'renewSession') {
      renewing += 1;
      if (renewing > 1) throw new Error('two renewals at once');
      await settled();
      renewing -= 1;
      if (!known) throw new ApiError('session-ended');
    }
    return name === 'signOut' ? undefined : session();
  };
  const make = () =>
    createSessionKeeper({
      // The fake answers each route with what its schema promises.
      call: call as SessionKeeperDeps['call'],
      locks,
      now: () => now,
      random: () => 0,
      setTimer: (run) => {
        timers.push(run);
        return () => undefined;
      },
    });
  return { make, seen, failures, timers, pass: (ms: number) => (now += ms) };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('A session that was begun with Microsoft', () => {
  it('is renewed by a new token of Microsoft where the cookie does not come back', async () => {
    const world = setUp({ known: false });
    const keeper = world.make();
    let asked = 0;
    await keeper.signInWithMicrosoft(() => Promise.resolve(`microsoft-${(asked += 1)}`));
    world.pass(14.5 * 60_000);
    expect(await keeper.tokens.token()).toBe('token-2');
    expect(world.seen).toEqual(['signInWithMicrosoft', 'renewSession', 'signInWithMicrosoft']);
    expect(asked).toBe(2);
    expect(keeper.state.get()).toMatchObject({ status: 'signed-in' });
  });

  it('ends where Microsoft wants to ask its user, and after signing out it is not taken up', async () => {
    const world = setUp({ known: false });
    const keeper = world.make();
    let answer = () => Promise.resolve('microsoft');
    await keeper.signInWithMicrosoft(() => answer());
    answer = () => Promise.reject(new Error('interaction_required'));
    world.pass(14.5 * 60_000);
    expect(await keeper.tokens.token()).toBeUndefined();
    expect(keeper.state.get()).toEqual({ status: 'signed-out', reason: 'session-ended' });
  });

  it('is begun by linking the account with user name and password', async () => {
    const world = setUp();
    const keeper = world.make();
    await keeper.signInWithMicrosoft(() => Promise.resolve('m'), { userName: '330', password: 'x' });
    expect(world.seen).toEqual(['linkMicrosoftAccount']);
    expect(keeper.state.get()).toMatchObject({ status: 'signed-in', user });
  });
});

describe('The session keeper', () => {
  it('takes up the session that the browser has', async () => {
    const keeper = setUp().make();
    keeper.start();
    await settled();
    await settled();
    expect(keeper.state.get()).toEqual({ status: 'signed-in', user, signedInBy: 'password' });
    expect(await keeper.tokens.token()).toBe('token-1');
  });

  it('asks for the password where there is no session', async () => {
    const keeper = setUp({ known: false }).make();
    keeper.start();
    await settled();
    await settled();
    expect(keeper.state.get()).toEqual({ status: 'signed-out' });
  });

  it('waits for a service that does not answer, and says so', async () => {
    const { make, failures, timers } = setUp();
    failures.push(new ApiError('unreachable'));
    const keeper = make();
    keeper.start();
    await settled();
    expect(keeper.state.get()).toEqual({ status: 'starting', unreachable: true });
    timers.shift()?.();
    await settled();
    await settled();
    expect(keeper.state.get().status).toBe('signed-in');
  });

  it('renews once for many requests that meet the end of the token', async () => {
    const { make, seen, pass } = setUp();
    const keeper = make();
    await keeper.signIn('330', 'Demo-330!');
    pass(14.5 * 60_000);
    const tokens = await Promise.all([keeper.tokens.token(), keeper.tokens.token(), keeper.tokens.renewed('token-1')]);
    expect(tokens).toEqual(['token-2', 'token-2', 'token-2']);
    expect(seen.filter((name) => name === 'renewSession')).toHaveLength(1);
  });

  it('renews one pane after another in one browser', async () => {
    const { make, seen } = setUp({ locks: createFakeLocks() });
    const panes = [make(), make(), make()];
    for (const pane of panes) pane.start();
    for (let turn = 0; turn < 10; turn += 1) await settled();
    expect(panes.map((pane) => pane.state.get().status)).toEqual(['signed-in', 'signed-in', 'signed-in']);
    expect(seen).toHaveLength(3);
  });

  it('goes on with the old token while it is good and the service does not answer', async () => {
    const { make, failures, pass } = setUp();
    const keeper = make();
    await keeper.signIn('330', 'Demo-330!');
    pass(14.5 * 60_000);
    failures.push(new ApiError('unreachable'));
    expect(await keeper.tokens.token()).toBe('token-1');
  });

  it('does not renew again for a token that was renewed in the meantime', async () => {
    const { make, seen } = setUp();
    const keeper = make();
    await keeper.signIn('330', 'Demo-330!');
    await keeper.tokens.renewed('token-1');
    expect(await keeper.tokens.renewed('token-1')).toBe('token-2');
    expect(seen).toEqual(['signIn', 'renewSession']);
  });

  it('is signed out at once, although the service cannot be told', async () => {
    const { make, failures } = setUp();
    const keeper = make();
    await keeper.signIn('330', 'Demo-330!');
    failures.push(new ApiError('unreachable'));
    await keeper.signOut();
    expect(keeper.state.get()).toEqual({ status: 'signed-out', reason: 'signed-out' });
    expect(await keeper.tokens.token()).toBeUndefined();
  });

  it('does not come back signed in when a renewal is answered after signing out', async () => {
    const { make, pass } = setUp();
    const keeper = make();
    await keeper.signIn('330', 'Demo-330!');
    pass(14.5 * 60_000);
    const late = keeper.tokens.token();
    await keeper.signOut();
    expect(await late).toBeUndefined();
    expect(keeper.state.get().status).toBe('signed-out');
  });
});
