/**
 * The calls that are not over, each with its user and the other parties' names. What the telephone system tells goes in,
 * what the users are told comes out, call by call in the same order. A name is waited for a moment at most: an
 * event is never late by more than `nameWaitMs`; a name found later is told with the call once more.
 */
import type { Call, CallAbility, CallParty, CallState } from '../../shared/call';
import type { Connection } from '../telephone-system/telephone-system';
import type { Timers } from '../telephone-system/timers';
import { isSameRinging, leadingSide, passedOver, sidesAble } from './call-card';
import type { Side } from './call-card';
import { partiesOf, partyKey } from './call-party';
import { endedUnseen, isNews, isOver, isTransition } from './call-state';
import { namesIn, show, viewOf } from './call-view';
import type { DescribeParty, Shown } from './call-view';
import type { CallDevice } from './caller-directory';

/** So long an event waits for the name, in milliseconds. */
export const nameWaitMs = 50;
/** So many ends are remembered, so that nothing comes back to life by a late event. The oldest are forgotten first. */
const rememberedEnds = 2000;

export interface CallBookDeps {
  readonly timers: Timers;
  /** Whose device it is; undefined when it is nobody's. */
  readonly deviceAt: (siteId: string, address: string) => CallDevice | undefined;
  readonly describe: DescribeParty;
  readonly tell: (device: CallDevice, call: Call) => void;
  /** A change that is not drawn in `call-state.ts`. It is believed. */
  readonly irregular: (from: CallState, to: CallState) => void;
}

export interface KnownCall {
  readonly siteId: string;
  readonly call: Call;
  /** Sides of the call at the user's devices that can do this now, the leading one first. */
  able(ability: CallAbility): readonly Connection[];
  /** The side that stands for the call. */
  readonly connection: Connection;
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
  /** The side that rings at one of the user's devices, the one that began first. */
  ringingAt(userId: string, siteId: string): Connection | undefined;
  /** The side of a call with the parties' names, as far as they are found in time. */
  describe(device: CallDevice, connection: Connection): Promise<Call>;
}

interface Card {
  readonly id: string;
  readonly siteId: string;
  readonly userId: string;
  /** By id of the connection, in the order in which they came. */
  readonly sides: Map<string, Side>;
  readonly names: Map<string, CallParty>;
  readonly asked: Set<string>;
  /** Look-ups that have not answered. */
  open: number;
  /** What was announced last. */
  shown: Shown | undefined;
  /** Changes that wait for a name; undefined when nothing waits. */
  waiting: Shown[] | undefined;
  stopWaiting: () => void;
  /** What the user was told last. */
  told: string | undefined;
}

export function createCallBook({ timers, deviceAt, describe, tell, irregular }: CallBookDeps): CallBook {
  const cards = new Map<string, Card>();
  const cardOfSide = new Map<string, Card>();
  /** Sides whose call was answered at another device of the same user, with its card: what they still say is not told. */
  const passed = new Map<string, Card>();
  const ends = new Set<string>();
  const keyOf = (siteId: string, id: string): string => `${siteId} ${id}`;
  const isThere = (card: Card): boolean => cards.get(keyOf(card.siteId, card.id)) === card;
  const sidesOf = (card: Card): Side[] => [...card.sides.values()];

  function rememberEnd(key: string): void {
    cardOfSide.delete(key);
    ends.add(key);
    for (const oldest of ends) {
      if (ends.size <= rememberedEnds) break;
      ends.delete(oldest);
    }
  }

  const showCard = (card: Card): Shown | undefined =>
    show(sidesOf(card), (connectionId) => cardOfSide.get(keyOf(card.siteId, connectionId))?.id);

  function say(card: Card, shown: Shown): void {
    const call = viewOf(card.id, shown, card.names);
    const told = JSON.stringify(call);
    if (told === card.told) return;
    card.told = told;
    tell(shown.device, call);
  }

  /** Tells what waited; what is over is forgotten afterwards. */
  function flush(card: Card): void {
    card.stopWaiting();
    const waiting = card.waiting ?? [];
    card.waiting = undefined;
    for (const shown of waiting) say(card, shown);
    if (card.shown !== undefined && isOver(card.shown.connection) && isThere(card))
      cards.delete(keyOf(card.siteId, card.id));
  }

  /** Asks for the names of parties that are new in the call. Whether one is waited for. */
  function askNames(card: Card, { device, connection }: Shown): boolean {
    const fresh = partiesOf(connection).filter((party) => !card.asked.has(partyKey(party)));
    for (const party of fresh) {
      const key = partyKey(party);
      if (card.asked.has(key)) continue;
      card.asked.add(key);
      card.open += 1;
      void describe(device, party).then((name) => {
        card.names.set(key, name);
        card.open -= 1;
        if (card.waiting !== undefined) {
          if (card.open === 0) flush(card);
        } else if (card.shown !== undefined && isThere(card)) {
          say(card, card.shown);
        }
      });
    }
    return fresh.length > 0;
  }

  function announce(card: Card): void {
    const shown = showCard(card);
    if (shown === undefined || JSON.stringify(shown) === JSON.stringify(card.shown)) return;
    card.shown = shown;
    if (askNames(card, shown) && card.waiting === undefined) {
      card.waiting = [];
      card.stopWaiting = timers.after(nameWaitMs, () => flush(card));
    }
    if (card.waiting !== undefined) {
      card.waiting.push(shown);
      return;
    }
    card.waiting = [shown];
    flush(card);
  }

  /**
   * The id of a new card: its first side's. Where a card has that id, its end still waits for a name, and that is told
   * first; or the call goes on at another device of the user, and this side, which was passed over, is in it again.
   */
  function freeId(siteId: string, sideId: string): string {
    const before = cards.get(keyOf(siteId, sideId));
    if (before !== undefined) flush(before);
    let id = sideId;
    for (let again = 2; cards.has(keyOf(siteId, id)); again++) id = `${sideId}.${again}`;
    return id;
  }

  /** The card that a side which nobody knows yet belongs to. */
  function cardFor(siteId: string, side: Side): Card {
    for (const card of cards.values()) {
      if (card.siteId === siteId && isSameRinging(sidesOf(card), side)) return card;
    }
    const card: Card = {
      id: freeId(siteId, side.connection.id),
      siteId,
      userId: side.device.userId,
      sides: new Map(),
      names: new Map(),
      asked: new Set(),
      open: 0,
      shown: undefined,
      waiting: undefined,
      stopWaiting: () => undefined,
      told: undefined,
    };
    cards.set(keyOf(siteId, card.id), card);
    return card;
  }

  /** Notes what was said of a side. The card that changed by it; undefined when none did. */
  function note(siteId: string, connection: Connection): Card | undefined {
    const key = keyOf(siteId, connection.id);
    if (ends.has(key)) return undefined;
    if (passed.has(key)) {
      if (connection.state === 'alerting') return undefined;
      passed.delete(key);
      if (isOver(connection)) {
        rememberEnd(key);
        return undefined;
      }
    }
    const known = cardOfSide.get(key);
    const before = known?.sides.get(connection.id);
    const device = before?.device ?? deviceAt(siteId, connection.device);
    if (device === undefined || !isNews(before?.connection, connection)) return undefined;
    // The end of something that was never told concerns nobody.
    if (before === undefined && isOver(connection)) return undefined;
    if (before !== undefined && !isTransition(before.connection.state, connection.state)) {
      irregular(before.connection.state, connection.state);
    }
    const side: Side = { device, connection };
    const card = known ?? cardFor(siteId, side);
    card.sides.set(connection.id, side);
    cardOfSide.set(key, card);
    if (isOver(connection)) rememberEnd(key);
    for (const other of passedOver(sidesOf(card), side)) {
      card.sides.delete(other.connection.id);
      const otherKey = keyOf(siteId, other.connection.id);
      if (cardOfSide.delete(otherKey)) passed.set(otherKey, card);
    }
    return card;
  }

  const isOverNow = (card: Card): boolean => sidesOf(card).every(({ connection }) => isOver(connection));

  return {
    take(siteId, connection) {
      const card = note(siteId, connection);
      if (card !== undefined) announce(card);
    },
    takeAll(siteId, connections) {
      const there = new Set(connections.map(({ id }) => keyOf(siteId, id)));
      const changed = new Set<Card | undefined>();
      for (const [key, card] of [...cardOfSide]) {
        if (card.siteId !== siteId || there.has(key)) continue;
        for (const { connection } of sidesOf(card)) {
          if (keyOf(siteId, connection.id) === key) changed.add(note(siteId, endedUnseen(connection)));
        }
      }
      // One that still rings although the answered one is gone is told again.
      for (const [key, card] of [...passed]) {
        if (card.siteId === siteId && (!there.has(key) || isOverNow(card))) passed.delete(key);
      }
      for (const connection of connections) {
        // It is there, whatever was said of it before.
        ends.delete(keyOf(siteId, connection.id));
        changed.add(note(siteId, connection));
      }
      changed.delete(undefined);
      const cardsChanged = [...changed].filter((card) => card !== undefined);
      for (const card of cardsChanged) if (isOverNow(card)) announce(card);
      for (const card of cardsChanged) if (!isOverNow(card)) announce(card);
    },
    callsOf: (userId) =>
      [...cards.values()].flatMap((card) => {
        if (card.userId !== userId || card.shown === undefined || isOver(card.shown.connection)) return [];
        return [viewOf(card.id, card.shown, card.names)];
      }),
    find(userId, siteId, id) {
      // Another instance may call it by another of its sides, when it saw that one first.
      const card = cards.get(keyOf(siteId, id)) ?? cardOfSide.get(keyOf(siteId, id));
      const leading = card && leadingSide(sidesOf(card));
      if (card?.userId !== userId || card.shown === undefined || leading === undefined) return undefined;
      if (isOver(leading.connection)) return undefined;
      return {
        siteId,
        connection: leading.connection,
        call: viewOf(card.id, card.shown, card.names),
        able: (ability) => sidesAble(sidesOf(card), ability).map(({ connection }) => connection),
      };
    },
    ringingAt(userId, siteId) {
      for (const card of cards.values()) {
        if (card.userId !== userId || card.siteId !== siteId) continue;
        const leading = leadingSide(sidesOf(card));
        if (leading?.connection.direction === 'incoming' && leading.connection.state === 'alerting') {
          return leading.connection;
        }
      }
      return undefined;
    },
    describe(device, connection) {
      const cardOf = (id: string): string | undefined => cardOfSide.get(keyOf(device.siteId, id))?.id;
      const shown = show([{ device, connection }], cardOf);
      if (shown === undefined) throw new Error('One side is always shown.');
      const names = new Map<string, CallParty>();
      return new Promise((resolve) => {
        const answer = (): void => resolve(viewOf(connection.id, shown, names));
        const stopWaiting = timers.after(nameWaitMs, answer);
        void namesIn(shown, describe, names).then(() => {
          stopWaiting();
          answer();
        });
      });
    },
  };
}
