import { noJournal } from '../fixtures/no-journal';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Call } from '../../shared/call';
import { liveEventSchema } from '../../shared/events';
import type { LiveEvent } from '../../shared/events';
import { streamsOfOneUser } from '../../sync-service/events/event-stream';
import { problemOf, startService } from './start-service';
import type { RunningService } from './start-service';
import { plainPresence } from '../fixtures/plain-presence';

let service: RunningService;
afterEach(() => service.stop());

interface Heard {
  readonly id: string | undefined;
  readonly event: LiveEvent;
}

/** Reads a stream as a client does. */
async function listen(token: string, lastEventId?: string) {
  const ending = new AbortController();
  const response = await service.send('GET', '/events', {
    token,
    signal: ending.signal,
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  });
  if (response.body === null || response.status !== 200) throw new Error(`no stream: ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let ended = false;
  /** The next event; undefined when the stream ends. */
  async function next(): Promise<Heard | undefined> {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const data = lines.find((line) => line.startsWith('data: '))?.slice(6);
        if (data === undefined) continue;
        const id = lines.find((line) => line.startsWith('id: '))?.slice(4);
        return { id, event: liveEventSchema.parse(JSON.parse(data)) };
      }
      if (ended) return undefined;
      const { done, value } = await reader.read();
      ended = done;
      text += value ?? '';
    }
  }
  return { response, next, leave: () => ending.abort() };
}

function call(id: string): LiveEvent {
  const side: Call = {
    id,
    callId: id,
    device: 'device-anna',
    state: 'alerting',
    direction: 'incoming',
    party: { number: '331' },
    startedAt: new Date(0).toISOString(),
    abilities: ['hang-up'],
  };
  return { type: 'call', call: side };
}

const linkDown: LiveEvent = {
  type: 'telephone-system',
  link: { state: 'down', since: new Date(0).toISOString() },
};

async function token(name: 'anna' | 'bert' = 'anna'): Promise<string> {
  return (await service.signIn(name)).session.token;
}

describe('the live stream', () => {
  it('begins with a snapshot and goes on with what happens, in order', async () => {
    service = await startService();
    const stream = await listen(await token());
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.response.headers.get('x-accel-buffering')).toBe('no');
    expect((await stream.next())?.event.type).toBe('snapshot');
    for (const id of ['1', '2', '3']) service.publish(service.userIds.anna, call(id));
    for (const id of ['1', '2', '3']) expect((await stream.next())?.event).toEqual(call(id));
    stream.leave();
  });

  it('tells each user his own and what is for everybody, and nothing else', async () => {
    service = await startService();
    const [anna, bert] = [await listen(await token('anna')), await listen(await token('bert'))];
    await anna.next();
    await bert.next();
    service.publish(service.userIds.bert, call('of bert'));
    service.publish(service.userIds.anna, call('of anna'));
    service.publish(undefined, linkDown);
    expect([(await anna.next())?.event, (await anna.next())?.event]).toEqual([call('of anna'), linkDown]);
    expect([(await bert.next())?.event, (await bert.next())?.event]).toEqual([call('of bert'), linkDown]);
    anna.leave();
    bert.leave();
  });

  it('goes on behind the last id, without a snapshot and without what is not for this user', async () => {
    service = await startService();
    const first = await listen(await token());
    const snapshot = await first.next();
    service.publish(service.userIds.anna, call('1'));
    const last = await first.next();
    first.leave();
    service.publish(service.userIds.bert, call('not mine'));
    service.publish(service.userIds.anna, call('2'));
    const second = await listen(await token(), last?.id);
    service.publish(service.userIds.anna, call('3'));
    expect([(await second.next())?.event, (await second.next())?.event]).toEqual([call('2'), call('3')]);
    second.leave();
    const fromSnapshot = await listen(await token(), snapshot?.id);
    expect((await fromSnapshot.next())?.event).toEqual(call('1'));
    fromSnapshot.leave();
  });

  it('answers at once when nothing was missed', async () => {
    service = await startService();
    const first = await listen(await token());
    const { id } = (await first.next()) ?? {};
    const second = await listen(await token(), id);
    expect(second.response.status).toBe(200);
    first.leave();
    second.leave();
  });

  it('begins with a snapshot for an id that is too old, of another life of the service, ahead or no id', async () => {
    service = await startService({ eventBufferSize: 4 });
    const first = await listen(await token());
    const id = (await first.next())?.id ?? '';
    first.leave();
    const epoch = id.split('-')[0] ?? '';
    for (let n = 0; n < 5; n += 1) service.publish(undefined, linkDown);
    for (const strange of [id, 'another-3', `${epoch}-6`, `${epoch}-x`, 'x'.repeat(5000)]) {
      const stream = await listen(await token(), strange);
      expect((await stream.next())?.event.type).toBe('snapshot');
      stream.leave();
    }
    const stillKept = await listen(await token(), `${epoch}-1`);
    for (let n = 0; n < 4; n += 1) expect((await stillKept.next())?.event).toEqual(linkDown);
    stillKept.leave();
  });

  it('has no gap between the snapshot and what happens while it is made', async () => {
    let made: () => void = () => {};
    const making = new Promise<void>((resolve) => (made = resolve));
    service = await startService({
      snapshotOf: async () => {
        service.publish(service.userIds.anna, call('meanwhile'));
        await making;
        return {
          type: 'snapshot',
          telephoneSystem: { state: 'up', since: new Date(0).toISOString() },
          calls: [],
          lineStates: [],
          journal: noJournal,
          ...plainPresence,
        };
      },
    });
    const opening = listen(await token());
    await expect.poll(() => service.events.size).toBe(1);
    service.publish(service.userIds.anna, call('a little later'));
    made();
    const stream = await opening;
    expect((await stream.next())?.event.type).toBe('snapshot');
    expect((await stream.next())?.event).toEqual(call('meanwhile'));
    expect((await stream.next())?.event).toEqual(call('a little later'));
    stream.leave();
  });

  it('answers with a problem when there is no snapshot', async () => {
    service = await startService({ snapshotOf: () => Promise.reject(new Error('broken')) });
    const response = await service.send('GET', '/events', { token: await token() });
    expect((await problemOf(response)).code).toBe('internal-error');
    expect(service.events.size).toBe(0);
  });

  it('ends at once for a session that ends here, with the reason, and for no other', async () => {
    service = await startService();
    const mine = await token();
    const [leaving, staying] = [await listen(mine), await listen(await token())];
    await leaving.next();
    await staying.next();
    await service.send('DELETE', '/sessions/current', { token: mine });
    expect((await leaving.next())?.event).toEqual({ type: 'session-ended' });
    expect(await leaving.next()).toBeUndefined();
    service.publish(undefined, linkDown);
    expect((await staying.next())?.event).toEqual(linkDown);
    staying.leave();
  });

  it('ends within five seconds when another process disables the user or ends the session', async () => {
    service = await startService();
    const streams = [await listen(await token('anna')), await listen(await token('bert'))];
    for (const stream of streams) await stream.next();
    const at = new Date(service.clock.time).toISOString();
    await service.database.updateTable('users').set({ disabled_at: at }).where('id', '=', 'user-anna').execute();
    await service.database.updateTable('sessions').set({ revoked_at: at }).where('user_id', '=', 'user-bert').execute();
    const begin = performance.now();
    for (const stream of streams) {
      expect((await stream.next())?.event).toEqual({ type: 'session-ended' });
      expect(await stream.next()).toBeUndefined();
    }
    expect(performance.now() - begin).toBeLessThan(5000);
  });

  it('forgets clients that have gone', async () => {
    service = await startService();
    const stream = await listen(await token());
    await stream.next();
    expect(service.events.size).toBe(1);
    stream.leave();
    await expect.poll(() => service.events.size).toBe(0);
  });

  it('ends the oldest stream of a user who opens too many, and none of another user', async () => {
    service = await startService();
    const other = await listen(await token('bert'));
    await other.next();
    const anna = await token();
    const first = await listen(anna);
    expect((await first.next())?.event.type).toBe('snapshot');
    const second = await listen(anna);
    await second.next();
    for (let opened = 2; opened <= streamsOfOneUser; opened += 1) await listen(anna);
    expect(await first.next()).toBeUndefined();
    service.publish(undefined, linkDown);
    expect((await second.next())?.event).toEqual(linkDown);
    expect((await other.next())?.event).toEqual(linkDown);
  });

  it('ends for a client that does not read, and holds up nobody else', async () => {
    service = await startService();
    const slowToken = await token();
    const { hostname, port } = new URL(service.url);
    const slow = connect(Number(port), hostname);
    slow.on('error', () => {});
    slow.write(`GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${slowToken}\r\n\r\n`);
    slow.pause();
    await expect.poll(() => service.events.size).toBe(1);
    const quick = await listen(await token());
    await quick.next();
    const large = call('x'.repeat(60_000));
    for (let n = 0; n < 400 && service.events.size > 1; n += 1) {
      service.publish(service.userIds.anna, large);
      await quick.next();
      await pause(0);
    }
    expect(service.events.size).toBe(1);
    quick.leave();
    slow.destroy();
  });

  it('takes no HEAD, which would stay open for nothing', async () => {
    service = await startService();
    const response = await service.send('HEAD', '/events', { token: await token() });
    expect(response.status).toBe(405);
  });
});
