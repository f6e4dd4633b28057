/**
 * The exchange behind the simulated telephone system: phones, sides of calls (legs) and what time does to them. Calls
 * belong to it, as they do to a real one's dialplan: it goes on while the link to the service is cut.
 *
 * A phone holds one side at a time; whoever calls it meanwhile hears that it is busy. When a call is over the phone
 * goes idle by itself, as one that is used hands-free.
 */
import type { CallReason, CallState } from '../../../shared/call';
import type { Timers } from '../timers';
import { routeCall } from './route-call';
import type { Behaviour, OutsideBehaviour, SimulatedSettings } from './simulated-settings';

/** A phone of the office. */
export interface Phone {
  readonly address: string;
  readonly extension: string;
  readonly displayName: string;
}

/** One side of a call at a phone. */
export interface Leg {
  readonly id: string;
  readonly callId: string;
  readonly address: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly state: CallState;
  readonly party: { readonly number?: string; readonly name?: string };
  readonly reason?: CallReason;
  readonly startedAt: number;
  readonly connectedAt?: number;
}

/** A call: who called and who is called. A side that is missing is outside, or has not come about yet. */
interface SimulatedCall {
  readonly id: string;
  readonly callerLeg?: string;
  calleeLeg?: string;
  /** Takes back what time would do next to the call. */
  cancels: (() => void)[];
}

export interface Exchange {
  /** Installs phones, or changes them. A phone stays in the office even when nobody names it any more. */
  setPhones(phones: readonly Phone[]): void;
  phones(): readonly Phone[];
  phone(address: string): Phone | undefined;
  /** Sides of calls that are not over. */
  legs(): readonly Leg[];
  legAt(address: string): Leg | undefined;
  /** Whether somebody looks after the phone; if not, the settings say what it does. */
  attend(address: string): () => void;
  attended(address: string): boolean;
  /** Rings the phone; once lifted it dials. Undefined when the phone is in use. */
  clickToDial(address: string, dialled: string): Leg | undefined;
  /** The receiver is lifted and the digits are dialled. Undefined when the phone is in use. */
  dial(address: string, dialled: string): Leg | undefined;
  /** Answers what rings; false when nothing does. */
  lift(address: string): boolean;
  /** Ends what the phone does, or refuses what rings. False when it is idle. */
  hangUp(legId: string): boolean;
  /** Somebody outside calls an extension. */
  callIn(from: string, extension: string): { readonly callId: string; readonly rings: boolean };
  /** The outside party of a call hangs up. */
  outsideHangsUp(callId: string): boolean;
  /** Every change of a side, in order. */
  onLeg(listener: (leg: Leg) => void): () => void;
  stop(): void;
}

export function createExchange(settings: SimulatedSettings, timers: Timers, ids: () => string): Exchange {
  const phones = new Map<string, Phone>();
  const extensions = new Map<string, string>();
  const legs = new Map<string, Leg>();
  const calls = new Map<string, SimulatedCall>();
  const attendants = new Map<string, number>();
  const listeners = new Set<(leg: Leg) => void>();

  const legAt = (address: string): Leg | undefined => [...legs.values()].find((leg) => leg.address === address);
  const legOf = (id: string | undefined): Leg | undefined => (id === undefined ? undefined : legs.get(id));
  const attended = (address: string): boolean => (attendants.get(address) ?? 0) > 0;

  function tell(leg: Leg): Leg {
    if (leg.state === 'ended') legs.delete(leg.id);
    else legs.set(leg.id, leg);
    for (const listener of [...listeners]) listener(leg);
    return leg;
  }

  function newLeg(call: string, address: string, rest: Pick<Leg, 'direction' | 'state' | 'party'>): Leg {
    return { id: ids(), callId: call, address, startedAt: timers.now(), ...rest };
  }

  /** What happens next to the call; what was to happen before is taken back. */
  function next(call: SimulatedCall, ...steps: (readonly [milliseconds: number, step: () => void])[]): void {
    for (const cancel of call.cancels) cancel();
    call.cancels = steps.map(([milliseconds, step]) => timers.after(milliseconds, step));
  }

  function end(leg: Leg | undefined, reason: CallReason): void {
    if (leg !== undefined) tell({ ...leg, state: 'ended', reason });
  }

  function endCall(call: SimulatedCall, reason: CallReason): void {
    next(call);
    calls.delete(call.id);
    for (const id of [call.callerLeg, call.calleeLeg]) end(legOf(id), reason);
  }

  /** The call cannot be put through: the caller hears a tone for a while. */
  function fail(call: SimulatedCall, reason: CallReason): void {
    end(legOf(call.calleeLeg), reason);
    delete call.calleeLeg;
    const caller = legOf(call.callerLeg);
    if (caller === undefined) {
      endCall(call, reason);
      return;
    }
    tell({ ...caller, state: 'failed', reason });
    next(call, [settings.toneMs, () => endCall(call, reason)]);
  }

  function connect(call: SimulatedCall): void {
    next(call);
    for (const leg of [legOf(call.calleeLeg), legOf(call.callerLeg)]) {
      if (leg !== undefined) tell({ ...leg, state: 'connected', connectedAt: timers.now() });
    }
  }

  function behaviourOf(phone: Phone): Behaviour {
    if (attended(phone.address)) return { does: 'wait' };
    return settings.extensions[phone.extension] ?? settings.unattended;
  }

  /** Time runs while it rings: somebody does something, or nobody answers. */
  function whileRinging(call: SimulatedCall, behaviour: OutsideBehaviour, answer: () => void): void {
    const own = legOf(call.calleeLeg)?.address;
    // Whoever began to attend the phone meanwhile decides for himself.
    const unlessAttended = (step: () => void) => () => {
      if (own === undefined || !attended(own)) step();
    };
    next(
      call,
      [settings.ringMs, () => fail(call, 'no-answer')],
      ...(behaviour.does === 'answer' ? [[behaviour.afterMs, unlessAttended(answer)] as const] : []),
      ...(behaviour.does === 'reject'
        ? [[behaviour.afterMs, unlessAttended(() => fail(call, 'rejected'))] as const]
        : []),
    );
  }

  function ringPhone(call: SimulatedCall, address: string, party: Leg['party']): void {
    const phone = phones.get(address);
    if (phone === undefined) {
      fail(call, 'unreachable');
      return;
    }
    const behaviour = behaviourOf(phone);
    if (legAt(address) !== undefined || behaviour.does === 'be-busy') {
      fail(call, 'busy');
      return;
    }
    const callee = newLeg(call.id, address, { direction: 'incoming', state: 'alerting', party });
    call.calleeLeg = callee.id;
    tell(callee);
    const caller = legOf(call.callerLeg);
    if (caller !== undefined) {
      tell({ ...caller, state: 'delivered', party: { ...caller.party, name: phone.displayName } });
    }
    whileRinging(call, behaviour, () => connect(call));
  }

  function ringOutside(call: SimulatedCall, caller: Leg, behaviour: OutsideBehaviour): void {
    if (behaviour.does === 'be-busy') {
      fail(call, 'busy');
      return;
    }
    if (behaviour.does === 'be-unknown') {
      fail(call, 'unknown-number');
      return;
    }
    if (behaviour.does === 'be-unreachable') {
      fail(call, 'unreachable');
      return;
    }
    tell({ ...caller, state: 'delivered' });
    whileRinging(call, behaviour, () => connect(call));
  }

  function putThrough(call: SimulatedCall, dialled: string): void {
    const caller = legOf(call.callerLeg);
    const from = caller === undefined ? undefined : phones.get(caller.address);
    if (caller === undefined || from === undefined) {
      fail(call, 'unreachable');
      return;
    }
    const route = routeCall(dialled, settings, extensions);
    if (route.to === 'nowhere') {
      fail(call, 'unknown-number');
      return;
    }
    if (route.to === 'outside') {
      ringOutside(call, caller, route.behaviour);
      return;
    }
    ringPhone(call, route.address, { number: from.extension, name: from.displayName });
  }

  /** The digits have left the phone. */
  function originate(call: SimulatedCall, dialled: string): void {
    const caller = legOf(call.callerLeg);
    if (caller !== undefined) tell({ ...caller, state: 'originated' });
    next(call, [settings.switchMs, () => putThrough(call, dialled)]);
  }

  function begin(address: string, dialled: string, state: CallState): SimulatedCall | undefined {
    if (!phones.has(address) || legAt(address) !== undefined) return undefined;
    const callId = ids();
    const leg = newLeg(callId, address, { direction: 'outgoing', state, party: { number: dialled } });
    const call: SimulatedCall = { id: callId, callerLeg: leg.id, cancels: [] };
    calls.set(callId, call);
    tell(leg);
    return call;
  }

  return {
    setPhones(list) {
      for (const phone of list) {
        const before = phones.get(phone.address);
        if (before !== undefined && extensions.get(before.extension) === phone.address) {
          extensions.delete(before.extension);
        }
        phones.set(phone.address, phone);
      }
      for (const phone of list) extensions.set(phone.extension, phone.address);
    },
    phones: () => [...phones.values()],
    phone: (address) => phones.get(address),
    legs: () => [...legs.values()],
    legAt,
    attended,
    attend(address) {
      attendants.set(address, (attendants.get(address) ?? 0) + 1);
      let released = false;
      return () => {
        if (released) return;
        released = true;
        attendants.set(address, (attendants.get(address) ?? 1) - 1);
      };
    },
    clickToDial(address, dialled) {
      const call = begin(address, dialled, 'initiated');
      const phone = phones.get(address);
      if (call === undefined || phone === undefined) return undefined;
      const behaviour = behaviourOf(phone);
      next(
        call,
        [settings.ringMs, () => endCall(call, 'no-answer')],
        ...(behaviour.does === 'answer'
          ? [[behaviour.afterMs, () => attended(address) || originate(call, dialled)] as const]
          : []),
      );
      return legOf(call.callerLeg);
    },
    dial(address, dialled) {
      const call = begin(address, dialled, 'originated');
      if (call === undefined) return undefined;
      next(call, [settings.switchMs, () => putThrough(call, dialled)]);
      return legOf(call.callerLeg);
    },
    lift(address) {
      const leg = legAt(address);
      const call = leg === undefined ? undefined : calls.get(leg.callId);
      if (leg === undefined || call === undefined) return false;
      if (leg.state === 'initiated') originate(call, leg.party.number ?? '');
      else if (leg.state === 'alerting') connect(call);
      else return false;
      return true;
    },
    hangUp(legId) {
      const leg = legs.get(legId);
      const call = leg === undefined ? undefined : calls.get(leg.callId);
      if (leg === undefined || call === undefined) return false;
      if (leg.state === 'alerting') fail(call, 'rejected');
      else if (leg.state === 'connected') endCall(call, 'normal');
      else if (leg.state === 'failed') endCall(call, leg.reason ?? 'normal');
      else endCall(call, 'cancelled');
      return true;
    },
    callIn(from, extension) {
      const call: SimulatedCall = { id: ids(), cancels: [] };
      calls.set(call.id, call);
      const address = extensions.get(extension);
      if (address === undefined) fail(call, 'unknown-number');
      else ringPhone(call, address, from === '' ? {} : { number: from });
      return { callId: call.id, rings: calls.has(call.id) };
    },
    outsideHangsUp(callId) {
      const call = calls.get(callId);
      if (call === undefined) return false;
      const [leg] = [legOf(call.callerLeg), legOf(call.calleeLeg)].filter((side) => side !== undefined);
      endCall(call, leg?.state === 'connected' ? 'normal' : 'cancelled');
      return true;
    },
    onLeg(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      for (const call of calls.values()) next(call);
      calls.clear();
      legs.clear();
      listeners.clear();
    },
  };
}
