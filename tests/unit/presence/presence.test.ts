import { describe, expect, it } from 'vitest';
import type { Audience, LiveEvent } from '../../../shared/events';
import { isLaterPresence, presenceTextProblem } from '../../../shared/presence';
import { createPresenceBook } from '../../../sync-service/presence/presence-book';
import type { PresenceUser } from '../../../sync-service/presence/presence-people';
import type { PresenceRecord } from '../../../sync-service/presence/presence-record';
import { createPresenceService } from '../../../sync-service/presence/presence.service';

const begin = Date.parse('2026-11-23T08:00:00Z');
const zone = 'Europe/Berlin';

/** Two users, a clock that is moved by hand, and all that was told. */
async function makeWorld(more: Partial<PresenceUser> = {}) {
  let time = begin;
  const saved = new Map<string, PresenceRecord>();
  const events: { audience: Audience; event: LiveEvent }[] = [];
  const due: (() => void)[] = [];
  const user = (userId: string): PresenceUser => ({
    userId,
    siteId: 'site',
    displayName: userId,
    inDirectory: true,
    unavailable: [],
  });
  let users = [{ ...user('anna'), ...more }, user('bert')];
  const book = createPresenceBook({
    store: {
      all: () => Promise.resolve(new Map(saved)),
      some: (userIds) => Promise.resolve(new Map([...saved].filter(([userId]) => userIds.includes(userId)))),
      save: (userId, record) => {
        saved.set(userId, record);
        return Promise.resolve(true);
      },
    },
    people: { list: () => Promise.resolve(users) },
    timers: {
      now: () => time,
      after: (_ms, callBack) => {
        due.push(callBack);
        return () => undefined;
      },
    },
    publish: (audience, event) => events.push({ audience, event }),
    epoch: 'e',
  });
  await book.load();
  const service = createPresenceService({ book, now: () => time, enforced: () => false, changed: () => undefined });
  const settle = () => {
    for (const run of due.splice(0)) run();
  };
  return {
    service,
    book,
    events,
    settle,
    told: () => events.filter(({ event }) => event.type === 'presence').map(({ event }) => event),
    pass: (ms: number) => (time += ms),
    setUsers: (next: PresenceUser[]) => (users = next),
  };
}

describe('Presence', () => {
  it('is told to everybody, and the return is a wall time of its zone', async () => {
    const { service, told, settle } = await makeWorld();
    const returnAt = { wallTime: '2026-11-23T14:30', timeZone: zone };
    await service.setOwn('anna', { status: 'meeting', returnAt, text: ' Room 7 ' });
    settle();
    const item = { userId: 'anna', status: 'meeting', returnAt: '2026-11-23T13:30:00.000Z', text: 'Room 7' };
    expect(told()).toEqual([{ type: 'presence', version: 'e-1', items: [item] }]);
    expect(service.list()).toEqual({ version: 'e-1', items: [item], endLength: 12 });
    expect(service.own('anna')).toMatchObject({ status: 'meeting', changedBy: 'user', inForce: true });
  });

  it('says no more of a return that has passed; the status stays', async () => {
    const { service, pass, settle } = await makeWorld();
    await service.setOwn('anna', { status: 'lunch', returnAt: { wallTime: '2026-11-23T09:30', timeZone: zone } });
    settle();
    pass(31 * 60_000);
    expect(service.list().items).toEqual([{ userId: 'anna', status: 'lunch' }]);
  });

  it('keeps sick to itself until its user opens it', async () => {
    const { service, settle } = await makeWorld();
    await service.setOwn('anna', { status: 'sick' });
    settle();
    expect(service.list().items).toEqual([{ userId: 'anna', status: 'absent' }]);
    await service.changeVisibility('anna', { sickVisible: true });
    settle();
    expect(service.list().items).toEqual([{ userId: 'anna', status: 'sick' }]);
  });

  it('says nothing but "not visible" where its user wants that, and nothing of Office', async () => {
    const { service, settle } = await makeWorld();
    await service.setOwn('anna', {
      status: 'vacation',
      returnAt: { wallTime: '2026-12-01T08:00', timeZone: zone },
      text: 'In Rome',
    });
    await service.changeVisibility('anna', { visibility: 'not-visible' });
    settle();
    expect(service.list().items).toEqual([{ userId: 'anna', status: 'not-visible' }]);
    expect(service.own('anna')).toMatchObject({ status: 'vacation', text: 'In Rome' });
    await service.setOwn('anna', { status: 'office', text: 'Until five' });
    settle();
    expect(service.list().items).toEqual([]);
  });

  it('refuses what cannot be, and changes nothing then', async () => {
    const { service, events } = await makeWorld({ unavailable: ['mulap'] });
    const at = (wallTime: string, timeZone = zone) => ({ wallTime, timeZone });
    const refused = [
      [{ status: 'meeting', returnAt: at('2026-11-23T08:59') }, 'return-time-refused', 'past'],
      [{ status: 'office', returnAt: at('2026-11-23T18:00') }, 'return-time-refused', 'with-office'],
      [{ status: 'meeting', returnAt: at('2026-02-30T18:00') }, 'return-time-refused', 'invalid'],
      [{ status: 'meeting', returnAt: at('2026-12-01T18:00', 'Mars/Base') }, 'return-time-refused', 'invalid'],
      [{ status: 'meeting', returnAt: at('2099-12-01T18:00') }, 'return-time-refused', 'too-far'],
      [{ status: 'meeting', text: 'x'.repeat(151) }, 'presence-text-refused', 'too-long'],
      [{ status: 'meeting', text: 'a\nb' }, 'presence-text-refused', 'control-character'],
      [{ status: 'meeting', text: 'a\u202Eb' }, 'presence-text-refused', 'direction-character'],
      [{ status: 'do-not-disturb' }, 'status-unavailable', 'mulap'],
    ] as const;
    for (const [wish, code, reason] of refused)
      await expect(service.setOwn('anna', wish), reason).rejects.toMatchObject({ code, details: [{ reason }] });
    expect(events).toEqual([]);
    expect(service.own('anna').unavailable).toEqual([{ status: 'do-not-disturb', reason: 'mulap' }]);
  });

  it('takes emoji, umlauts and markup as the text that they are', () => {
    for (const text of ['👩‍💻 <b>Zürich</b>', '💼'.repeat(150), '']) expect(presenceTextProblem(text)).toBeUndefined();
    expect(presenceTextProblem('💼'.repeat(151))).toBe('too-long');
  });

  it('of somebody who is not in the directory is told to himself alone', async () => {
    const { service, told, events, settle } = await makeWorld({ inDirectory: false });
    await service.setOwn('anna', { status: 'break' });
    settle();
    expect(told()).toEqual([]);
    expect(events.map(({ audience }) => audience)).toEqual([{ user: 'anna' }]);
  });

  it('of somebody who is removed is taken back', async () => {
    const { service, told, settle, setUsers, book } = await makeWorld();
    await service.setOwn('anna', { status: 'break' });
    settle();
    setUsers([]);
    await book.load();
    settle();
    expect(told().at(-1)).toMatchObject({ version: 'e-2', items: [{ userId: 'anna', status: 'office' }] });
    expect(service.list().items).toEqual([]);
    expect(() => service.own('anna')).toThrow('not there');
  });

  it('has a later time with each change, however fast they come', async () => {
    const { service } = await makeWorld();
    const changes = await Promise.all([
      service.setOwn('anna', { status: 'break' }),
      service.setOwn('anna', { status: 'home' }),
      service.changeVisibility('anna', { visibility: 'internal' }),
    ]);
    expect(changes.at(-1)).toMatchObject({ status: 'home', visibility: 'internal' });
    const record = service.presenceOf('anna');
    expect(record.changedAt).toBe(begin + 2);
  });

  it('knows the later of two versions; one of another life of the service is always news', () => {
    expect(isLaterPresence('e-10', 'e-9')).toBe(true);
    expect(isLaterPresence('e-9', 'e-9')).toBe(false);
    expect(isLaterPresence('f-1', 'e-9')).toBe(true);
    expect(isLaterPresence('e-0', undefined)).toBe(true);
  });
});
