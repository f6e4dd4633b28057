/** Every command on calls over HTTP, as the service is wired: by its user, by somebody else, at the wrong time, with hostile text. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { callSchema } from '../../shared/call';
import type { Call } from '../../shared/call';
import { problemSchema } from '../../shared/errors';
import { startApp } from './start-app';
import type { RunningApp } from './start-app';

type Send = Awaited<ReturnType<RunningApp['as']>>;

let app: RunningApp;
let anna: Send;
let bert: Send;

beforeEach(async () => {
  app = await startApp();
  [anna, bert] = await Promise.all([app.as('anna'), app.as('bert')]);
  await eventually(async () => expect(await linkOf(anna)).toBe('up'));
});
afterEach(() => app.stop());

const listSchema = z.object({ items: z.array(callSchema), telephoneSystem: z.object({ state: z.string() }) });
const list = async (send: Send) => listSchema.parse((await send('GET', '/calls')).body);
const linkOf = async (send: Send) => (await list(send)).telephoneSystem.state;

/** Asks again until it holds, for two seconds at most. */
async function eventually<T>(check: () => Promise<T>): Promise<T> {
  const end = Date.now() + 2000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** The user's only call in this state. */
const callIn = (send: Send, state: Call['state']): Promise<Call> =>
  eventually(async () => {
    const found = (await list(send)).items.filter((call) => call.state === state);
    expect(found).toHaveLength(1);
    return z.parse(callSchema, found[0]);
  });

function phones() {
  const found = app.phones();
  if (found === undefined) throw new Error('There is no telephone system.');
  return found;
}

async function refused(answer: ReturnType<Send>) {
  const { status, body } = await answer;
  const { code, details = [] } = z.parse(problemSchema, body);
  return {
    status,
    code,
    reasons: details.map(({ field, reason }) => (field === undefined ? reason : `${field} ${reason}`)),
  };
}

/** Somebody from outside talks with Anna. */
async function talking(): Promise<Call> {
  phones().callIn('030123456', '330');
  const { id } = await callIn(anna, 'alerting');
  phones().lift('PJSIP/330');
  const call = await callIn(anna, 'connected');
  expect(call.id).toBe(id);
  return call;
}

const every: readonly (readonly [string, unknown])[] = [
  ['answer', undefined],
  ['hang-up', undefined],
  ['hold', undefined],
  ['resume', undefined],
  ['alternate', undefined],
  ['conference', undefined],
  ['consult', { number: '331', requestId: 'request-1' }],
  ['transfer', { to: { number: '331' } }],
  ['transfer', { to: { callId: 'other' } }],
  ['deflect', { to: 'voicemail' }],
  ['deflect', { to: { number: '331' } }],
];
const post = (send: Send, path: string, body?: unknown) => send('POST', path, body === undefined ? {} : { body });

describe('commands on calls', () => {
  it('hold and resume', async () => {
    const { id } = await talking();
    expect(await post(anna, `/calls/${id}/hold`)).toMatchObject({ status: 202 });
    expect(await callIn(anna, 'held')).toMatchObject({ id, heldBy: 'me' });
    expect(await post(anna, `/calls/${id}/resume`)).toMatchObject({ status: 202 });
    await callIn(anna, 'connected');
  });

  it('consult, alternate, and connect both', async () => {
    const first = await talking();
    const answer = await post(anna, `/calls/${first.id}/consult`, { number: '331', requestId: 'request-1' });
    const second = z.parse(callSchema, answer.body);
    expect(second).toMatchObject({ direction: 'outgoing', related: first.id, party: { number: '331' } });
    await callIn(bert, 'alerting');
    phones().lift('PJSIP/331');
    expect(await callIn(anna, 'connected')).toMatchObject({ id: second.id });
    expect(await post(anna, `/calls/${first.id}/alternate`)).toMatchObject({ status: 202 });
    await eventually(async () => expect(await callIn(anna, 'connected')).toMatchObject({ id: first.id }));
    const held = await callIn(anna, 'held');
    expect(held.id).toBe(second.id);
    expect(await post(anna, `/calls/${held.id}/transfer`, { to: { callId: first.id } })).toMatchObject({ status: 202 });
    await eventually(async () => expect((await list(anna)).items).toEqual([]));
    expect((await callIn(bert, 'connected')).party.number).toBe('030123456');
  });

  it('join a consultation into a conference', async () => {
    const first = await talking();
    const answer = await post(anna, `/calls/${first.id}/consult`, { number: '331', requestId: 'request-1' });
    const second = z.parse(callSchema, answer.body);
    await callIn(bert, 'alerting');
    phones().lift('PJSIP/331');
    await callIn(anna, 'connected');
    expect(await post(anna, `/calls/${second.id}/conference`)).toMatchObject({ status: 202 });
    await eventually(async () => {
      const { items } = await list(anna);
      expect(items).toMatchObject([{ id: first.id, state: 'connected', others: [{ number: '331' }] }]);
    });
  });

  it('transfer to a number, and send what rings to a colleague or the voice box', async () => {
    const { id } = await talking();
    expect(await post(anna, `/calls/${id}/transfer`, { to: { number: '331' } })).toMatchObject({ status: 202 });
    const ringing = await callIn(bert, 'alerting');
    expect(await post(bert, `/calls/${ringing.id}/deflect`, { to: { number: '330' } })).toMatchObject({ status: 202 });
    const again = await callIn(anna, 'alerting');
    expect(await post(anna, `/calls/${again.id}/deflect`, { to: 'voicemail' })).toMatchObject({ status: 202 });
    await eventually(async () => expect((await list(anna)).items).toEqual([]));
  });

  it('pick up a colleague’s call, with the caller hidden until it is accepted', async () => {
    phones().callIn('030123456', '331');
    await callIn(bert, 'alerting');
    const ask = { user: 'user-bert', requestId: 'request-1' };
    const answer = await post(anna, '/calls/pick-up', ask);
    const call = z.parse(callSchema, answer.body);
    expect(call).toMatchObject({ state: 'initiated', purpose: 'pick-up' });
    expect(call.party).toEqual({});
    expect(z.parse(callSchema, (await post(anna, '/calls/pick-up', ask)).body).id).toBe(call.id);
    phones().lift('PJSIP/330');
    expect((await callIn(anna, 'connected')).party.number).toBe('030123456');
    await eventually(async () => expect((await list(bert)).items).toEqual([]));
    expect(await refused(post(anna, '/calls/pick-up', { ...ask, requestId: 'request-2' }))).toMatchObject({
      status: 404,
      code: 'call-unknown',
    });
  });

  it('are refused for somebody else’s call and for ids that nobody has, without effect', async () => {
    const { id } = await talking();
    for (const [command, body] of every) {
      for (const path of [id, 'forged', encodeURIComponent('../"\r\n;&|${}'), '%00']) {
        const who = path === id ? bert : anna;
        const answer = await refused(post(who, `/calls/${path}/${command}`, body));
        expect(['call-unknown', 'request-invalid'], `${command} ${path}`).toContain(answer.code);
      }
    }
    expect(await callIn(anna, 'connected')).toMatchObject({ id });
    expect((await list(bert)).items).toEqual([]);
  });

  it('are refused in the wrong state, without effect', async () => {
    const { id } = await talking();
    for (const command of ['answer', 'resume', 'alternate', 'conference']) {
      expect(await refused(post(anna, `/calls/${id}/${command}`)), command).toMatchObject({
        status: 409,
        code: 'not-supported-by-device',
      });
    }
    expect(await refused(post(anna, `/calls/${id}/deflect`, { to: 'voicemail' }))).toMatchObject({ status: 409 });
    phones().callIn('030654321', '331');
    const other = await callIn(bert, 'alerting');
    expect(await refused(post(anna, `/calls/${id}/transfer`, { to: { callId: other.id } }))).toMatchObject({
      code: 'call-unknown',
      reasons: ['body.to.callId unknown'],
    });
    for (const command of ['hold', 'resume', 'conference']) {
      expect(await refused(post(bert, `/calls/${other.id}/${command}`)), command).toMatchObject({ status: 409 });
    }
    expect(await callIn(anna, 'connected')).toMatchObject({ id });
    expect(await callIn(bert, 'alerting')).toMatchObject({ id: other.id });
  });

  it('refuse numbers that may not be dialled with the reason, before a telephone rings', async () => {
    const { id } = await talking();
    for (const [number, reason] of [
      ['330', 'own-number'],
      ['399', 'unknown-extension'],
      ['009001123456', 'premium-rate'],
      ['+1 900 234 5678', 'premium-rate'],
      ['112', 'emergency-in-demo'],
      ['0110', 'emergency-in-demo'],
    ] as const) {
      const requestId = `request-${number.replace(/\D/g, '')}`;
      const refusal = (field: string) => ({ status: 422, code: 'number-not-allowed', reasons: [`${field} ${reason}`] });
      expect(await refused(post(anna, '/calls', { number, requestId }))).toEqual(refusal('body.number'));
      expect(await refused(post(anna, `/calls/${id}/consult`, { number, requestId }))).toEqual(refusal('body.number'));
      expect(await refused(post(anna, `/calls/${id}/transfer`, { to: { number } }))).toEqual(refusal('body.to.number'));
    }
    expect((await list(anna)).items).toHaveLength(1);
  });

  const harmless = ['request-invalid', 'number-not-dialable', 'number-not-allowed'];

  it('take hostile text for no number, or for the digits in it, and for nothing beyond', async () => {
    const { id } = await talking();
    const signs = [
      '\r\n',
      '"',
      ',',
      ';',
      '&',
      '@',
      '(',
      ')',
      '|',
      '${x}',
      '$[1]',
      '\u0000',
      'Ü',
      '\u202e',
      '😀',
      'x'.repeat(256),
    ];
    for (const sign of signs) {
      for (const number of [sign, `${sign}332${sign}`, `332${sign}Action: Originate`, `332${sign}330`]) {
        const answer = await post(bert, '/calls', { number, requestId: 'request-1' });
        if (answer.status === 202) {
          expect(z.parse(callSchema, answer.body).party.number, JSON.stringify(number)).toMatch(/^(?:332|332330)$/);
          await post(bert, `/calls/${z.parse(callSchema, answer.body).id}/hang-up`);
          await eventually(async () => expect((await list(bert)).items).toEqual([]));
          continue;
        }
        const { code } = z.parse(problemSchema, answer.body);
        expect(harmless).toContain(code);
        for (const [path, body] of [
          [`/calls/${id}/consult`, { number, requestId: 'request-2' }],
          [`/calls/${id}/transfer`, { to: { number } }],
        ] as const) {
          expect(harmless).toContain((await refused(post(anna, path, body))).code);
        }
        expect(
          (await refused(post(anna, '/calls/pick-up', { user: number.slice(0, 64), requestId: 'request-3' }))).status,
        ).toBeGreaterThanOrEqual(400);
      }
    }
    expect((await list(anna)).items).toMatchObject([{ id, state: 'connected' }]);
  });

  it('refuse bodies that are not of the contract', async () => {
    const { id } = await talking();
    for (const [command, body] of [
      ['transfer', { to: { callId: id, number: '331' } }],
      ['transfer', { to: 'voicemail' }],
      ['deflect', { to: 'somebody' }],
      ['deflect', { to: { number: '' } }],
      ['consult', { number: '3'.repeat(257), requestId: 'request-1' }],
      ['consult', { number: '331' }],
    ] as const) {
      expect(await refused(post(anna, `/calls/${id}/${command}`, body)), command).toMatchObject({
        status: 400,
        code: 'request-invalid',
      });
    }
  });
});
