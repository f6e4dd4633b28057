/** Presence from the calendar over HTTP against the wired service: agreed to, set, taken back, never over a hand's choice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from './start-app';
import type { RunningApp } from './start-app';

type Send = Awaited<ReturnType<RunningApp['as']>>;

let app: RunningApp;
let anna: Send;

beforeAll(async () => {
  app = await startApp();
  anna = await app.as('anna');
});
afterAll(() => app.stop());

const iso = (inMinutes: number) => new Date(Date.now() + inMinutes * 60_000).toISOString();
const agree = (presenceFromCalendar: boolean) => anna('PATCH', '/me/settings', { body: { presenceFromCalendar } });
const read = (busy: readonly (readonly [number, number])[], automaticReplies?: object) =>
  anna('PUT', '/me/presence-calendar', {
    body: {
      busy: busy.map(([start, end]) => ({ start: iso(start), end: iso(end) })),
      ...(automaticReplies && { automaticReplies }),
    },
  });
const own = async () => (await anna('GET', '/me/presence')).body;

describe('presence from the calendar', () => {
  it('is refused without the user’s word, and nothing is kept', async () => {
    const answer = await read([[-1, 30]]);
    expect([answer.status, answer.body]).toMatchObject([409, { code: 'calendar-not-agreed' }]);
    expect(await own()).toMatchObject({ status: 'office' });
    expect(await app.database.selectFrom('presence_calendars').selectAll().execute()).toEqual([]);
  });

  it('sets Meeting and Vacation, takes them back, and goes with the setting', async () => {
    await agree(true);
    expect(
      (
        await read([
          [-5, 30],
          [30, 60],
        ])
      ).status,
    ).toBe(200);
    expect(await own()).toMatchObject({ status: 'meeting', changedBy: 'calendar' });
    await read([], { end: iso(600) });
    expect(await own()).toMatchObject({ status: 'vacation', changedBy: 'calendar' });
    await read([]);
    expect(await own()).toMatchObject({ status: 'office', changedBy: 'calendar' });
    await read([[-5, 30]]);
    expect((await anna('GET', '/me/presence-calendar')).body).toMatchObject({ readBy: 'pane' });
    await agree(false);
    expect(await own()).toMatchObject({ status: 'office' });
    expect(await app.database.selectFrom('presence_calendars').selectAll().execute()).toEqual([]);
  });

  it('never touches a status that was chosen by hand', async () => {
    await agree(true);
    await anna('PUT', '/me/presence', { body: { status: 'lunch' } });
    await read([[-5, 30]], { end: iso(600) });
    await read([]);
    expect(await own()).toMatchObject({ status: 'lunch', changedBy: 'user' });
    await agree(false);
    expect(await own()).toMatchObject({ status: 'lunch', changedBy: 'user' });
  });
});
