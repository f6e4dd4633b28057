/** How a call finds its way: routing, ringing, forwarding, voice boxes, and what time and people do meanwhile. */
import type { CallReason } from '../../../shared/call';
import type { CallerNames, Party } from '../telephone-system';
import { askNames } from './caller-names';
import { isPair, seenBy } from './call-model';
import type { Call, Phone, Side } from './call-model';
import type { PublishedBook } from './published-book';
import { routeCall } from './route-call';
import type { StarCode } from './star-codes';
import type { OutsideBehaviour } from './simulated-settings';
import type { Switchboard } from './switchboard';

/** So often a call is forwarded; then it is in a circle. */
const maxForwards = 5;
/** How long a phone hears that its star code has been taken. */
const confirmationMs = 1000;

export interface PutThrough {
  /** Puts whoever waits in the call through to what was dialled. */
  putThrough(call: Call, dialled: string): void;
  /** The digits have left the phone. */
  originate(call: Call, dialled: string): void;
  /** The other phone rings again because it held whoever waits in the call. */
  recall(call: Call, address: string): void;
  /** Whoever waits in the call is connected with the side that rang. */
  answer(side: Side): void;
  toVoiceBox(call: Call, owner: Phone): void;
  fail(call: Call, reason: CallReason): void;
  /** A phone that rings refuses. */
  refuse(side: Side): void;
  /** Time goes on for those who ring. */
  waitForAnswer(call: Call): void;
  /** A mobile that is called back does as any number outside. */
  behaviourOf(phone: Phone): OutsideBehaviour;
  /** Whether a call could ring there. */
  isFree(phone: Phone): boolean;
  readonly names: { current: CallerNames | undefined };
}

export const identityOf = ({ extension, displayName }: Phone): Party => ({ number: extension, name: displayName });

export function createPutThrough(
  board: Switchboard,
  attended: (address: string) => boolean,
  published: PublishedBook,
): PutThrough {
  const { settings, timers } = board;
  const names: PutThrough['names'] = { current: undefined };

  function behaviourOf(phone: Phone): OutsideBehaviour {
    if (phone.mobile !== undefined) {
      const { of, behaviour } = phone.mobile;
      return behaviour.does === 'answer' && attended(of) ? { does: 'wait' } : behaviour;
    }
    if (attended(phone.address)) return { does: 'wait' };
    return settings.extensions[phone.extension] ?? settings.unattended;
  }

  function isFree(phone: Phone): boolean {
    const behaviour = behaviourOf(phone);
    if (behaviour.does === 'be-busy') return false;
    const [first, ...more] = board.sidesAt(phone.address);
    if (first === undefined) return true;
    // Nobody there would know what to do with a second call.
    if (!settings.callWaiting || behaviour.does !== 'wait' || more.length > 0) return false;
    return isPair(first);
  }

  /** The call cannot be put through: whoever waits hears a tone for a while. */
  function fail(call: Call, reason: CallReason): void {
    for (const side of [...call.rings]) board.finish(side, reason);
    if (!call.members.some(({ address }) => address !== undefined)) {
      board.endCall(call, reason);
      return;
    }
    call.phase = 'failed';
    call.reason = reason;
    for (const member of call.members) board.unhold(member);
    board.next(call, [settings.toneMs, () => board.endCall(call, reason)]);
  }

  function refuse(side: Side): void {
    const { call } = side;
    // The others of a group ring on.
    if (call.rings.length > 1) board.finish(side, 'rejected');
    else fail(call, 'rejected');
  }

  function answer(side: Side): void {
    const { call } = side;
    board.next(call);
    call.rings = call.rings.filter((ringing) => ringing !== side);
    for (const other of [...call.rings]) board.finish(other, 'answered-elsewhere', side.self);
    const shown = side.party;
    call.members.push(side);
    call.phase = 'talking';
    call.redirectedFrom = undefined;
    call.forwards = 0;
    for (const member of call.members) member.connectedAt ??= timers.now();
    board.introduce(call);
    if (shown.number !== undefined) side.party = shown;
    if (!call.members.some(({ address }) => address !== undefined)) board.endCall(call, 'normal');
  }

  function waitForAnswer(call: Call): void {
    // Whoever began to attend the phone meanwhile decides for himself.
    const unlessAttended = (side: Side, step: () => void) => () => {
      if (call.rings.includes(side) && (side.address === undefined || !attended(side.address))) step();
    };
    const forwarded = call.rings.flatMap((side) => forwardAfterRinging(call, side));
    board.next(
      call,
      [settings.ringMs, () => fail(call, 'no-answer')],
      ...forwarded,
      ...call.rings.flatMap((side) => {
        const { behaviour } = side;
        if (behaviour.does === 'answer') {
          return [[behaviour.afterMs, unlessAttended(side, () => answer(side))] as const];
        }
        return behaviour.does === 'reject'
          ? [[behaviour.afterMs, unlessAttended(side, () => refuse(side))] as const]
          : [];
      }),
    );
  }

  /** Forwarding when nobody answers, as what happens next to the call. */
  function forwardAfterRinging(call: Call, side: Side): (readonly [number, () => void])[] {
    const phone = side.address === undefined ? undefined : board.phones.get(side.address);
    const rule = phone === undefined ? undefined : settings.forwarding[phone.extension]?.noAnswer;
    if (phone === undefined || rule === undefined || side.group !== undefined || call.rings.length > 1) return [];
    const forward = (): void => {
      if (!call.rings.includes(side)) return;
      side.voicemail = rule.to === 'voicemail';
      board.finish(side, 'forwarded', targetOf(rule.to));
      forwardTo(call, phone, rule.to);
    };
    return [[rule.afterMs, forward] as const];
  }

  /** Who has a call that is sent there; a voice box is nobody. */
  function targetOf(to: string): Party | undefined {
    if (to === 'voicemail') return undefined;
    const route = routeCall(to, settings, board.extensions);
    if (route.to === 'group') return { number: route.group.extension, name: route.group.displayName };
    const phone = route.to === 'phone' ? board.phones.get(route.address) : undefined;
    return phone === undefined ? { number: to } : identityOf(phone);
  }

  function forwardTo(call: Call, from: Phone, to: string): void {
    call.forwards += 1;
    call.redirectedFrom = identityOf(from);
    if (to === 'voicemail') toVoiceBox(call, from);
    else if (call.forwards > maxForwards) fail(call, 'unreachable');
    else putThrough(call, to);
  }

  /** The phone never rang: its owner's journal says where the call went all the same, or that nobody was to disturb. */
  function recordForwarded(call: Call, phone: Phone, to: string): void {
    const [caller] = call.members;
    const takenBy = to === 'busy' ? undefined : targetOf(to);
    const unanswered = to === 'busy' ? { reason: 'busy' as const } : { reason: 'forwarded' as const, voicemail: true };
    board.record({
      id: board.newId(),
      callId: call.id,
      device: phone.address,
      direction: 'incoming',
      party: caller?.self ?? {},
      startedAt: timers.now(),
      endedAt: timers.now(),
      ...(takenBy === undefined ? { result: 'not-answered', ...unanswered } : { result: 'taken-over', takenBy }),
      ...(call.redirectedFrom === undefined ? {} : { redirectedFrom: call.redirectedFrom }),
    });
  }

  function ringSide(call: Call, phone: Phone, party: Party, group?: Party): Side {
    const side = board.newSide(call, {
      address: phone.address,
      self: identityOf(phone),
      direction: 'incoming',
      party,
      group,
      redirectedFrom: call.redirectedFrom ?? group,
      behaviour: behaviourOf(phone),
    });
    call.rings.push(side);
    return side;
  }

  /** Rings phones, once their names for the caller are known or too late. */
  function ringPhones(call: Call, phones: readonly Phone[], group?: Party): void {
    const [caller] = call.members;
    if (caller === undefined) return;
    board.next(call);
    const addresses = phones.map(({ address }) => address);
    const cancel = askNames(names.current, addresses, caller.self.number, timers, (known) =>
      board.act(() => {
        const free = phones.filter((phone) => isFree(phone));
        if (free.length === 0) {
          fail(call, 'busy');
          return;
        }
        for (const phone of free) {
          const name = known.get(phone.address);
          ringSide(call, phone, name === undefined ? caller.self : { ...caller.self, name }, group);
        }
        call.phase = 'ringing';
        const [only] = free;
        const shown = group ?? (only === undefined ? {} : identityOf(only));
        caller.party = { ...caller.party, ...(shown.name === undefined ? {} : { name: shown.name }) };
        if (caller.connectedAt === undefined) caller.firstParty = caller.party;
        waitForAnswer(call);
      }),
    );
    if (call.rings.length === 0 && call.phase !== 'failed' && board.calls.has(call)) call.cancels.push(cancel);
  }

  function ringPhone(call: Call, phone: Phone): void {
    const wish = published.directionOf(phone.extension);
    if (wish === 'busy') {
      recordForwarded(call, phone, 'busy');
      fail(call, 'busy');
      return;
    }
    const rules = settings.forwarding[phone.extension];
    const status = typeof wish === 'object' ? wish.dialString : wish;
    const to = status ?? rules?.always ?? (isFree(phone) ? undefined : rules?.busy);
    if (to !== undefined) {
      recordForwarded(call, phone, to);
      forwardTo(call, phone, to);
    } else if (isFree(phone)) ringPhones(call, [phone]);
    else fail(call, 'busy');
  }

  function ringOutside(call: Call, number: string, dialledAs: string, behaviour: OutsideBehaviour): void {
    if (behaviour.does === 'be-busy') fail(call, 'busy');
    else if (behaviour.does === 'be-unknown') fail(call, 'unknown-number');
    else if (behaviour.does === 'be-unreachable') fail(call, 'unreachable');
    else {
      const outside = board.newSide(call, {
        address: undefined,
        self: { number },
        dialledAs,
        direction: 'incoming',
        party: call.members[0]?.self ?? {},
        behaviour,
      });
      call.rings.push(outside);
      call.phase = 'ringing';
      const [caller] = call.members;
      if (caller?.connectedAt !== undefined) caller.party = seenBy(caller, outside);
      waitForAnswer(call);
    }
  }

  /** Whoever dialled a star code hears whether it was taken. */
  function takeCode(call: Call, dialled: string, code: StarCode): void {
    const [caller] = call.members;
    const phone = caller?.address === undefined ? undefined : board.phones.get(caller.address);
    // Somebody else's code is none: a call that was sent on to one would change the caller's status.
    if (phone === undefined || call.redirectedFrom !== undefined || !published.dialCode(phone.extension, code)) {
      fail(call, 'rejected');
      return;
    }
    const announcement = board.newSide(call, {
      address: undefined,
      self: { number: dialled },
      dialledAs: dialled,
      direction: 'incoming',
      party: {},
      voiceBox: true,
    });
    call.rings.push(announcement);
    answer(announcement);
    board.next(call, [confirmationMs, () => board.endCall(call, 'normal')]);
  }

  function putThrough(call: Call, dialled: string): void {
    const route = routeCall(dialled, settings, board.extensions);
    const phone = route.to === 'phone' ? board.phones.get(route.address) : undefined;
    if (phone !== undefined) ringPhone(call, phone);
    else if (route.to === 'outside') ringOutside(call, route.number, dialled, route.behaviour);
    else if (route.to === 'group') {
      const { extension, displayName, members } = route.group;
      const phones = members.flatMap((member) => board.phones.get(board.extensions.get(member) ?? '') ?? []);
      const free = phones.filter((member) => isFree(member));
      if (free.length === 0) fail(call, 'busy');
      else ringPhones(call, free, { number: extension, name: displayName });
    } else if (route.to === 'code') takeCode(call, dialled, route.code);
    else fail(call, 'unknown-number');
  }

  function toVoiceBox(call: Call, owner: Phone): void {
    const box = board.newSide(call, {
      address: undefined,
      self: identityOf(owner),
      direction: 'incoming',
      party: {},
      voiceBox: true,
    });
    call.rings.push(box);
    answer(box);
    if (board.calls.has(call)) board.next(call, [settings.messageMs, () => board.endCall(call, 'normal')]);
  }

  return {
    names,
    behaviourOf,
    isFree,
    putThrough,
    originate(call, dialled) {
      call.phase = 'dialled';
      board.next(call, [settings.switchMs, () => putThrough(call, dialled)]);
    },
    recall(call, address) {
      const [held] = call.members;
      const phone = board.phones.get(address);
      if (held === undefined || phone === undefined) {
        board.endCall(call, 'normal');
        return;
      }
      call.phase = 'ringing';
      const side = ringSide(call, phone, {});
      side.party = seenBy(side, held);
      side.firstParty = side.party;
      waitForAnswer(call);
    },
    answer,
    toVoiceBox,
    fail,
    refuse,
    waitForAnswer,
  };
}
