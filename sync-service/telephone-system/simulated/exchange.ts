/**
 * The exchange behind the simulated telephone system: phones, calls and what time does to them. Calls belong to it, as they
 * do to a real one's dialplan: it goes on while the link to the service is cut.
 *
 * When a call is over the phone goes idle by itself, as one that is used hands-free. How calls are modelled stands in
 * `call-model.ts`.
 */
import type { CallReason } from '../../../shared/call';
import type { CallerNames, CallRecord, Party } from '../telephone-system';
import type { Timers } from '../timers';
import { createCallHandling } from './call-handling';
import type { CallHandling } from './call-handling';
import { createCallHistory } from './call-history';
import type { CallHistory } from './call-history';
import { heardBy, mobileAddressOf } from './call-model';
import type { Phone, Side } from './call-model';
import type { Leg } from './leg';
import { createPublishedBook } from './published-book';
import type { PublishedBook } from './published-book';
import { createPutThrough, identityOf } from './put-through';
import { routeCall } from './route-call';
import type { SimulatedSettings } from './simulated-settings';
import { createSwitchboard } from './switchboard';

export interface Exchange {
  /** Installs phones, or changes them. A phone stays in the office even when nobody names it any more. */
  setPhones(phones: readonly Phone[]): void;
  /** Mobiles excepted. */
  phones(): readonly Phone[];
  phone(address: string): Phone | undefined;
  /** Who is asked for callers' names. */
  askNamesOf(names: CallerNames): void;
  /** Sides of calls that are not over. */
  legs(): readonly Leg[];
  legsAt(address: string): readonly Leg[];
  leg(id: string): Leg | undefined;
  /** Extensions and numbers that are heard at the phone. */
  heardAt(address: string): readonly string[];
  /** Whether somebody looks after the phone; if not, the settings say what it does. */
  attend(address: string): () => void;
  /** Rings the phone; once lifted it dials. Undefined when the phone is in use. */
  clickToDial(address: string, dialled: string): Leg | undefined;
  /**
   * Calls the mobile of the phone's user; once answered it dials, as that phone would. Undefined when the mobile makes such
   * a call already, or the number does not lead out of the office.
   */
  callBack(address: string, mobile: string, dialled: string): Leg | undefined;
  /** The receiver is lifted and the digits are dialled. Undefined when the phone is in use. */
  dial(address: string, dialled: string): Leg | undefined;
  /** Rings the phone; once lifted it has the call of the side that rings. Undefined when the phone is in use. */
  pickUp(ringing: string, address: string): Leg | undefined;
  consult(legId: string, dialled: string): Leg | undefined;
  /** Does something with a side; false when it is over. */
  handle(legId: string, what: (handling: CallHandling, side: Side) => void): boolean;
  side(legId: string): Side | undefined;
  /** Who would have a call that is sent to these digits; undefined when they lead nowhere. */
  partyAt(dialled: string): Party | undefined;
  /** Somebody outside calls an extension. */
  callIn(from: string, extension: string): { readonly callId: string; readonly rings: boolean };
  /** The outside party of a call hangs up. */
  outsideHangsUp(callId: string): boolean;
  readonly history: CallHistory;
  readonly published: PublishedBook;
  /** Every change of a side, in order. */
  onLeg(listener: (leg: Leg) => void): () => void;
  /** There are new records in the history. */
  onRecords(listener: () => void): void;
  stop(): void;
}

export function createExchange(settings: SimulatedSettings, timers: Timers, ids: () => string): Exchange {
  const board = createSwitchboard(settings, timers, ids);
  const attendants = new Map<string, number>();
  const attended = (address: string): boolean => (attendants.get(address) ?? 0) > 0;
  const published = createPublishedBook(() => timers.now());
  const way = createPutThrough(board, attended, published);
  const handling = createCallHandling(board, way);
  const history = createCallHistory(ids());
  /** Outside callers by the call that they began. */
  const outside = new Map<string, Side>();

  board.onRecord((record: CallRecord) => history.add(record));
  board.beforeTelling(() => handling.endVainPickUps());
  board.onLongHold((side) => {
    // Whoever speaks with somebody else is not disturbed; he is asked again later.
    if (board.secondOf(side) === undefined) handling.recall(side);
    else board.hold(side);
  });

  /** A phone that is idle begins to call. */
  function begin(address: string, dialled: string, phase: 'to-lift' | 'dialled'): Side | undefined {
    const phone = board.phones.get(address);
    if (phone === undefined || board.sidesAt(address).length > 0) return undefined;
    const call = board.newCall(phase, { dialled });
    const side = board.newSide(call, {
      address,
      self: identityOf(phone),
      direction: 'outgoing',
      party: { number: dialled },
    });
    call.members.push(side);
    return side;
  }

  /** What the mobile does that is called back. */
  function waitForMobile({ call, address = '' }: Side, dialled: string): void {
    const phone = board.phones.get(address);
    const behaviour = phone === undefined ? undefined : way.behaviourOf(phone);
    const ends = (afterMs: number, reason: CallReason) => [[afterMs, () => board.endCall(call, reason)] as const];
    const steps = {
      wait: [],
      'be-busy': ends(settings.switchMs, 'busy'),
      'be-unknown': ends(settings.switchMs, 'unknown-number'),
      'be-unreachable': ends(settings.switchMs, 'unreachable'),
    };
    const { mobile } = phone ?? {};
    const answers = (): void => {
      if (mobile === undefined || !attended(mobile.of)) way.originate(call, dialled);
    };
    const step =
      behaviour === undefined
        ? []
        : behaviour.does === 'answer'
          ? [[behaviour.afterMs, answers] as const]
          : behaviour.does === 'reject'
            ? ends(behaviour.afterMs, 'rejected')
            : steps[behaviour.does];
    board.next(call, [settings.ringMs, () => board.endCall(call, 'no-answer')], ...step);
  }

  const legOf = (side: Side | undefined): Leg | undefined => (side === undefined ? undefined : board.leg(side));

  return {
    setPhones(list) {
      for (const phone of list) {
        const before = board.phones.get(phone.address);
        if (before !== undefined && board.extensions.get(before.extension) === phone.address) {
          board.extensions.delete(before.extension);
        }
        board.phones.set(phone.address, phone);
      }
      for (const phone of list) board.extensions.set(phone.extension, phone.address);
    },
    phones: () => [...board.phones.values()].filter(({ mobile }) => mobile === undefined),
    phone: (address) => board.phones.get(address),
    askNamesOf(names) {
      way.names.current = names;
    },
    legs: () => board.sides().flatMap((side) => legOf(side) ?? []),
    legsAt: (address) => board.sidesAt(address).flatMap((side) => legOf(side) ?? []),
    leg: (id) => legOf(board.side(id)),
    heardAt: (address) => board.sidesAt(address).flatMap(heardBy),
    attend(address) {
      attendants.set(address, (attendants.get(address) ?? 0) + 1);
      let released = false;
      return () => {
        if (released) return;
        released = true;
        attendants.set(address, (attendants.get(address) ?? 1) - 1);
      };
    },
    clickToDial: (address, dialled) =>
      board.act(() => {
        const side = begin(address, dialled, 'to-lift');
        const phone = board.phones.get(address);
        if (side === undefined || phone === undefined) return undefined;
        const behaviour = way.behaviourOf(phone);
        const lifts = (): void => {
          if (!attended(address)) way.originate(side.call, dialled);
        };
        board.next(
          side.call,
          [settings.ringMs, () => board.endCall(side.call, 'no-answer')],
          ...(behaviour.does === 'answer' ? [[behaviour.afterMs, lifts] as const] : []),
        );
        return legOf(side);
      }),
    callBack: (address, mobile, dialled) =>
      board.act(() => {
        const phone = board.phones.get(address);
        const route = routeCall(mobile, settings, board.extensions);
        if (phone === undefined || route.to !== 'outside') return undefined;
        const mobileAddress = mobileAddressOf(address);
        if (board.sidesAt(mobileAddress).length > 0) return undefined;
        board.phones.set(mobileAddress, {
          ...phone,
          address: mobileAddress,
          mobile: { of: address, behaviour: route.behaviour },
        });
        const side = begin(mobileAddress, dialled, 'to-lift');
        if (side !== undefined) waitForMobile(side, dialled);
        return legOf(side);
      }),
    dial: (address, dialled) =>
      board.act(() => {
        const side = begin(address, dialled, 'dialled');
        if (side !== undefined) way.originate(side.call, dialled);
        return legOf(side);
      }),
    pickUp: (ringing, address) =>
      board.act(() => {
        const side = board.side(ringing);
        const phone = board.phones.get(address);
        if (side === undefined || phone === undefined || board.sidesAt(address).length > 0) return undefined;
        return legOf(handling.pickUp(side, phone));
      }),
    consult: (legId, dialled) =>
      board.act(() => {
        const side = board.side(legId);
        return side === undefined ? undefined : legOf(handling.consult(side, dialled));
      }),
    handle: (legId, what) =>
      board.act(() => {
        const side = board.side(legId);
        if (side !== undefined) what(handling, side);
        return side !== undefined;
      }),
    side: (legId) => board.side(legId),
    partyAt(dialled) {
      const route = routeCall(dialled, settings, board.extensions);
      if (route.to === 'nowhere') return undefined;
      if (route.to === 'group') return { number: route.group.extension, name: route.group.displayName };
      const phone = route.to === 'phone' ? board.phones.get(route.address) : undefined;
      return phone === undefined ? { number: dialled } : identityOf(phone);
    },
    callIn: (from, extension) =>
      board.act(() => {
        const call = board.newCall('dialled');
        const dialledAs = /^\d/.test(from) ? settings.trunkAccessCode + from : from;
        const caller = board.newSide(call, {
          address: undefined,
          self: from === '' ? {} : { number: from },
          ...(from === '' ? {} : { dialledAs }),
          direction: 'outgoing',
          party: { number: extension },
        });
        call.members.push(caller);
        const { to } = routeCall(extension, settings, board.extensions);
        if (to === 'phone' || to === 'group') way.putThrough(call, extension);
        else way.fail(call, 'unknown-number');
        const rings = board.calls.has(call);
        if (rings) outside.set(call.id, caller);
        return { callId: call.id, rings };
      }),
    outsideHangsUp: (callId) =>
      board.act(() => {
        for (const [begun, side] of outside) if (side.over !== undefined) outside.delete(begun);
        const side =
          outside.get(callId) ??
          [...board.calls]
            .filter(({ id }) => id === callId)
            .flatMap(({ members, rings }) => [...members, ...rings])
            .find(({ address }) => address === undefined);
        if (side === undefined) return false;
        handling.hangUp(side);
        return true;
      }),
    history,
    published,
    onLeg: (listener) => board.onLeg(listener),
    onRecords: (listener) => board.onRecords(listener),
    stop: () => board.stop(),
  };
}
