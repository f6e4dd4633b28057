/** Records of the phones that called, asked back, or fetched a colleague's call. Pure. */
import type { CallRecord, Party, WatchedDevice } from '../../telephone-system';
import type { Leg } from './call-legs';
import { callerOf, isDialled } from './call-view';
import type { CallBack, CallView, Consultation } from './call-view';
import { reasonOfDials, reasonOfOwnPhone } from './leg-reason';

type Outcome = Pick<CallRecord, 'result' | 'reason' | 'voicemail' | 'connectedAt'>;

/** Feature codes of the office are no calls. */
const isFeatureCode = (number: string): boolean => /^[*#]/.test(number);
const named = (number: string | undefined, view: CallView): Party => view.partyOfNumber(number);

export function outgoingRecords(
  view: CallView,
  busy: ReadonlySet<string>,
  recalled: ReadonlyMap<Leg, number>,
): CallRecord[] {
  const endOf = (leg: Leg): number => leg.endedAt ?? view.endedAt;

  /** What became of a call. `lifted`: the calling end was up before anybody answered, so that this says nothing. */
  function outcomeOf(caller: Leg, talkedAt: number | undefined, lifted: boolean): Outcome {
    const voicemail = caller.applications.find(({ name }) => name === 'voicemail');
    const application = lifted ? caller.applications.find(({ name }) => name !== 'voicemail')?.at : caller.answeredAt;
    const connectedAt = talkedAt ?? (voicemail === undefined ? application : undefined);
    if (connectedAt !== undefined) return { result: 'answered', connectedAt };
    const reason = reasonOfDials(view, caller, caller.dials, busy);
    return { result: 'not-answered', reason, ...(voicemail === undefined ? {} : { voicemail: true }) };
  }

  /** Of whoever picked up what rang at a colleague's. */
  function pickUpRecord(leg: Leg, picked: Leg, device: WatchedDevice): CallRecord {
    const callId = view.callIdOf(picked);
    const dial = picked.dial && view.outer(picked.dial);
    return {
      id: `${callId}/${leg.id}`,
      callId,
      device: device.address,
      direction: 'incoming',
      party: dial === undefined ? {} : callerOf(dial),
      result: 'answered',
      redirectedFrom: view.partyOf(picked),
      startedAt: leg.startedAt,
      connectedAt: leg.talkedAt ?? leg.answeredAt ?? leg.startedAt,
      endedAt: endOf(leg),
    };
  }

  function dialledAt(leg: Leg): string | undefined {
    if (isDialled(leg.extension)) return leg.extension;
    return leg.shown ?? leg.dials.map(({ extension }) => extension).find(isDialled);
  }

  function recordOf(leg: Leg, device: WatchedDevice): CallRecord | undefined {
    const picked = [...view.legs.values()].find(({ pickedUpBy }) => pickedUpBy === leg.id);
    if (picked !== undefined) return pickUpRecord(leg, picked, device);
    const number = dialledAt(leg);
    // Called to pick up, too late or never lifted; or for something else that is no call of its user's.
    if (number === undefined || isFeatureCode(number) || leg.forPickUp) return undefined;
    const called = !isDialled(leg.extension);
    const outcome: Outcome =
      called && leg.answeredAt === undefined
        ? { result: 'not-answered', reason: reasonOfOwnPhone(leg) }
        : outcomeOf(leg, leg.talkedAt, called);
    return {
      id: `${leg.id}/${leg.id}`,
      callId: leg.id,
      device: device.address,
      direction: 'outgoing',
      party: named(number, view),
      ...outcome,
      startedAt: leg.startedAt,
      endedAt: Math.max(endOf(leg), recalled.get(leg) ?? 0),
    };
  }

  function consultationRecord({ local, far, by }: Consultation, device: WatchedDevice): CallRecord | undefined {
    const mark = view.marks.findLast(
      ({ name, leg, at }) => name === 'UC_CONSULT' && leg === by && at <= local.startedAt + 50,
    );
    const extensions = [mark?.words[0], far.extension, ...far.dials.map(({ extension }) => extension)];
    const number = extensions.find(isDialled);
    if (number === undefined || isFeatureCode(number)) return undefined;
    const called = far.dials.flatMap((dial) => view.calledBy(dial));
    const talks = called.flatMap(({ talkedAt, answeredAt }) => answeredAt ?? talkedAt ?? []);
    const left = view.guestsOf(local).findLast(({ leg }) => leg === by)?.to ?? endOf(by);
    // Asterisk takes the Local channel out as soon as it can; the two go on without it.
    const direct = view.links.flatMap(({ a, b, to }) =>
      [a, b].includes(by) && [a, b].some((leg) => called.includes(leg)) ? [to ?? endOf(by)] : [],
    );
    const endedAt = Math.max(local.startedAt, Math.min(left, endOf(local), endOf(by)), ...direct);
    const outcome = outcomeOf(far, talks.length === 0 ? undefined : Math.min(...talks), true);
    return {
      id: `${local.id}/${by.id}`,
      callId: local.id,
      device: device.address,
      direction: 'outgoing',
      party: named(number, view),
      ...outcome,
      // Given away while it rang: answered, but not to him.
      ...(outcome.connectedAt === undefined ? {} : { connectedAt: Math.min(outcome.connectedAt, endedAt) }),
      startedAt: local.startedAt,
      endedAt,
    };
  }

  /** Of whoever calls with his mobile. Where that is not answered nobody was called. */
  function callBackRecord(leg: Leg, { device, dialled }: CallBack): CallRecord | undefined {
    if (leg.answeredAt === undefined || !isDialled(dialled) || isFeatureCode(dialled)) return undefined;
    const talks = leg.dials.flatMap((dial) => view.calledBy(dial)).flatMap(({ answeredAt }) => answeredAt ?? []);
    return {
      id: `${leg.id}/${leg.id}`,
      callId: leg.id,
      device: device.address,
      direction: 'outgoing',
      party: named(dialled, view),
      ...outcomeOf(leg, talks.length === 0 ? undefined : Math.min(...talks), true),
      startedAt: leg.startedAt,
      endedAt: endOf(leg),
    };
  }

  const records: (CallRecord | undefined)[] = [];
  for (const [leg, callBack] of view.callBacks) records.push(callBackRecord(leg, callBack));
  for (const leg of view.legs.values()) {
    const device = view.devices.get(leg.device);
    if (device !== undefined && leg.own) records.push(recordOf(leg, device));
  }
  for (const consultation of view.consultations) {
    const device = view.devices.get(consultation.by.device);
    if (device !== undefined) records.push(consultationRecord(consultation, device));
  }
  return records.filter((record) => record !== undefined);
}
