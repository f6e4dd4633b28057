/**
 * Presence over the whole service, with its database file and HTTP, and its clients in the same process: 500 streams hear
 * ten changes a second among 500 users; then what 5,000 users weigh, all of them away. A client here reads as the pane does.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { apiBase } from '../../shared/api';
import { liveEventSchema } from '../../shared/events';
import { createNumberRules } from '../../shared/phone-number';
import type { ColleaguePresence } from '../../shared/presence';
import { presenceSnapshotSchema } from '../../shared/presence-snapshot';
import { hashPassword } from '../../sync-service/accounts/people-password';
import { createApp } from '../../sync-service/app';
import { readConfig } from '../../sync-service/config';
import { createContactJobs } from '../../sync-service/contacts/contact-jobs';
import { createInlineWork } from '../../sync-service/database/background-work';
import { openDatabase, type Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { startHttpServer } from '../../sync-service/http/http-server';
import { createLogger } from '../../sync-service/logger';
import { numberLibrary } from '../../sync-service/numbers/number-library';
import { createPictureScaler } from '../../sync-service/pictures/scale-picture';
import { launchChromium } from '../browser/chromium';
import { munich } from '../fixtures/dial-plans';
import { measureFirstPaint } from './measure-first-paint';
import { percentile, type Figure } from './report';

const password = 'Bench-1234!';
const watched = 500;
const everybody = 5000;
/** Whoever signs in and changes; each has so many streams. */
const writers = 10;
const streamsEach = 50;
const changes = 200;
const changeEveryMs = 100;

export async function measurePresence(): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'mycontacts-bench-'));
  const database = openDatabase(join(directory, 'bench.db'));
  await migrate(database);
  await fill(database, 0, watched);
  const logger = createLogger('silent');
  const rules = createNumberRules(numberLibrary);
  const app = await createApp({
    config: readConfig({ DEMO: '1', PORT: '0' }),
    version: '0.0.0',
    database,
    work: createInlineWork(
      createContactJobs({
        database,
        rules: { read: rules.readNumber, version: rules.rulesVersion },
        pictures: createPictureScaler(),
        newId: () => randomUUID(),
      }),
    ),
    telephoneSystems: {},
    paneDirectory: join(process.cwd(), 'build', 'pane'),
    officeJsDirectory: undefined,
    logger,
  });
  await app.start();
  const server = await startHttpServer(app.http, { port: 0, host: '127.0.0.1' });
  const base = server.url + apiBase;
  const ended = new AbortController();
  try {
    const tokens: string[] = [];
    for (let n = 0; n < writers; n += 1) tokens.push(await signIn(base, n));
    const memoryBefore = process.memoryUsage().rss;
    const clients = await Promise.all(
      Array.from({ length: writers * streamsEach }, (_, n) =>
        openClient(base, tokens[n % writers] ?? '', ended.signal),
      ),
    );
    const delays = await change(base, tokens, clients);
    const last = await lastStates(base, tokens[0] ?? '');
    const wrong = clients.filter(({ known }) => [...last].some(([userId, text]) => known.get(userId)?.text !== text));
    const memory = process.memoryUsage().rss - memoryBefore;
    ended.abort();
    await fill(database, watched, everybody);
    const size = await listSize(base, tokens[0] ?? '');
    const browser = await launchChromium();
    const painted = await measureFirstPaint(browser, {
      ...{ url: `${server.url}/window`, userName: 'user0', password, users: everybody },
    }).finally(() => browser.close());
    return [
      {
        name: 'Change to client, p95',
        value: percentile(delays, 0.95),
        unit: 'ms',
        limit: 300,
        note: `${clients.length} clients, ${watched} users, ${1000 / changeEveryMs} changes a second`,
      },
      { name: 'Change to client, longest', value: Math.max(...delays), unit: 'ms' },
      {
        name: 'Clients without the last state',
        value: wrong.length,
        unit: 'clients',
        limit: 1,
      },
      { name: 'Memory of service and clients', value: memory / 2 ** 20, unit: 'MB', limit: 200 },
      {
        name: 'GET /presence, gzip',
        value: size,
        unit: 'KB',
        limit: 100 * 1024,
        note: `${everybody} users, all away with return, many with a text`,
      },
      ...painted,
    ];
  } finally {
    ended.abort();
    await app.stop();
    await server.close(200);
    await database.destroy();
    await rm(directory, { recursive: true, force: true });
  }
}

interface Client {
  readonly known: Map<string, ColleaguePresence>;
  /** When it heard of a text, in milliseconds of `performance`. */
  readonly heard: Map<string, number>;
}

async function openClient(base: string, token: string, signal: AbortSignal): Promise<Client> {
  const client: Client = { known: new Map(), heard: new Map() };
  const response = await fetch(`${base}/events`, { headers: { authorization: `Bearer ${token}` }, signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!response.ok || !reader) throw new Error(`The stream answered ${response.status}.`);
  let rest = '';
  const read = async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      rest += value;
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data === undefined) continue;
        const event = z.parse(liveEventSchema, JSON.parse(data));
        if (event.type !== 'presence') continue;
        for (const item of event.items) {
          client.known.set(item.userId, item);
          if (item.text !== undefined) client.heard.set(item.text, performance.now());
        }
      }
    }
  };
  read().catch(() => undefined);
  return client;
}

/** Makes the changes at their pace; gives the delays of all of them at all clients. */
async function change(base: string, tokens: readonly string[], clients: readonly Client[]): Promise<number[]> {
  const sent = new Map<string, number>();
  for (let n = 0; n < changes; n += 1) {
    const text = `Change ${n}`;
    sent.set(text, performance.now());
    void put(base, tokens[n % writers] ?? '', text);
    await new Promise((resolve) => setTimeout(resolve, changeEveryMs));
  }
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return clients.flatMap(({ heard }) => [...sent].map(([text, at]) => (heard.get(text) ?? Infinity) - at));
}

async function put(base: string, token: string, text: string): Promise<void> {
  const answer = await fetch(`${base}/me/presence`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ status: 'meeting', text }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  await answer.arrayBuffer();
}

/** The texts of those who changed. */
async function lastStates(base: string, token: string): Promise<Map<string, string>> {
  const answer = await fetch(`${base}/presence`, { headers: { authorization: `Bearer ${token}` } });
  const { users, texts } = z.parse(presenceSnapshotSchema, await answer.json());
  // Ids of those who change are shorter than the end by which a user is named.
  return new Map(
    texts.flatMap((text, place): [string, string][] =>
      text.startsWith('Change ') ? [[users[place] ?? '', text]] : [],
    ),
  );
}

/** Bytes on the wire once the service knows of all. */
async function listSize(base: string, token: string): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`${base}/presence`, { headers: { authorization: `Bearer ${token}` } });
    const { users } = z.parse(presenceSnapshotSchema, await answer.json());
    if (users.length >= everybody - writers) break;
    if (tries > 100) throw new Error(`The service knows of ${users.length} users only.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' };
    request(`${base}/presence`, { headers }, (answer) => {
      let bytes = 0;
      if (answer.headers['content-encoding'] !== 'gzip') reject(new Error('The list came uncompressed.'));
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => resolve(bytes));
    })
      .on('error', reject)
      .end();
  });
}

async function signIn(base: string, n: number): Promise<string> {
  const answer = await fetch(`${base}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userName: `user${n}`, password }),
  });
  return z.parse(z.looseObject({ token: z.string() }), await answer.json()).token;
}

/** Users `from` to `to`, all but the writers away with return and text. */
async function fill(database: Database, from: number, to: number): Promise<void> {
  if (from === 0)
    await database
      .insertInto('sites')
      .values({
        id: 'site',
        name: 'Office',
        time_zone: 'Europe/Berlin',
        dial_plan: JSON.stringify(munich),
        telephone_system: null,
      })
      .execute();
  const hash = await hashPassword(password);
  const statuses = ['meeting', 'vacation', 'lunch', 'home', 'out-of-office', 'break'];
  await database.transaction().execute(async (transaction) => {
    for (let n = from; n < to; n += 1) {
      const id = n < writers ? `writer-${n}` : randomUUID();
      await transaction
        .insertInto('users')
        .values({
          ...{ id, site_id: 'site', user_name: `user${n}`, user_name_key: `user${n}`, display_name: `User ${n}` },
          ...{
            given_name: null,
            surname: null,
            extension: null,
            email: null,
            mobile_number: null,
            external_number: null,
          },
          ...{ role: 'user', password_hash: hash, must_change_password: 0, in_directory: 1, disabled_at: null },
          ...{ settings: '{}', created_at: new Date().toISOString() },
        })
        .execute();
      if (n < writers) continue;
      const returnAt = new Date(Date.now() + 3_600_000 + (n % 96) * 900_000);
      returnAt.setUTCSeconds(0, 0);
      await transaction
        .insertInto('presence')
        .values({
          ...{ user_id: id, status: statuses[n % statuses.length] ?? 'meeting', return_at: returnAt.toISOString() },
          ...{ return_wall_time: null, return_time_zone: null, information: n % 3 === 0 ? `Project ${n % 40}` : null },
          ...{
            visibility: 'internal',
            sick_visible: 0,
            changed_at: new Date().toISOString(),
            changed_by: 'user',
            in_force: 1,
          },
        })
        .execute();
    }
    // The service notices changes from outside by this row.
    const version = { key: 'people-version', value: randomUUID() };
    await transaction
      .insertInto('installation')
      .values(version)
      .onConflict((oc) => oc.column('key').doUpdateSet({ value: version.value }))
      .execute();
  });
}
