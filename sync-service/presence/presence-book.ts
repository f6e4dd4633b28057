/**
 * Presence of all users, in memory and in the table, told to everybody when it changes; what changes together is told
 * together. Colleagues hear of users in the directory only; everybody hears his own.
 */
import type { Audience, LiveEvent } from '../../shared/events';
import type { ColleaguePresence, OwnPresence } from '../../shared/presence';
import { presenceVersion } from '../../shared/presence';
import { endLengthOf } from '../../shared/presence-snapshot';
import type { Timers } from '../telephone-system/timers';
import type { PresencePeople, PresenceUser } from './presence-people';
import { initialPresence, isPlain, ownPresence, toldPresence } from './presence-record';
import type { PresenceRecord } from './presence-record';
import type { PresenceStore } from './presence-store';
import { userUnknown } from './presence.errors';
import { createTurns } from './turns';

export interface PresenceBookDeps {
  readonly store: PresenceStore;
  readonly people: PresencePeople;
  readonly timers: Timers;
  readonly publish: (audience: Audience, event: LiveEvent) => void;
  /** Names this life of the service. */
  readonly epoch: string;
}

export interface PresenceBook {
  /** Reads users and presence (anew); what is different is told. */
  load(): Promise<void>;
  /** Reads the presence of these users anew; what is different is told. */
  refresh(userIds: readonly string[]): Promise<void>;
  readonly version: string;
  /** How many last characters of their ids tell all users apart. */
  readonly endLength: number;
  /** Of everybody in the directory who is not simply in the office. */
  told(): ColleaguePresence[];
  /** The same of one. */
  toldOf(userId: string): ColleaguePresence;
  users(): readonly PresenceUser[];
  /** The enabled user of this id. Throws `not-found`. */
  userOf(userId: string): PresenceUser;
  recordOf(userId: string): PresenceRecord;
  own(userId: string): OwnPresence;
  /**
   * Changes one record: the new one is saved, then told. `change` is given what is true when it is its turn; the same
   * object means that nothing changes. Rejects with what `change` throws, and with `not-found`.
   */
  change(
    userId: string,
    change: (record: PresenceRecord, user: PresenceUser) => PresenceRecord,
  ): Promise<PresenceRecord>;
}

export function createPresenceBook(deps: PresenceBookDeps): PresenceBook {
  const { store, people, timers, publish, epoch } = deps;
  const turns = createTurns();
  let users = new Map<string, PresenceUser>();
  const records = new Map<string, PresenceRecord>();
  /** As colleagues were told last, of those who are not plain. */
  const told = new Map<string, ColleaguePresence>();
  const changed = new Set<string>();
  let endLength = endLengthOf([]);
  let waiting = false;
  let count = 0;

  const recordOf = (userId: string): PresenceRecord => records.get(userId) ?? initialPresence;
  const userOf = (userId: string): PresenceUser => {
    const user = users.get(userId);
    if (user === undefined) throw userUnknown();
    return user;
  };
  const own = (userId: string) => ownPresence(recordOf(userId), userOf(userId).unavailable);

  function tellChanged(): void {
    waiting = false;
    const items: ColleaguePresence[] = [];
    for (const userId of changed) {
      const shown = users.get(userId)?.inDirectory === true;
      const now = shown ? toldPresence(userId, recordOf(userId), timers.now()) : plainOf(userId);
      const before = told.get(userId) ?? plainOf(userId);
      if (sameAs(before, now)) continue;
      if (isPlain(now)) told.delete(userId);
      else told.set(userId, now);
      items.push(now);
    }
    changed.clear();
    if (items.length === 0) return;
    count += 1;
    publish({ everybody: true }, { type: 'presence', version: presenceVersion(epoch, count), items });
  }

  function tellSoon(userIds: Iterable<string>): void {
    for (const userId of userIds) changed.add(userId);
    if (waiting) return;
    waiting = true;
    timers.after(0, tellChanged);
  }

  return {
    get version() {
      return presenceVersion(epoch, count);
    },
    get endLength() {
      return endLength;
    },
    async load() {
      const before = new Map([...users.keys()].map((userId) => [userId, JSON.stringify(own(userId))]));
      const [list, rows] = await Promise.all([people.list(), store.all()]);
      users = new Map(list.map((user) => [user.userId, user]));
      endLength = endLengthOf([...users.keys()]);
      for (const userId of records.keys()) if (!rows.has(userId)) records.delete(userId);
      for (const [userId, row] of rows) {
        // A change that is being made just now is later than what was read.
        if (row.changedAt >= recordOf(userId).changedAt) records.set(userId, row);
      }
      for (const [userId, text] of before) {
        if (users.has(userId) && JSON.stringify(own(userId)) !== text)
          publish({ user: userId }, { type: 'own-presence', presence: own(userId) });
      }
      tellSoon([...users.keys(), ...told.keys()]);
    },
    async refresh(userIds) {
      for (const [userId, row] of await store.some(userIds)) {
        const before = recordOf(userId);
        if (row.changedAt < before.changedAt) continue;
        records.set(userId, row);
        if (users.has(userId) && JSON.stringify(row) !== JSON.stringify(before))
          publish({ user: userId }, { type: 'own-presence', presence: own(userId) });
      }
      tellSoon(userIds);
    },
    told: () => {
      const now = timers.now();
      return [...told.values()].map((item) => withoutPassedReturn(item, now));
    },
    toldOf: (userId) => withoutPassedReturn(told.get(userId) ?? plainOf(userId), timers.now()),
    users: () => [...users.values()],
    userOf,
    recordOf,
    own,
    change: (userId, change) =>
      turns.take(userId, async () => {
        const before = recordOf(userId);
        const after = change(before, userOf(userId));
        if (after === before) return before;
        if (!(await store.save(userId, after))) throw userUnknown();
        records.set(userId, after);
        if (users.has(userId)) publish({ user: userId }, { type: 'own-presence', presence: own(userId) });
        tellSoon([userId]);
        return after;
      }),
  };
}

const plainOf = (userId: string): ColleaguePresence => ({ userId, status: 'office' });

function sameAs(a: ColleaguePresence, b: ColleaguePresence): boolean {
  return a.status === b.status && a.returnAt === b.returnAt && a.text === b.text;
}

function withoutPassedReturn(item: ColleaguePresence, now: number): ColleaguePresence {
  if (item.returnAt === undefined || Date.parse(item.returnAt) > now) return item;
  const { returnAt: _passed, ...rest } = item;
  return rest;
}
