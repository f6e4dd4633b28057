/**
 * Outlook's side of nested app authentication, as `@azure/msal-browser` speaks with it: `window.nestedAppAuthBridge` takes
 * JSON envelopes by `postMessage` and answers each by its `requestId` through the `message` listeners.
 */
import * as z from 'zod/mini';
import type { MailboxToken, PreviewHost } from './preview-host';

const requestSchema = z.object({
  messageType: z.literal('NestedAppAuthRequest'),
  method: z.enum(['GetInitContext', 'GetToken', 'GetTokenPopup']),
  requestId: z.string(),
  tokenParams: z.optional(z.object({ clientId: z.string(), scope: z.string() })),
});

type Listener = (response: string) => void;

export interface NestedAppAuthBridge {
  addEventListener(event: string, listener: Listener): void;
  removeEventListener(event: string, listener: Listener): void;
  postMessage(message: string): void;
}

export function createNestedAppAuthBridge(host: Pick<PreviewHost, 'mailboxToken'>): NestedAppAuthBridge {
  const listeners = new Set<Listener>();
  const send = (requestId: string, body: object) => {
    const envelope = JSON.stringify({ messageType: 'NestedAppAuthResponse', requestId, ...body });
    setTimeout(() => listeners.forEach((listener) => listener(envelope)), 0);
  };
  return {
    addEventListener: (_event, listener) => void listeners.add(listener),
    removeEventListener: (_event, listener) => void listeners.delete(listener),
    postMessage: (message) => {
      const read = requestSchema.safeParse(JSON.parse(message));
      if (!read.success) return;
      const { requestId, method, tokenParams } = read.data;
      if (method === 'GetInitContext') {
        const initContext = { sdkName: 'preview', sdkVersion: '1.0.0', capabilities: { queryAccount: true } };
        send(requestId, { success: true, initContext });
        return;
      }
      host
        .mailboxToken(tokenParams?.scope ?? '')
        .then((token) => send(requestId, { success: true, ...tokenResponse(token, tokenParams) }))
        .catch(() => send(requestId, { success: false, error: { status: 'NO_NETWORK', code: 'no_network' } }));
    },
  };
}

function tokenResponse(token: MailboxToken, request: { clientId: string; scope: string } | undefined) {
  const { account } = token;
  const scope = request?.scope ?? '';
  return {
    token: {
      access_token: token.accessToken,
      expires_in: token.expiresIn,
      id_token: idToken(account, request?.clientId ?? ''),
      scope,
      properties: null,
    },
    account,
  };
}

/** An ID token that nobody checks: the pane reads the account from it and sends it to nobody. */
function idToken(account: MailboxToken['account'], audience: string): string {
  const claims = {
    aud: audience,
    iss: `https://${account.environment}/${account.tenantId}/v2.0`,
    oid: account.localAccountId,
    sub: account.localAccountId,
    tid: account.tenantId,
    preferred_username: account.username,
    ver: '2.0',
  };
  return [{ alg: 'none', typ: 'JWT' }, claims].map(base64url).concat('').join('.');
}

function base64url(value: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
