/** A demo mailbox on a free port of loopback, and requests to it as a browser or a service sends them. */
import { createMailboxServer, type MailboxServerOptions } from '../../../demo/mailbox/mailbox-server';
import type { MailboxContents } from '../../../demo/mailbox/graph-types';

export const address = '330@demo.example';
export const immutable = { Prefer: 'IdType="ImmutableId"' };

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Starts a server with these contents. */
export async function startMailbox(contents: MailboxContents, options: Partial<MailboxServerOptions> = {}) {
  const server = createMailboxServer({ addresses: [address], contents: () => contents, latencyMs: 0, ...options });
  const origin = `http://127.0.0.1:${String(await server.listen(0))}`;
  const token = server.control.issueToken(address);
  const get = async (path: string, headers: Record<string, string> = immutable): Promise<Answer> => {
    const url = path.startsWith('http') ? path : `${origin}/v1.0${path}`;
    const response = await fetch(url, { headers: { Authorization: `Bearer ${token}`, ...headers } });
    const text = await response.text();
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, headers: response.headers, body };
  };
  return { server, origin, token, get, mailbox: server.control.mailbox(address), control: server.control };
}

/** `error.code` of an answer. */
export function codeOf(answer: Answer): unknown {
  return (answer.body['error'] as { code?: unknown } | undefined)?.code;
}

/** The items of a list or page. */
export function itemsOf(answer: Answer): readonly Record<string, unknown>[] {
  return answer.body['value'] as readonly Record<string, unknown>[];
}
