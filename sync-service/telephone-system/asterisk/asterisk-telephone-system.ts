/**
 * Asterisk 20 and 22 as telephone system, over its manager interface. Calls belong to the dialplan: this adapter only
 * watches channels and gives single commands, and nothing of a call is lost when it goes away.
 *
 * Needs `dialplan/uc.conf` and a manager account with `read = call`, `write = call,originate`.
 * - Dial: Originate of the own phone into `uc-dial`, under a channel id of ours made of the request, so that even a new
 *   service does not dial twice.
 * - Answer: the caller's leg is sent to `uc-answer`, which rings the same phone again so that it answers by itself. The
 *   new channel carries on the connection of the old one.
 * - After every sign-in the list of channels (Status) is asked for; events that come meanwhile are taken in after it.
 */
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { createRequestMemory } from '../request-memory';
import type { SecretReader } from '../secret-reference';
import { TelephoneSystemError } from '../telephone-system';
import type {
  Connection,
  DialCommand,
  TelephoneSystem,
  TelephoneSystemEvent,
  WatchedDevice,
} from '../telephone-system';
import { systemTimers } from '../timers';
import type { Timers } from '../timers';
import { AmiError, createAmiConnection } from './ami-connection';
import { field } from './ami-message';
import type { AmiMessage } from './ami-message';
import { clickToDialPrefix, createChannelBook, deviceOf } from './asterisk-channels';
import type { Channel } from './asterisk-channels';
import { readAsteriskSettings } from './asterisk-settings';
import { connectionOf, endOf, failureSettlesMs } from './channel-connection';
import { createDialWaiter } from './dial-waiter';
import { originateFields } from './originate';

export interface AsteriskDeps {
  readonly logger: Logger;
  readonly secrets: SecretReader;
  /** The machine's clock where absent. */
  readonly timers?: Timers;
  readonly random?: () => number;
}

/** Addresses that mean one phone; anything else could mean more to Asterisk. */
const deviceAddress = /^[A-Za-z0-9]{1,20}\/[A-Za-z0-9_.+-]{1,64}$/;
/** A phone that is told to answer rings anew within so many milliseconds, or the call is over for it. */
const answerMs = 5000;

/** Makes the adapter; throws ConfigurationError when the settings cannot be used. */
export function createAsteriskTelephoneSystem(settings: unknown, deps: AsteriskDeps): TelephoneSystem {
  const read = readAsteriskSettings(settings);
  const timers = deps.timers ?? systemTimers;
  const requests = createRequestMemory<Connection>(() => timers.now());
  const listeners = new Set<(event: TelephoneSystemEvent) => void>();
  const dials = createDialWaiter(timers);
  /** What was told last of each side that is not over. */
  const told = new Map<string, Connection>();
  /** Sides that stopped ringing to be answered, until the new channel takes over. */
  const answering = new Map<string, { readonly last: Connection; readonly cancel: () => void }>();
  let devices = new Map<string, WatchedDevice>();
  let book = createChannelBook();
  let link: 'up' | 'down' = 'down';
  let held: AmiMessage[] | undefined;

  function tell(event: TelephoneSystemEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  function tellConnection(connection: Connection): void {
    if (JSON.stringify(told.get(connection.id)) === JSON.stringify(connection)) return;
    if (connection.state === 'ended') told.delete(connection.id);
    else told.set(connection.id, connection);
    if (link === 'up') tell({ type: 'connection', connection });
  }

  function tellEnd(last: Connection, { reason, failed }: ReturnType<typeof endOf>): void {
    if (failed && last.state !== 'failed') tellConnection({ ...last, state: 'failed', reason });
    tellConnection({ ...last, state: 'ended', reason, abilities: [] });
  }

  const asConnection = (channel: Channel): Connection | undefined => {
    const device = devices.get(deviceOf(channel.name));
    return device && connectionOf(channel, device.address, timers.now(), read.phonesAutoAnswer);
  };

  /** A new channel at a phone that was told to answer carries on its connection. */
  function takeOver(channel: Channel): void {
    for (const [id, { last, cancel }] of answering) {
      if (last.device !== deviceOf(channel.name) || last.callId !== channel.linkedId || id === channel.id) continue;
      if (channel.connectionId !== channel.id) continue;
      channel.connectionId = id;
      channel.startedAt = last.startedAt;
      cancel();
      answering.delete(id);
    }
  }

  function review(channel: Channel): void {
    if (channel.hangUpCause !== undefined) {
      const last = told.get(channel.connectionId);
      if (last !== undefined && !answering.has(last.id)) tellEnd(last, endOf(channel));
      return;
    }
    if (answering.size > 0) takeOver(channel);
    const connection = asConnection(channel);
    if (connection !== undefined) tellConnection(connection);
    if (channel.failure !== undefined && connection?.state !== 'failed') {
      timers.after(failureSettlesMs, () => book.get(channel.id) === channel && review(channel));
    }
  }

  function take(event: AmiMessage): void {
    if (held !== undefined) {
      held.push(event);
      return;
    }
    dials.hear(event);
    for (const channel of book.take(event, timers.now())) review(channel);
    const started = field(event, 'Event') === 'Newchannel' ? told.get(field(event, 'Uniqueid') ?? '') : undefined;
    if (started !== undefined) dials.started(started);
  }

  /** Everything there is, before anything is told. */
  async function takeWholeState(): Promise<void> {
    const early: AmiMessage[] = [];
    held = early;
    const items = await ami.list('Status', { Variables: 'UC_DIALLED,DIALSTATUS' });
    book = createChannelBook(items, timers.now(), book);
    held = undefined;
    told.clear();
    for (const event of early) book.take(event, timers.now());
    for (const channel of book.all()) review(channel);
    tell({ type: 'snapshot', connections: [...told.values()] });
    link = 'up';
    tell({ type: 'link', state: 'up' });
  }

  const ami = createAmiConnection({
    settings: read,
    secrets: deps.secrets,
    timers,
    logger: deps.logger,
    random: deps.random ?? Math.random,
    onEvent: take,
    onUp: () => {
      takeWholeState().catch((error: unknown) => {
        // A link that was lost meanwhile is taken up again already.
        if (error instanceof AmiError && error.failure === 'lost') return;
        deps.logger.error({ err: error }, 'Asterisk does not list its channels');
        ami.renew('no list of channels');
      });
    },
    onDown() {
      held = undefined;
      for (const { cancel } of answering.values()) cancel();
      answering.clear();
      dials.lost();
      if (link === 'down') return;
      link = 'down';
      tell({ type: 'link', state: 'down' });
    },
  });

  function assertLink(): void {
    if (link === 'down') throw new TelephoneSystemError('unavailable', 'The telephone system cannot be reached.');
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

  function find(connectionId: string): { readonly channel: Channel; readonly connection: Connection } {
    assertLink();
    const connection = told.get(connectionId);
    const channel = book.all().find((candidate) => candidate.connectionId === connectionId);
    if (connection === undefined || channel === undefined) {
      throw new TelephoneSystemError('unknown-connection', 'This call is over.');
    }
    return { channel, connection };
  }

  async function dial({ device: address, dialString, requestId }: DialCommand): Promise<Connection> {
    assertLink();
    const device = devices.get(address);
    if (device === undefined) throw new TelephoneSystemError('unknown-device', 'There is no such phone.');
    if (!/^[0-9*#]{1,64}$/.test(dialString)) {
      throw new TelephoneSystemError('refused', 'A number to dial has digits, * and # only.');
    }
    const hash = createHash('sha256').update(`${address}\n${requestId}`).digest('hex');
    const channelId = clickToDialPrefix + hash.slice(0, 32);
    // Dialled before the service was started anew.
    const running = told.get(channelId);
    if (running !== undefined) return running;
    book.expect(channelId, dialString);
    const started = dials.wait(channelId);
    const [connection] = await Promise.all([
      started,
      steer(() => ami.action('Originate', originateFields(device, dialString, channelId, read))).catch(
        (error: unknown) => {
          dials.giveUp(channelId);
          throw error;
        },
      ),
    ]);
    return connection;
  }

  return {
    get link() {
      return link;
    },
    start(list) {
      devices = devicesByAddress(list);
      ami.start();
    },
    setDevices(list) {
      devices = devicesByAddress(list);
      for (const [id, { device }] of told) if (!devices.has(device)) told.delete(id);
      for (const channel of book.all()) review(channel);
    },
    stop() {
      ami.stop();
      link = 'down';
      listeners.clear();
      dials.lost();
      for (const { cancel } of answering.values()) cancel();
      return Promise.resolve();
    },
    dial: (command) => requests.once(command.requestId, () => dial(command)),
    async answer(connectionId) {
      const { channel, connection } = find(connectionId);
      if (connection.state !== 'alerting') throw new TelephoneSystemError('refused', 'This call does not ring.');
      if (!read.phonesAutoAnswer) {
        throw new TelephoneSystemError('not-supported', 'The phones of this telephone system answer by hand only.');
      }
      const caller = book.callerOf(channel);
      if (caller === undefined) throw new TelephoneSystemError('refused', 'This call cannot be answered from here.');
      const cancel = timers.after(answerMs, () => {
        answering.delete(connectionId);
        const last = told.get(connectionId);
        if (last !== undefined && book.get(channel.id) === undefined) tellEnd(last, endOf(channel));
      });
      try {
        await steer(async () => {
          await ami.action('Setvar', { Channel: caller.name, Variable: 'UC_DEVICE', Value: connection.device });
          answering.set(connectionId, { last: connection, cancel });
          await ami.action('Redirect', {
            Channel: caller.name,
            Context: read.answerContext,
            Exten: 's',
            Priority: '1',
          });
        });
      } catch (error) {
        cancel();
        answering.delete(connectionId);
        throw error;
      }
    },
    async hangUp(connectionId) {
      const { channel, connection } = find(connectionId);
      // Q.850: 21 is refused, 16 is the normal end.
      const Cause = connection.state === 'alerting' ? '21' : '16';
      await steer(() => ami.action('Hangup', { Channel: channel.name, Cause }));
    },
    connections: () => (link === 'up' ? [...told.values()] : []),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function devicesByAddress(list: readonly WatchedDevice[]): Map<string, WatchedDevice> {
  return new Map(list.filter(({ address }) => deviceAddress.test(address)).map((device) => [device.address, device]));
}
