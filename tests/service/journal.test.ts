/** The journal over HTTP: routes, ownership, refusals. What the entries are made of is tested in `tests/unit/journal`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../shared/journal';
import type { CallRecord } from '../../sync-service/journal/call-records';
import { journalRoutes } from '../../sync-service/journal/journal.routes';
import { callRecord, createJournalWorld, createStandingClock, journalBeginning } from '../fakes/journal-world';
import { problemOf, startService } from './start-service';
import type { RunningService } from './start-service';

let service: RunningService;
let journal: ReturnType<typeof createJournalWorld>;
let anna: string;
let bert: string;
const records: CallRecord[] = [];

beforeAll(async () => {
  const clock = createStandingClock(journalBeginning + 3_600_000);
  service = await startService({
    routes: ({ database }) => {
      journal = createJournalWorld(database, {
        siteId: 'site-1',
        userIds: ['user-anna', 'user-bert'],
        clock,
        records,
      });
      return journalRoutes(journal.service);
    },
  });
  journal.service.start();
  const t = journalBeginning + 60_000;
  await journal.news(
    callRecord({ startedAt: t, party: { number: '+491713920012' } }),
    callRecord({ startedAt: t + 1000, party: { number: '+491713920013' }, result: 'answered' }),
    callRecord({ startedAt: t + 2000, party: { number: '00171392001 4' }, direction: 'outgoing', reason: 'busy' }),
    callRecord({ startedAt: t + 3000, device: 'PJSIP/331' }),
  );
  anna = (await service.signIn('anna')).session.token;
  bert = (await service.signIn('bert')).session.token;
});
afterAll(async () => {
  await journal.service.stop();
  await service.stop();
});

async function list(token: string, query: string) {
  const response = await service.send('GET', `/journal?${query}`, { token });
  expect(response.status).toBe(200);
  // The router has held the answer against its schema.
  return (await response.json()) as { items: JournalEntry[]; nextCursor?: string; counts: Record<string, number> };
}

describe('the journal', () => {
  it('lists folders newest first, page by page, with the counts of all', async () => {
    const first = await list(anna, 'folder=all&limit=2');
    expect(first.items.map(({ result }) => result)).toEqual(['not-answered', 'answered']);
    expect(first.counts).toEqual({ open: 2, missed: 2, answered: 1, all: 3, overdue: 0, unseen: 1 });
    const second = await list(anna, `folder=all&limit=2&cursor=${first.nextCursor ?? ''}`);
    expect(second.items).toHaveLength(1);
    expect(second).not.toHaveProperty('nextCursor');
    expect((await list(anna, 'folder=answered')).items).toMatchObject([{ durationSeconds: 60, open: false }]);
    expect((await list(bert, 'folder=all')).items).toHaveLength(1);
  });

  it('takes notes, reminders and marks, and refuses what cannot be', async () => {
    const id = (await list(anna, 'folder=open')).items[0]?.id ?? '';
    const patch = (body: unknown, token = anna) => service.send('PATCH', `/journal/${id}`, { token, body });
    const changed = await patch({ done: true, note: 'Plan B', remindAt: '2026-03-02T12:00:00+01:00' });
    expect(await changed.json()).toMatchObject({ open: false, note: 'Plan B', remindAt: '2026-03-02T11:00:00.000Z' });
    for (const body of [
      { remindAt: '2036-01-01T00:00:00Z' },
      { remindAt: '0000-01-01T00:00:00+23:59' },
      { remindAt: 'soon' },
      { note: 'x'.repeat(2001) },
    ]) {
      expect((await problemOf(await patch(body))).code).toBe('request-invalid');
    }
    expect((await problemOf(await patch({ done: true }, bert))).code).toBe('not-found');
    expect((await problemOf(await service.send('DELETE', `/journal/${id}`, { token: bert }))).code).toBe('not-found');
    const hostile = Buffer.from('2026-03-02T11:00:00.000Z a\u0000b').toString('base64url');
    for (const place of ['x', hostile]) {
      const cursor = await service.send('GET', `/journal?folder=all&cursor=${place}`, { token: anna });
      expect((await problemOf(cursor)).code).toBe('request-invalid');
    }
    const beyond = await service.send('DELETE', '/journal?before=9999-12-31T23:59:59-23:59', { token: anna });
    expect((await problemOf(beyond)).code).toBe('request-invalid');
    expect((await service.send('GET', '/journal?folder=all')).status).toBe(401);
  });

  it('knows who was dialled last', async () => {
    const response = await service.send('GET', '/journal/redial', { token: anna });
    expect(await response.json()).toMatchObject({ items: [{ e164: '+491713920014' }] });
  });

  it('is looked at, and deleted one by one, before a time, and all', async () => {
    const seen = await service.send('PUT', '/journal/seen', { token: anna, body: { until: '2026-03-03T00:00:00Z' } });
    expect(await seen.json()).toMatchObject({ unseen: 0, missed: 2 });
    const id = (await list(anna, 'folder=answered')).items[0]?.id ?? '';
    expect((await service.send('DELETE', `/journal/${id}`, { token: anna })).status).toBe(204);
    expect((await service.send('DELETE', `/journal/${id}`, { token: anna })).status).toBe(404);
    const before = encodeURIComponent('2026-03-02T09:01:01+01:00');
    const some = await service.send('DELETE', `/journal?before=${before}`, { token: anna });
    expect(await some.json()).toEqual({ deleted: 1 });
    const rest = await service.send('DELETE', '/journal?before=2026-12-01T00:00:00Z', { token: anna });
    expect(await rest.json()).toEqual({ deleted: 1 });
    expect((await list(anna, 'folder=all')).counts).toMatchObject({ all: 0 });
    expect((await list(bert, 'folder=all')).counts).toMatchObject({ all: 1 });
  });
});
