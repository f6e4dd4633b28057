/** What was read of calendars, and who waits for whom. */
import { expect, test } from 'vitest';
import type { Database } from '../../sync-service/database/database';
import { createPresenceCalendarStore } from '../../sync-service/presence-calendar/presence-calendar-store';
import type { KeptCalendar } from '../../sync-service/presence-calendar/presence-calendar-store';
import { allWatches, putWatch, takeWatch } from '../../sync-service/presence-watches/presence-watches-store';
import { addJournalUsers } from '../fakes/journal-world';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 8, minute)).toISOString();
const kept: KeptCalendar = {
  calendar: { busy: [{ start: 1, end: Date.UTC(2026, 2, 2, 9) }], replies: { start: 5 } },
  readAt: at(0),
  readBy: 'service',
};

export function calendarStores(there: () => Database): void {
  const store = () => createPresenceCalendarStore(there());
  const addUsers = (...ids: string[]) => addJournalUsers(there(), 'calendar-site', ids);

  test('a calendar comes back as it was read, and is due at once', async () => {
    await addUsers('calendar-1');
    expect(await store().find('calendar-1')).toBeUndefined();
    expect(await store().save('calendar-1', kept)).toBe(true);
    const again: KeptCalendar = { calendar: { busy: [] }, readAt: at(1), readBy: 'pane' };
    expect(await store().save('calendar-1', again)).toBe(true);
    expect(await store().find('calendar-1')).toEqual(again);
    expect(await store().due(at(1), 10)).toEqual(['calendar-1']);
    await store().remove('calendar-1');
    expect(await store().find('calendar-1')).toBeUndefined();
  });

  test('whose time has come is told in the order of waiting; who waits for no time is woken', async () => {
    await addUsers('calendar-2', 'calendar-3', 'calendar-4');
    for (const user of ['calendar-2', 'calendar-3', 'calendar-4']) await store().save(user, kept);
    await store().setNext('calendar-2', at(20));
    await store().setNext('calendar-3', at(10));
    await store().setNext('calendar-4', null);
    expect(await store().due(at(9), 10)).toEqual([]);
    expect(await store().due(at(20), 10)).toEqual(['calendar-3', 'calendar-2']);
    expect(await store().due(at(20), 1)).toEqual(['calendar-3']);
    await store().wakeAll(at(5));
    expect(await store().due(at(9), 10)).toEqual(['calendar-4']);
  });

  test('of a user who was removed no calendar is kept', async () => {
    await addUsers('calendar-5');
    await store().save('calendar-5', kept);
    await there().deleteFrom('users').where('id', '=', 'calendar-5').execute();
    expect(await store().find('calendar-5')).toBeUndefined();
    expect(await store().save('calendar-5', kept)).toBe(false);
  });

  test('a wait is noted once with its beginning, and of several who take it one has it', async () => {
    await addUsers('waiting', 'watched', 'other');
    await putWatch(there(), { userId: 'waiting', watchedId: 'watched', since: at(2) });
    await putWatch(there(), { userId: 'waiting', watchedId: 'watched', since: at(3) });
    await putWatch(there(), { userId: 'waiting', watchedId: 'other', since: at(1) });
    await putWatch(there(), { userId: 'other', watchedId: 'watched', since: at(0) });
    expect(await allWatches(there(), 'waiting')).toEqual([
      { userId: 'waiting', watchedId: 'other', since: at(1) },
      { userId: 'waiting', watchedId: 'watched', since: at(2) },
    ]);
    expect((await allWatches(there())).length).toBe(3);
    const taken = await Promise.all([1, 2, 3].map(() => takeWatch(there(), 'waiting', 'watched')));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  test('a wait goes with either of the two', async () => {
    await addUsers('waiting-2', 'watched-2');
    await putWatch(there(), { userId: 'waiting-2', watchedId: 'watched-2', since: at(0) });
    await there().deleteFrom('users').where('id', '=', 'watched-2').execute();
    expect(await takeWatch(there(), 'waiting-2', 'watched-2')).toBe(false);
  });
}
