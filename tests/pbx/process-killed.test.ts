/** The installation as it is delivered, in a process of its own, on a real Asterisk: killed while people talk, and started again. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { apiBase } from '../../shared/api';
import { callSchema } from '../../shared/call';
import { startInstallation } from '../browser/start-installation';
import type { InstallationProcess } from '../browser/start-installation';
import { hear } from './rig/functions';
import { channelsLeft, rigPhone, silence, until } from './rig/office';
import { startPbx } from './rig/pbx';
import type { Pbx } from './rig/pbx';

const root = fileURLToPath(new URL('../../', import.meta.url));
const password = 'Quiet-Place-330!';

let pbx: Pbx;
let directory: string;
let installation: InstallationProcess | undefined;

const environment = () => ({ DATA_DIR: join(directory, 'data'), PBX_SECRET: pbx.secret });

/** `npm run manage` with these words; what it printed. */
async function manage(...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['build/service/manage.js', ...words], {
    cwd: root,
    env: { ...process.env, BASE_URL: '', ...environment() },
  });
  return stdout;
}

/** Asks the service; the body of what it answers. Throws when it refuses. */
async function ask(method: string, path: string, token?: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${installation?.url}${apiBase}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

const tokenOf = (body: unknown): string => z.parse(z.looseObject({ token: z.string() }), body).token;
const signIn = async (): Promise<string> =>
  tokenOf(await ask('POST', '/sessions', undefined, { userName: 'anna', password }));

/** The calls of an answer, without their times. */
const callsIn = (body: unknown) =>
  z
    .parse(z.object({ items: z.array(callSchema), telephoneSystem: z.unknown() }), body)
    .items.map(({ startedAt: _startedAt, connectedAt: _connectedAt, ...call }) => call);

beforeAll(async () => {
  pbx = await startPbx();
  directory = await mkdtemp(join(tmpdir(), 'mycontacts-killed-'));
  const settings = join(directory, 'asterisk.json');
  await writeFile(
    settings,
    JSON.stringify({
      kind: 'asterisk',
      port: pbx.line.port,
      user: 'mycontacts',
      secret: { env: 'PBX_SECRET' },
      celFile: pbx.celFile,
    }),
  );
  await manage(
    'site',
    'add',
    'Office',
    '--country',
    '49',
    '--area',
    '89',
    '--access-code',
    '0',
    '--telephone-system',
    settings,
  );
  const added = await manage(
    'user',
    'add',
    'anna',
    '--display-name',
    'Anna Acker',
    '--extension',
    '330',
    '--device',
    'PJSIP/330',
  );
  await manage('user', 'add', 'carla', '--display-name', 'Carla Cohn', '--extension', '332', '--device', 'PJSIP/332');
  installation = await startInstallation(environment());
  const initial = /:\s*(\S+)\s*$/.exec(added.trim())?.[1] ?? '';
  const token = tokenOf(await ask('POST', '/sessions', undefined, { userName: 'anna', password: initial }));
  await ask('PUT', '/me/password', token, { oldPassword: initial, newPassword: password });
});
afterEach(() => silence(pbx));
afterAll(async () => {
  await installation?.remove();
  await pbx.stop();
  await rm(directory, { recursive: true, force: true });
});

it('drops no call when its process is killed, and the next one knows the call, ends it and has it in the journal once', async () => {
  const [anna, bernd] = [rigPhone(pbx, '330'), rigPhone(pbx, '331')];
  const calls = async (token: string) => ask('GET', '/calls', token);
  const before = await signIn();
  await expect.poll(() => calls(before), { timeout: 10_000 }).toMatchObject({ telephoneSystem: { state: 'up' } });
  await ask('POST', '/calls', before, { number: '331', requestId: 'a-request-of-anna' });
  await until('330 rings', () => anna.ringing());
  await anna.lift();
  await until('331 rings', () => bernd.ringing());
  await bernd.lift();
  await hear([anna, bernd], [bernd, anna]);
  const connected = { items: [{ state: 'connected', direction: 'outgoing', party: { number: '331' } }] };
  await expect.poll(() => calls(before), { timeout: 5000 }).toMatchObject(connected);
  const known = callsIn(await calls(before));

  await installation?.kill();
  await hear([anna, bernd], [bernd, anna]);
  installation = await startInstallation(environment());

  const token = await signIn();
  // Asterisk does not say when a call was answered: the times alone are not what they were.
  await expect.poll(async () => callsIn(await calls(token)), { timeout: 10_000 }).toEqual(known);
  await hear([anna, bernd], [bernd, anna]);
  await ask('POST', `/calls/${known[0]?.id}/hang-up`, token);
  await until('both are idle', () => anna.hears().length + bernd.hears().length === 0);
  await expect.poll(() => channelsLeft(pbx), { timeout: 10_000 }).toBe(0);
  const journal = async () => ask('GET', '/journal?folder=all', token);
  await expect
    .poll(journal, { timeout: 10_000 })
    .toMatchObject({ items: [{ result: 'answered', direction: 'outgoing' }] });
});

it('forwards as the status says while its process is dead, and takes over what a phone changed meanwhile', async () => {
  const [anna, carla, outside] = [rigPhone(pbx, '330'), rigPhone(pbx, '332'), rigPhone(pbx, 'trunk')];
  const before = await signIn();
  await ask('PUT', '/me/forwarding', before, { rules: { meeting: { kind: 'number', number: '332' } } });
  await ask('PUT', '/me/presence', before, { status: 'meeting', text: 'Budget' });
  const inForce = async (what: 'presence' | 'forwarding', token: string) => ask('GET', `/me/${what}`, token);
  await expect.poll(() => inForce('presence', before), { timeout: 10_000 }).toMatchObject({ inForce: true });
  await expect.poll(() => inForce('forwarding', before), { timeout: 10_000 }).toMatchObject({ inForce: true });
  await expect.poll(() => pbx.console('database show uc'), { timeout: 10_000 }).toContain('/uc/332/owner');

  await installation?.kill();
  await outside.dial('330');
  await until('332 rings', () => carla.ringing());
  expect(anna.ringing()).toBeUndefined();
  await silence(pbx);
  await anna.dial('*777');
  await until('330 is idle again', () => pbx.phones.get('330')?.inCall === false);
  await expect.poll(() => pbx.console('database show uc 330/status'), { timeout: 10_000 }).toContain('home');
  await manage('user', 'erase', 'carla', '--confirm', 'carla');
  installation = await startInstallation(environment());

  const token = await signIn();
  await expect
    .poll(() => inForce('presence', token), { timeout: 10_000 })
    .toMatchObject({ status: 'home', changedBy: 'telephone', inForce: true });
  await expect.poll(() => pbx.console('database show uc'), { timeout: 10_000 }).not.toContain('/uc/332');
  await ask('PUT', '/me/presence', token, { status: 'lunch' });
  await expect.poll(() => pbx.console('database show uc 330/status'), { timeout: 10_000 }).toContain('lunch');
});
