import { describe, expect, it } from 'vitest';
import { SourceError } from '../../../shared/mailbox/contact-source';
import { createGraphRequests, GraphRefusal, type GraphAccess } from '../../../shared/mailbox/graph-request';

const baseUrl = 'https://graph.example/v1.0';
const never = new AbortController().signal;
type Step = Response | Error | ((init: RequestInit) => Promise<Response>);

/** A Graph that answers by script; it records requests and waits. The clock moves only by waiting. */
function scripted(steps: Step[], more: Partial<GraphAccess> = {}) {
  const sent: { url: string; headers: Headers; init: RequestInit }[] = [];
  const waits: number[] = [];
  const asked: (string | undefined)[] = [];
  let time = Date.UTC(2026, 0, 5, 8);
  const requests = createGraphRequests({
    fetch: (url, init) => {
      sent.push({ url, headers: new Headers(init.headers), init });
      const step = steps.shift();
      if (step === undefined) throw new Error('The script is at its end.');
      if (step instanceof Error) return Promise.reject(step);
      return step instanceof Response ? Promise.resolve(step) : step(init);
    },
    token: (_signal, refused) => {
      asked.push(refused);
      return Promise.resolve(refused === undefined ? 'first' : 'second');
    },
    baseUrl,
    now: () => new Date(time),
    delay: (ms, signal) => {
      signal.throwIfAborted();
      waits.push(ms);
      time += ms;
      return Promise.resolve();
    },
    random: () => 0,
    ...more,
  });
  return {
    requests,
    sent,
    waits,
    asked,
    get: (prefer?: string) => requests.get(`${baseUrl}/me/contacts`, never, prefer),
  };
}

const ok = (): Response => Response.json({ value: [] });
const refused = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  Response.json({ error: { code, message: 'x' } }, { status, headers });
const reasonOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof SourceError ? error.reason : String(error)),
  );

describe('a request to Graph', () => {
  it('asks for immutable ids every time, together with other preferences, and sends no cookies', async () => {
    const graph = scripted([ok(), ok()]);
    await graph.get();
    await graph.get('odata.maxpagesize=100');
    expect(graph.sent.map(({ headers }) => headers.get('Prefer'))).toEqual([
      'IdType="ImmutableId"',
      'IdType="ImmutableId", odata.maxpagesize=100',
    ]);
    expect(graph.sent[0]?.headers.get('Authorization')).toBe('Bearer first');
    expect(graph.sent[0]?.init).toMatchObject({ credentials: 'omit', redirect: 'error' });
  });

  it.each([
    'https://elsewhere.example/v1.0/me/contacts',
    'http://graph.example/v1.0/me/contacts',
    'https://graph.example:444/v1.0/me/contacts',
    'https://graph.example/beta/me/contacts',
    'https://graph.example/v1.0/../beta/me',
    'https://graph.example@elsewhere.example/v1.0/me',
    'https://user@graph.example/v1.0/me',
    'no link',
  ])('never sends the token to %s', async (link) => {
    const graph = scripted([ok()]);
    expect(await reasonOf(graph.requests.get(link, never))).toBe('not-understood');
    expect(graph.sent).toEqual([]);
    expect(graph.asked).toEqual([]);
  });

  it('waits for the seconds of Retry-After', async () => {
    const graph = scripted([refused(429, 'ApplicationThrottled', { 'Retry-After': '7' }), ok()]);
    await graph.get();
    expect(graph.waits).toEqual([7000]);
  });

  it('waits until the date of Retry-After', async () => {
    const at = new Date(Date.UTC(2026, 0, 5, 8, 0, 20)).toUTCString();
    const graph = scripted([refused(503, 'ServiceUnavailable', { 'Retry-After': at }), ok()]);
    await graph.get();
    expect(graph.waits).toEqual([20_000]);
  });

  it('comes a little later than told by chance, never earlier', async () => {
    const graph = scripted([refused(429, 'x', { 'Retry-After': '2' }), ok()], { random: () => 0.999 });
    await graph.get();
    expect(graph.waits[0]).toBeGreaterThan(2000);
    expect(graph.waits[0]).toBeLessThan(3000);
  });

  it('gives up when it is told to wait too long, or is throttled again and again', async () => {
    const long = scripted([refused(429, 'x', { 'Retry-After': '3600' })]);
    expect(await reasonOf(long.get())).toBe('throttled');
    expect(long.waits).toEqual([]);
    const often = scripted(Array.from({ length: 6 }, () => refused(429, 'x', { 'Retry-After': '1' })));
    expect(await reasonOf(often.get())).toBe('throttled');
    expect(often.sent).toHaveLength(6);
  });

  it('tries again after faults of server and network with growing pauses, then says unreachable', async () => {
    const passing = scripted([refused(500, 'x'), new TypeError('network'), refused(504, 'x'), ok()]);
    await passing.get();
    expect(passing.waits).toEqual([250, 500, 1000]);
    const lasting = scripted(Array.from({ length: 6 }, () => new TypeError('network')));
    expect(await reasonOf(lasting.get())).toBe('unreachable');
    expect(lasting.sent).toHaveLength(6);
  });

  it('tries again when the answer breaks off in the middle', async () => {
    const half = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"val'));
        controller.error(new TypeError('terminated'));
      },
    });
    const graph = scripted([new Response(half), ok()]);
    expect(await graph.get()).toEqual({ value: [] });
  });

  it('asks once for another token after 401, then for a sign-in', async () => {
    const graph = scripted([refused(401, 'InvalidAuthenticationToken'), ok()]);
    await graph.get();
    expect(graph.asked).toEqual([undefined, 'first']);
    expect(graph.sent.map(({ headers }) => headers.get('Authorization'))).toEqual(['Bearer first', 'Bearer second']);
    const twice = scripted([refused(401, 'x'), refused(401, 'x')]);
    expect(await reasonOf(twice.get())).toBe('sign-in-needed');
  });

  it('says sign-in-needed when there is no token, and passes on what the sign-in itself says', async () => {
    const none = scripted([], { token: () => Promise.reject(new Error('interaction_required')) });
    expect(await reasonOf(none.get())).toBe('sign-in-needed');
    const consent = scripted([], { token: () => Promise.reject(new SourceError('consent-needed', 'ask')) });
    expect(await reasonOf(consent.get())).toBe('consent-needed');
  });

  it('tells missing permission from a closed mailbox', async () => {
    expect(await reasonOf(scripted([refused(403, 'ErrorAccessDenied')]).get())).toBe('consent-needed');
    expect(await reasonOf(scripted([refused(403, 'MailboxBlocked')]).get())).toBe('forbidden');
  });

  it('tells a mailbox on a server of the organisation’s own from one that is not there', async () => {
    expect(await reasonOf(scripted([refused(404, 'MailboxNotEnabledForRESTAPI')]).get())).toBe('on-premises');
  });

  it('leaves other refusals to the caller, with status and code', async () => {
    const error: unknown = await scripted([refused(404, 'ErrorItemNotFound')])
      .get()
      .catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(GraphRefusal);
    expect(error).toMatchObject({ status: 404, code: 'ErrorItemNotFound' });
  });

  it('understands neither other formats nor endless answers', async () => {
    expect(await reasonOf(scripted([new Response('<html>')]).get())).toBe('not-understood');
    const chunk = new Uint8Array(1024 * 1024);
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(chunk) });
    expect(await reasonOf(scripted([new Response(endless)]).get())).toBe('not-understood');
  });

  it('gives up an attempt that takes too long', async () => {
    const hanging: Step = () => new Promise(() => undefined);
    const graph = scripted([hanging, ok()], { timeoutMs: 5 });
    expect(await graph.get()).toEqual({ value: [] });
  });

  it('ends at once on abort: in the token, in the request, in a pause, in the queue', async () => {
    const reason = new Error('enough');
    const hang = (): Promise<never> => new Promise(() => undefined);
    for (const more of [
      { token: hang },
      { fetch: hang },
      { fetch: () => Promise.reject(new TypeError('x')), delay: hang },
    ]) {
      const controller = new AbortController();
      const graph = scripted([], { ...more, ...('delay' in more ? { delay: abortableHang } : {}) });
      const all = Array.from({ length: 5 }, () => graph.requests.get(`${baseUrl}/me`, controller.signal));
      await Promise.resolve();
      controller.abort(reason);
      for (const request of all) await expect(request).rejects.toBe(reason);
    }
  });

  it('has four requests on the way at most', async () => {
    let running = 0;
    let most = 0;
    const graph = scripted([], {
      fetch: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return ok();
      },
    });
    await Promise.all(Array.from({ length: 12 }, () => graph.get()));
    expect(most).toBe(4);
  });
});

function abortableHang(_ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}
