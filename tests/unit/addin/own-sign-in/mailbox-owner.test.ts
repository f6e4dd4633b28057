import { describe, expect, it } from 'vitest';
import type { SessionState } from '../../../../addin/api/session-keeper';
import { mailboxOwnerOf } from '../../../../addin/own-sign-in/mailbox-owner';

function signedIn(address: { email?: string; account?: string }): SessionState {
  const { email, account } = address;
  return {
    status: 'signed-in',
    user: { id: 'u', userName: '330', displayName: 'Anna', role: 'user', ...(email !== undefined && { email }) },
    signedInBy: account === undefined ? 'password' : 'microsoft',
    microsoftAccount: account,
  };
}

describe('The open mailbox', () => {
  it('is the user’s by the name of his Microsoft account, in any case', () => {
    expect(mailboxOwnerOf('Anna@Contoso.com', signedIn({ account: 'anna@contoso.com' }))).toEqual({ is: 'user' });
  });
  it('is the user’s by his e-mail address, though his account has another name', () => {
    const session = signedIn({ account: 'ab12@corp.contoso.com', email: 'anna@contoso.com' });
    expect(mailboxOwnerOf('anna@contoso.com', session)).toEqual({ is: 'user' });
  });
  it('is somebody else’s where neither fits', () => {
    const session = signedIn({ account: 'bert@contoso.com', email: 'b@contoso.com' });
    const other = { is: 'somebody-else', mailbox: 'anna@contoso.com', signedInAs: 'bert@contoso.com' };
    expect(mailboxOwnerOf('anna@contoso.com', session)).toEqual(other);
    expect(mailboxOwnerOf('anna@contoso.com', signedIn({ email: 'b@contoso.com' }))).toMatchObject({
      is: 'somebody-else',
    });
  });
  it('is nobody’s in particular where no address is known, no mailbox is open, or nobody is signed in', () => {
    expect(mailboxOwnerOf('anna@contoso.com', signedIn({}))).toEqual({ is: 'unknown' });
    expect(mailboxOwnerOf(undefined, signedIn({ account: 'anna@contoso.com' }))).toEqual({ is: 'unknown' });
    expect(mailboxOwnerOf('anna@contoso.com', { status: 'signed-out' })).toEqual({ is: 'unknown' });
  });
});
