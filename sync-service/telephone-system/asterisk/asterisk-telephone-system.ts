/**
 * Asterisk 20 and 22 as telephone system, over its manager interface. Calls belong to the dialplan: this adapter only
 * watches channels and gives single commands, and nothing of a call is lost when it goes away.
 *
 * Needs `dialplan/uc.conf` and a manager account with `read = call,user`, `write = call,originate`.
 * - Dial: Originate of the own phone into `uc-dial`, under a channel id of ours made of the request, so that even a new
 *   service does not dial twice.
 * - Dial with the mobile: the same with a Local channel in place of the phone, whose far half calls the mobile in our
 *   dialplan (`uc-callback`). Its near half is the side that is told.
 * - Answer: the caller's leg is sent to `uc-answer`, which rings the same phone again so that it answers by itself. The
 *   new channel carries on the connection of the old one. At a phone that talks, its own leg takes the caller instead.
 * - Presence and forwarding: AstDB, written and told by contexts of ours (`published-states.ts`).
 * - Everything else: `steering.ts`, and `docs/adr/0013-own-contexts-instead-of-feature-codes.md` says why so.
 * - After every sign-in the list of channels (Status) is asked for; events that come meanwhile are taken in after it.
 */
import type { Logger } from 'pino';
import type { SecretReader } from '../secret-reference';
import type { CallerNames, TelephoneSystem, TelephoneSystemEvent, WatchedDevice } from '../telephone-system';
import { systemTimers } from '../timers';
import type { Timers } from '../timers';
import { AmiError, createAmiConnection } from './ami-connection';
import { field } from './ami-message';
import type { AmiMessage } from './ami-message';
import { createChannelBook } from './asterisk-channels';
import { readAsteriskSettings } from './asterisk-settings';
import { answerCallerName } from './caller-name';
import { createCelRecords } from './cel/cel-records';
import { statusVariables } from './channel';
import { dialplanReaches } from './dialplan-reach';
import { createDialWaiter } from './dial-waiter';
import { hearForwarding } from './forwarded';
import { createPickUps } from './pick-ups';
import { createPublishedStates } from './published-states';
import { createSideCommands } from './side-commands';
import { createSideTeller } from './side-teller';

export interface AsteriskDeps {
  readonly logger: Logger;
  readonly secrets: SecretReader;
  /** The machine's clock where absent. */
  readonly timers?: Timers;
  readonly random?: () => number;
}

/** Addresses that mean one phone; anything else could mean more to Asterisk. */
const deviceAddress = /^[A-Za-z0-9]{1,20}\/[A-Za-z0-9_.+-]{1,64}$/;

/** Makes the adapter; throws ConfigurationError when the settings cannot be used. */
export function createAsteriskTelephoneSystem(settings: unknown, deps: AsteriskDeps): TelephoneSystem {
  const read = readAsteriskSettings(settings);
  const timers = deps.timers ?? systemTimers;
  const listeners = new Set<(event: TelephoneSystemEvent) => void>();
  const dials = createDialWaiter(timers);
  let devices = new Map<string, WatchedDevice>();
  let names: CallerNames | undefined;
  let book = createChannelBook();
  let link: 'up' | 'down' = 'down';
  let held: AmiMessage[] | undefined;

  function tell(event: TelephoneSystemEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  const teller = createSideTeller({
    book: () => book,
    devices: () => devices,
    settings: read,
    timers,
    tell(connection) {
      if (link === 'down') return;
      tell({ type: 'connection', connection });
      dials.started(connection);
    },
  });

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
      commands.lost();
      dials.lost();
      publications.lost();
      if (link === 'down') return;
      link = 'down';
      tell({ type: 'link', state: 'down' });
    },
  });
  const commands = createSideCommands({
    ami,
    book: () => book,
    devices: () => devices,
    teller,
    dials,
    settings: read,
    timers,
    linkIsUp: () => link === 'up',
  });
  const publications = createPublishedStates({ action: ami.action, timers, linkIsUp: () => link === 'up', tell });
  const callRecords =
    read.celFile === undefined
      ? undefined
      : createCelRecords(
          { file: read.celFile },
          {
            devices: () => [...devices.values()],
            logger: deps.logger,
            timers,
            onNews: () => tell({ type: 'call-records' }),
          },
        );
  const pickUps = createPickUps({ action: ami.action, book: () => book, devices: () => devices, teller });

  function take(event: AmiMessage): void {
    if (held !== undefined) {
      held.push(event);
      return;
    }
    dials.hear(event);
    answerCallerName(event, devices, names, ami.action);
    pickUps.hear(event);
    publications.hear(event);
    hearForwarding(event, devices, teller);
    const concerned = book.take(event, timers.now());
    const [channel] = concerned;
    if (field(event, 'Event') === 'Newchannel' && channel !== undefined) commands.arrived(channel);
    if (concerned.length > 0) teller.review(concerned.filter(({ hangUpCause }) => hangUpCause !== undefined));
    pickUps.endNeedless();
  }

  /** Everything there is, before anything is told. */
  async function takeWholeState(): Promise<void> {
    const early: AmiMessage[] = [];
    held = early;
    const items = await ami.list('Status', { Variables: statusVariables });
    book = createChannelBook(items, timers.now(), book);
    held = undefined;
    const before = teller.told();
    teller.reset(before);
    for (const event of early) book.take(event, timers.now());
    teller.review();
    tell({ type: 'snapshot', connections: teller.told() });
    link = 'up';
    tell({ type: 'link', state: 'up' });
  }

  return {
    get link() {
      return link;
    },
    callsBack: read.callBack,
    start(list, callerNames) {
      devices = devicesByAddress(list);
      names = callerNames;
      callRecords?.start();
      ami.start();
    },
    setDevices(list) {
      devices = devicesByAddress(list);
      teller.forget(({ device }) => !devices.has(device));
      teller.review();
    },
    stop() {
      callRecords?.stop();
      ami.stop();
      link = 'down';
      listeners.clear();
      dials.lost();
      publications.lost();
      teller.reset([]);
      return Promise.resolve();
    },
    dial: commands.dial,
    answer: commands.answer,
    hangUp: commands.hangUp,
    hold: commands.hold,
    resume: commands.resume,
    consult: commands.consult,
    alternate: commands.alternate,
    transfer: commands.transfer,
    conference: commands.conference,
    deflect: commands.deflect,
    pickUp: commands.pickUp,
    // Without the channel log nothing is known of calls that are over.
    callRecords: (cursor, limit) =>
      callRecords?.read(cursor, limit) ?? Promise.resolve({ records: [], cursor: cursor ?? '', more: false }),
    reaches: (dialString) => dialplanReaches(ami, dialString),
    publish: publications.publish,
    published: publications.published,
    withdraw: publications.withdraw,
    connections: () => (link === 'up' ? teller.told() : []),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function devicesByAddress(list: readonly WatchedDevice[]): Map<string, WatchedDevice> {
  return new Map(list.filter(({ address }) => deviceAddress.test(address)).map((device) => [device.address, device]));
}
