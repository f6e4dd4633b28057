/** Somebody who dials does not wait for a large import to be written. */
import { expect, it } from 'vitest';
import { createCallRequestStore } from '../../sync-service/calls/call-request-store';
import { openPostgresql } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { readPostgresqlAddress } from '../../sync-service/database/postgresql-address';
import { createDatabaseAt } from '../fakes/postgresql-server';
import { addJournalUsers } from '../fakes/journal-world';
import { serverPort } from './here';

it('a command is noted while another transaction writes, and the next writer waits', async () => {
  const address = readPostgresqlAddress(await createDatabaseAt(serverPort()));
  if ('problem' in address) throw new Error(address.problem);
  const writing = openPostgresql(address);
  const other = openPostgresql(address, { lockTimeoutMs: 300 });
  await migrate(writing);
  await addJournalUsers(writing, 'site', ['anna']);
  const claim = { request: 'anna dial 1', userId: 'anna', now: '2026-03-02T08:00:00Z', until: '2026-03-02T08:10:00Z' };
  await writing.transaction().execute(async (db) => {
    await db.updateTable('users').set({ display_name: 'Anna' }).where('id', '=', 'anna').execute();
    const store = createCallRequestStore(other);
    expect(await store.claim(claim)).toBe(true);
    expect(await store.claim(claim)).toBe(false);
    expect(await store.find(claim.request)).toEqual({ call: undefined });
    const write = other.updateTable('users').set({ display_name: 'Bert' }).where('id', '=', 'anna').execute();
    await expect(write).rejects.toMatchObject({ code: 'storage-unavailable' });
  });
  await Promise.all([writing.destroy(), other.destroy()]);
});
