/** A telephone system that says what a test says and notes what it is told to do. */
import { TelephoneSystemError } from '../../../sync-service/telephone-system/telephone-system';
import type {
  CallerNames,
  Connection,
  TelephoneSystem,
  TelephoneSystemEvent,
  TelephoneSystemFailure,
} from '../../../sync-service/telephone-system/telephone-system';

/** A side of a call; a test overwrites what it is about. */
export const aSide = (more: Partial<Connection> = {}): Connection => ({
  id: 'side-1',
  callId: 'call-1',
  device: 'phone/330',
  direction: 'incoming',
  state: 'alerting',
  party: { number: '030123456' },
  startedAt: Date.UTC(2026, 0, 15, 9),
  abilities: ['answer', 'hang-up'],
  ...more,
});

export function createFakeTelephoneSystem() {
  const listeners = new Set<(event: TelephoneSystemEvent) => void>();
  const commands: unknown[][] = [];
  let made = 0;
  const fake = {
    /** What was told to do, in order. */
    commands,
    failure: undefined as TelephoneSystemFailure | undefined,
    names: undefined as CallerNames | undefined,
    known: [] as readonly Connection[],
    up: true,
    tell(event: TelephoneSystemEvent) {
      if (event.type === 'link') fake.up = event.state === 'up';
      for (const listener of [...listeners]) listener(event);
    },
    say: (connection: Connection) => fake.tell({ type: 'connection', connection }),
  };
  async function note(...command: unknown[]): Promise<void> {
    await Promise.resolve();
    if (fake.failure !== undefined) throw new TelephoneSystemError(fake.failure, 'It cannot be done.');
    commands.push(command);
  }
  async function make(command: unknown[], more: Partial<Connection>): Promise<Connection> {
    await note(...command);
    made += 1;
    return aSide({
      id: `made-${made}`,
      callId: `made-call-${made}`,
      direction: 'outgoing',
      abilities: ['hang-up'],
      ...more,
    });
  }
  const system: TelephoneSystem = {
    get link() {
      return fake.up ? 'up' : 'down';
    },
    callsBack: true,
    start: (_devices, names) => void (fake.names = names),
    setDevices: () => undefined,
    stop: () => Promise.resolve(),
    reaches: () => Promise.resolve(true),
    dial: ({ device, dialString, requestId }) =>
      make(['dial', device, dialString, requestId], { device, state: 'initiated', party: { number: dialString } }),
    answer: (id) => note('answer', id),
    hangUp: (id) => note('hangUp', id),
    hold: (id) => note('hold', id),
    resume: (id) => note('resume', id),
    consult: ({ connectionId, dialString, requestId }) =>
      make(['consult', connectionId, dialString, requestId], {
        state: 'originated',
        party: { number: dialString },
        related: connectionId,
      }),
    alternate: (id) => note('alternate', id),
    transfer: (id, target) => note('transfer', id, target),
    conference: (id) => note('conference', id),
    deflect: (id, target) => note('deflect', id, target),
    pickUp: ({ device, connectionId, requestId }) =>
      make(['pickUp', device, connectionId, requestId], {
        device,
        state: 'initiated',
        purpose: 'pick-up',
        party: { number: 'to be hidden' },
      }),
    callRecords: () => Promise.resolve({ records: [], cursor: '0', more: false }),
    publish: ({ extension, owner, presence, forwarding }) =>
      Promise.resolve({
        extension,
        userId: owner,
        ...(presence === undefined ? {} : { presence }),
        ...(forwarding === undefined ? {} : { forwarding }),
      }),
    published: (extensions) => Promise.resolve(extensions.map((extension) => ({ extension }))),
    withdraw: () => Promise.resolve(),
    connections: () => fake.known,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { fake, system };
}
