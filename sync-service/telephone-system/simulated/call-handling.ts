/**
 * What somebody does with calls at a phone, or the service for him: answer, hang up, hold, consult, alternate, transfer,
 * conference, deflect, pick up. Whether it may be done now, the caller asks first (`abilitiesOf`).
 */
import type { Party } from '../telephone-system';
import { isActive, othersIn, seenBy, stateOf } from './call-model';
import type { Call, Phone, Side } from './call-model';
import { identityOf } from './put-through';
import type { PutThrough } from './put-through';
import type { Switchboard } from './switchboard';

export interface CallHandling {
  /** Lifts what rings: answers, dials, or fetches. What the phone speaks with is held. */
  lift(side: Side): void;
  hangUp(side: Side): void;
  /** The receiver is laid down: like hanging up, but whoever is held rings again. */
  layDown(side: Side): void;
  hold(side: Side): void;
  /** What else the phone speaks with is ended. */
  resume(side: Side): void;
  consult(side: Side, dialled: string): Side;
  /** Of the held one of two. */
  alternate(side: Side): void;
  transferTo(side: Side, target: Side): void;
  transferToNumber(side: Side, dialled: string): void;
  conference(side: Side): void;
  /** `takenBy`: who is called then. */
  deflect(side: Side, to: { readonly dialled: string; readonly takenBy: Party }): void;
  deflectToVoiceBox(side: Side, owner: Phone): void;
  /** Rings the phone that shall fetch what rings at the side. */
  pickUp(side: Side, phone: Phone): Side;
  /** What is to be fetched does not ring any more: whoever is about to fetch it is told. */
  endVainPickUps(): void;
  /** Whoever was held rings his holder again. */
  recall(side: Side): void;
}

export function createCallHandling(board: Switchboard, way: PutThrough): CallHandling {
  /** Takes a side out of a talk; the last one is not left alone. */
  function leave(side: Side): void {
    const { call } = side;
    board.finish(side, 'normal');
    if (call.members.length < 2) board.endCall(call, 'normal');
    else if (call.members.every(({ address }) => address === undefined)) board.endCall(call, 'normal');
    else board.introduce(call);
  }

  function hangUp(side: Side): void {
    const { call } = side;
    if (call.rings.includes(side)) way.refuse(side);
    else if (call.phase === 'talking') leave(side);
    else if (call.phase === 'failed') board.endCall(call, call.reason ?? 'normal');
    else board.endCall(call, 'cancelled');
  }

  /** The phone is about to speak with this side: what it speaks with now is held, or ended where it cannot be. */
  function makeRoom(side: Side): void {
    const second = board.secondOf(side);
    if (second === undefined || !isActive(second)) return;
    if (second.connectedAt !== undefined && second.call.phase !== 'failed' && second.call.members.length <= 2) {
      board.hold(second);
    } else hangUp(second);
  }

  /** Takes over what rings at another phone. */
  function fetchCall(side: Side, ringing: Side): void {
    const waiting = side.call;
    const { call } = ringing;
    const [caller] = call.members;
    board.next(waiting);
    board.calls.delete(waiting);
    board.finish(ringing, 'picked-up', side.self);
    side.call = call;
    call.rings.push(side);
    side.party = caller === undefined ? {} : seenBy(side, caller);
    side.firstParty = side.party;
    side.redirectedFrom = ringing.self;
    way.answer(side);
  }

  function lift(side: Side): void {
    const { call } = side;
    if (call.phase === 'to-lift') {
      if (call.fetches === undefined) way.originate(call, call.dialled);
      else if (stateOf(call.fetches) === 'alerting') fetchCall(side, call.fetches);
      return;
    }
    makeRoom(side);
    if (call.rings.includes(side)) way.answer(side);
    else board.unhold(side);
  }

  function resume(side: Side): void {
    const second = board.secondOf(side);
    if (second !== undefined && isActive(second)) {
      board.unlink(side);
      hangUp(second);
    }
    board.unhold(side);
  }

  function recall(side: Side): void {
    const { call, address } = side;
    board.finish(side, 'normal');
    if (address === undefined) board.endCall(call, 'normal');
    else way.recall(call, address);
  }

  /** Moves everybody of a call into another one. */
  function merge(from: Call, into: Call): void {
    board.next(from);
    board.next(into);
    for (const side of [...from.members, ...from.rings]) side.call = into;
    into.members.push(...from.members);
    into.rings.push(...from.rings);
    into.phase = from.phase;
    [from.members, from.rings] = [[], []];
    board.calls.delete(from);
  }

  /** The transferring side is out of it; gives who waits to be put through. */
  function stepOut(side: Side): void {
    board.unlink(side);
    board.finish(side, 'transferred');
  }

  return {
    lift,
    hangUp,
    layDown(side) {
      if (side.call.phase === 'to-lift' && board.phones.get(side.address ?? '')?.mobile !== undefined) {
        board.endCall(side.call, 'rejected');
      } else if (side.holds && side.call.phase === 'talking' && side.call.members.length === 2) recall(side);
      else hangUp(side);
    },
    hold: (side) => board.hold(side),
    resume,
    consult(side, dialled) {
      const phone = side.address === undefined ? undefined : board.phones.get(side.address);
      board.hold(side);
      const call = board.newCall('dialled');
      const second = board.newSide(call, {
        address: side.address,
        self: phone === undefined ? side.self : identityOf(phone),
        direction: 'outgoing',
        party: { number: dialled },
      });
      call.members.push(second);
      second.related = side;
      side.related = second;
      way.originate(call, dialled);
      return second;
    },
    alternate(side) {
      const second = board.secondOf(side);
      if (second !== undefined && isActive(second)) board.hold(second);
      board.unhold(side);
    },
    transferTo(side, target) {
      const { call } = side;
      stepOut(side);
      stepOut(target);
      const by = target.self;
      const sentOn = [...target.call.members, ...target.call.rings].filter(({ direction }) => direction === 'incoming');
      for (const other of sentOn) other.redirectedFrom = by;
      merge(target.call, call);
      board.introduce(call);
      const [waiting] = call.members;
      if (call.phase === 'ringing' && waiting !== undefined) {
        for (const ringing of call.rings) ringing.party = seenBy(ringing, waiting);
        const [only, ...more] = call.rings;
        waiting.party = only === undefined || more.length > 0 ? target.party : seenBy(waiting, only);
        way.waitForAnswer(call);
      }
      if (call.members.every(({ address }) => address === undefined) && call.rings.length === 0) {
        board.endCall(call, 'normal');
      }
    },
    transferToNumber(side, dialled) {
      const { call } = side;
      stepOut(side);
      call.redirectedFrom = side.self;
      for (const waiting of call.members) waiting.party = { number: dialled };
      way.originate(call, dialled);
    },
    conference(side) {
      const held = board.secondOf(side);
      if (held === undefined) return;
      const { call } = side;
      board.unlink(side);
      board.finish(side, 'conferenced');
      board.unhold(held);
      merge(call, held.call);
      // Whoever carries the conference on is named first to the others.
      held.call.members.sort((one, other) => Number(other === held) - Number(one === held));
      board.introduce(held.call);
      const [first] = othersIn(held);
      if (first !== undefined) held.party = seenBy(held, first);
    },
    deflect(side, { dialled, takenBy }) {
      const { call } = side;
      board.finish(side, 'forwarded', takenBy);
      call.redirectedFrom = side.self;
      call.forwards += 1;
      board.next(call);
      way.putThrough(call, dialled);
    },
    deflectToVoiceBox(side, owner) {
      const { call } = side;
      side.voicemail = true;
      board.finish(side, 'forwarded');
      way.toVoiceBox(call, owner);
    },
    pickUp(side, phone) {
      const call = board.newCall('to-lift', { id: side.call.id, fetches: side });
      const own = board.newSide(call, {
        address: phone.address,
        self: identityOf(phone),
        direction: 'incoming',
        party: {},
        purpose: 'pick-up',
      });
      own.redirectedFrom = side.self;
      call.members.push(own);
      const behaviour = way.behaviourOf(phone);
      const lifts = behaviour.does === 'answer' ? [[behaviour.afterMs, () => lift(own)] as const] : [];
      board.next(call, [board.settings.ringMs, () => board.endCall(call, 'no-answer')], ...lifts);
      return own;
    },
    endVainPickUps() {
      for (const call of [...board.calls]) {
        const { fetches } = call;
        if (fetches === undefined || stateOf(fetches) === 'alerting') continue;
        const takenBy = fetches.over === undefined ? fetches.self : fetches.over.takenBy;
        const reason = takenBy === undefined ? (fetches.over?.reason ?? 'cancelled') : 'answered-elsewhere';
        board.next(call);
        board.calls.delete(call);
        for (const side of [...call.members]) board.finish(side, reason, takenBy);
      }
    },
    recall,
  };
}
