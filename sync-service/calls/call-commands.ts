/** What users do with their calls. Each command is checked here (whose call, can it be done now) before the port is asked. */
import type { Call, CallAbility } from '../../shared/call';
import type { Connection, TelephoneSystem } from '../telephone-system/telephone-system';
import { TelephoneSystemError } from '../telephone-system/telephone-system';
import type { CallBook, KnownCall } from './call-book';
import type { CallRequests } from './call-requests';
import type { CallDevice } from './caller-directory';
import { asServiceError, callUnknown, nothingRings, notAble, sameCall, targetUnknown } from './calls.errors';
import type { CallBackCheck, DialCheck } from './dial-check';

/** Who calls. */
export interface CallUser {
  readonly id: string;
  readonly siteId: string;
}

export interface DialRequest {
  /** As the user wrote or clicked it: with + canonical, else as one dials at the desk phone (NUM-2). */
  readonly number: string;
  /** Id of one of the user's devices; "my phone" where absent. */
  readonly device?: string | undefined;
  readonly requestId: string;
}

export interface ConsultRequest {
  readonly number: string;
  readonly requestId: string;
}

export interface PickUpRequest {
  /** Id of the colleague. */
  readonly user: string;
  readonly requestId: string;
}

/** Another call of the user, or a number. */
export type TransferTo = { readonly callId: string } | { readonly number: string };
export type DeflectTo = 'voicemail' | { readonly number: string };

/**
 * Every command throws ServiceError `call-unknown` (also for a call of somebody else), `not-supported-by-device` (not
 * with this telephone, or not now) and `telephone-system-unavailable`, and has had no effect then. It answers with the
 * call as it is known; the effect is told as an event.
 */
export interface CallCommands {
  /**
   * Rings the user's own device, or his mobile where his calls begin there (CAL-6) and no device is named, then dials. The same `requestId` again acts once (for ten minutes).
   * Throws also `number-not-dialable`, `number-not-allowed`, `device-unknown`.
   */
  dial(user: CallUser, request: DialRequest): Promise<Call>;
  answer(user: CallUser, callId: string): Promise<Call>;
  /** Hangs up, or refuses what rings at all of the user's devices. */
  hangUp(user: CallUser, callId: string): Promise<Call>;
  hold(user: CallUser, callId: string): Promise<Call>;
  resume(user: CallUser, callId: string): Promise<Call>;
  alternate(user: CallUser, callId: string): Promise<Call>;
  conference(user: CallUser, callId: string): Promise<Call>;
  /** Holds the call and dials; the new call names this one as related. Acts once and throws as {@link CallCommands.dial}. */
  consult(user: CallUser, callId: string, request: ConsultRequest): Promise<Call>;
  /** Throws also `number-not-dialable`, `number-not-allowed`. */
  transfer(user: CallUser, callId: string, to: TransferTo): Promise<Call>;
  /** Throws also `number-not-dialable`, `number-not-allowed`. */
  deflect(user: CallUser, callId: string, to: DeflectTo): Promise<Call>;
  /**
   * Fetches what rings at a colleague of the same site who is in the directory. Acts once as {@link CallCommands.dial}.
   * Throws also `call-taken` and `device-unknown`.
   */
  pickUp(user: CallUser, request: PickUpRequest): Promise<Call>;
}

export interface CallCommandsDeps {
  readonly book: CallBook;
  /** The telephone system of a site; throws `telephone-system-unavailable` while its link is not up. */
  readonly systemOf: (siteId: string) => TelephoneSystem;
  /** The user's device with this id, else his own; throws `device-unknown`. */
  readonly chooseDevice: (user: CallUser, deviceId: string | undefined) => Promise<CallDevice>;
  readonly devicesOf: (userId: string) => readonly CallDevice[];
  readonly deviceAt: (siteId: string, address: string) => CallDevice | undefined;
  readonly checkNumber: DialCheck;
  readonly callBackFor: CallBackCheck;
  readonly requests: CallRequests;
}

export function createCallCommands(deps: CallCommandsDeps): CallCommands {
  const { book, systemOf, chooseDevice, devicesOf, deviceAt, checkNumber, callBackFor, requests } = deps;
  type Act = (system: TelephoneSystem, connection: Connection) => Promise<void>;

  /** The user's call and the sides of it that can do this now. */
  function known(user: CallUser, callId: string, ability: CallAbility) {
    const call = book.find(user.id, user.siteId, callId);
    if (call === undefined) throw callUnknown();
    const system = systemOf(call.siteId);
    const [able, ...further] = call.able(ability);
    if (able === undefined) throw notAble(ability);
    return { call, system, able, further };
  }

  const latest = (user: CallUser, callId: string, { call }: KnownCall): Call =>
    book.find(user.id, user.siteId, callId)?.call ?? call;

  async function portDoes<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw asServiceError(error);
    }
  }

  const simple =
    (ability: CallAbility, act: Act) =>
    async (user: CallUser, callId: string): Promise<Call> => {
      const { call, system, able } = known(user, callId, ability);
      await portDoes(() => act(system, able));
      return latest(user, callId, call);
    };

  /** A side of a command that makes a new call, as the user is told it. */
  function describeNew(device: CallDevice, connection: Connection): Promise<Call> {
    return book.describe(deviceAt(device.siteId, connection.device) ?? device, connection);
  }

  return {
    dial: (user, { number, device: deviceId, requestId }) =>
      requests.once(user.id, `dial ${requestId}`, async () => {
        const device = await chooseDevice(user, deviceId);
        const dialString = await checkNumber(user, number, 'body.number');
        // Whoever names a telephone means that one.
        const callBackTo = deviceId === undefined ? await callBackFor(user, dialString, 'body.number') : undefined;
        const system = systemOf(device.siteId);
        const connection = await portDoes(() =>
          system.dial({
            device: device.address,
            dialString,
            ...(callBackTo === undefined ? {} : { callBackTo }),
            // A client chooses its request ids: those of two users are different requests.
            requestId: `${user.id}:${requestId}`,
          }),
        );
        return describeNew(device, connection);
      }),
    answer: simple('answer', (system, { id }) => system.answer(id)),
    async hangUp(user, callId) {
      const { call, system, able, further } = known(user, callId, 'hang-up');
      await portDoes(() => system.hangUp(able.id));
      for (const { id } of further) {
        await portDoes(() => endOther(system, id));
      }
      return latest(user, callId, call);
    },
    hold: simple('hold', (system, { id }) => system.hold(id)),
    resume: simple('resume', (system, { id }) => system.resume(id)),
    alternate: simple('alternate', (system, { id }) => system.alternate(id)),
    conference: simple('conference', (system, { id }) => system.conference(id)),
    consult: (user, callId, { number, requestId }) =>
      // A repetition finds the call held; it is answered with what the first one got.
      requests.once(user.id, `consult ${callId} ${requestId}`, async () => {
        known(user, callId, 'consult');
        const dialString = await checkNumber(user, number, 'body.number');
        // The number was looked up meanwhile: what can be done now counts.
        const { system, able } = known(user, callId, 'consult');
        const device = deviceAt(user.siteId, able.device) ?? (await chooseDevice(user, undefined));
        const connection = await portDoes(() =>
          system.consult({ connectionId: able.id, dialString, requestId: `${user.id}:consult:${requestId}` }),
        );
        return describeNew(device, connection);
      }),
    async transfer(user, callId, to) {
      known(user, callId, 'transfer');
      if ('number' in to) {
        const dialString = await checkNumber(user, to.number, 'body.to.number');
        const { call, system, able } = known(user, callId, 'transfer');
        await portDoes(() => system.transfer(able.id, { dialString }));
        return latest(user, callId, call);
      }
      const { call, system, able } = known(user, callId, 'transfer');
      if (to.callId === callId) throw sameCall();
      const target = book.find(user.id, user.siteId, to.callId);
      if (target === undefined) throw targetUnknown();
      await portDoes(() => system.transfer(able.id, { connectionId: target.connection.id }));
      return latest(user, callId, call);
    },
    async deflect(user, callId, to) {
      if (to === 'voicemail') {
        return simple('deflect-to-voicemail', (system, { id }) => system.deflect(id, { voicemail: true }))(
          user,
          callId,
        );
      }
      known(user, callId, 'deflect');
      const dialString = await checkNumber(user, to.number, 'body.to.number');
      return simple('deflect', (system, { id }) => system.deflect(id, { dialString }))(user, callId);
    },
    pickUp: (user, { user: colleague, requestId }) =>
      requests.once(user.id, `pick-up ${requestId}`, async () => {
        const device = await chooseDevice(user, undefined);
        const system = systemOf(device.siteId);
        const isColleague =
          colleague !== user.id &&
          devicesOf(colleague).some(({ siteId, inDirectory }) => siteId === device.siteId && inDirectory);
        const ringing = isColleague ? book.ringingAt(colleague, device.siteId) : undefined;
        if (ringing === undefined) throw nothingRings();
        const connection = await portDoes(() =>
          system.pickUp({
            device: device.address,
            connectionId: ringing.id,
            requestId: `${user.id}:pick-up:${requestId}`,
          }),
        );
        return describeNew(device, connection);
      }),
  };
}

/** Refuses a call at a further device; that it stopped ringing by the first refusal is no fault. */
async function endOther(system: TelephoneSystem, connectionId: string): Promise<void> {
  try {
    await system.hangUp(connectionId);
  } catch (error) {
    const gone =
      error instanceof TelephoneSystemError && (error.reason === 'unknown-connection' || error.reason === 'refused');
    if (!gone) throw error;
  }
}
