/** Who calls is found in memory, also for a user who has never opened the pane. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { sql } from 'kysely';
import { contactSchema } from '../../shared/api/contacts';
import { callSchema } from '../../shared/call';
import type { Database } from '../../sync-service/database/database';
import { person } from '../fakes/contact-world';
import { openTestDatabase, startApp } from './start-app';
import type { RunningApp } from './start-app';

let database: Database;
let app: RunningApp;
let anna: Awaited<ReturnType<RunningApp['as']>>;
let contact: z.infer<typeof contactSchema>;

/** Readings of Anna's contacts that have come to their end, and who waits for the next one. */
let readings = 0;
let waiting: (() => void) | undefined;
const jobDone = (name: string, payload: unknown) => {
  if (name !== 'contacts.index' || (payload as { userId: string }).userId !== 'user-anna') return;
  readings += 1;
  waiting?.();
};
async function read(times: number): Promise<void> {
  while (readings < times) await new Promise<void>((resolve) => (waiting = resolve));
}

beforeAll(async () => {
  database = openTestDatabase();
  const before = await startApp({ database });
  anna = await before.as('anna');
  contact = contactSchema.parse((await anna('POST', '/contacts', { body: person('Zoe', '0171 1234567') })).body);
  await before.stop();
  app = await startApp({ database, jobDone });
  anna = await app.as('anna');
});
afterAll(async () => {
  await app.stop();
  await database.destroy();
});

const callsSchema = z.object({ items: z.array(callSchema) });
const calls = async () => callsSchema.parse((await anna('GET', '/calls')).body).items;

/** Name of the one who calls while nobody can read a contact from the database. */
async function callerWithoutTable(): Promise<string | undefined> {
  await sql`alter table contacts rename to contacts_away`.execute(database);
  const id = app.phones()?.callIn('+491711234567', '330');
  try {
    for (;;) {
      const call = (await calls()).find(({ state }) => state === 'alerting');
      if (call !== undefined) return call.party.name;
    }
  } finally {
    await sql`alter table contacts_away rename to contacts`.execute(database);
    app.phones()?.outsideHangsUp(id ?? '');
    while ((await calls()).length > 0);
  }
}

it('contacts are read after the start, and again when they have changed', async () => {
  await read(1);
  expect(await callerWithoutTable()).toBe('Zoe');
  const change = { body: { displayName: 'Zoë' }, headers: { 'if-match': `"${String(contact.version)}"` } };
  expect((await anna('PATCH', `/contacts/${contact.id}`, change)).status).toBe(200);
  await read(2);
  expect(await callerWithoutTable()).toBe('Zoë');
});

it('what another process wrote is read when a caller was not found in memory', async () => {
  const changed = JSON.stringify(person('Zora', '0171 1234567'));
  await database.updateTable('contacts').set({ fields: changed }).where('id', '=', contact.id).execute();
  expect(await callerWithoutTable()).toBeUndefined();
  await read(3);
  expect(await callerWithoutTable()).toBe('Zora');
});

it('contacts of a user who is erased leave the memory', async () => {
  const admin = await app.as('admin');
  const erased = await admin('POST', '/administration/users/user-anna/erase', { body: { userName: 'anna' } });
  expect(erased.status).toBe(204);
  await read(4);
});
