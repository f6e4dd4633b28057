/**
 * The only place that sends requests to our service. A call is typed by its route in `shared/api`: what goes out is
 * checked by the compiler, what comes back is parsed with the route's schema.
 */
import { apiBase } from '../../shared/api/api-base';
import type { Download, RouteCall, RouteDefinition, RouteResult } from '../../shared/api/route';
import { problemSchema, type Problem } from '../../shared/errors';
import { ApiError } from './api-error';
import { createStore, type ReadableStore } from './store';

/** Who holds the access token. */
export interface TokenSource {
  /** A token for the next request, renewed first when it is about to run out; undefined when nobody is signed in. */
  token(): Promise<string | undefined>;
  /** A token after the service refused `refused`; undefined when the session is over. */
  renewed(refused: string): Promise<string | undefined>;
  /** The service demands the change of the initial password. */
  passwordChangeRequired(): void;
}

/** What is told of each request: for the trace, and to find it again in the service's log. No content is in it. */
export interface RequestRecord {
  /** Name of the route in the contract. */
  readonly route: string;
  readonly method: RouteDefinition['method'];
  /** Ties the request to the service's log. */
  readonly correlationId: string;
  /** Status of the answer; undefined when there was none. */
  readonly status: number | undefined;
  /** Milliseconds until the answer began. */
  readonly ms: number;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for the answer; 15 s where absent. */
  readonly timeoutMs?: number;
}

export interface ApiClient {
  /** Calls a route. @throws ApiError for every failure except an abort by the caller's own signal. */
  call<R extends RouteDefinition>(route: R, input: RouteCall<R>, options?: CallOptions): Promise<RouteResult<R>>;
  /** Opens a stream route; the answer's body is read by the caller. @throws ApiError */
  open(route: RouteDefinition, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response>;
  /** Version that the service told with its last answer; undefined before the first. */
  readonly serviceVersion: ReadableStore<string | undefined>;
  /** The service's clock in milliseconds: durations of calls are counted by it, whatever this machine's clock says. */
  serverNow(): number;
}

export interface ClientDeps {
  readonly fetch: typeof fetch;
  /** Address below which the contract is served, such as `https://pbx.example/`. */
  readonly baseUrl: string;
  readonly tokens: TokenSource;
  readonly now?: () => number;
  /** Hears of each request when it is over. */
  readonly observe?: (request: RequestRecord) => void;
  /** Draws correlation ids. */
  readonly newId?: () => string;
  /** Waits before a repeated request; replaced in tests. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const defaultTimeoutMs = 15_000;
/** Milliseconds before each repetition of a request that may be repeated. */
const repeatAfterMs = [300, 1200] as const;

/** Names the service's version in each answer. */
const versionHeader = 'x-mycontacts-version';

/** What a request is sent with. */
interface SentInit extends RequestInit {
  readonly headers: Readonly<Record<string, string>>;
  readonly correlationId: string;
}

/** What stands in an address. */
type Primitive = string | number | boolean | undefined;

/** The fields that a call may have, whatever its route. */
interface LooseCall {
  readonly params?: Readonly<Record<string, Primitive>>;
  readonly query?: Readonly<Record<string, Primitive>>;
  readonly body?: unknown;
  readonly file?: Blob;
  readonly ifMatch?: number;
}

/** The client of one pane. */
export function createApiClient(deps: ClientDeps): ApiClient {
  const { fetch, baseUrl, tokens, now = Date.now, pause = wait, observe } = deps;
  const newId = deps.newId ?? (() => crypto.randomUUID());
  const serviceVersion = createStore<string | undefined>(undefined);
  let clockOffset = 0;

  async function send(route: RouteDefinition, url: string, init: SentInit): Promise<Response> {
    const { correlationId, ...rest } = init;
    const headers = { ...rest.headers, 'x-correlation-id': correlationId };
    const began = performance.now();
    const tell = (status: number | undefined) =>
      observe?.({ route: route.name, method: route.method, correlationId, status, ms: performance.now() - began });
    let response: Response;
    try {
      response = await fetch(url, {
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        ...rest,
        headers,
      });
    } catch (error) {
      tell(undefined);
      if (init.signal?.aborted) throw init.signal.reason;
      throw new ApiError('unreachable', undefined, error, correlationId);
    }
    tell(response.status);
    const version = response.headers.get(versionHeader);
    if (version !== null) serviceVersion.set(version);
    const date = Date.parse(response.headers.get('date') ?? '');
    // The header counts whole seconds; a smaller difference is not worth an adjustment.
    if (!Number.isNaN(date)) clockOffset = Math.abs(date + 500 - now()) > 2000 ? date + 500 - now() : 0;
    return response;
  }

  /** Sends with the access token; once more with a renewed one when it was refused. */
  async function sendSigned(route: RouteDefinition, url: string, init: SentInit): Promise<Response> {
    if (route.access === 'public') return refusedOr(await send(route, url, init), init);
    const token = await tokens.token();
    if (token === undefined) throw new ApiError('session-ended');
    const response = await send(route, url, withToken(init, token));
    if (response.status !== 401) return refusedOr(response, init);
    const problem = await problemOf(response);
    if (problem?.code !== 'not-signed-in') throw new ApiError(problem?.code ?? 'answer-not-understood', problem);
    const renewed = await tokens.renewed(token);
    if (renewed === undefined) throw new ApiError('session-ended', problem);
    return refusedOr(await send(route, url, withToken(init, renewed)), init);
  }

  async function refusedOr(response: Response, { correlationId }: SentInit): Promise<Response> {
    if (response.ok) return response;
    const problem = await problemOf(response);
    if (problem?.code === 'password-change-required') tokens.passwordChangeRequired();
    // A proxy in front of a service that is just restarting answers with these and a page of its own.
    if (!problem && [502, 503, 504].includes(response.status)) {
      throw new ApiError('unreachable', undefined, undefined, correlationId);
    }
    throw new ApiError(problem?.code ?? 'answer-not-understood', problem, undefined, correlationId);
  }

  async function once(route: RouteDefinition, call: LooseCall, signal: AbortSignal, correlationId: string) {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (call.body !== undefined) headers['content-type'] = 'application/json';
    if (call.file) headers['content-type'] = call.file.type || 'application/octet-stream';
    if (call.ifMatch !== undefined) headers['if-match'] = `"${call.ifMatch}"`;
    const response = await sendSigned(route, urlOf(baseUrl, route, call), {
      correlationId,
      method: route.method,
      headers,
      signal,
      // Such an answer never changes, and may be kept by the browser.
      ...(route.answersFile === undefined ? {} : { cache: 'default' }),
      ...(call.file ? { body: call.file } : call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    if (route.answersFile !== undefined) return new Uint8Array(await bytesOf(response, signal));
    if (route.downloads !== undefined) {
      const content = [new Uint8Array(await bytesOf(response, signal))];
      const fileName = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? route.name;
      return { contentType: response.headers.get('content-type') ?? '', fileName, content } satisfies Download;
    }
    if (!route.response) return undefined;
    const parsed = route.response.safeParse(await jsonOf(response, signal));
    if (!parsed.success) throw new ApiError('answer-not-understood', undefined, parsed.error, correlationId);
    return parsed.data;
  }

  return {
    async call(route, input, { signal, timeoutMs = defaultTimeoutMs } = {}) {
      const repeats = mayRepeat(route) ? repeatAfterMs : [];
      for (let attempt = 0; ; attempt += 1) {
        const timeout = AbortSignal.timeout(timeoutMs);
        const correlationId = newId();
        const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
        try {
          // The route's schema made this value, so it is of the route's result type.
          return (await once(route, fieldsOf(input), either, correlationId)) as RouteResult<typeof route>;
        } catch (error) {
          if (signal?.aborted) throw signal.reason;
          const failure = timeout.aborted ? new ApiError('timeout', undefined, error, correlationId) : error;
          const delay = repeats[attempt];
          if (delay === undefined || !(failure instanceof ApiError) || failure.code !== 'unreachable') throw failure;
          await pause(delay, signal ?? new AbortController().signal);
        }
      }
    },
    open: (route, headers, signal) =>
      sendSigned(route, urlOf(baseUrl, route, {}), {
        correlationId: newId(),
        method: route.method,
        headers: { ...headers },
        signal,
      }),
    serviceVersion,
    serverNow: () => now() + clockOffset,
  };
}

/** The fields of a call, whatever its route: the compiler has checked them against the route's schemas. */
function fieldsOf(input: object): LooseCall {
  return input;
}

/** Repeating it changes nothing more: only such requests are sent again by themselves. */
function mayRepeat(route: RouteDefinition): boolean {
  return route.method === 'GET' || (route.method === 'PUT' && !route.path.endsWith('/password'));
}

function withToken(init: SentInit, token: string): SentInit {
  return { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } };
}

/** The route's address with its parameters and query. */
export function urlOf(baseUrl: string, route: RouteDefinition, call: Pick<LooseCall, 'params' | 'query'>): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(call.params?.[name])));
  const url = new URL(apiBase.slice(1) + path, baseUrl);
  for (const [name, value] of Object.entries(call.query ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url.href;
}

/** The problem document of a refusal; undefined when it is none. */
export async function problemOf(response: Response): Promise<Problem | undefined> {
  try {
    const parsed = problemSchema.safeParse(await response.json());
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

async function bytesOf(response: Response, signal: AbortSignal): Promise<ArrayBuffer> {
  try {
    return await response.arrayBuffer();
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new ApiError('unreachable', undefined, error);
  }
}

async function jsonOf(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    // The connection broke inside the answer, or a proxy answered with a page of its own.
    throw new ApiError(error instanceof SyntaxError ? 'answer-not-understood' : 'unreachable', undefined, error);
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      // Whoever gives up says why; that reason is passed on as it is.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      reject(signal.reason);
    });
  });
}
