/**
 * One GET to Microsoft Graph with everything that can go wrong on the way: sign-in, throttling, faults, limits.
 * The token goes to the origin and path of `baseUrl` and nowhere else, whatever link an answer names.
 */
import * as z from 'zod/mini';
import { SourceError } from './contact-source';
import {
  abortable,
  backoffMs,
  createLimiter,
  longestRetryAfterMs,
  mailboxConcurrency,
  maxAttempts,
  retryAfterMs,
  timerDelay,
  withJitter,
  type Delay,
} from './graph-limits';

/**
 * Gives an access token for Graph. After a 401 it is asked once more with the token that was refused, and must then
 * give another one (MSAL: `forceRefresh`). It rejects where nobody is signed in.
 */
export type GraphToken = (signal: AbortSignal, refused?: string) => Promise<string>;

export interface GraphAccess {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly token: GraphToken;
  /** Service root with version: `https://graph.microsoft.com/v1.0`. */
  readonly baseUrl: string;
  /** How to wait; the timer by default. */
  readonly delay?: Delay;
  readonly now?: () => Date;
  /** From 0 to below 1. */
  readonly random?: () => number;
  /** Milliseconds for one attempt, body included. Default 30,000. */
  readonly timeoutMs?: number;
}

/** An answer is larger than it may be. */
export class AnswerTooLarge extends SourceError {
  constructor(bytes: number) {
    super('not-understood', `An answer of Microsoft Graph is larger than ${String(bytes)} bytes.`);
  }
}

/** Graph refused a request for a reason that only the caller can judge (a 4xx that is not about signing in). */
export class GraphRefusal extends Error {
  constructor(
    readonly status: number,
    /** Graph's `error.code`, such as `ErrorItemNotFound`. */
    readonly code: string,
    /** Milliseconds that Graph asks to be left alone for. */
    readonly retryAfterMs?: number,
  ) {
    super(`Microsoft Graph refused the request: ${String(status)} ${code}`);
    this.name = 'GraphRefusal';
  }
}

export interface GraphRequests {
  /** The parsed JSON of a GET. `prefer` is joined with the preference for immutable ids, which goes with every request. */
  get(url: string, signal: AbortSignal, prefer?: string): Promise<unknown>;
  /** The bytes of a GET. @throws AnswerTooLarge beyond `maxBytes`. */
  getBytes(url: string, signal: AbortSignal, maxBytes: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Absolute URL of a path below the base. */
  url(path: string): string;
  /** Whether a link leads to the same service: same origin, path below the base. */
  isOwn(link: string): boolean;
}

const maxAnswerBytes = 16 * 1024 * 1024;
const retriedStatus = new Set([408, 429, 500, 502, 503, 504]);
/** 403 codes that mean: the token lacks the permission. Others are a policy of the organisation. */
const consentCodes = new Set(['erroraccessdenied', 'accessdenied', 'authorization_requestdenied']);

/** Graph's word for a mailbox that is not in Microsoft 365, whatever the status beside it. */
const onPremisesCodes = new Set(['mailboxnotenabledforrestapi']);

const errorSchema = z.object({ error: z.object({ code: z.string() }) });

/** Makes the requests of one mailbox: at most four at once, one pause for all of them when Graph throttles. */
export function createGraphRequests(access: GraphAccess): GraphRequests {
  const { fetch, token: giveToken } = access;
  const delay = access.delay ?? timerDelay;
  const now = access.now ?? (() => new Date());
  const random = access.random ?? Math.random;
  const timeoutMs = access.timeoutMs ?? 30_000;
  const base = new URL(access.baseUrl.endsWith('/') ? access.baseUrl : `${access.baseUrl}/`);
  const limited = createLimiter(mailboxConcurrency);
  let quietUntil = 0;

  const isOwn = (link: string): boolean => {
    if (!URL.canParse(link)) return false;
    const url = new URL(link);
    return url.origin === base.origin && url.pathname.startsWith(base.pathname) && url.username === '';
  };

  const tokenFor = async (signal: AbortSignal, refused?: string): Promise<string> => {
    try {
      return await abortable(giveToken(signal, refused), signal);
    } catch (cause) {
      if (signal.aborted || cause instanceof SourceError) throw cause;
      throw new SourceError('sign-in-needed', 'No access to the mailbox: sign in to Microsoft again.', cause);
    }
  };

  /** One attempt. Throws only what the network or the time limit throws. */
  const attempt = async (url: string, token: string, wish: Wish, signal: AbortSignal): Promise<Answer> => {
    signal.throwIfAborted();
    const own = new AbortController();
    const stop = (): void => own.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    const timer = setTimeout(() => own.abort(new Error('Microsoft Graph did not answer in time.')), timeoutMs);
    try {
      const work = fetch(url, {
        method: 'GET',
        headers: { Accept: wish.accept, Authorization: `Bearer ${token}`, Prefer: wish.prefer },
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
        signal: own.signal,
      }).then(async (response) => ({
        status: response.status,
        retryAfter: response.headers.get('Retry-After'),
        body: await readBytes(response, response.ok ? wish.maxBytes : maxAnswerBytes),
      }));
      return await abortable(work, own.signal);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  };

  const waitForQuiet = async (signal: AbortSignal): Promise<void> => {
    const rest = quietUntil - now().getTime();
    if (rest > 0) await delay(withJitter(rest, random), signal);
  };

  const getOnce = async (url: string, signal: AbortSignal, wish: Wish): Promise<Uint8Array<ArrayBuffer>> => {
    let token = await tokenFor(signal);
    let refreshed = false;
    let attempts = 0;
    for (;;) {
      await waitForQuiet(signal);
      attempts += 1;
      const answer = await attempt(url, token, wish, signal).catch((cause: unknown): Answer | Fault => {
        signal.throwIfAborted();
        if (cause instanceof SourceError) throw cause;
        return { cause };
      });
      if ('cause' in answer) {
        if (attempts >= maxAttempts)
          throw new SourceError('unreachable', 'Microsoft Graph cannot be reached.', answer.cause);
        await delay(backoffMs(attempts, random), signal);
        continue;
      }
      if (answer.status === 200) return answer.body;
      if (answer.status === 401) {
        if (refreshed)
          throw new SourceError('sign-in-needed', 'Microsoft does not accept the sign-in any more: sign in again.');
        refreshed = true;
        token = await tokenFor(signal, token);
        continue;
      }
      const told = retryAfterMs(answer.retryAfter, now());
      const refusal = new GraphRefusal(answer.status, codeOf(textOf(answer.body)), told);
      if (!retriedStatus.has(answer.status)) throw judged(refusal);
      const throttled = answer.status === 429 || told !== undefined;
      if (attempts >= maxAttempts || (told ?? 0) > longestRetryAfterMs) {
        throw throttled
          ? new SourceError(
              'throttled',
              'Microsoft limits the requests to this mailbox just now: try again later.',
              refusal,
            )
          : new SourceError('unreachable', 'Microsoft Graph has a fault just now: try again later.', refusal);
      }
      if (told === undefined) await delay(backoffMs(attempts, random), signal);
      else quietUntil = Math.max(quietUntil, now().getTime() + told);
    }
  };

  const get = (url: string, signal: AbortSignal, wish: Omit<Wish, 'prefer'>, prefer?: string) => {
    if (!isOwn(url)) {
      return Promise.reject(new SourceError('not-understood', 'Microsoft Graph named a link that leads elsewhere.'));
    }
    const preferences = ['IdType="ImmutableId"', ...(prefer === undefined ? [] : [prefer])].join(', ');
    return limited(() => getOnce(url, signal, { ...wish, prefer: preferences }), signal);
  };

  return {
    get: async (url, signal, prefer) =>
      parseJson(textOf(await get(url, signal, { accept: 'application/json', maxBytes: maxAnswerBytes }, prefer))),
    getBytes: (url, signal, maxBytes) => get(url, signal, { accept: 'image/*, */*;q=0.1', maxBytes }),
    url: (path) => new URL(path.replace(/^\/+/, ''), base).href,
    isOwn,
  };
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What is asked for, and how much of it is taken. */
interface Wish {
  readonly accept: string;
  readonly prefer: string;
  readonly maxBytes: number;
}

interface Fault {
  readonly cause: unknown;
}

function judged(refusal: GraphRefusal): Error {
  if (onPremisesCodes.has(refusal.code.toLowerCase())) {
    return new SourceError('on-premises', 'Microsoft 365 has no active mailbox of this account.', refusal);
  }
  if (refusal.status !== 403) return refusal;
  return consentCodes.has(refusal.code.toLowerCase())
    ? new SourceError('consent-needed', 'Permission to read the contacts is missing (Contacts.Read).', refusal)
    : new SourceError('forbidden', 'The organisation does not allow access to this mailbox.', refusal);
}

async function readBytes(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) break;
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader?.cancel();
      throw new AnswerTooLarge(maxBytes);
    }
    parts.push(value);
  }
  const all = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (cause) {
    throw new SourceError('not-understood', 'What answered in the place of Microsoft Graph did not send JSON.', cause);
  }
}

function codeOf(body: string): string {
  try {
    return errorSchema.parse(JSON.parse(body)).error.code.slice(0, 100);
  } catch {
    return 'unknown';
  }
}
