import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  amiTimes,
  createAmiConnection,
  pauseBefore,
} from '../../../sync-service/telephone-system/asterisk/ami-connection';
import type { AmiConnection } from '../../../sync-service/telephone-system/asterisk/ami-connection';
import { createVirtualTimers } from '../../contract/telephone-system-virtual-timers';

/** An Asterisk that says what the test wants. */
describe('the connection to the manager interface', () => {
  let server: Server;
  let sockets: Socket[];
  let answer: (socket: Socket, action: string, id: string) => void;
  let ami: AmiConnection;
  let log: string;
  let heard: string[];
  let timers: ReturnType<typeof createVirtualTimers>;
  const success = (socket: Socket, id: string) => socket.write(`Response: Success\r\nActionID: ${id}\r\n\r\n`);

  beforeEach(async () => {
    sockets = [];
    heard = [];
    log = '';
    timers = createVirtualTimers();
    answer = (socket, _action, id) => success(socket, id);
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => socket.destroy());
      socket.write('Asterisk Call Manager/11.0.0\r\n');
      socket.setEncoding('utf8').on('data', (text: string) => {
        const action = /^Action: (\w+)/.exec(text)?.[1] ?? '';
        heard.push(action);
        answer(socket, action, /ActionID: (\d+)/.exec(text)?.[1] ?? '');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ami = createAmiConnection({
      // A server that listens on TCP has a numbered address.
      settings: {
        host: '127.0.0.1',
        port: (server.address() as AddressInfo).port,
        tls: false,
        user: 'mycontacts',
        secret: { env: 'AMI_SECRET' },
      },
      secrets: () => 'swordfish',
      timers,
      logger: pino({ level: 'trace' }, { write: (line: string) => (log += line) }),
      random: () => 0,
      onUp: () => heard.push('up'),
      onDown: () => heard.push('down'),
      onEvent: (event) => heard.push(`event ${event.get('Event')?.[0] ?? ''}`),
    });
  });
  afterEach(async () => {
    ami.stop();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    expect(log).not.toContain('swordfish');
  });
  const until = async (what: string): Promise<void> => {
    while (!heard.includes(what)) await new Promise((resolve) => setImmediate(resolve));
  };

  it('signs in, gives actions their answers and lists their items, and passes events on', async () => {
    answer = (socket, action, id) => {
      if (action !== 'Status') return success(socket, id);
      return socket.write(
        `Response: Success\r\nActionID: ${id}\r\nEventList: start\r\n\r\n` +
          `Event: Newstate\r\nUniqueid: 1\r\n\r\nEvent: Status\r\nActionID: ${id}\r\nUniqueid: 2\r\n\r\n` +
          `Event: StatusComplete\r\nActionID: ${id}\r\nEventList: Complete\r\n\r\n`,
      );
    };
    ami.start();
    await until('up');
    const items = await ami.list('Status');
    expect(items.map((item) => item.get('Uniqueid'))).toEqual([['2']]);
    expect(heard).toEqual(['Login', 'up', 'Status', 'event Newstate']);
  });

  it('tells what Asterisk refuses', async () => {
    ami.start();
    await until('up');
    answer = (socket, _action, id) =>
      socket.write(`Response: Error\r\nActionID: ${id}\r\nMessage: Permission denied\r\n\r\n`);
    await expect(ami.action('Command')).rejects.toMatchObject({ failure: 'refused', message: 'Permission denied' });
  });

  it('gives the link up when an action or a ping has no answer, and takes it up again', async () => {
    ami.start();
    await until('up');
    answer = (socket, action, id) => action === 'Login' && success(socket, id);
    const lost = expect(ami.action('Originate')).rejects.toMatchObject({ failure: 'lost' });
    await timers.advance(amiTimes.answer);
    await lost;
    expect(heard.at(-1)).toBe('down');
    heard.length = 0;
    await timers.advance(amiTimes.firstPause);
    await until('up');
    heard.length = 0;
    await timers.advance(amiTimes.ping);
    await until('Ping');
    await timers.advance(amiTimes.pingAnswer);
    expect(heard.at(-1)).toBe('down');
  });

  it('gives the link up when the other side talks nonsense', async () => {
    ami.start();
    await until('up');
    sockets[0]?.write('x'.repeat(100_000));
    await until('down');
  });

  it('waits long after a refused sign-in', async () => {
    answer = (socket, _action, id) =>
      socket.write(`Response: Error\r\nActionID: ${id}\r\nMessage: Authentication failed\r\n\r\n`);
    ami.start();
    while (!log.includes('refuses the sign-in')) await new Promise((resolve) => setImmediate(resolve));
    heard.length = 0;
    await timers.advance(5000);
    expect(heard).toEqual([]);
    await timers.advance(10_000);
    await until('Login');
  });

  it('refuses actions while it is down', async () => {
    await expect(ami.action('Ping')).rejects.toMatchObject({ failure: 'lost' });
  });

  it('pauses longer each time, with jitter and a limit', () => {
    expect([0, 1, 2, 3].map((attempt) => pauseBefore(attempt, 1))).toEqual([250, 500, 1000, 2000]);
    expect(pauseBefore(50, 1)).toBe(amiTimes.longestPause);
    expect(pauseBefore(2, 0)).toBe(500);
  });
});
