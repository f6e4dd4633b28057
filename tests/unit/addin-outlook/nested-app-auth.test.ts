import { describe, expect, it } from 'vitest';
import { createNestedAppAuthBridge } from '../../../addin/preview/nested-app-auth';

const account = {
  username: 'me@example.com',
  homeAccountId: 'o.t',
  localAccountId: 'o',
  tenantId: 't',
  environment: 'localhost',
};

/** Sends one request as msal-browser does and waits for the answer with its id. */
function ask(
  mailboxToken: () => Promise<{ accessToken: string; expiresIn: number; account: typeof account }>,
  method: string,
) {
  const bridge = createNestedAppAuthBridge({ mailboxToken });
  return new Promise<Record<string, unknown>>((resolve) => {
    bridge.addEventListener('message', (response) => {
      const envelope = JSON.parse(response) as Record<string, unknown>;
      if (envelope['requestId'] === 'r1') resolve(envelope);
    });
    const tokenParams = { clientId: 'c', scope: 'Contacts.Read', correlationId: 'x' };
    bridge.postMessage(JSON.stringify({ messageType: 'NestedAppAuthRequest', method, requestId: 'r1', tokenParams }));
  });
}

const give = () => Promise.resolve({ accessToken: 'secret', expiresIn: 3600, account });

describe("the preview's side of nested app authentication", () => {
  it('introduces itself', async () => {
    expect(await ask(give, 'GetInitContext')).toMatchObject({
      messageType: 'NestedAppAuthResponse',
      success: true,
      initContext: { sdkName: 'preview' },
    });
  });

  it.each(['GetToken', 'GetTokenPopup'])(
    'answers %s with the token, the account and an ID token of it',
    async (method) => {
      const answer = await ask(give, method);
      expect(answer).toMatchObject({ success: true, token: { access_token: 'secret', expires_in: 3600 }, account });
      const { id_token: idToken } = answer['token'] as { id_token: string };
      const claims: unknown = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString());
      expect(claims).toMatchObject({ aud: 'c', oid: 'o', tid: 't', preferred_username: 'me@example.com' });
    },
  );

  it('says that the network is gone when the mailbox gives no token', async () => {
    const answer = await ask(() => Promise.reject(new Error('down')), 'GetToken');
    expect(answer).toMatchObject({ success: false, error: { status: 'NO_NETWORK' } });
  });
});
