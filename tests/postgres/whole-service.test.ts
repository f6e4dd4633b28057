/** The whole service on a PostgreSQL server: what a person does, and what he is told while the server is away. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiClient } from '../../addin/api/client';
import { createSyncCalls } from '../../addin/sync/sync-calls';
import { timerClock } from '../../shared/sync/clock';
import { pushSync } from '../../shared/sync/push-sync';
import { openPostgresql } from '../../sync-service/database/database';
import type { Database } from '../../sync-service/database/database';
import { readPostgresqlAddress } from '../../sync-service/database/postgresql-address';
import { person } from '../fakes/contact-world';
import { createListedSource } from '../fakes/listed-source';
import { startPostgresql } from '../fakes/postgresql-server';
import type { PostgresqlServer } from '../fakes/postgresql-server';
import { startApp } from '../service/start-app';
import type { RunningApp } from '../service/start-app';

let server: PostgresqlServer;
let database: Database;
let app: RunningApp;
let anna: Awaited<ReturnType<RunningApp['as']>>;

beforeAll(async () => {
  server = await startPostgresql();
  const address = readPostgresqlAddress(await server.createDatabase());
  if ('problem' in address) throw new Error(address.problem);
  database = openPostgresql(address);
  app = await startApp({ database });
  anna = await app.as('anna');
});
afterAll(async () => {
  await app.stop();
  await database.destroy();
  server.remove();
});

async function eventually(check: () => Promise<void>): Promise<void> {
  const end = Date.now() + 10_000;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

const search = (words: string) => anna('GET', `/directory?q=${encodeURIComponent(words)}`);

describe('on a PostgreSQL server', () => {
  it('contacts are synced and found', async () => {
    const { body } = await app.signIn('anna', 'Anna-330!');
    const { token } = body as { token: string };
    const client = createApiClient({
      fetch,
      baseUrl: app.url,
      tokens: {
        token: () => Promise.resolve(token),
        renewed: () => Promise.resolve(undefined),
        passwordChangeRequired: () => undefined,
      },
    });
    const { source, put } = createListedSource();
    for (let n = 0; n < 600; n += 1) put(`item-${n}`, person(`Sørensen ${n}`, `+49 89 5${String(n).padStart(6, '0')}`));
    const outcome = await pushSync(
      { source, calls: createSyncCalls(client), clock: timerClock },
      {
        account: { kind: 'graph', key: 'a', name: 'a' },
        mode: 'full',
        options: { skipContactsWithoutNumber: false },
        by: 'a test',
      },
      new AbortController().signal,
      () => undefined,
    );
    expect(outcome).toMatchObject({ kind: 'done', result: { added: 600 } });
    expect(JSON.stringify((await search('soren 599')).body)).toContain('Sørensen 599');
    expect(JSON.stringify((await search('089 5000599')).body)).toContain('Sørensen 599');
  });

  it('a text with a sign that the server cannot hold is kept without that sign', async () => {
    const added = await anna('POST', '/contacts', { body: { ...person('Nul\u0000sen', '330'), company: 'a\u0000b' } });
    expect([201, 400]).toContain(added.status);
  });

  it('a call comes into the journal', async () => {
    const phones = app.phones();
    await eventually(async () => {
      expect((await anna('GET', '/calls')).body).toMatchObject({ telephoneSystem: { state: 'up' } });
    });
    const call = phones?.callIn('0895000042', '330') ?? '';
    await eventually(async () => {
      expect((await anna('GET', '/calls')).body).toMatchObject({ items: [{ party: { name: 'Sørensen 42' } }] });
    });
    phones?.outsideHangsUp(call);
    await eventually(async () => {
      expect((await anna('GET', '/journal?folder=all')).body).toMatchObject({ counts: { all: 1, missed: 1 } });
    });
  });

  it('says at once that the server is away, and goes on by itself when it is back', async () => {
    server.stop('immediate');
    const began = performance.now();
    const away = await search('soren');
    expect(away).toMatchObject({ status: 503, body: { code: 'storage-unavailable' } });
    expect(await anna('POST', '/contacts', { body: person('Lost', '331') })).toMatchObject({ status: 503 });
    expect((await app.request('GET', '/ready')).status).toBe(503);
    expect(performance.now() - began).toBeLessThan(2000);
    server.start();
    await eventually(async () => expect((await search('soren')).status).toBe(200));
    expect((await anna('POST', '/contacts', { body: person('Kept', '331') })).status).toBe(201);
    expect(JSON.stringify((await search('kept')).body)).toContain('Kept');
    expect(JSON.stringify((await search('lost')).body)).not.toContain('Lost');
    // A call of after the restart is written down as well.
    const call = app.phones()?.callIn('0895000043', '330') ?? '';
    await eventually(async () => {
      expect((await anna('GET', '/calls')).body).toMatchObject({ items: [{ party: { name: 'Sørensen 43' } }] });
    });
    app.phones()?.outsideHangsUp(call);
    await eventually(async () => {
      expect((await anna('GET', '/journal?folder=all')).body).toMatchObject({ counts: { all: 2 } });
    });
  });
});
