/** The calls service over a fake telephone system: three users, one with two telephones, one not in the directory. */
import { pino } from 'pino';
import type { Call } from '../../../shared/call';
import type { DialPlan } from '../../../shared/dial-plan';
import type { DirectoryItem } from '../../../shared/directory';
import type { LineState } from '../../../shared/line-state';
import { numberLibrary } from '../../../shared/number-library-min';
import { createNumberRules } from '../../../shared/phone-number';
import type { NumberReading } from '../../../shared/phone-number';
import { createCallsService } from '../../../sync-service/calls/calls.service';
import type { CallDevice } from '../../../sync-service/calls/caller-directory';
import { createEventBus } from '../../../sync-service/events/event-bus';
import type { PublishedEvent } from '../../../sync-service/events/event-bus';
import { createVirtualTimers } from '../../contract/telephone-system-virtual-timers';
import { createFakeTelephoneSystem } from './fake-telephone-system';

const plan: DialPlan = {
  countryCode: '49',
  areaCode: '89',
  trunkAccessCode: '0',
  nationalPrefix: '0',
  internationalPrefix: '00',
  numberBlocks: ['+49897007'],
  extensionLength: 3,
  emergencyNumbers: ['110', '112'],
};
export const anna = { id: 'user-anna', siteId: 'munich' };
export const bernd = { id: 'user-bernd', siteId: 'munich' };
export const hidden = { id: 'user-hidden', siteId: 'munich' };

const device = (userId: string, address: string, extension: string, more: Partial<CallDevice> = {}): CallDevice => ({
  id: `device-${address.slice('phone/'.length)}`,
  userId,
  siteId: 'munich',
  address,
  isMine: true,
  extension,
  displayName: userId,
  inDirectory: true,
  ...more,
});

export const sorensen: DirectoryItem = {
  id: 'contact-1',
  directory: 'personal',
  displayName: 'Søren\r\nSørensen',
  numbers: [],
  emails: [],
};

export async function createCallsWorld() {
  const timers = createVirtualTimers();
  const { fake, system } = createFakeTelephoneSystem();
  const events = createEventBus();
  const published: PublishedEvent[] = [];
  events.subscribe((event) => published.push(event));
  const logged: string[] = [];
  const directory = {
    delay: 0,
    identify(_viewer: unknown, number: NumberReading): Promise<DirectoryItem | null> {
      const found = number.e164 === '+4930123456' ? sorensen : null;
      if (directory.delay === 0) return Promise.resolve(found);
      return new Promise((resolve) => timers.after(directory.delay, () => resolve(found)));
    },
  };
  const service = createCallsService({
    systems: new Map([['munich', system]]),
    devices: {
      list: () =>
        Promise.resolve([
          device(anna.id, 'phone/330', '330'),
          device(anna.id, 'phone/330-mobile', '330', { isMine: false }),
          device(bernd.id, 'phone/331', '331'),
          device(hidden.id, 'phone/332', '332', { inDirectory: false }),
        ]),
    },
    callers: directory,
    numbers: createNumberRules(numberLibrary),
    dialRules: {
      isExtensionKnown: () => Promise.resolve(false),
      isPremiumRate: (number) => number.startsWith('+49900'),
      demo: true,
    },
    dialWays: { wayOf: () => Promise.resolve({ mode: 'office-phone', mobility: false }) },
    dialPlanOf: () => Promise.resolve(plan),
    events,
    logger: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    timers,
  });
  await service.start();
  fake.tell({ type: 'snapshot', connections: [] });
  fake.tell({ type: 'link', state: 'up' });
  await timers.advance(1);
  published.length = 0;
  const callsOf = (user: { id: string }): Call[] =>
    published.flatMap(({ audience, event }) =>
      'user' in audience && audience.user === user.id && event.type === 'call' ? [event.call] : [],
    );
  /** What everybody was told of the lines. */
  const linesTold = (): LineState[][] =>
    published.flatMap(({ audience, event }) =>
      'everybody' in audience && event.type === 'line-states' ? [event.lineStates] : [],
    );
  return { timers, fake, published, logged, directory, service, callsOf, linesTold };
}

export type CallsWorld = Awaited<ReturnType<typeof createCallsWorld>>;
