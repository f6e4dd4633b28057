/**
 * The demo mailbox: an HTTP server that answers like Microsoft Graph does to somebody who reads contacts, and refuses
 * what Graph refuses. Mailboxes are told apart by the token; nothing is stored on disk.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createAccessTokens } from './access-tokens';
import { controlCommandSchema, isControlKey, runControlCommand } from './control-surface';
import { createDelta } from './delta';
import { createFaults, type RequestFault } from './faults';
import { GraphError } from './graph-error';
import { readPrefer } from './graph-query';
import { drawPhoto } from './draw-photo';
import { answerGraph, photoItem } from './graph-routes';
import type { MailboxContents } from './graph-types';
import { createMailbox, type Mailbox } from './mailbox';
import { createMailboxControl, type MailboxControl, type ServedRequest } from './mailbox-control';
import { createTokenSeal } from './sealed-tokens';

export interface MailboxServerOptions {
  /** Addresses of the mailboxes, in lower case. */
  readonly addresses: readonly string[];
  /** What a mailbox holds at the start; asked at its first use. */
  readonly contents: (address: string) => MailboxContents;
  /** Milliseconds that an answer takes. Default 150. */
  readonly latencyMs?: number;
  /** Contacts in one page at most, 1 to 100. Default 100. */
  readonly pageSize?: number;
  readonly now?: () => Date;
  /** Opens `POST /control` to whoever knows this key. Absent: closed. */
  readonly controlKey?: string;
}

export interface MailboxServer {
  /** Listens and gives the port; port 0 takes a free one. */
  listen(port: number, host?: string): Promise<number>;
  /** Ends all connections. */
  close(): Promise<void>;
  /** Port in use, 0 before `listen`. */
  readonly port: number;
  readonly control: MailboxControl;
}

/** Requests of one mailbox that Graph serves at once. */
const parallelLimit = 4;
const maxControlBytes = 256 * 1024;
const exposedHeaders =
  'ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, Retry-After, WWW-Authenticate';

/** Makes the server; it listens when told to. */
export function createMailboxServer(options: MailboxServerOptions): MailboxServer {
  const now = options.now ?? (() => new Date());
  const pageSize = Math.min(100, Math.max(1, options.pageSize ?? 100));
  const seal = createTokenSeal();
  const delta = createDelta(seal);
  const tokens = createAccessTokens(seal, now);
  const faults = createFaults();
  const mailboxes = new Map<string, Mailbox>();
  const parallel = new Map<string, number>();
  const immutableIds = new Set<string>();
  const requests: ServedRequest[] = [];
  let mostParallel = 0;
  let latencyMs = options.latencyMs ?? 150;
  let port = 0;

  const mailboxOf = (given: string): Mailbox => {
    const address = given.toLowerCase();
    if (!options.addresses.includes(address)) throw new Error('There is no mailbox of that address.');
    const mailbox = mailboxes.get(address) ?? createMailbox(address, options.contents(address), now);
    mailboxes.set(address, mailbox);
    return mailbox;
  };

  const control = createMailboxControl({
    faults,
    issueToken: (address, lifetimeMs) => tokens.issue(mailboxOf(address).address, lifetimeMs),
    revokeTokens: (address) => tokens.revoke(address.toLowerCase()),
    mailbox: mailboxOf,
    setLatency: (ms) => void (latencyMs = ms),
    served: () => ({ requests: [...requests], mostParallel }),
  });

  const ownerOf = (mailbox: Mailbox, segments: readonly string[]): { owner: string; path: readonly string[] } => {
    const [first, second, ...rest] = segments;
    if (first === 'me') return { owner: 'me', path: segments.slice(1) };
    if (first !== 'users' || second === undefined) {
      throw new GraphError(400, 'BadRequest', `Resource not found for the segment '${first ?? ''}'.`);
    }
    if (second.toLowerCase() !== mailbox.address) {
      throw new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
    }
    return { owner: `users/${encodeURIComponent(second)}`, path: rest };
  };

  /** JSON, or the bytes of a photo. */
  const answerOf = async (request: IncomingMessage, mailbox: Mailbox, url: URL): Promise<Buffer> => {
    if (request.method !== 'GET') {
      throw new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
    }
    const prefer = readPrefer(request.headers.prefer?.toString());
    if (prefer.get('idtype') === 'ImmutableId') immutableIds.add(mailbox.address);
    else if (immutableIds.has(mailbox.address)) {
      throw new GraphError(
        400,
        'ErrorInvalidRequest',
        'Prefer: IdType="ImmutableId" was sent before and is missing now.',
      );
    }
    const baseUrl = `http://${url.host}/v1.0`;
    const { owner, path } = ownerOf(mailbox, segmentsOf(url.pathname.slice('/v1.0'.length)));
    const ownerUrl = `${baseUrl}/${owner}`;
    const takePageFault = (): ReturnType<typeof faults.takePage> => faults.takePage();
    const asked = { mailbox, path, params: url.searchParams, prefer, ownerUrl, baseUrl, pageSize, takePageFault };
    const item = photoItem(asked);
    if (item?.photo !== undefined) {
      return Buffer.from(item.photo === 'drawn' ? await drawPhoto(item.id) : item.photo);
    }
    return Buffer.from(JSON.stringify(mailbox.calendar.answer({ ...asked, seal }) ?? answerGraph(asked, delta)));
  };

  const serveGraph = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const requestId = randomUUID();
    response.setHeader('request-id', requestId);
    response.setHeader('Cache-Control', 'private');
    let mailbox: Mailbox;
    try {
      mailbox = mailboxOf(tokens.check(request.headers.authorization));
    } catch (error) {
      sendError(response, error, requestId, now());
      return;
    }
    const running = (parallel.get(mailbox.address) ?? 0) + 1;
    parallel.set(mailbox.address, running);
    mostParallel = Math.max(mostParallel, running);
    try {
      if (running > parallelLimit) {
        throw new GraphError(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', '1');
      }
      if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
      const fault = faults.takeRequest();
      if (fault?.type === 'drop' && fault.moment === 'before-answer') {
        response.destroy();
        return;
      }
      if (fault?.type === 'status') throw faultError(fault);
      const body = await answerOf(request, mailbox, url);
      response.setHeader(
        'Content-Type',
        url.pathname.endsWith('/$value') ? 'image/jpeg' : 'application/json;odata.metadata=minimal;charset=utf-8',
      );
      if (fault?.type === 'drop') {
        response.setHeader('Content-Length', body.length);
        response.write(body.subarray(0, body.length / 2), () => response.destroy());
        return;
      }
      response.setHeader('Preference-Applied', request.headers.prefer?.toString() ?? '');
      response.end(body);
    } catch (error) {
      sendError(response, error, requestId, now());
    } finally {
      parallel.set(mailbox.address, (parallel.get(mailbox.address) ?? 1) - 1);
      const prefer = request.headers.prefer?.toString() ?? '';
      requests.push({
        mailbox: mailbox.address,
        path: url.pathname,
        prefer,
        status: response.destroyed ? 0 : response.statusCode,
      });
      if (requests.length > 10_000) requests.shift();
    }
  };

  const serveControl = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const key = options.controlKey;
    if (
      key === undefined ||
      request.method !== 'POST' ||
      !isControlKey(request.headers['x-control-key']?.toString(), key)
    ) {
      response.writeHead(404).end();
      return;
    }
    try {
      const answer = runControlCommand(control, controlCommandSchema.parse(JSON.parse(await readBody(request))));
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
    } catch (error) {
      const message = error instanceof Error ? error.message : 'unknown';
      response.writeHead(400, { 'Content-Type': 'application/json' }).end(JSON.stringify({ message }));
    }
  };

  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Expose-Headers', exposedHeaders);
    const address = `http://${request.headers.host ?? 'localhost'}${request.url ?? '/'}`;
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (request.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
      response.setHeader(
        'Access-Control-Allow-Headers',
        'Authorization, Content-Type, Prefer, client-request-id, X-Control-Key',
      );
      response.setHeader('Access-Control-Max-Age', '600');
      response.writeHead(200).end();
    } else if (url?.pathname === '/control') void serveControl(request, response);
    else if (url?.pathname.startsWith('/v1.0/') === true) void serveGraph(request, response, url);
    else response.writeHead(404).end();
  });

  return {
    listen: (wanted, host = '127.0.0.1') =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(wanted, host, () => {
          server.off('error', reject);
          const bound = server.address();
          port = typeof bound === 'object' && bound !== null ? bound.port : wanted;
          resolve(port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    get port() {
      return port;
    },
    control,
  };
}

function faultError(fault: Extract<RequestFault, { type: 'status' }>): GraphError {
  const codes = {
    429: 'ApplicationThrottled',
    500: 'InternalServerError',
    502: 'BadGateway',
    503: 'ServiceUnavailable',
    504: 'GatewayTimeout',
  };
  return new GraphError(fault.status, codes[fault.status], 'The service cannot answer just now.', fault.retryAfter);
}

/** Path segments decoded; a key in parentheses, `contactFolders('id')`, is a segment of its own. */
function segmentsOf(pathname: string): string[] {
  return pathname
    .split('/')
    .filter((segment) => segment !== '')
    .flatMap((segment) => {
      const keyed = /^(\w+)\('(.*)'\)$/.exec(decode(segment));
      return keyed === null ? [decode(segment)] : [keyed[1] ?? '', keyed[2] ?? ''];
    });
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new GraphError(400, 'BadRequest', 'Bad Request - Invalid URL');
  }
}

function sendError(response: ServerResponse, error: unknown, requestId: string, at: Date): void {
  const known = error instanceof GraphError ? error : new GraphError(500, 'InternalServerError', String(error));
  if (known.retryAfter !== undefined) response.setHeader('Retry-After', known.retryAfter);
  if (known.status === 401)
    response.setHeader('WWW-Authenticate', 'Bearer realm="", authorization_uri="https://login.example/"');
  response.writeHead(known.status, { 'Content-Type': 'application/json' });
  const innerError = { date: at.toISOString().slice(0, 19), 'request-id': requestId, 'client-request-id': requestId };
  response.end(JSON.stringify({ error: { code: known.code, message: known.message, innerError } }));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    const buffer = Buffer.from(part as Uint8Array);
    bytes += buffer.length;
    if (bytes > maxControlBytes) throw new Error('The command is too large.');
    parts.push(buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}
