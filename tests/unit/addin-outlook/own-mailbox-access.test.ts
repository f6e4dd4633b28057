import type { AccountInfo, AuthenticationResult, IPublicClientApplication } from '@azure/msal-browser';
import { describe, expect, it } from 'vitest';
import { createOwnMailboxAccess } from '../../../addin/outlook/mailbox-access';

const settings = { clientId: 'c', authority: 'https://login.example/common' };
const never = new AbortController().signal;
const anna = { username: 'ab12@corp.example' };

function setUp(plan: { known?: object[]; popup?: () => Promise<object>; silent?: () => Promise<object> } = {}) {
  const asked: { how: string; request: object }[] = [];
  const result = (account: object): Partial<AuthenticationResult> => ({
    accessToken: 'token',
    account: account as AccountInfo,
    expiresOn: new Date(Date.now() + 3_600_000),
  });
  const application = {
    getAllAccounts: () => plan.known ?? [],
    acquireTokenSilent: async (request: object) => {
      asked.push({ how: 'silent', request });
      return result(await (plan.silent?.() ?? Promise.resolve(anna)));
    },
    acquireTokenPopup: async (request: object) => {
      asked.push({ how: 'popup', request });
      return result(await (plan.popup?.() ?? Promise.resolve(anna)));
    },
  };
  const access = createOwnMailboxAccess(settings, ['Anna@Contoso.com', 'AB12@corp.example'], () =>
    // Only what is used of the application is there.
    Promise.resolve(application as unknown as IPublicClientApplication),
  );
  return { access, asked };
}

const failing = (error: object) => () => Promise.reject(Object.assign(new Error('x'), error));

describe('access to the own mailbox from a window', () => {
  it('waits for a click before it asks anybody, and says so', async () => {
    const { access, asked } = setUp();
    expect(access.asksFirst()).toBe(true);
    await expect(access.token(never)).rejects.toMatchObject({ reason: 'sign-in-needed' });
    expect(asked).toEqual([]);
    expect(await access.token(never, { interactive: true })).toBe('token');
    expect(asked).toMatchObject([
      { how: 'popup', request: { scopes: ['Contacts.Read'], loginHint: 'Anna@Contoso.com' } },
    ]);
    expect(access.asksFirst()).toBe(false);
  });

  it('asks nobody where the user has signed in to this window with that account', async () => {
    const { access, asked } = setUp({ known: [{ username: 'other@contoso.com' }, anna] });
    expect(await access.token(never)).toBe('token');
    expect(asked).toMatchObject([{ how: 'silent', request: { account: anna } }]);
    expect(access.asksFirst()).toBe(false);
  });

  it('takes an account of another name by the address that Microsoft tells of it', async () => {
    const account = { username: 'x@corp.example', idTokenClaims: { email: 'anna@contoso.com' } };
    expect(await setUp({ popup: () => Promise.resolve(account) }).access.token(never, { interactive: true })).toBe(
      'token',
    );
  });

  it('refuses the account of somebody else, and keeps nothing of it', async () => {
    const { access } = setUp({ popup: () => Promise.resolve({ username: 'bert@contoso.com' }) });
    await expect(access.token(never, { interactive: true })).rejects.toMatchObject({ reason: 'wrong-account' });
    await expect(access.token(never)).rejects.toMatchObject({ reason: 'sign-in-needed' });
    expect(access.asksFirst()).toBe(true);
  });

  it.each([
    [{ errorCode: 'popup_window_error' }, 'popup-blocked'],
    [{ errorCode: 'user_cancelled' }, 'sign-in-needed'],
    [{ errorCode: 'access_denied', errorMessage: 'AADSTS65004: declined' }, 'consent-needed'],
    [{ errorCode: 'access_denied', errorMessage: 'AADSTS53003: blocked by a rule' }, 'forbidden'],
    [{ errorCode: 'no_network_connectivity' }, 'unreachable'],
  ])('tells %j as %s', async (error, reason) => {
    const { access } = setUp({ popup: failing(error) });
    await expect(access.token(never, { interactive: true })).rejects.toMatchObject({ reason });
  });
});
