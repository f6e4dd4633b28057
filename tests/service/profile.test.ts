/** The own profile over HTTP against the wired service: numbers, address, picture, telephone; and what colleagues see of it. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { apiBase } from '../../shared/api';
import { callSchema } from '../../shared/call';
import { directorySearchSchema } from '../../shared/directory';
import { profileSchema } from '../../shared/profile';
import { hugePng, twoColours } from '../fixtures/pictures';
import { startApp } from './start-app';
import type { RunningApp } from './start-app';

type Send = Awaited<ReturnType<RunningApp['as']>>;

let app: RunningApp;
let anna: Send;
let bert: Send;

beforeAll(async () => {
  app = await startApp();
  anna = await app.as('anna');
  bert = await app.as('bert');
});
afterAll(() => app.stop());

const ownOf = async (send: Send) => profileSchema.parse((await send('GET', '/me')).body);
const change = (body: unknown, send = anna) => send('PATCH', '/me', { body });
const put = (bytes: Uint8Array, send = anna) => send('PUT', '/me/picture', { bytes: Uint8Array.from(bytes) });
const reasonOf = (answer: { body: unknown }) =>
  z
    .looseObject({ code: z.string(), details: z.array(z.looseObject({ field: z.string(), reason: z.string() })) })
    .parse(answer.body);
async function seenByBert() {
  const name = (await ownOf(anna)).user.displayName;
  const found = directorySearchSchema.parse((await bert('GET', `/directory?q=${encodeURIComponent(name)}`)).body);
  return found.internal.items[0];
}

describe('own numbers and address', () => {
  it('are kept in canonical form and shown to colleagues, whom a call by these numbers is named after', async () => {
    const answer = await change({
      mobileNumber: ' 0171 1234567 ',
      externalNumber: '+49 (30) 901820',
      email: 'me@home.example',
    });
    expect(profileSchema.parse(answer.body).details).toEqual({
      mobileNumber: '+49 (171) 1234567',
      externalNumber: '+49 (30) 901820',
      email: 'me@home.example',
    });
    const item = await seenByBert();
    expect(item?.numbers.map(({ kind, e164 }) => [kind, e164])).toEqual(
      expect.arrayContaining([
        ['mobile', '+491711234567'],
        ['other', '+4930901820'],
      ]),
    );
    expect(item?.emails[0]).toBe('me@home.example');
    for (const number of ['+491711234567', '+4930901820', '030901820']) {
      const caller = await bert('GET', `/directory/callers/${encodeURIComponent(number)}`);
      expect(caller.body).toMatchObject({ id: item?.id, directory: 'internal' });
    }
    const found = directorySearchSchema.parse((await bert('GET', '/directory?q=0171123')).body);
    expect(found.internal.items.map(({ id }) => id)).toContain(item?.id);
  });

  it('go when they are emptied, and what is not named stays', async () => {
    await change({ mobileNumber: '0171 1234567', externalNumber: '030 901820', email: 'me@home.example' });
    const before = (await ownOf(anna)).user.email;
    const { details } = profileSchema.parse((await change({ mobileNumber: '', email: null })).body);
    expect(details).toEqual({ externalNumber: '+49 (30) 901820', ...(before !== undefined && { email: before }) });
    expect((await bert('GET', '/directory/callers/%2B491711234567')).status).toBe(404);
  });

  it.each([
    [{ mobileNumber: 'call me' }, 'number-not-dialable', 'body.mobileNumber'],
    [{ externalNumber: '110' }, 'number-not-dialable', 'body.externalNumber'],
    [{ mobileNumber: '+49 171 1234567 ext. 12' }, 'number-not-dialable', 'body.mobileNumber'],
    [{ mobileNumber: '+49171123456789012345' }, 'number-not-dialable', 'body.mobileNumber'],
    [{ email: 'nobody' }, 'request-invalid', 'body.email'],
    [{ email: 'a\u202eb@example.com' }, 'request-invalid', 'body.email'],
  ])('%j is refused with the field and the reason, and nothing is changed', async (body, code, field) => {
    await change({ mobileNumber: '0171 7654321', externalNumber: '', email: '' });
    const before = await ownOf(anna);
    const answer = await change({ externalNumber: '030 901820', ...body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    const problem = reasonOf(answer);
    expect([problem.code, problem.details[0]?.field]).toEqual([code, field]);
    expect(await ownOf(anna)).toEqual(before);
  });

  it('an address that is a colleague’s is refused, and none of them gives a right: the administrator’s stays', async () => {
    await change({ email: 'bert.home@example.com' }, bert);
    const answer = await change({ email: 'Bert.Home@example.com' });
    expect([answer.status, reasonOf(answer).details[0]?.field]).toEqual([409, 'body.email']);
    const { user } = await ownOf(anna);
    await change({ email: 'other@example.com' });
    expect((await ownOf(anna)).user).toEqual(user);
    const sync = await anna('GET', '/unattended-sync');
    expect(JSON.stringify(sync.body)).not.toContain('other@example.com');
  });
});

describe('the own picture', () => {
  it('is upright, 200 × 200, bare of metadata, and shows to colleagues until it is deleted', async () => {
    const sent = await twoColours(400, 300)
      .withExif({ IFD0: { Copyright: 'Secret studio', ImageDescription: 'Home address' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { picture } = z.object({ picture: z.string() }).parse((await put(sent)).body);
    expect((await ownOf(anna)).user.picture).toBe(picture);
    expect((await seenByBert())?.picture).toBe(picture);
    const seen = await app.raw('bert', `${apiBase}/pictures/${picture}`);
    expect(seen.status).toBe(200);
    const bytes = Buffer.from(await seen.arrayBuffer());
    const { width, height, exif, xmp, icc, orientation } = await sharp(bytes).metadata();
    expect({ width, height, exif, xmp, icc, orientation }).toEqual({ width: 200, height: 200 });
    expect(bytes.includes('Secret') || bytes.includes('Home address')).toBe(false);

    expect((await anna('DELETE', '/me/picture')).status).toBe(204);
    expect((await seenByBert())?.picture).toBeUndefined();
    expect((await bert('GET', `/pictures/${picture}`)).status).toBe(404);
    expect((await ownOf(anna)).user.picture).toBeUndefined();
  });

  it('that is none, too small, too large, broken or a bomb is refused with the reason, and the one before stays', async () => {
    const { picture } = z
      .object({ picture: z.string() })
      .parse((await put(await twoColours(80, 80).png().toBuffer())).body);
    const refusals: readonly [string, Uint8Array][] = [
      ['not-a-picture', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
      ['not-a-picture', await twoColours(80, 80).gif().toBuffer()],
      ['too-small', await twoColours(39, 400).png().toBuffer()],
      ['broken', (await twoColours(300, 300).jpeg().toBuffer()).subarray(0, 900)],
      ['too-many-pixels', hugePng(30_000, 30_000)],
    ];
    for (const [reason, bytes] of refusals) {
      const answer = await put(bytes);
      expect([reason, answer.status, reasonOf(answer).details[0]?.reason]).toEqual([reason, 422, reason]);
    }
    expect((await put(new Uint8Array(513 * 1024))).status).toBe(413);
    expect((await ownOf(anna)).user.picture).toBe(picture);
  });
});

describe('the own telephone', () => {
  it('is one of the own ones', async () => {
    const { devices } = await ownOf(bert);
    const strange = (await ownOf(anna)).devices[0]?.id ?? 'none';
    expect((await bert('PUT', '/me/phone', { body: { deviceId: strange } })).status).toBe(422);
    expect((await ownOf(bert)).devices).toEqual(devices);
  });

  it('of two is the one that was assigned: calls begin there from then on', async () => {
    const admin = await app.as('admin');
    const { user } = await ownOf(bert);
    const devices = [{ address: 'PJSIP/331' }, { address: 'PJSIP/331-lab', name: 'Laboratory' }];
    expect((await admin('PATCH', `/administration/users/${user.id}`, { body: { devices } })).status).toBe(200);
    const beginsAt = async () => {
      const answer = await bert('POST', '/calls', { body: { number: '330', requestId: crypto.randomUUID() } });
      const call = callSchema.parse(answer.body);
      await bert('POST', `/calls/${call.id}/hang-up`);
      return (await ownOf(bert)).devices.find(({ id }) => id === call.device)?.name;
    };
    expect(await beginsAt()).toBe('Desk phone');
    const laboratory = (await ownOf(bert)).devices.find(({ name }) => name === 'Laboratory');
    const chosen = await bert('PUT', '/me/phone', { body: { deviceId: laboratory?.id } });
    expect(profileSchema.parse(chosen.body).devices.filter(({ isMine }) => isMine)).toHaveLength(1);
    expect(await beginsAt()).toBe('Laboratory');
  });
});
