/** Records of the phones that were called. Pure. */
import type { CallRecord, Party, WatchedDevice } from '../../telephone-system';
import { isLocal } from './call-legs';
import type { Dial, Leg, Link } from './call-legs';
import { callerOf, isDialled } from './call-view';
import type { CallView } from './call-view';
import { reasonOfCalled } from './leg-reason';

/** All the times that one caller rang one phone: it is one call to whoever sits there. */
interface Side {
  readonly device: WatchedDevice;
  readonly callId: string;
  readonly dial: Dial | undefined;
  readonly legs: Leg[];
}

type Outcome = Pick<CallRecord, 'result' | 'reason' | 'takenBy' | 'voicemail'>;

export interface IncomingRecords {
  readonly records: readonly CallRecord[];
  /** A held party rang its holder again and was answered: the holder's side goes on until then. */
  readonly recalled: ReadonlyMap<Leg, number>;
}

const answered = ({ talkedAt }: Leg): boolean => talkedAt !== undefined;
const optional = <K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> =>
  // A computed key widens to a string; the value stands under this key alone.
  value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>);

/** Whether voice box `extension` is among those of an application's arguments (`331@default&332@default,u`). */
const isBox = (data: string, extension: string): boolean =>
  (data.split(',')[0] ?? '').split('&').some((box) => box.split('@')[0] === extension);

export function incomingRecords(view: CallView, busy: ReadonlySet<string>): IncomingRecords {
  const sides: Side[] = [];
  const recalled = new Map<Leg, number>();
  const legs = [...view.legs.values()].sort((a, b) => a.startedAt - b.startedAt);
  const endOf = (leg: Leg | undefined): number => leg?.endedAt ?? view.endedAt;

  /** The same phone's earlier side with whoever rings it again now. */
  function holderOf(leg: Leg, by: Leg): Leg | undefined {
    const link = view.links.findLast(
      ({ a, b, at }) => at < leg.startedAt && (a === by ? b : b === by ? a : undefined)?.device === leg.device,
    );
    return link === undefined ? undefined : link.a === by ? link.b : link.a;
  }

  for (const leg of legs) {
    const device = view.devices.get(leg.device);
    if (device === undefined || leg.own) continue;
    const dial = leg.dial && view.outer(leg.dial);
    const holder = dial && holderOf(leg, dial.by);
    if (holder !== undefined) {
      if (answered(leg)) {
        recalled.set(holder, endOf(leg));
        const side = sides.find((candidate) => candidate.legs.includes(holder));
        side?.legs.push(leg);
        continue;
      }
    }
    const callId = view.callIdOf(leg);
    const side = sides.find(
      (candidate) => candidate.device === device && candidate.callId === callId && !candidate.legs.some(answered),
    );
    if (side === undefined || holder !== undefined) sides.push({ device, callId, dial, legs: [leg] });
    else side.legs.push(leg);
  }

  /** The group whose call it was: an extension that is nobody's own and rings several. */
  function groupOf(dial: Dial | undefined, device: WatchedDevice): Party | undefined {
    if (dial === undefined) return undefined;
    const { extension } = dial;
    const several =
      dial.application === 'queue' ||
      new Set(dial.by.dials.filter((other) => other.extension === extension).flatMap(({ targets }) => targets)).size >
        1;
    if (!several || !isDialled(extension) || extension.endsWith(device.extension)) return undefined;
    return view.deviceOfExtension(extension) === undefined ? { number: extension } : undefined;
  }

  /** Whom this party was given to by somebody who had asked back before. */
  function transferOf(dial: Dial | undefined, leg: Leg): { readonly party: Party; readonly from: Party } | undefined {
    const consultation = dial && view.consultationOf(dial);
    const by = consultation?.by ?? dial?.by;
    if (by === undefined) return undefined;
    const isGiven = (other: Leg, at: number): boolean =>
      other.device !== by.device &&
      other !== leg &&
      !view.links.some(({ a, b, at: since }) => since >= at && [a, b].includes(other) && [a, b].some(isBy)) &&
      view.links.some(({ a, b, at: since }) => since < leg.startedAt && [a, b].includes(other) && [a, b].some(isBy));
    const isBy = (other: Leg): boolean => other.device === by.device;
    const given =
      consultation && view.guestsOf(consultation.local).findLast((guest) => isGiven(guest.leg, guest.from))?.leg;
    const link = view.links.find(({ a, b, at, present }) => {
      const other = a === leg ? b : b === leg ? a : undefined;
      return other !== undefined && isGiven(other, at) && ![...present].some(isBy);
    });
    const other = given ?? (link === undefined ? undefined : link.a === leg ? link.b : link.a);
    return other && { party: view.partyOf(other), from: view.partyOf(by) };
  }

  /** Whom the caller had called before. */
  function redirectedFrom(dial: Dial | undefined, device: WatchedDevice): Party | undefined {
    if (dial === undefined || view.consultationOf(dial) !== undefined) return undefined;
    const { by } = dial;
    const before = view.links.findLast(({ a, b, at }) => at < dial.at && (a === by || b === by));
    if (before !== undefined) return view.partyOf(before.a === by ? before.b : before.a);
    if (dial.redirecting !== undefined) {
      return dial.redirecting === device.extension ? undefined : view.partyOfNumber(dial.redirecting);
    }
    const earlier = [by.extension, ...by.dials.filter(({ at }) => at < dial.at).map(({ extension }) => extension)];
    const called = earlier.findLast(
      (extension) => view.deviceOfExtension(extension) !== undefined && extension !== dial.extension,
    );
    return called === undefined || called === device.extension ? undefined : view.partyOfNumber(called);
  }

  /** Who answered instead; undefined when nobody did. */
  function takerOf(dial: Dial): Party | undefined {
    for (const leg of view.calledBy(dial)) {
      const picker = leg.pickedUpBy === undefined ? undefined : view.legs.get(leg.pickedUpBy);
      if (picker !== undefined) return view.partyOf(picker);
      if (answered(leg)) return view.partyOf(leg);
    }
    return undefined;
  }

  function sentOn(device: WatchedDevice, caller: Leg, since: number): Outcome | undefined {
    const { extension } = device;
    const mark = view.marks.findLast(
      ({ name, words, leg, at }) =>
        /^UC_(?:FORWARD|DEFLECT)$/.test(name) && words[0] === extension && leg === caller && at >= since,
    );
    const box = caller.applications.some(
      ({ name, data, at }) => name === 'voicemail' && at >= since && isBox(data, extension),
    );
    if (box || /^(?:vm|voicemail)$/.test(mark?.words[1] ?? '')) {
      const reason = mark?.name === 'UC_DEFLECT' ? 'forwarded' : undefined;
      return { result: 'not-answered', voicemail: true, ...optional('reason', reason) };
    }
    // Nobody was to disturb him.
    if (mark?.words[1] === 'busy') return { result: 'not-answered', reason: 'busy' };
    if (mark !== undefined && mark.words[1] !== undefined)
      return { result: 'taken-over', takenBy: view.partyOfNumber(mark.words[1]) };
    const forwarded = view.dials.find(
      ({ redirecting, at, extension: to }) => redirecting === extension && at >= since && to !== extension,
    );
    if (forwarded !== undefined) {
      const taker = takerOf(forwarded) ?? view.partyOfNumber(forwarded.extension);
      return { result: 'taken-over', takenBy: taker };
    }
    return undefined;
  }

  /** The call was answered at the same phone, but by the channel of its other call. */
  function takenBeside(last: Leg, dial: Dial | undefined): Link | undefined {
    if (dial === undefined || answered(last)) return undefined;
    return view.links.find(({ a, b, at }) => {
      const other = a === dial.by ? b : b === dial.by ? a : undefined;
      return other?.device === last.device && at >= last.startedAt;
    });
  }

  function outcomeOf({ device, dial, legs: tried }: Side, last: Leg): Outcome {
    if (tried.some(answered) || takenBeside(last, dial) !== undefined) return { result: 'answered' };
    const picker = tried.map(({ pickedUpBy }) => view.legs.get(pickedUpBy ?? '')).find((leg) => leg !== undefined);
    if (picker !== undefined) return { result: 'taken-over', takenBy: view.partyOf(picker) };
    const reason = reasonOfCalled(last, busy.has(last.id));
    if (dial === undefined) return { result: 'not-answered', reason };
    const taker = takerOf(dial);
    if (taker !== undefined) return { result: 'taken-over', takenBy: taker };
    const sent = sentOn(device, dial.by, dial.at);
    if (sent !== undefined) return sent.voicemail === true ? { reason, ...sent } : sent;
    const later = dial.by.dials.filter((other) => other.at > dial.at && other.extension !== dial.extension);
    const elsewhere = later.map(takerOf).find((found) => found !== undefined);
    return elsewhere === undefined ? { result: 'not-answered', reason } : { result: 'taken-over', takenBy: elsewhere };
  }

  function recordOf(side: Side): CallRecord | undefined {
    const [first] = side.legs;
    const last = side.legs.at(-1);
    if (first === undefined || last === undefined) return undefined;
    const talking = side.legs.find(answered);
    const beside = takenBeside(last, side.dial);
    const transfer = transferOf(side.dial, talking ?? last);
    const from = transfer?.from ?? redirectedFrom(side.dial, side.device);
    return {
      id: `${side.callId}/${first.id}`,
      callId: side.callId,
      device: side.device.address,
      direction: 'incoming',
      party: transfer?.party ?? (side.dial === undefined ? {} : callerOf(side.dial)),
      ...outcomeOf(side, last),
      ...optional('group', groupOf(side.dial, side.device)),
      // Who is called back by someone he held was called by him, not by himself.
      ...optional('redirectedFrom', from?.number === side.device.extension ? undefined : from),
      startedAt: first.startedAt,
      ...optional(
        'connectedAt',
        talking === undefined ? beside?.at : (talking.answeredAt ?? talking.talkedAt ?? talking.startedAt),
      ),
      endedAt: beside === undefined ? endOf(last) : (side.dial?.by.endedAt ?? view.endedAt),
    };
  }

  /** Of a phone that was called but never rang: forwarded always, sent to the voice box, not there. */
  function recordOfUnrung(device: WatchedDevice, dial: Dial | undefined, caller: Leg): CallRecord | undefined {
    const callId = view.callIdOf(caller);
    if (caller.device === device.address || (isLocal(caller) && !view.callBacks.has(caller))) return undefined;
    if (sides.some((side) => side.device === device && side.callId === callId)) return undefined;
    if (view.marks.some((mark) => mark.name === 'UC_CONSULT' && mark.leg === caller)) return undefined;
    const called = dial?.targets.includes(device.address) === true;
    if (called && dial.legs.some((leg) => leg.device === device.address)) return undefined;
    const since = called ? dial.at : caller.startedAt;
    const found = sentOn(device, caller, since);
    const sent: Outcome | undefined = found?.voicemail === true ? { reason: 'no-answer', ...found } : found;
    const taker = called ? takerOf(dial) : undefined;
    const outcome: Outcome | undefined =
      sent ??
      (taker !== undefined
        ? { result: 'taken-over', takenBy: taker }
        : called
          ? { result: 'not-answered', reason: 'unreachable' }
          : undefined);
    if (outcome === undefined) return undefined;
    const [shown] = caller.dials;
    return {
      id: `${callId}/${device.address}`,
      callId,
      device: device.address,
      direction: 'incoming',
      party: shown === undefined ? view.partyOf(caller) : callerOf(shown),
      ...outcome,
      ...optional('group', called ? groupOf(dial, device) : undefined),
      startedAt: since,
      endedAt: endOf(caller),
    };
  }

  const records = sides.map(recordOf).filter((record) => record !== undefined);
  for (const caller of legs) {
    for (const device of view.devices.values()) {
      const dial = caller.dials.find(({ targets }) => targets.includes(device.address));
      const unrung = recordOfUnrung(device, dial, caller);
      if (unrung !== undefined && !records.some(({ id }) => id === unrung.id)) records.push(unrung);
    }
  }
  return { records, recalled };
}
