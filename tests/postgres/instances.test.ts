/** Two instances of the service, as processes of their own, on one PostgreSQL database and one telephone system. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from 'kysely';
import { apiBase } from '../../shared/api';
import type { DirectoryItem, DirectorySearch } from '../../shared/directory';
import { liveEventSchema } from '../../shared/events';
import type { LiveEvent } from '../../shared/events';
import { hashPassword, verifyPassword } from '../../sync-service/accounts/people-password';
import { openPostgresql } from '../../sync-service/database/database';
import type { Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { readPostgresqlAddress } from '../../sync-service/database/postgresql-address';
import { person } from '../fakes/contact-world';
import { startPostgresql } from '../fakes/postgresql-server';
import type { PostgresqlServer } from '../fakes/postgresql-server';
import { serveExchange } from '../fakes/shared-exchange';
import { addPeople, people } from '../service/start-service';

// Inside the project, so that the built files find the packages that are not bundled.
const folder = mkdtempSync(resolve('node_modules/.cache-instances-'));
let server: PostgresqlServer;
let databaseUrl: string;
let database: Database;
let exchange: Awaited<ReturnType<typeof serveExchange>>;
const asked: string[] = [];
const children: ChildProcess[] = [];

interface Instance {
  readonly api: string;
  readonly log: string[];
  kill(): void;
}

async function startInstance(name: string): Promise<Instance> {
  const child = spawn(process.execPath, [join(folder, 'instance-child.js'), String(exchange.port)], {
    env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, DATA_DIR: join(folder, name) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const log: string[] = [];
  const port = await new Promise<string>((found, failed) => {
    child.once('exit', () => failed(new Error(`${name} ended: ${log.slice(-5).join('\n')}`)));
    createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.push(line);
      if (line.startsWith('ready ')) found(line.slice(6));
    });
  });
  return { api: `http://127.0.0.1:${port}${apiBase}`, log, kill: () => void child.kill('SIGKILL') };
}

beforeAll(async () => {
  await build({
    entryPoints: [resolve('tests/fakes/instance-child.ts'), resolve('sync-service/worker.ts')],
    outdir: folder,
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
  });
  server = await startPostgresql();
  databaseUrl = await server.createDatabase();
  const address = readPostgresqlAddress(databaseUrl);
  if ('problem' in address) throw new Error(address.problem);
  database = openPostgresql(address);
  await migrate(database);
  await addPeople(database, { hash: hashPassword, verify: verifyPassword });
  await database
    .updateTable('sites')
    .set({ telephone_system: JSON.stringify({ kind: 'shared' }) })
    .execute();
  exchange = await serveExchange((command) => void asked.push(command));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await exchange.stop();
  await database.destroy();
  server.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function signIn(instance: Instance, name: 'anna' | 'bert') {
  const { userName, password } = people[name];
  const signedIn = await ask(instance, undefined, 'POST', '/sessions', { userName, password });
  const { token } = signedIn.body as { token: string };
  return {
    /** Sends to any of the instances: a session is good at each. */
    send: (to: Instance, method: string, path: string, body?: unknown) => ask(to, token, method, path, body),
    /** What this instance tells the user from now on. */
    hear: (at: Instance) => listen(at, token),
  };
}
async function ask(to: Instance, token: string | undefined, method: string, path: string, body?: unknown) {
  const response = await fetch(to.api + path, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, body: parsed };
}
/** As a pane does it: a stream that ended is taken up again, with a snapshot where the instance says so. */
async function listen(at: Instance, token: string): Promise<LiveEvent[]> {
  const heard: LiveEvent[] = [];
  const read = async (): Promise<void> => {
    const response = await fetch(`${at.api}/events`, { headers: { authorization: `Bearer ${token}` } });
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body ?? []) {
      rest += decoder.decode(chunk, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines)
        if (line.startsWith('data: ')) heard.push(liveEventSchema.parse(JSON.parse(line.slice(6))));
    }
  };
  const keepReading = async (): Promise<void> => {
    for (;;) {
      await read();
      await new Promise((again) => setTimeout(again, 20));
    }
  };
  // It ends with its instance.
  keepReading().catch(() => undefined);
  await eventually(() => expect(heard.some(({ type }) => type === 'snapshot')).toBe(true));
  return heard;
}
async function eventually(check: () => void | Promise<void>, ms = 10_000): Promise<void> {
  const end = Date.now() + ms;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((again) => setTimeout(again, 10));
    }
  }
}
const typesOf = (events: readonly LiveEvent[]) => events.map(({ type }) => type);

it('two instances share what happens, and do each work once, whoever is killed', async () => {
  const a = await startInstance('a');
  const b = await startInstance('b');
  const anna = await signIn(a, 'anna');
  const bert = await signIn(b, 'bert');
  const atA = await anna.hear(a);
  const atB = await anna.hear(b);
  const bertAtB = await bert.hear(b);
  await eventually(async () => {
    for (const each of [a, b])
      expect((await anna.send(each, 'GET', '/calls')).body).toMatchObject({ telephoneSystem: { state: 'up' } });
  });
  const work = (instance: Instance) => instance.log.filter((line) => line.includes('does this work')).length;
  expect([work(a), work(b)]).toEqual([2, 0]);

  // What is done at one is heard at the other.
  expect((await anna.send(b, 'POST', '/contacts', person('Zoe', '+49 30 5550199'))).status).toBe(201);
  await eventually(() => expect(typesOf(atA)).toContain('contacts'));

  // Contacts are searched in memory, at each instance as they are now: also what somebody wrote who can tell nothing.
  const findsAt = async (at: Instance, name: string) => {
    const { body } = await anna.send(at, 'GET', '/directory?q=zo');
    return (body as DirectorySearch).personal.items.some(({ displayName }) => displayName === name);
  };
  await database
    .updateTable('contacts')
    .set({ fields: JSON.stringify(person('Zoë', '+49 30 5550199')) })
    .execute();
  for (const at of [a, b]) await eventually(async () => expect(await findsAt(at, 'Zoë')).toBe(true));
  await eventually(() =>
    database.transaction().execute(async (transaction) => {
      // Whoever asked the table would wait now.
      await sql`lock table contacts in access exclusive mode`.execute(transaction);
      const found = Promise.all([a, b].map((at) => findsAt(at, 'Zoë')));
      const late = new Promise((resolve) => setTimeout(resolve, 500));
      expect(await Promise.race([found, late])).toEqual([true, true]);
    }),
  );

  // Who calls is found there as well, also at the instance where Bert has not opened the pane.
  const cem = await bert.send(b, 'POST', '/contacts', person('Cem', '+49 30 5550188'));
  expect(cem.status).toBe(201);
  const callerOfBert = async (at: Instance) => {
    const { body } = await bert.send(at, 'GET', '/directory/callers/+49305550188');
    return (body as Partial<DirectoryItem>).displayName;
  };
  const bothKnow = (name: string | undefined) =>
    eventually(() =>
      database.transaction().execute(async (transaction) => {
        await sql`lock table contacts in access exclusive mode`.execute(transaction);
        const late = new Promise((resolve) => setTimeout(resolve, 500));
        expect(await Promise.race([Promise.all([a, b].map(callerOfBert)), late])).toEqual([name, name]);
      }),
    );
  await bothKnow('Cem');
  const { id: cemId } = cem.body as { id: string };
  const renamed = JSON.stringify(person('Cemil', '+49 30 5550188'));
  await database.updateTable('contacts').set({ fields: renamed }).where('id', '=', cemId).execute();
  await bothKnow('Cemil');

  expect((await anna.send(b, 'PUT', '/me/presence', { status: 'meeting' })).status).toBe(200);
  await eventually(() => {
    expect(atA.some((event) => event.type === 'own-presence' && event.presence.status === 'meeting')).toBe(true);
    expect(atA.some((event) => event.type === 'presence' && event.items[0]?.status === 'meeting')).toBe(true);
  });
  // The instance that does the work with the telephone system publishes it there.
  await eventually(async () => {
    expect((await anna.send(b, 'GET', '/me/presence')).body).toMatchObject({ status: 'meeting', inForce: true });
  });

  // Whoever is killed right behind his commit has told it: here somebody writes who can tell nothing by himself.
  const heardBefore = [atA, atB].map((heard) => typesOf(heard).filter((type) => type === 'own-presence').length);
  await database.updateTable('presence').set({ information: 'Room 7' }).execute();
  await eventually(() =>
    [atA, atB].forEach((heard, n) =>
      expect(typesOf(heard).filter((type) => type === 'own-presence').length).toBeGreaterThan(heardBefore[n] ?? 0),
    ),
  );

  // A call that is dialled at the one that does not do that work.
  asked.length = 0;
  const began = performance.now();
  const dialled = await anna.send(b, 'POST', '/calls', { number: '331', requestId: 'request-1' });
  const dialMs = performance.now() - began;
  expect(dialled.status).toBe(202);
  expect(dialMs).toBeLessThan(1000);
  await eventually(() => {
    for (const heard of [atA, atB]) expect(typesOf(heard)).toContain('call');
  });
  exchange.phones.lift('PJSIP/330');
  await eventually(() =>
    expect(bertAtB.some((event) => event.type === 'call' && event.call.state === 'alerting')).toBe(true),
  );
  const { items } = (await anna.send(a, 'GET', '/calls')).body as { items: { id: string }[] };
  // And ended at the other.
  expect((await anna.send(a, 'POST', `/calls/${items[0]?.id ?? ''}/hang-up`)).status).toBe(202);
  // The answer was lost on its way, and the balancer sends the repetition elsewhere: it dials once, and answers the same.
  const repeated = await anna.send(a, 'POST', '/calls', { number: '331', requestId: 'request-1' });
  expect(repeated).toMatchObject({ status: 202, body: { id: (dialled.body as { id: string }).id } });
  const twice = { number: '332', requestId: 'request-2' };
  const atOnce = await Promise.all([a, b].map((each) => anna.send(each, 'POST', '/calls', twice)));
  expect(atOnce[0]?.status).toBe(202);
  expect(atOnce[1]).toEqual(atOnce[0]);
  expect(asked.filter((command) => command === 'dial')).toHaveLength(2);
  const second = (atOnce[0]?.body as { id: string }).id;
  expect((await anna.send(a, 'POST', `/calls/${second}/hang-up`)).status).toBe(202);
  const journalOf = async (at: Instance) => {
    const { body } = await anna.send(at, 'GET', '/journal?folder=all');
    return (body as { items: { id: string }[] }).items.map(({ id }) => id);
  };
  await eventually(async () => expect(await journalOf(b)).toHaveLength(1));
  await eventually(() => expect(typesOf(atB)).toContain('journal'));

  // In a meeting her calls go to the voice box.
  expect((await anna.send(a, 'PUT', '/me/presence', { status: 'office' })).status).toBe(200);
  await eventually(async () => {
    expect((await anna.send(b, 'GET', '/me/presence')).body).toMatchObject({ status: 'office', inForce: true });
  });

  // The owner dies in the middle of a call; the other takes everything over, and nothing is written down twice.
  const call = exchange.phones.callIn('0305550199', '330') ?? '';
  await eventually(() =>
    expect(atB.some((event) => event.type === 'call' && event.call.party.name === 'Zoë')).toBe(true),
  );
  a.kill();
  const killed = performance.now();
  exchange.phones.outsideHangsUp(call);
  await eventually(async () => expect(await journalOf(b)).toHaveLength(2));
  expect(performance.now() - killed).toBeLessThan(5000);
  expect(work(b)).toBe(2);
  expect((await anna.send(b, 'PUT', '/me/presence', { status: 'lunch' })).status).toBe(200);
  await eventually(async () => {
    expect((await anna.send(b, 'GET', '/me/presence')).body).toMatchObject({ status: 'lunch', inForce: true });
  });

  // It comes back, and hears again what happens at the other, also after the server was away.
  const c = await startInstance('a');
  const atC = await anna.hear(c);
  server.stop('immediate');
  expect(await anna.send(c, 'GET', '/contacts')).toMatchObject({ status: 503, body: { code: 'storage-unavailable' } });
  server.start();
  await eventually(async () => expect((await anna.send(c, 'GET', '/contacts')).status).toBe(200));
  await eventually(() => expect(c.log.some((line) => line.includes('is back'))).toBe(true));
  await eventually(() => expect(b.log.some((line) => line.includes('is back'))).toBe(true));
  // What it may have missed is in a snapshot.
  await eventually(() => expect(typesOf(atC).filter((type) => type === 'snapshot').length).toBeGreaterThan(1));
  expect((await anna.send(b, 'PUT', '/me/presence', { status: 'home' })).status).toBe(200);
  await eventually(() =>
    expect(atC.some((event) => event.type === 'own-presence' && event.presence.status === 'home')).toBe(true),
  );
  expect(await journalOf(c)).toHaveLength(2);
}, 120_000);
