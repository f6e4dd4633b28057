/**
 * The calls that are not over, each with its user and the other party's name. What the telephone system tells goes in,
 * what the users are told comes out, side by side in the same order. A name is waited for a moment at most: an
 * event is never late by more than `nameWaitMs`; a name found later is told with the call once more.
 */
import type { Call, CallParty } from '../../shared/call';
import type { Connection } from '../telephone-system/telephone-system';
import type { Timers } from '../telephone-system/timers';
import { endedUnseen, isNews, isOver, partyKey, signalledParty, toCall } from './call-state';
import type { CallDevice } from './caller-directory';

/** So long an event waits for the name, in milliseconds. */
export const nameWaitMs = 50;

export interface CallBookDeps {
  readonly timers: Timers;
  /** Whose device it is; undefined when it is nobody's. */
  readonly deviceAt: (siteId: string, address: string) => CallDevice | undefined;
  /** Looks the other party up. Never rejects. */
  readonly describe: (device: CallDevice, connection: Connection) => Promise<CallParty>;
  readonly tell: (device: CallDevice, call: Call) => void;
}

export interface KnownCall {
  readonly device: CallDevice;
  readonly connection: Connection;
  readonly call: Call;
}

export interface CallBook {
  /** A side of a call is new or changed. */
  take(siteId: string, connection: Connection): void;
  /** All sides there are; what is known besides is over. */
  takeAll(siteId: string, connections: readonly Connection[]): void;
  /** The user's calls that are not over, in the order in which they began. */
  callsOf(userId: string): readonly Call[];
  /** The user's call with this id. */
  find(userId: string, siteId: string, id: string): KnownCall | undefined;
  /** The side of a call with the other party's name, as far as it is found in time. */
  describe(device: CallDevice, connection: Connection): Promise<Call>;
}

interface Entry {
  readonly device: CallDevice;
  connection: Connection;
  party: CallParty;
  partyKey: string | undefined;
  /** Changes that wait for the name; undefined when nothing waits. */
  waiting: Connection[] | undefined;
}

export function createCallBook({ timers, deviceAt, describe, tell }: CallBookDeps): CallBook {
  const entries = new Map<string, Entry>();
  const keyOf = (siteId: string, id: string): string => `${siteId} ${id}`;
  const asCall = ({ device, party }: Entry, connection: Connection): Call => toCall(connection, device.id, party);

  /** Tells what waited; what is over is forgotten afterwards. */
  function flush(key: string, entry: Entry): void {
    const waiting = entry.waiting ?? [];
    entry.waiting = undefined;
    for (const connection of waiting) tell(entry.device, asCall(entry, connection));
    if (isOver(entry.connection) && entries.get(key) === entry) entries.delete(key);
  }

  function lookUp(key: string, entry: Entry, connection: Connection): void {
    const asked = partyKey(connection);
    if (entry.partyKey === undefined) entry.party = signalledParty(connection);
    entry.partyKey = asked;
    entry.waiting ??= [];
    const stopWaiting = timers.after(nameWaitMs, () => flush(key, entry));
    void describe(entry.device, connection).then((party) => {
      stopWaiting();
      // Another party has come meanwhile: its own look-up tells.
      if (entry.partyKey !== asked) return;
      const before = entry.party;
      entry.party = party;
      if (entry.waiting !== undefined) flush(key, entry);
      else if (entries.get(key) === entry && JSON.stringify(before) !== JSON.stringify(party)) {
        tell(entry.device, asCall(entry, entry.connection));
      }
    });
  }

  function take(siteId: string, connection: Connection): void {
    const key = keyOf(siteId, connection.id);
    const known = entries.get(key);
    const device = known?.device ?? deviceAt(siteId, connection.device);
    if (device === undefined || !isNews(known?.connection, connection)) return;
    // The end of something that was never told concerns nobody.
    if (known === undefined && isOver(connection)) return;
    const entry: Entry = known ?? { device, connection, party: {}, partyKey: undefined, waiting: undefined };
    entries.set(key, entry);
    entry.connection = connection;
    if (entry.partyKey !== partyKey(connection)) lookUp(key, entry, connection);
    if (entry.waiting !== undefined) {
      entry.waiting.push(connection);
      return;
    }
    entry.waiting = [connection];
    flush(key, entry);
  }

  return {
    take,
    takeAll(siteId, connections) {
      const there = new Set(connections.map(({ id }) => keyOf(siteId, id)));
      for (const [key, { device, connection }] of [...entries]) {
        if (device.siteId === siteId && !there.has(key)) take(siteId, endedUnseen(connection));
      }
      for (const connection of connections) take(siteId, connection);
    },
    callsOf: (userId) =>
      [...entries.values()]
        .filter((entry) => entry.device.userId === userId && !isOver(entry.connection))
        .map((entry) => asCall(entry, entry.connection)),
    find(userId, siteId, id) {
      const entry = entries.get(keyOf(siteId, id));
      if (entry?.device.userId !== userId || isOver(entry.connection)) return undefined;
      return { device: entry.device, connection: entry.connection, call: asCall(entry, entry.connection) };
    },
    describe: (device, connection) =>
      new Promise((resolve) => {
        const answer = (party: CallParty): void => resolve(toCall(connection, device.id, party));
        const stopWaiting = timers.after(nameWaitMs, () => answer(signalledParty(connection)));
        void describe(device, connection).then((party) => {
          stopWaiting();
          answer(party);
        });
      }),
  };
}
