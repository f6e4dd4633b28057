/** Calls that begin at the own mobile, over HTTP as the service is wired: who may, what is called, and what the user is told. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { callSchema } from '../../shared/call';
import { problemSchema } from '../../shared/errors';
import { profileSchema } from '../../shared/profile';
import { startApp } from './start-app';
import type { RunningApp } from './start-app';

type Send = Awaited<ReturnType<RunningApp['as']>>;

let app: RunningApp;
let anna: Send;
let bert: Send;
let admin: Send;

beforeAll(async () => {
  app = await startApp();
  [anna, bert, admin] = await Promise.all([app.as('anna'), app.as('bert'), app.as('admin')]);
  await callsOf(anna, (calls) => calls.length === 0);
});
afterAll(() => app.stop());
afterEach(async () => {
  for (const { id } of await callsOf(anna, () => true)) await anna('POST', `/calls/${id}/hang-up`);
  await callsOf(anna, (calls) => calls.length === 0);
});

const listSchema = z.object({ items: z.array(callSchema), telephoneSystem: z.object({ state: z.string() }) });

/** Asks again until it holds, for two seconds at most. */
async function callsOf(send: Send, check: (calls: z.infer<typeof listSchema>['items']) => boolean) {
  const end = Date.now() + 2000;
  for (;;) {
    const { items, telephoneSystem } = listSchema.parse((await send('GET', '/calls')).body);
    if (telephoneSystem.state === 'up' && check(items)) return items;
    if (Date.now() > end) throw new Error(`calls: ${JSON.stringify(items)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const profileOf = async (send: Send) => profileSchema.parse((await send('GET', '/me')).body);
const choose = (send: Send, dialMode: string) => send('PATCH', '/me/settings', { body: { dialMode } });
const setMobility = async (mobility: boolean) => {
  const { user } = await profileOf(anna);
  expect((await admin('PATCH', `/administration/users/${user.id}`, { body: { mobility } })).status).toBe(200);
};
const setMobile = (mobileNumber: string | null) => anna('PATCH', '/me', { body: { mobileNumber } });
let requests = 0;
const dial = (number: string, more: object = {}) =>
  anna('POST', '/calls', { body: { number, requestId: `request-${++requests}`, ...more } });
const reasonOf = ({ status, body }: Awaited<ReturnType<Send>>) => {
  const { code, details = [] } = problemSchema.parse(body);
  return [status, code, details[0]?.reason];
};

describe('the dial mode', () => {
  it('is chosen by mobility users only, whom the administrator names', async () => {
    expect((await profileOf(anna)).mayCallBack).toBe(false);
    expect(reasonOf(await choose(anna, 'call-back'))).toEqual([409, 'dial-mode-refused', 'no-mobility-user']);
    expect((await profileOf(anna)).settings.dialMode).toBe('office-phone');
    await setMobility(true);
    expect((await profileOf(anna)).mayCallBack).toBe(true);
    expect((await choose(anna, 'call-back')).status).toBe(200);
    expect((await profileOf(anna)).settings.dialMode).toBe('call-back');
    expect((await choose(anna, 'pigeon')).status).toBe(400);
    expect((await profileOf(bert)).mayCallBack).toBe(false);
  });

  it('lets calls begin at the mobile: one call, to whom is dialled, and nothing rings at the telephone', async () => {
    await setMobility(true);
    await setMobile('0171 199991');
    await choose(anna, 'call-back');
    const answer = await dial('331');
    expect(answer.status).toBe(202);
    expect(callSchema.parse(answer.body)).toMatchObject({
      state: 'initiated',
      ownMobile: 'called',
      party: { number: '331' },
      abilities: ['hang-up'],
    });
    expect(app.phones()?.state('PJSIP/330')?.activity).toBe('idle');
    expect(app.phones()?.lift('mobile of PJSIP/330')).toBe(true);
    const [theirs] = await callsOf(bert, (calls) => calls[0]?.state === 'alerting');
    expect(theirs?.party).toMatchObject({ number: '330' });
    expect(theirs?.ownMobile).toBeUndefined();
    const mine = await callsOf(anna, (calls) => calls[0]?.ownMobile === 'answered');
    expect(mine).toHaveLength(1);
  });

  it('is left aside where a telephone is named', async () => {
    const [device] = (await profileOf(anna)).devices;
    const call = callSchema.parse((await dial('331', { device: device?.id })).body);
    expect(call.ownMobile).toBeUndefined();
    expect(app.phones()?.state('PJSIP/330')?.activity).toBe('ringing-to-dial');
  });

  it('refuses what must not be dialled so, with the reason, and nothing rings', async () => {
    expect(reasonOf(await dial('*772'))).toEqual([422, 'number-not-dialable', 'not-a-number']);
    expect(reasonOf(await dial('0171 199991'))).toEqual([422, 'number-not-allowed', 'own-mobile']);
    await setMobile(null);
    expect(reasonOf(await dial('331'))).toEqual([422, 'number-not-allowed', 'mobile-missing']);
    expect(await callsOf(anna, () => true)).toEqual([]);
  });

  it('ends with being a mobility user: calls begin at the telephone again', async () => {
    await setMobility(false);
    expect((await profileOf(anna)).mayCallBack).toBe(false);
    const call = callSchema.parse((await dial('331')).body);
    expect(call.ownMobile).toBeUndefined();
    expect((await choose(anna, 'office-phone')).status).toBe(200);
  });
});
