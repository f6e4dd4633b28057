/**
 * The phones and the calls of the simulated exchange, and how changes of them are told: after each act every side is
 * compared with what was told of it, so that nothing that changed stays untold and nothing is told twice.
 */
import type { CallReason } from '../../../shared/call';
import type { CallRecord, Party } from '../telephone-system';
import type { Timers } from '../timers';
import { recordOf } from './call-history';
import { isActive, othersIn, seenBy, stateOf } from './call-model';
import type { Call, Phone, Side } from './call-model';
import { legOf } from './leg';
import type { Leg } from './leg';
import type { SimulatedSettings } from './simulated-settings';

export interface Switchboard {
  readonly settings: SimulatedSettings;
  readonly timers: Timers;
  readonly phones: Map<string, Phone>;
  /** Address of the phone by extension. */
  readonly extensions: Map<string, string>;
  readonly calls: Set<Call>;
  newId(): string;
  newCall(
    phase: Call['phase'],
    more?: { readonly id?: string; readonly dialled?: string; readonly fetches?: Side },
  ): Call;
  newSide(call: Call, side: Pick<Side, 'address' | 'self' | 'direction' | 'party'> & Partial<Side>): Side;
  /** Everybody in calls, in the order in which they came. */
  sides(): Side[];
  sidesAt(address: string): Side[];
  /** The phone's other side. */
  secondOf(side: Side): Side | undefined;
  side(id: string): Side | undefined;
  leg(side: Side): Leg | undefined;
  /** What happens next to the call; what was to happen before is taken back. */
  next(call: Call, ...steps: (readonly [milliseconds: number, step: () => void])[]): void;
  hold(side: Side): void;
  unhold(side: Side): void;
  unlink(side: Side): void;
  /** Takes the side out of its call. Its consultation partner, held for it, is connected again. */
  finish(side: Side, reason: CallReason, takenBy?: Party): void;
  /** Of a call that never rang at its phone. */
  record(record: CallRecord): void;
  endCall(call: Call, reason: CallReason): void;
  /** Everybody sees whom he talks with now. */
  introduce(call: Call): void;
  /** Does something and tells what changed by it. */
  act<T>(what: () => T): T;
  onLeg(listener: (leg: Leg) => void): () => void;
  /** Every record as it comes about. */
  onRecord(listener: (record: CallRecord) => void): void;
  /** There are new records, and the ends of their sides are told. */
  onRecords(listener: () => void): void;
  /** What becomes of somebody who was held for too long. */
  onLongHold(listener: (side: Side) => void): void;
  /** Looked at before changes are told. */
  beforeTelling(look: () => void): void;
  stop(): void;
}

export function createSwitchboard(settings: SimulatedSettings, timers: Timers, ids: () => string): Switchboard {
  const calls = new Set<Call>();
  const phones = new Map<string, Phone>();
  const ended: Leg[] = [];
  const told = new Map<string, string>();
  const waiting: Leg[] = [];
  const listeners = new Set<(leg: Leg) => void>();
  let tellRecord: (record: CallRecord) => void = () => undefined;
  let wakeForRecords: () => void = () => undefined;
  let newRecords = false;
  let longHold: (side: Side) => void = () => undefined;
  let lookBefore: () => void = () => undefined;
  let telling = false;
  let depth = 0;

  const sides = (): Side[] => [...calls].flatMap((call) => [...call.members, ...call.rings]);
  const sidesAt = (address: string): Side[] => sides().filter((side) => side.address === address);
  const secondOf = (side: Side): Side | undefined =>
    side.address === undefined ? undefined : sidesAt(side.address).find((other) => other !== side);
  const leg = (side: Side): Leg | undefined =>
    side.address === undefined
      ? undefined
      : legOf(side, phones.get(side.address) ?? { address: side.address }, secondOf(side), settings.voiceBoxes);

  function collect(): void {
    for (const over of ended.splice(0)) {
      // Whoever came and went within one act was never there.
      if (told.delete(over.id)) waiting.push(over);
    }
    for (const side of sides()) {
      const now = leg(side);
      if (now === undefined) continue;
      const text = JSON.stringify(now);
      if (told.get(side.id) === text) continue;
      told.set(side.id, text);
      waiting.push(now);
    }
  }

  /** In order, also when a listener acts on what it hears. */
  function tell(): void {
    if (telling) return;
    telling = true;
    try {
      for (let change = waiting.shift(); change !== undefined; change = waiting.shift()) {
        for (const listener of [...listeners]) listener(change);
      }
    } finally {
      telling = false;
    }
  }

  function act<T>(what: () => T): T {
    depth += 1;
    try {
      return what();
    } finally {
      depth -= 1;
      if (depth === 0) {
        lookBefore();
        collect();
        tell();
        if (newRecords) {
          newRecords = false;
          wakeForRecords();
        }
      }
    }
  }

  function record(record: CallRecord): void {
    newRecords = true;
    tellRecord(record);
  }

  function next(call: Call, ...steps: (readonly [milliseconds: number, step: () => void])[]): void {
    for (const cancel of call.cancels) cancel();
    call.cancels = steps.map(([milliseconds, step]) => timers.after(milliseconds, () => act(step)));
  }

  function unhold(side: Side): void {
    side.holds = false;
    side.cancelRecall?.();
    side.cancelRecall = undefined;
  }

  function hold(side: Side): void {
    side.holds = true;
    side.cancelRecall?.();
    side.cancelRecall = timers.after(settings.recallMs, () => act(() => longHold(side)));
  }

  function unlink(side: Side): void {
    if (side.related !== undefined) side.related.related = undefined;
    side.related = undefined;
  }

  function finish(side: Side, reason: CallReason, takenBy?: Party): void {
    const { call, related } = side;
    const wasActive = isActive(side) && stateOf(side) !== 'ended';
    unlink(side);
    unhold(side);
    call.members = call.members.filter((member) => member !== side);
    call.rings = call.rings.filter((ringing) => ringing !== side);
    // Nobody gives up a call that he had.
    side.over = { reason: reason === 'cancelled' && side.connectedAt !== undefined ? 'normal' : reason, takenBy };
    const last = leg(side);
    if (last !== undefined) ended.push(last);
    const ofSide = recordOf(side, phones.get(side.address ?? '')?.mobile?.of ?? side.address, timers.now());
    if (ofSide !== undefined) record(ofSide);
    if (wasActive && related?.holds === true) unhold(related);
  }

  function newSide(call: Call, given: Parameters<Switchboard['newSide']>[1]): Side {
    return {
      id: ids(),
      dialledAs: undefined,
      startedAt: timers.now(),
      purpose: undefined,
      group: undefined,
      firstParty: given.party,
      holds: false,
      related: undefined,
      redirectedFrom: undefined,
      connectedAt: undefined,
      voicemail: false,
      voiceBox: false,
      over: undefined,
      behaviour: { does: 'wait' },
      cancelRecall: undefined,
      ...given,
      call,
    };
  }

  return {
    settings,
    timers,
    phones,
    extensions: new Map(),
    calls,
    newId: ids,
    newCall(phase, more = {}) {
      const call: Call = {
        id: more.id ?? ids(),
        phase,
        reason: undefined,
        members: [],
        rings: [],
        dialled: more.dialled ?? '',
        fetches: more.fetches,
        redirectedFrom: undefined,
        forwards: 0,
        cancels: [],
      };
      calls.add(call);
      return call;
    },
    newSide,
    sides,
    sidesAt,
    secondOf,
    side: (id) => sides().find((side) => side.id === id),
    leg,
    next,
    hold,
    unhold,
    unlink,
    finish,
    record,
    endCall(call, reason) {
      next(call);
      for (const side of [...call.members, ...call.rings]) finish(side, reason);
      calls.delete(call);
    },
    introduce(call) {
      for (const member of call.members) {
        const [other] = othersIn(member);
        if (other !== undefined) member.party = seenBy(member, other);
      }
    },
    act,
    onLeg(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onRecord(listener) {
      tellRecord = listener;
    },
    onRecords(listener) {
      wakeForRecords = listener;
    },
    onLongHold(listener) {
      longHold = listener;
    },
    beforeTelling(look) {
      lookBefore = look;
    },
    stop() {
      for (const call of calls) next(call);
      for (const side of sides()) side.cancelRecall?.();
      calls.clear();
      told.clear();
      listeners.clear();
    },
  };
}
