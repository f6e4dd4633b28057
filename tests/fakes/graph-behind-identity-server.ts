/** The demo mailbox behind the identity server: takes the tokens that one signs, as Microsoft Graph takes Entra's. */
import { createServer, request as forward } from 'node:http';
import { decodeJwt } from 'jose';
import type { MailboxServer } from '../../demo/mailbox/mailbox-server';

export interface GraphBehindIdentityServer {
  readonly baseUrl: string;
  /** Tokens that are refused from now on. */
  readonly refused: Set<string>;
  /** Scopes or roles of the tokens that came, oldest first. */
  readonly rights: string[];
  close(): Promise<void>;
}

export async function startGraphBehindIdentityServer(mailbox: MailboxServer): Promise<GraphBehindIdentityServer> {
  const refused = new Set<string>();
  const rights: string[] = [];
  const server = createServer((incoming, response) => {
    const token = (incoming.headers.authorization ?? '').replace(/^Bearer /, '');
    let address: string | undefined;
    if (token !== '' && !refused.has(token)) {
      const claims = decodeJwt(token);
      const appOnly = Array.isArray(claims['roles']);
      rights.push(String(appOnly ? claims['roles'] : claims['scp']));
      const named = /\/users\/([^/]+)/.exec(decodeURIComponent(incoming.url ?? ''))?.[1];
      address = appOnly ? named : String(claims['preferred_username'] ?? claims['upn'] ?? claims['unique_name']);
    }
    let authorization = 'Bearer none';
    if (address !== undefined) {
      try {
        authorization = `Bearer ${mailbox.control.issueToken(address.toLowerCase(), 600_000)}`;
      } catch {
        // As Graph says of a mailbox that is not there.
        response.writeHead(404, { 'Content-Type': 'application/json' });
        response.end(
          JSON.stringify({ error: { code: 'ErrorInvalidUser', message: 'The requested user is invalid.' } }),
        );
        return;
      }
    }
    const outgoing = forward(
      {
        port: mailbox.port,
        host: '127.0.0.1',
        path: incoming.url,
        method: incoming.method,
        headers: { ...incoming.headers, authorization },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1.0`,
    refused,
    rights,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
