import { describe, expect, it } from 'vitest';
import { createApiClient, type TokenSource } from '../../../../addin/api/client';
import { dial, hangUpCall } from '../../../../shared/api/calls';
import { changeContact } from '../../../../shared/api/contacts';
import { searchDirectory } from '../../../../shared/api/directory';
import { getHealth } from '../../../../shared/api/installation';
import { makeCall } from '../make-call';

type Answer = (url: string, init: RequestInit) => Response | Promise<Response>;

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const problem = (code: string, status: number) =>
  json({ type: 'about:blank', title: code, status, detail: code, code }, status);
const noHits = { count: 0, more: false, items: [] };

function setUp(answers: Answer[], tokens: Partial<TokenSource> = {}) {
  const sent: { url: string; init: RequestInit }[] = [];
  const client = createApiClient({
    baseUrl: 'https://pbx.example/uc/',
    now: () => Date.parse('2026-11-23T09:00:00Z'),
    pause: () => Promise.resolve(),
    tokens: {
      token: () => Promise.resolve('t1'),
      renewed: () => Promise.resolve('t2'),
      passwordChangeRequired: () => undefined,
      ...tokens,
    },
    async fetch(input, init = {}) {
      const url = input instanceof Request ? input.url : input.toString();
      sent.push({ url, init });
      const answer = answers.shift();
      if (!answer) throw new TypeError('Failed to fetch');
      return answer(url, init);
    },
  });
  return {
    client,
    sent,
    authorization: (index: number) => new Headers(sent[index]?.init.headers).get('authorization'),
  };
}

describe('The client of the service', () => {
  it('writes parameters and query into the address below its base', async () => {
    const { client, sent } = setUp([() => json({ personal: noHits, internal: noHits, system: noHits })]);
    await client.call(searchDirectory, { query: { q: 'Müller & Söhne', limit: '20' } });
    expect(sent[0]?.url).toBe('https://pbx.example/uc/api/v1/directory?q=M%C3%BCller+%26+S%C3%B6hne&limit=20');
  });

  it('keeps an id with a slash inside its part of the path', async () => {
    const { client, sent } = setUp([() => json(makeCall(), 202)]);
    await client.call(hangUpCall, { params: { id: 'a/../b' } });
    expect(sent[0]?.url).toBe('https://pbx.example/uc/api/v1/calls/a%2F..%2Fb/hang-up');
  });

  it('names the version of an edit', async () => {
    const { client, sent } = setUp([() => problem('version-conflict', 412)]);
    const edit = client.call(changeContact, { params: { id: 'c' }, body: { displayName: 'x' }, ifMatch: 7 });
    await expect(edit).rejects.toMatchObject({ code: 'version-conflict' });
    expect(new Headers(sent[0]?.init.headers).get('if-match')).toBe('"7"');
  });

  it('renews the token once when it is refused, and sends again', async () => {
    const { client, authorization } = setUp([() => problem('not-signed-in', 401), () => json(makeCall(), 202)]);
    await client.call(hangUpCall, { params: { id: 'a' } });
    expect([authorization(0), authorization(1)]).toEqual(['Bearer t1', 'Bearer t2']);
  });

  it('does not renew for a wrong password', async () => {
    const { client, sent } = setUp([() => problem('credentials-wrong', 401)]);
    await expect(client.call(hangUpCall, { params: { id: 'a' } })).rejects.toMatchObject({ code: 'credentials-wrong' });
    expect(sent).toHaveLength(1);
  });

  it('says that the session is over when nobody is signed in, without asking', async () => {
    const { client, sent } = setUp([], { token: () => Promise.resolve(undefined) });
    await expect(client.call(hangUpCall, { params: { id: 'a' } })).rejects.toMatchObject({ code: 'session-ended' });
    expect(sent).toHaveLength(0);
  });

  it('sends a reading request again when the network fails, and dialling never', async () => {
    const reading = setUp([]);
    await expect(reading.client.call(getHealth, {})).rejects.toMatchObject({ code: 'unreachable' });
    expect(reading.sent).toHaveLength(3);
    const dialling = setUp([]);
    const call = dialling.client.call(dial, { body: { number: '331', requestId: 'request-1' } });
    await expect(call).rejects.toMatchObject({ code: 'unreachable' });
    expect(dialling.sent).toHaveLength(1);
  });

  it('takes the page of a proxy before a service that is down as unreachable', async () => {
    const { client } = setUp([() => new Response('<h1>Bad gateway</h1>', { status: 502 })]);
    const call = client.call(dial, { body: { number: '331', requestId: 'request-1' } });
    await expect(call).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('refuses an answer that is not of the schema', async () => {
    const { client } = setUp([() => json({ status: 'perhaps' })]);
    await expect(client.call(getHealth, {})).rejects.toMatchObject({ code: 'answer-not-understood' });
  });

  it('ends with the reason of the caller who gives up', async () => {
    const gone = new AbortController();
    const { client } = setUp([
      (_, init) =>
        new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError')));
          gone.abort(new Error('typed on'));
        }),
    ]);
    await expect(client.call(getHealth, {}, { signal: gone.signal })).rejects.toThrow('typed on');
  });

  it('counts durations by the clock of the service', async () => {
    const { client } = setUp([() => json({ status: 'ok' }, 200, { date: 'Mon, 23 Nov 2026 09:05:00 GMT' })]);
    await client.call(getHealth, {});
    expect(client.serverNow()).toBe(Date.parse('2026-11-23T09:05:00.500Z'));
  });
});
