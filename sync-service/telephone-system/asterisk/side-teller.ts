/**
 * Tells the sides of calls out of the book of channels: compares what is with what was told, and tells the difference.
 * While a command moves channels about, the sides at these channels stay as they were told until they are where they
 * belong, or until it has taken too long.
 */
import type { Connection } from '../telephone-system';
import type { Timers } from '../timers';
import type { ChannelBook } from './asterisk-channels';
import type { AsteriskSettings } from './asterisk-settings';
import { sidesOf, voiceAfterMs } from './call-sides';
import { consultPrefix, contexts, isLocal, ownerOf, phoneOf } from './channel';
import type { Channel } from './channel';
import { failureSettlesMs, stateOf } from './channel-connection';
import { endOfSide } from './side-end';
import type { SideEnd } from './side-end';
import { abilitiesOf } from './side-abilities';
import type { SideNow } from './side-abilities';
import { connectionOfSide, partyOfChannel } from './side-connection';
import type { SideMemory } from './side-connection';

/** Channels that a command moves are where they belong within so many milliseconds. */
const movesMs = 3000;
/** A call that nobody answered is told as over so much later: only then it is known whether it is forwarded, and why. */
const forwardedMs = 150;

/** Q.850 cause: somebody else has it. */
const answeredElsewhere = 26;

interface Move {
  readonly channelIds: ReadonlySet<string>;
  readonly isDone: () => boolean;
  /** Gives the timer back and wakes whoever waits. */
  readonly finish: () => void;
  readonly finished: Promise<void>;
}

export interface SideTeller {
  /** Sides that were told and are not over. */
  told(): readonly Connection[];
  get(id: string): Connection | undefined;
  /** The side with its channels as they are now. */
  now(id: string): SideNow | undefined;
  /** All sides at a phone; `phoneOf` a leg names it. */
  ofPhone(phone: string): readonly SideNow[];
  /** The side will end, for this reason. */
  willEnd(id: string, end: SideEnd): void;
  /** The command was not taken: nothing will come of it. */
  willNotEnd(id: string): void;
  /** These channels are on their way until `isDone`. The returned function gives that up. */
  move(channelIds: readonly string[], isDone: () => boolean): () => void;
  /** Resolves once nothing moves at the side's phone. */
  atRest(id: string): Promise<void>;
  /** The side goes on without its channel until another takes it over, but only so many milliseconds. */
  keep(id: string, milliseconds: number): () => void;
  /** Whoever was at the other end until now: when it is somebody else, the side has another party. */
  wasLinked(id: string, farId: string): void;
  /** A new channel carries the side on. */
  carryOn(id: string, leg: Channel): void;
  isKept(id: string): boolean;
  /** Compares and tells; `gone` are channels that are hung up. */
  review(gone?: readonly Channel[]): void;
  /** Forgets sides without a word. */
  forget(which: (connection: Connection) => boolean): void;
  /** Begins anew with another book; what was told before serves as memory of sides that are still there. */
  reset(before: readonly Connection[]): void;
}

export interface SideTellerDeps {
  readonly book: () => ChannelBook;
  readonly devices: () => ReadonlyMap<string, unknown>;
  readonly settings: Pick<AsteriskSettings, 'phonesAutoAnswer' | 'voiceBoxes'>;
  readonly timers: Timers;
  readonly tell: (connection: Connection) => void;
}

export function createSideTeller(deps: SideTellerDeps): SideTeller {
  const { timers } = deps;
  const told = new Map<string, Connection>();
  const memories = new Map<string, SideMemory>();
  const ends = new Map<string, SideEnd>();
  /** The channel that was hung up under a side. */
  const lastLegs = new Map<string, Channel>();
  const kept = new Map<string, () => void>();
  const moves = new Set<Move>();
  const looks = new Set<string>();

  const memoryOf = (id: string): SideMemory => {
    const memory = memories.get(id) ?? {};
    memories.set(id, memory);
    return memory;
  };

  /** Looks again later, once for each occasion. */
  function lookLater(occasion: string, milliseconds: number): void {
    if (looks.has(occasion)) return;
    looks.add(occasion);
    timers.after(milliseconds, () => {
      looks.delete(occasion);
      review();
    });
  }

  function settle(connection: Connection): void {
    if (JSON.stringify(told.get(connection.id)) === JSON.stringify(connection)) return;
    if (connection.state === 'ended') {
      told.delete(connection.id);
      memories.delete(connection.id);
      ends.delete(connection.id);
      lastLegs.delete(connection.id);
    } else told.set(connection.id, connection);
    deps.tell(connection);
  }

  function end(last: Connection): void {
    const { related: _related, others: _others, heldBy: _heldBy, ...rest } = last;
    const { failed, ...reasons } = ends.get(last.id) ?? endOfSide(last, lastLegs.get(last.id), deps.book());
    if (failed === true && last.state !== 'failed') settle({ ...rest, state: 'failed', reason: reasons.reason });
    settle({ ...rest, state: 'ended', ...reasons, abilities: [] });
  }

  const isMoving = (leg: Channel): boolean => [...moves].some(({ channelIds }) => channelIds.has(leg.id));

  /** All sides at phones that are watched, with the state that is told. */
  function allSides(): SideNow[] {
    const book = deps.book();
    const devices = deps.devices();
    const now = timers.now();
    return book
      .all()
      .filter((leg) => (leg.callBackOf !== undefined || !isLocal(leg)) && devices.has(ownerOf(leg)))
      .flatMap((leg) => sidesOf(leg, book, now))
      .flatMap((side): SideNow[] => {
        const state = side.state === 'same' ? (told.get(side.id)?.state ?? stateOf(side.leg, now)) : side.state;
        return state === undefined ? [] : [{ ...side, state, isBetween: side.state === 'same' && told.has(side.id) }];
      });
  }

  function tellSide(side: SideNow, ofDevice: readonly SideNow[]): void {
    const book = deps.book();
    const now = timers.now();
    if (side.heldInDialplan !== true) side.leg.currentSideId = side.id;
    const last = told.get(side.id);
    const rest = connectionOfSide(side, {
      book,
      device: ownerOf(side.leg),
      now,
      last,
      memory: memoryOf(side.id),
      partyAt: (far) =>
        [...told.values()].find(({ id }) => memories.get(id)?.farId === far.id)?.party ?? partyOfChannel(far),
    });
    if (rest === undefined) return;
    const siblings = ofDevice.filter(({ id, leg }) => id !== side.id && leg.id === side.leg.id);
    const related = siblings.find(({ id }) => id.startsWith(consultPrefix) !== side.id.startsWith(consultPrefix));
    settle({
      ...rest,
      ...(related === undefined ? {} : { related: related.id }),
      abilities: abilitiesOf(side, ofDevice, book, deps.settings),
    });
    const failures = [side.leg.failure, side.far[0] && book.pairOf(side.far[0])?.failure];
    if (
      rest.state !== 'failed' &&
      failures.some((failure) => failure !== undefined && now - failure.at < failureSettlesMs)
    ) {
      lookLater(`failure ${side.id}`, failureSettlesMs);
    }
    if (rest.state === 'originated' && side.leg.context === contexts.consult)
      lookLater(`voice ${side.id}`, voiceAfterMs);
  }

  function review(gone: readonly Channel[] = []): void {
    const book = deps.book();
    for (const leg of gone) {
      for (const { id } of told.values()) if (id === leg.currentSideId || id === leg.id) lastLegs.set(id, leg);
    }
    for (const move of [...moves]) {
      const lost = [...move.channelIds].some((id) => book.get(id) === undefined);
      if (!lost && !move.isDone()) continue;
      move.finish();
      moves.delete(move);
    }
    const sides = allSides();
    const there = new Set(sides.map(({ id }) => id));
    const legs = new Map(sides.map(({ id, leg }) => [id, leg]));
    for (const side of sides) {
      lastLegs.delete(side.id);
      // It has come to the leg that carries it on.
      if (side.state !== 'alerting') kept.get(side.id)?.();
      if (isMoving(side.leg)) continue;
      const phone = phoneOf(side.leg);
      const ofDevice = sides.filter(({ leg }) => phoneOf(leg) === phone);
      // A leg that is on its way says nothing, and what could be done meanwhile is not worth telling.
      if (!ofDevice.some(({ isBetween }) => isBetween)) tellSide(side, ofDevice);
    }
    const moving = new Set(
      book
        .all()
        .filter(isMoving)
        .map((leg) => ownerOf(leg)),
    );
    for (const last of [...told.values()]) {
      if (there.has(last.id) || kept.has(last.id)) continue;
      if (legs.get(last.id) === undefined && lastLegs.get(last.id) === undefined && moving.has(last.device)) continue;
      const leg = lastLegs.get(last.id);
      const mayBeForwarded = last.state === 'alerting' && leg?.endReason === 'no-answer';
      const mayBeTaken = leg?.hangUpCause === answeredElsewhere && !leg.talked;
      const mayHaveFailed = leg === undefined && (last.state === 'originated' || last.state === 'delivered');
      if ((mayBeForwarded || mayBeTaken || mayHaveFailed) && !ends.has(last.id)) {
        keep(last.id, forwardedMs);
        continue;
      }
      end(last);
    }
  }

  function keep(id: string, milliseconds: number): () => void {
    kept.get(id)?.();
    const cancel = timers.after(milliseconds, () => {
      kept.delete(id);
      const last = told.get(id);
      if (last !== undefined && !allSides().some((side) => side.id === id)) end(last);
    });
    const release = (): void => {
      cancel();
      kept.delete(id);
    };
    kept.set(id, release);
    return release;
  }

  return {
    told: () => [...told.values()],
    get: (id) => told.get(id),
    now: (id) => allSides().find((side) => side.id === id),
    ofPhone: (phone) => allSides().filter(({ leg }) => phoneOf(leg) === phone),
    willEnd: (id, sideEnd) => void ends.set(id, sideEnd),
    willNotEnd: (id) => void ends.delete(id),
    move(channelIds, isDone) {
      let wake = (): void => undefined;
      const finished = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const cancel = timers.after(movesMs, () => giveUp());
      const move: Move = {
        channelIds: new Set(channelIds),
        isDone,
        finished,
        finish() {
          cancel();
          wake();
        },
      };
      const giveUp = (): void => {
        move.finish();
        if (moves.delete(move)) review();
      };
      moves.add(move);
      return giveUp;
    },
    async atRest(id) {
      for (;;) {
        const device = told.get(id)?.device;
        const legs = deps
          .book()
          .all()
          .filter((leg) => ownerOf(leg) === device);
        const move = [...moves].find(({ channelIds }) => legs.some((leg) => channelIds.has(leg.id)));
        if (move === undefined) return;
        await move.finished;
      }
    },
    keep,
    wasLinked: (id, farId) => void (memoryOf(id).farId = farId),
    isKept: (id) => kept.has(id),
    carryOn(id, leg) {
      leg.currentSideId = id;
      leg.startedAt = told.get(id)?.startedAt ?? leg.startedAt;
      lastLegs.delete(id);
      kept.get(id)?.();
    },
    review,
    forget(which) {
      for (const connection of [...told.values()]) if (which(connection)) told.delete(connection.id);
    },
    reset(before) {
      for (const release of [...kept.values()]) release();
      for (const { finish } of moves) finish();
      moves.clear();
      told.clear();
      ends.clear();
      lastLegs.clear();
      const there = new Set(allSides().map(({ id }) => id));
      for (const connection of before) if (there.has(connection.id)) told.set(connection.id, connection);
      for (const id of [...memories.keys()]) if (!told.has(id)) memories.delete(id);
    },
  };
}
