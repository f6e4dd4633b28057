/**
 * One simulated telephone system for several processes: it lives in the test, and each instance of the service speaks to it
 * over a connection of its own, as instances do with an Asterisk. Lines of JSON.
 */
import { createConnection, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { createSimulatedTelephoneSystem } from '../../sync-service/telephone-system/simulated/simulated-telephone-system';
import { TelephoneSystemError } from '../../sync-service/telephone-system/telephone-system';
import type {
  Connection,
  TelephoneSystem,
  TelephoneSystemEvent,
  TelephoneSystemFailure,
  WatchedDevice,
} from '../../sync-service/telephone-system/telephone-system';

/** Commands that are handed on, with their arguments. */
const commands = [
  ...(['dial', 'answer', 'hangUp', 'hold', 'resume', 'consult', 'alternate', 'transfer', 'conference'] as const),
  ...(['deflect', 'pickUp', 'callRecords', 'reaches', 'publish', 'published', 'withdraw'] as const),
];
type Command = (typeof commands)[number];

interface Question {
  readonly id: number;
  readonly command: Command | 'start' | 'setDevices';
  readonly args: readonly unknown[];
}
interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly failure?: { readonly reason: TelephoneSystemFailure; readonly message: string };
  readonly event?: TelephoneSystemEvent;
}

/** Serves the system on a port of loopback. `asked` hears of every command that an instance sends. */
export async function serveExchange(asked: (command: string) => void) {
  const system = createSimulatedTelephoneSystem({ kind: 'simulated' });
  let started = false;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const say = (answer: Answer) => void socket.write(`${JSON.stringify(answer)}\n`);
    const end = system.subscribe((event) => say({ event }));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      end();
      sockets.delete(socket);
    });
    const lines = createInterface({ input: socket });
    // A process that is killed resets its connection.
    lines.on('error', () => undefined);
    lines.on('line', (line) => {
      const { id, command, args } = JSON.parse(line) as Question;
      if (command === 'start') {
        if (!started) system.start(args[0] as WatchedDevice[]);
        else say({ event: { type: 'snapshot', connections: system.connections() } });
        if (started) say({ event: { type: 'link', state: system.link } });
        started = true;
        return;
      }
      if (command === 'setDevices') {
        system.setDevices(args[0] as WatchedDevice[]);
        return;
      }
      asked(command);
      // The arguments are of the port's own types, as the other end was given them.
      const act = Reflect.get(system, command) as (...given: readonly unknown[]) => Promise<unknown>;
      Reflect.apply(act, system, args).then(
        (result) => say({ id, result }),
        (error: unknown) => {
          const reason = error instanceof TelephoneSystemError ? error.reason : 'unavailable';
          say({ id, failure: { reason, message: String(error) } });
        },
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    port: address.port,
    phones: system.phones,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await system.stop();
    },
  };
}

/** The adapter of an instance. */
export function connectExchange(port: number): TelephoneSystem {
  const listeners = new Set<(event: TelephoneSystemEvent) => void>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const connections = new Map<string, Connection>();
  let socket: Socket | undefined;
  let link: 'up' | 'down' = 'down';
  let last = 0;
  const send = (command: Question['command'], args: readonly unknown[], id = 0) =>
    void socket?.write(`${JSON.stringify({ id, command, args })}\n`);
  const hear = ({ id, result, failure, event }: Answer): void => {
    if (event !== undefined) {
      if (event.type === 'link') link = event.state;
      if (event.type === 'snapshot') {
        connections.clear();
        for (const connection of event.connections) connections.set(connection.id, connection);
      }
      if (event.type === 'connection') {
        if (event.connection.state === 'ended') connections.delete(event.connection.id);
        else connections.set(event.connection.id, event.connection);
      }
      for (const listener of [...listeners]) listener(event);
      return;
    }
    const asked = waiting.get(id ?? 0);
    waiting.delete(id ?? 0);
    if (failure !== undefined) asked?.reject(new TelephoneSystemError(failure.reason, failure.message));
    else asked?.resolve(result);
  };
  const ask = (command: Command, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      send(command, args, last);
    });
  const handedOn = Object.fromEntries(
    commands.map((command) => [command, (...args: readonly unknown[]) => ask(command, args)]),
  );
  return {
    // Each is what the system of the test answers, in the port's own types.
    ...(handedOn as unknown as Pick<TelephoneSystem, Command>),
    get link() {
      return link;
    },
    callsBack: false,
    start(devices) {
      socket = createConnection({ port, host: '127.0.0.1' });
      socket.on('error', () => undefined);
      const lines = createInterface({ input: socket });
      lines.on('error', () => undefined);
      lines.on('line', (line) => hear(JSON.parse(line) as Answer));
      send('start', [devices]);
    },
    setDevices: (devices) => send('setDevices', [devices]),
    stop() {
      socket?.destroy();
      return Promise.resolve();
    },
    connections: () => [...connections.values()],
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
