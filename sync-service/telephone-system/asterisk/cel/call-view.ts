/** What the channels of a call mean for people: whose they are, who is shown as caller, to whom it was sent. Pure. */
import type { Party, WatchedDevice } from '../../telephone-system';
import { isLocal } from './call-legs';
import type { CallLegs, Dial, Leg } from './call-legs';

/** A Local channel that somebody made beside his call to ask back. */
export interface Consultation {
  readonly local: Leg;
  /** Its other end, which dials. */
  readonly far: Leg;
  /** Whoever asks back. */
  readonly by: Leg;
}

/** Somebody calls with his mobile in place of his phone. */
export interface CallBack {
  readonly device: WatchedDevice;
  readonly dialled: string;
}

export interface CallView extends CallLegs {
  readonly devices: ReadonlyMap<string, WatchedDevice>;
  /** By the leg that dials once the mobile is answered. */
  readonly callBacks: ReadonlyMap<Leg, CallBack>;
  readonly consultations: readonly Consultation[];
  deviceOfExtension(extension: string | undefined): WatchedDevice | undefined;
  partyOf(leg: Leg): Party;
  partyOfNumber(number: string | undefined): Party;
  consultationOf(dial: Dial): Consultation | undefined;
  /** The outermost of dials that stand within each other, up to whoever really calls. */
  outer(dial: Dial): Dial;
  /** All that it calls, also through Local channels. */
  calledBy(dial: Dial): readonly Leg[];
  /** Id of the call: the caller's side of it. */
  callIdOf(leg: Leg): string;
}

const digits = /^[0-9+*#]+$/;
export const isDialled = (extension: string | undefined): extension is string =>
  extension !== undefined && digits.test(extension);

const party = (number: string | undefined, name: string | undefined): Party => ({
  ...(number === undefined ? {} : { number }),
  ...(name === undefined ? {} : { name }),
});

/** The caller as the called party was shown him. */
export const callerOf = ({ number, name }: Dial): Party => party(number, name);

function findConsultations(call: CallLegs): Consultation[] {
  const found: Consultation[] = [];
  for (const local of call.legs.values()) {
    if (!isLocal(local) || !local.channel.endsWith(';1')) continue;
    const far = call.otherEnd(local);
    const by = local.dial?.by ?? call.guestsOf(local)[0]?.leg;
    if (far === undefined || by === undefined || isLocal(by)) continue;
    if (by.talkedAt !== undefined && by.talkedAt < local.startedAt) found.push({ local, far, by });
  }
  return found;
}

function findCallBacks(call: CallLegs, devices: ReadonlyMap<string, WatchedDevice>): Map<Leg, CallBack> {
  const found = new Map<Leg, CallBack>();
  for (const { name, words, leg } of call.marks) {
    const device = devices.get(words[0] ?? '');
    const near = call.otherEnd(leg);
    if (name !== 'UC_CALLBACK' || device === undefined || near?.own !== true) continue;
    found.set(near, { device, dialled: words[1] ?? '' });
  }
  return found;
}

export function viewCall(call: CallLegs, watched: readonly WatchedDevice[]): CallView {
  const devices = new Map(watched.map((device) => [device.address, device]));
  const byExtension = new Map(watched.map((device) => [device.extension, device]));
  const consultations = findConsultations(call);
  const deviceOfExtension = (extension: string | undefined): WatchedDevice | undefined =>
    extension === undefined ? undefined : byExtension.get(extension);
  const ofDevice = ({ extension, displayName }: WatchedDevice): Party => party(extension, displayName);
  const consultationOf = ({ by }: Dial): Consultation | undefined => consultations.find(({ far }) => far === by);

  function outer(dial: Dial): Dial {
    if (consultationOf(dial) !== undefined) return dial;
    const around = isLocal(dial.by) ? call.otherEnd(dial.by)?.dial : undefined;
    return around === undefined || around === dial ? dial : outer(around);
  }

  function calledBy(dial: Dial): readonly Leg[] {
    return dial.legs.flatMap((leg) =>
      isLocal(leg) ? (call.otherEnd(leg)?.dials.flatMap((inner) => calledBy(inner)) ?? []) : [leg],
    );
  }

  function callIdOf(leg: Leg): string {
    if (leg.dial === undefined) return leg.id;
    const consultation = consultationOf(leg.dial);
    return consultation === undefined ? callIdOf(outer(leg.dial).by) : consultation.local.id;
  }

  function partyOf(leg: Leg): Party {
    const device = devices.get(leg.device);
    if (device !== undefined) return ofDevice(device);
    const [first] = leg.dials;
    if (leg.own) return party(first?.number ?? leg.number, first?.name ?? leg.name);
    return party(leg.number, leg.name);
  }

  return {
    ...call,
    devices,
    callBacks: findCallBacks(call, devices),
    consultations,
    deviceOfExtension,
    partyOf,
    partyOfNumber(number) {
      const device = deviceOfExtension(number);
      return device === undefined ? party(number, undefined) : ofDevice(device);
    },
    consultationOf,
    outer,
    calledBy,
    callIdOf,
  };
}
