/** Presence, forwarding, and the extensions at which they are published. */
import { expect, test } from 'vitest';
import type { Database } from '../../sync-service/database/database';
import { createForwardingStore } from '../../sync-service/presence/forwarding-store';
import type { ForwardingRecord } from '../../sync-service/presence/forwarding-store';
import { initialPresence } from '../../sync-service/presence/presence-record';
import type { PresenceRecord } from '../../sync-service/presence/presence-record';
import { createPresenceStore } from '../../sync-service/presence/presence-store';
import { createPublishedExtensions } from '../../sync-service/presence/published-extensions-store';
import { addJournalUsers } from '../fakes/journal-world';

const sick: PresenceRecord = {
  status: 'sick',
  returnAt: Date.UTC(2026, 2, 29, 1, 30),
  returnWall: { wallTime: '2026-03-29T03:30', timeZone: 'Europe/Berlin' },
  text: 'Zurück ab „Montag“ 🤒',
  visibility: 'internal',
  sickVisible: true,
  changedAt: Date.UTC(2026, 2, 2, 8, 0, 0, 123),
  changedBy: 'telephone',
  inForce: false,
};
const forwarded: ForwardingRecord = {
  targets: { vacation: { kind: 'number', number: '089 7007-331' }, lunch: { kind: 'off' } },
  changedAt: Date.UTC(2026, 2, 2, 8, 0, 0, 7),
  changedBy: 'user',
  inForce: false,
};

export function presenceStores(there: () => Database): void {
  const presences = () => createPresenceStore(there());
  const forwardings = () => createForwardingStore(there());
  const addUsers = (...ids: string[]) => addJournalUsers(there(), 'presence-site', ids);

  test('a presence comes back as it was saved, to the millisecond, and the next takes its place', async () => {
    await addUsers('presence-1');
    expect(await presences().save('presence-1', sick)).toBe(true);
    expect((await presences().all()).get('presence-1')).toEqual(sick);
    const office = { ...initialPresence, changedAt: sick.changedAt + 1 };
    expect(await presences().save('presence-1', office)).toBe(true);
    expect((await presences().some(['presence-1', 'nobody'])).get('presence-1')).toEqual(office);
  });

  test('a forwarding comes back as it was saved, and the next takes its place', async () => {
    await addUsers('presence-2');
    expect(await forwardings().save('presence-2', forwarded)).toBe(true);
    expect((await forwardings().all()).get('presence-2')).toEqual(forwarded);
    const none: ForwardingRecord = {
      targets: {},
      changedAt: forwarded.changedAt + 1,
      changedBy: 'system',
      inForce: true,
    };
    expect(await forwardings().save('presence-2', none)).toBe(true);
    expect([...(await forwardings().some(['presence-2', 'nobody']))]).toEqual([['presence-2', none]]);
  });

  test('of nobody there is nothing, and of more users than fit one statement all', async () => {
    expect((await presences().some([])).size).toBe(0);
    expect((await forwardings().some([])).size).toBe(0);
    const many = Array.from({ length: 40_000 }, (_, n) => `absent-${n}`);
    await addUsers('presence-3');
    await presences().save('presence-3', sick);
    await forwardings().save('presence-3', forwarded);
    expect([...(await presences().some([...many, 'presence-3'])).keys()]).toEqual(['presence-3']);
    expect([...(await forwardings().some([...many, 'presence-3'])).keys()]).toEqual(['presence-3']);
  });

  test('of a user who was removed nothing is saved, and what was goes with him', async () => {
    await addUsers('presence-4');
    await presences().save('presence-4', sick);
    await forwardings().save('presence-4', forwarded);
    await there().deleteFrom('users').where('id', '=', 'presence-4').execute();
    expect((await presences().all()).has('presence-4')).toBe(false);
    expect((await forwardings().all()).has('presence-4')).toBe(false);
    expect(await presences().save('presence-4', sick)).toBe(false);
    expect(await forwardings().save('presence-4', forwarded)).toBe(false);
  });

  test('an extension at which something is published is noted once, and taken away where it was', async () => {
    const published = createPublishedExtensions(there());
    await published.add('presence-site', '330');
    await published.add('presence-site', '330');
    await published.add('presence-site', '331');
    await published.remove('another-site', '330');
    await published.remove('presence-site', '331');
    expect(await published.all()).toEqual([{ siteId: 'presence-site', extension: '330' }]);
  });
}
