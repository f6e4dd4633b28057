import type { AuthenticationResult, IPublicClientApplication } from '@azure/msal-browser';
import { describe, expect, it } from 'vitest';
import { createMailboxAccess } from '../../../addin/outlook/mailbox-access';
import { SourceError } from '../../../shared/mailbox/contact-source';

const settings = { clientId: 'c', authority: 'https://login.example/common' };
const address = 'Me@Example.com';
const never = new AbortController().signal;

interface Plan {
  silent?: () => Promise<Partial<AuthenticationResult>>;
  popup?: () => Promise<Partial<AuthenticationResult>>;
}

function setUp(plan: Plan = {}) {
  const asked: { how: string; request: object }[] = [];
  let tokens = 0;
  let created = 0;
  const give = () => Promise.resolve({ accessToken: `t${(tokens += 1)}`, expiresOn: new Date(Date.now() + 3_600_000) });
  const application = {
    getActiveAccount: () => ({ username: 'somebody.else@example.com' }),
    getAllAccounts: () => [{ username: 'somebody.else@example.com' }, { username: 'me@example.com' }],
    acquireTokenSilent: (request: object) => {
      asked.push({ how: 'silent', request });
      return (plan.silent ?? give)();
    },
    acquireTokenPopup: (request: object) => {
      asked.push({ how: 'popup', request });
      return (plan.popup ?? give)();
    },
  };
  const access = createMailboxAccess(settings, address, () => {
    created += 1;
    // Only what is used of the application is there.
    return Promise.resolve(application as unknown as IPublicClientApplication);
  });
  return { access, asked, created: () => created };
}

const failing = (error: object) => () => Promise.reject(Object.assign(new Error('x'), error));

describe('mailbox access', () => {
  it('asks for reading contacts only, for the account of the open mailbox', async () => {
    const { access, asked } = setUp();
    expect(await access.token(never)).toBe('t1');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.request).toMatchObject({ scopes: ['Contacts.Read'], account: { username: 'me@example.com' } });
  });

  it('keeps a token in memory as long as it is good', async () => {
    const { access, asked, created } = setUp();
    await access.token(never);
    expect(await access.token(never)).toBe('t1');
    expect(asked).toHaveLength(1);
    expect(created()).toBe(1);
  });

  it('fetches a new token in place of one that the mailbox refused', async () => {
    const { access, asked } = setUp();
    await access.token(never);
    expect(await access.token(never, { refused: 't1' })).toBe('t2');
    expect(asked[1]?.request).toMatchObject({ forceRefresh: true });
    // Two requests that were refused together fetch one token.
    expect(await access.token(never, { refused: 't1' })).toBe('t2');
    expect(asked).toHaveLength(2);
  });

  it('does not use a token that runs out within five minutes', async () => {
    const soon = () => Promise.resolve({ accessToken: 'short', expiresOn: new Date(Date.now() + 4 * 60_000) });
    const { access, asked } = setUp({ silent: soon });
    await access.token(never);
    await access.token(never);
    expect(asked).toHaveLength(2);
  });

  it('asks the user only where that is allowed', async () => {
    const silent = failing({ errorCode: 'interaction_required' });
    const scheduled = setUp({ silent });
    await expect(scheduled.access.token(never)).rejects.toMatchObject({ reason: 'sign-in-needed' });
    expect(scheduled.asked.map(({ how }) => how)).toEqual(['silent']);
    const pressed = setUp({ silent });
    expect(await pressed.access.token(never, { interactive: true })).toBe('t1');
    expect(pressed.asked.map(({ how }) => how)).toEqual(['silent', 'popup']);
  });

  it('never asks the user because the network is gone', async () => {
    const { access, asked } = setUp({ silent: failing({ errorCode: 'no_network_connectivity' }) });
    await expect(access.token(never, { interactive: true })).rejects.toMatchObject({ reason: 'unreachable' });
    expect(asked.map(({ how }) => how)).toEqual(['silent']);
  });

  it.each([
    [{ errorCode: 'invalid_grant', subError: 'consent_required' }, 'consent-needed'],
    [{ errorCode: 'invalid_grant', errorMessage: 'AADSTS65001: The user has not consented' }, 'consent-needed'],
    [{ errorCode: 'user_cancelled' }, 'sign-in-needed'],
    [{ errorCode: 'no_account_found' }, 'sign-in-needed'],
    [{ errorCode: 'access_denied' }, 'forbidden'],
    [{ errorCode: 'something_new' }, 'not-understood'],
  ])('tells %j as %s', async (error, reason) => {
    const { access } = setUp({ silent: failing(error) });
    const failure: unknown = await access.token(never).catch((caught: unknown) => caught);
    expect(failure).toBeInstanceOf(SourceError);
    expect(failure).toMatchObject({ reason });
  });

  it('begins anew after a failure', async () => {
    const { access, created } = setUp({ silent: failing({ errorCode: 'no_network_connectivity' }) });
    await access.token(never).catch(() => undefined);
    await access.token(never).catch(() => undefined);
    expect(created()).toBe(2);
  });

  it('ends at once when it is aborted', async () => {
    const { access } = setUp({ silent: () => new Promise(() => {}) });
    const aborted = new AbortController();
    const token = access.token(aborted.signal);
    aborted.abort(new Error('cancelled'));
    await expect(token).rejects.toThrow('cancelled');
  });
});
