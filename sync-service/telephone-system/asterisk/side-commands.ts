/** The port's commands: who may do what now, and what Asterisk refuses. What they do to channels is in `steering.ts`. */
import { createHash } from 'node:crypto';
import type { CallAbility } from '../../../shared/call';
import { TelephoneSystemError } from '../telephone-system';
import type { Connection, TelephoneSystem, WatchedDevice } from '../telephone-system';
import { createRequestMemory } from '../request-memory';
import type { Timers } from '../timers';
import { AmiError } from './ami-connection';
import type { AmiConnection } from './ami-connection';
import type { ChannelBook } from './asterisk-channels';
import type { AsteriskSettings } from './asterisk-settings';
import { callBackPrefix, clickToDialPrefix, consultPrefix, deviceOf, phoneOf, pickUpPrefix } from './channel';
import type { Channel } from './channel';
import type { DialWaiter } from './dial-waiter';
import { callBackFields, originateFields, pickUpFields } from './originate';
import { canBeGiven, otherSide, waysToAnswer } from './side-abilities';
import type { SideTeller } from './side-teller';
import { createSteering } from './steering';
import type { Steered } from './steering';

/** A phone that is told to answer rings anew within so many milliseconds, or the call is over for it. */
const answerMs = 5000;

export interface SideCommandsDeps {
  readonly ami: Pick<AmiConnection, 'action'>;
  readonly book: () => ChannelBook;
  readonly devices: () => ReadonlyMap<string, WatchedDevice>;
  readonly teller: SideTeller;
  readonly dials: DialWaiter;
  readonly settings: AsteriskSettings;
  readonly timers: Timers;
  readonly linkIsUp: () => boolean;
}

type Commands = Pick<
  TelephoneSystem,
  | 'dial'
  | 'answer'
  | 'hangUp'
  | 'hold'
  | 'resume'
  | 'consult'
  | 'alternate'
  | 'transfer'
  | 'conference'
  | 'deflect'
  | 'pickUp'
>;

export interface SideCommands extends Commands {
  /** A channel has come: it may carry on a call that was told to ring again. */
  arrived(channel: Channel): void;
  lost(): void;
}

const dialStrings = /^[0-9*#]{1,64}$/;

export function createSideCommands(deps: SideCommandsDeps): SideCommands {
  const { ami, book, devices, dials, settings, teller, timers } = deps;
  const requests = createRequestMemory<Connection>(() => timers.now());
  /** Sides that stopped ringing to ring again and be answered, with the channel that rang. */
  const answering = new Map<string, { readonly channelId: string; readonly last: Connection }>();
  const steering = createSteering({
    action: (name, fields) => ami.action(name, fields),
    book,
    teller,
    deviceOf: (address) => devices().get(address),
  });

  function assertLink(): void {
    if (!deps.linkIsUp()) throw new TelephoneSystemError('unavailable', 'The telephone system cannot be reached.');
  }

  function assertDialString(dialString: string): void {
    if (!dialStrings.test(dialString)) {
      throw new TelephoneSystemError('refused', 'A number to dial has digits, * and # only.');
    }
  }

  function assertCallBack(mobile: string): void {
    if (!settings.callBack)
      throw new TelephoneSystemError('not-supported', 'This telephone system calls no mobile back.');
    if (!/^[0-9]{1,64}$/.test(mobile))
      throw new TelephoneSystemError('refused', 'A mobile to call back has digits only.');
  }

  /** Runs AMI actions; what Asterisk refuses is told as such. */
  async function steer<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof AmiError)) throw error;
      if (error.failure === 'lost') {
        throw new TelephoneSystemError('unavailable', 'The telephone system cannot be reached.', error);
      }
      throw new TelephoneSystemError('refused', 'The telephone system refuses that.', error);
    }
  }

  async function find(connectionId: string): Promise<Steered> {
    assertLink();
    await teller.atRest(connectionId);
    assertLink();
    const connection = teller.get(connectionId);
    const side = teller.now(connectionId);
    if (connection === undefined || side === undefined) {
      throw new TelephoneSystemError('unknown-connection', 'This call is over.');
    }
    return { connection, side };
  }

  async function findAble(connectionId: string, ability: CallAbility): Promise<Steered> {
    const found = await find(connectionId);
    if (!found.connection.abilities.includes(ability)) {
      throw new TelephoneSystemError('refused', `This call cannot do that now (${ability}).`);
    }
    return found;
  }

  /** The phone's other side. */
  function otherOf({ side }: Steered): Steered | undefined {
    const other = otherSide(side, teller.ofPhone(phoneOf(side.leg)));
    const connection = other && teller.get(other.id);
    return other === undefined || connection === undefined ? undefined : { side: other, connection };
  }

  function otherOrRefuse(found: Steered): Steered {
    const other = otherOf(found);
    if (other === undefined) throw new TelephoneSystemError('refused', 'The phone has no other call.');
    return other;
  }

  const idOf = (prefix: string, ...parts: readonly string[]): string =>
    prefix + createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);

  function knownDevice(address: string): WatchedDevice {
    const device = devices().get(address);
    if (device === undefined) throw new TelephoneSystemError('unknown-device', 'There is no such phone.');
    return device;
  }

  /** Resolves with the side once it is told. */
  async function started(id: string, act: () => Promise<unknown>): Promise<Connection> {
    const waiting = dials.wait(id);
    const [connection] = await Promise.all([
      waiting,
      steer(act).catch((error: unknown) => {
        dials.giveUp(id);
        throw error;
      }),
    ]);
    return connection;
  }

  async function ringAgain({ side, connection }: Steered, caller: Channel): Promise<void> {
    const release = teller.keep(connection.id, answerMs);
    answering.set(connection.id, { channelId: side.leg.id, last: connection });
    timers.after(answerMs, () => answering.delete(connection.id));
    try {
      await steer(async () => {
        await ami.action('Setvar', { Channel: caller.id, Variable: 'UC_DEVICE', Value: connection.device });
        await ami.action('Redirect', {
          Channel: caller.name,
          Context: settings.answerContext,
          Exten: 's',
          Priority: '1',
        });
      });
    } catch (error) {
      release();
      answering.delete(connection.id);
      throw error;
    }
  }

  return {
    arrived(channel) {
      for (const [id, { channelId, last }] of answering) {
        if (last.device !== deviceOf(channel.name) || last.callId !== channel.linkedId || channel.id === channelId)
          continue;
        answering.delete(id);
        teller.carryOn(id, channel);
      }
    },
    lost: () => answering.clear(),

    dial: ({ device: address, dialString, callBackTo, requestId }) =>
      requests.once(requestId, async () => {
        assertLink();
        const device = knownDevice(address);
        assertDialString(dialString);
        if (callBackTo !== undefined) assertCallBack(callBackTo);
        const id = idOf(callBackTo === undefined ? clickToDialPrefix : callBackPrefix, address, requestId);
        // Dialled before the service was started anew.
        const running = teller.get(id);
        if (running !== undefined) return running;
        const fields =
          callBackTo === undefined
            ? originateFields(device, dialString, id, settings)
            : callBackFields(device, dialString, callBackTo, id, settings);
        book().expect(id, { dialled: dialString, ...(callBackTo === undefined ? {} : { callBackOf: address }) });
        return started(id, () => ami.action('Originate', fields));
      }),

    async answer(connectionId) {
      const found = await find(connectionId);
      if (found.connection.state !== 'alerting') throw new TelephoneSystemError('refused', 'This call does not ring.');
      const way = waysToAnswer(found.side, teller.ofPhone(phoneOf(found.side.leg)), book(), settings);
      const caller = book().callerOf(found.side.leg);
      const other = otherOf(found);
      if (way === 'ring-again' && caller !== undefined) await ringAgain(found, caller);
      else if (way === 'on-own-leg' && caller !== undefined && other !== undefined) {
        const release = teller.keep(connectionId, answerMs);
        await steer(() => steering.answerOnOwnLeg(found, caller, other)).catch((error: unknown) => {
          release();
          throw error;
        });
      } else if (other === undefined && !settings.phonesAutoAnswer) {
        throw new TelephoneSystemError('not-supported', 'The phones of this telephone system answer by hand only.');
      } else throw new TelephoneSystemError('refused', 'This call cannot be answered from here.');
    },

    async hangUp(connectionId) {
      const found = await find(connectionId);
      const onSameLeg = teller
        .ofPhone(phoneOf(found.side.leg))
        .filter(({ id, leg }) => id !== connectionId && leg.id === found.side.leg.id);
      await steer(() => steering.hangUp(found, onSameLeg.length > 0));
    },

    async hold(connectionId) {
      const found = await findAble(connectionId, 'hold');
      await steer(() => steering.hold(found));
    },

    async resume(connectionId) {
      const found = await findAble(connectionId, 'resume');
      const other = otherOf(found);
      await steer(() => steering.resume(found, other?.side.state === 'alerting' ? undefined : other));
    },

    consult: ({ connectionId, dialString, requestId }) =>
      requests.once(requestId, async () => {
        assertDialString(dialString);
        const id = idOf(consultPrefix, connectionId, requestId);
        const running = teller.get(id);
        if (running !== undefined) return running;
        const found = await findAble(connectionId, 'consult');
        return started(id, () => steering.consult(found, dialString, id));
      }),

    async alternate(connectionId) {
      const found = await findAble(connectionId, 'alternate');
      await steer(() => steering.alternate(found, otherOrRefuse(found)));
    },

    async conference(connectionId) {
      const found = await findAble(connectionId, 'conference');
      await steer(() => steering.conference(found, otherOrRefuse(found)));
    },

    async transfer(connectionId, target) {
      if ('dialString' in target) {
        const found = await findAble(connectionId, 'transfer');
        assertDialString(target.dialString);
        await steer(() => steering.sendOn(found, target.dialString));
        return;
      }
      const { side: wanted } = await find(target.connectionId);
      const found = await findAble(connectionId, 'transfer');
      const other = otherOf(found);
      if (
        other === undefined ||
        other.side.id !== wanted.id ||
        found.connection.state !== 'held' ||
        !canBeGiven(other.side)
      ) {
        throw new TelephoneSystemError('refused', 'A held call is connected with the other call of the same phone.');
      }
      await steer(() => steering.join(found, other));
    },

    async deflect(connectionId, target) {
      const found = await findAble(connectionId, 'voicemail' in target ? 'deflect-to-voicemail' : 'deflect');
      if ('dialString' in target) assertDialString(target.dialString);
      const caller = book().callerOf(found.side.leg);
      if (caller === undefined) throw new TelephoneSystemError('refused', 'This call cannot be sent on from here.');
      await steer(() => steering.deflect(found, caller, target));
    },

    pickUp: ({ device: address, connectionId, requestId }) =>
      requests.once(requestId, async () => {
        assertLink();
        const device = knownDevice(address);
        const id = idOf(pickUpPrefix, address, connectionId, requestId);
        const running = teller.get(id);
        if (running !== undefined) return running;
        const target = teller.now(connectionId);
        if (target?.state !== 'alerting') throw new TelephoneSystemError('taken', 'Nothing rings there any more.');
        if (teller.ofPhone(address).length > 0) throw new TelephoneSystemError('refused', 'The phone is in use.');
        const colleague = knownDevice(deviceOf(target.leg.name));
        book().expect(id, {
          pickUpOf: target.leg.id,
          callId: teller.get(connectionId)?.callId,
          redirectedFrom: { number: colleague.extension, name: colleague.displayName },
        });
        return started(id, () => ami.action('Originate', pickUpFields(device, colleague, target.leg.id, id, settings)));
      }),
  };
}
