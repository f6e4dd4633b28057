/** The pane's own client and sync in Node, signed in at the service process. */
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { type ApiClient, createApiClient } from '../../addin/api/client';
import { timerClock } from '../../shared/sync/clock';
import { pushSync, type SyncProgress } from '../../shared/sync/push-sync';
import { createSyncCalls } from '../../addin/sync/sync-calls';
import { signIn } from '../../shared/api/sessions';
import type { SyncResult } from '../../shared/contact-sync';
import { createGraphContactSource } from '../../shared/mailbox/graph-contact-source';
import type { BenchMailbox } from './mailbox';

export interface PaneSession {
  readonly client: ApiClient;
  /** Syncs a mailbox as the pane's button does. @throws Error when it ends otherwise than done */
  sync(mailbox: BenchMailbox, address: string): Promise<SyncRun>;
}

/** One sync, in milliseconds and bytes. */
export interface SyncRun {
  readonly totalMs: number;
  /** Time in which no request to the mailbox was under way. */
  readonly withoutMailboxMs: number;
  /** Time from the last thing read until the service had committed. */
  readonly commitMs: number;
  readonly mailboxRequests: number;
  /** Bytes on the connections between pane and service, in both directions, HTTP headers included. */
  readonly bytes: number;
  readonly result: SyncResult;
}

/** Signs a user of the demo in. */
export async function signInPane(url: string, userName: string): Promise<PaneSession> {
  const clientWith = (token: string | undefined) =>
    createApiClient({
      fetch,
      baseUrl: url,
      tokens: {
        token: () => Promise.resolve(token),
        renewed: () => Promise.resolve(undefined),
        passwordChangeRequired() {
          throw new Error('Users of the demo need no new password.');
        },
      },
    });
  const body = { userName, password: `Demo-${userName}!` };
  const { token } = await clientWith(undefined).call(signIn, { body });
  const client = clientWith(token);

  return {
    client,
    async sync(mailbox, address) {
      const requests = countRequests();
      const mailboxToken = await mailbox.token(address);
      const source = createGraphContactSource({
        fetch: requests.fetch,
        baseUrl: mailbox.graphBaseUrl,
        token: () => Promise.resolve(mailboxToken),
      });
      let committingAt = 0;
      const onProgress = ({ phase }: SyncProgress) => {
        if (phase === 'committing') committingAt = performance.now();
      };
      const bytesBefore = bytesWith(url);
      const startedAt = performance.now();
      const outcome = await pushSync(
        { source, calls: createSyncCalls(client), clock: timerClock },
        {
          account: { kind: 'graph', key: address, name: address },
          mode: 'delta',
          options: { skipContactsWithoutNumber: false },
          by: 'bench',
        },
        new AbortController().signal,
        onProgress,
      );
      const endedAt = performance.now();
      if (outcome.kind !== 'done') throw new Error(`The sync ended as ${outcome.kind}.`);
      return {
        totalMs: endedAt - startedAt,
        withoutMailboxMs: endedAt - startedAt - requests.waitedMs(),
        commitMs: endedAt - committingAt,
        mailboxRequests: requests.count(),
        bytes: bytesWith(url) - bytesBefore,
        result: outcome.result,
      };
    },
  };
}

/** A fetch that knows how long at least one of its requests was under way, body included. */
function countRequests() {
  let count = 0;
  let underWay = 0;
  let since = 0;
  let waited = 0;
  return {
    count: () => count,
    waitedMs: () => waited,
    fetch: async (url: string, init: RequestInit): Promise<Response> => {
      count += 1;
      if (underWay === 0) since = performance.now();
      underWay += 1;
      try {
        const response = await fetch(url, init);
        // The body is waited for here, so that it counts; the pane then reads it out of memory.
        const body = await response.arrayBuffer();
        return new Response(body, { status: response.status, headers: response.headers });
      } finally {
        underWay -= 1;
        if (underWay === 0) waited += performance.now() - since;
      }
    },
  };
}

const sockets = new Map<Socket, string>();
// Node's fetch tells of its connections here; there is no other way to see what really went over them.
subscribe('undici:client:connected', (message) => {
  const { connectParams, socket } = message as { connectParams: { host: string }; socket: Socket };
  sockets.set(socket, connectParams.host);
});

/** Bytes that went to and fro so far between this process and the service. */
function bytesWith(url: string): number {
  const { host } = new URL(url);
  let bytes = 0;
  for (const [socket, name] of sockets) if (name === host) bytes += socket.bytesRead + socket.bytesWritten;
  return bytes;
}
