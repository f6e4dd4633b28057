/** Two places, one truth: whatever happens between them, in the end both hold the later change (DESIGN §7). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createForwardingBook } from '../../../sync-service/presence/forwarding-book';
import type { ForwardingRecord } from '../../../sync-service/presence/forwarding-store';
import type { Destination } from '../../../sync-service/presence/forwarding-target';
import { createForwardingService } from '../../../sync-service/presence/forwarding.service';
import { createPresenceBook } from '../../../sync-service/presence/presence-book';
import type { PresenceUser } from '../../../sync-service/presence/presence-people';
import type { PresenceRecord } from '../../../sync-service/presence/presence-record';
import { createPresenceService } from '../../../sync-service/presence/presence.service';
import { createPublisher } from '../../../sync-service/presence/publisher';
import type { Publishing } from '../../../sync-service/presence/publisher';
import { createPublishedBook } from '../../../sync-service/telephone-system/simulated/published-book';
import { readStarCode } from '../../../sync-service/telephone-system/simulated/star-codes';
import { TelephoneSystemError } from '../../../sync-service/telephone-system/telephone-system';
import type { TelephoneSystemEvent } from '../../../sync-service/telephone-system/telephone-system';
import { createLogger } from '../../../sync-service/logger';

function read(number: string): Destination {
  if (/^\d{3}$/.test(number)) return { dialString: number, extension: number, display: number };
  return number.startsWith('00900') ? { problem: 'premium-rate' } : { dialString: number, display: number };
}
const dialling = {
  numbersOf: () => Promise.resolve({ read, written: (dialString: string) => dialString }),
  isExtensionKnown: () => Promise.resolve(true),
};

function makeWorld(unavailable: PresenceUser['unavailable'] = []) {
  let time = 1_000_000;
  const clock = () => (time += 10);
  const listeners = new Set<(event: TelephoneSystemEvent) => void>();
  const exchange = createPublishedBook(clock);
  let up = true;
  /** The next write has its effect, and its answer is lost. */
  let loseAnswer = false;
  const whileUp = <T>(act: () => T): Promise<T> => {
    if (!up) return Promise.reject(new TelephoneSystemError('unavailable', 'down'));
    const answer = act();
    if (!loseAnswer) return Promise.resolve(answer);
    loseAnswer = false;
    setLink(false);
    return Promise.reject(new TelephoneSystemError('unavailable', 'lost'));
  };
  const system: Publishing = {
    get link() {
      return up ? ('up' as const) : ('down' as const);
    },
    publish: (command) => whileUp(() => exchange.write(command)),
    published: (extensions) => whileUp(() => extensions.map((extension) => exchange.read(extension))),
    withdraw: (extension) => whileUp(() => exchange.remove(extension)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  function setLink(next: boolean) {
    if (next === up) return;
    up = next;
    for (const listener of listeners) listener({ type: 'link', state: up ? 'up' : 'down' });
  }
  exchange.onCode((state) => {
    if (up) for (const listener of listeners) listener({ type: 'published', state });
  });
  const user = (userId: string, extension: string): PresenceUser => ({
    ...{ userId, extension, siteId: 'site', displayName: userId, inDirectory: true, unavailable },
  });
  let users = [user('anna', '330'), user('bert', '331')];
  const saved = { presence: new Map<string, PresenceRecord>(), forwarding: new Map<string, ForwardingRecord>() };
  const storeOf = <T>(rows: Map<string, T>) => ({
    all: () => Promise.resolve(new Map(rows)),
    some: () => Promise.resolve(new Map(rows)),
    save: (userId: string, record: T) => Promise.resolve(rows.set(userId, record)).then(() => true),
  });
  const timers = { now: clock, after: () => () => undefined };
  const publish = () => undefined;
  const people = { list: () => Promise.resolve(users) };
  const presence = createPresenceBook({ store: storeOf(saved.presence), people, timers, publish, epoch: 'e' });
  const forwarding = createForwardingBook({ store: storeOf(saved.forwarding), presence, dialling, publish });
  const published = new Map<string, { siteId: string; extension: string }>();
  const publisher = createPublisher({
    ...{ systems: new Map([['site', system]]), presence, forwarding, dialling, timers },
    logger: createLogger('silent'),
    extensions: {
      all: () => Promise.resolve([...published.values()]),
      add: (siteId, extension) => Promise.resolve(void published.set(extension, { siteId, extension })),
      remove: (_siteId, extension) => Promise.resolve(void published.delete(extension)),
    },
  });
  const shared = { now: clock, enforced: () => true, changed: (userId: string) => publisher.changed(userId) };
  return {
    exchange,
    presence,
    forwarding,
    publisher,
    setLink,
    service: createPresenceService({ book: presence, ...shared }),
    targets: createForwardingService({ book: forwarding, presence, dialling, ...shared }),
    loseNextAnswer: () => (loseAnswer = true),
    dial: (extension: string, dialled: string) => {
      const code = readStarCode(dialled);
      return code !== undefined && exchange.dialCode(extension, code);
    },
    async start() {
      await presence.load();
      await publisher.start();
      await publisher.settled();
    },
    async setUsers(next: PresenceUser[]) {
      users = next;
      await presence.load();
      publisher.peopleChanged();
      await publisher.settled();
    },
  };
}

type Step =
  | { do: 'pane'; status: 'lunch' | 'home' | 'office' }
  | { do: 'target'; number: string }
  | { do: 'code'; code: string }
  | { do: 'link'; up: boolean }
  | { do: 'lose-answer' | 'wait' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('pane' as const),
    status: fc.constantFrom('lunch' as const, 'home' as const, 'office' as const),
  }),
  fc.record({ do: fc.constant('target' as const), number: fc.constantFrom('331', '0123456') }),
  fc.record({
    do: fc.constant('code' as const),
    code: fc.constantFrom('*770', '*773', '*776', '*72', '*73', '*720987654'),
  }),
  fc.record({ do: fc.constant('link' as const), up: fc.boolean() }),
  fc.record({ do: fc.constantFrom('lose-answer' as const, 'wait' as const) }),
);

describe('Presence and forwarding here and at the telephone system', () => {
  it('are the same in the end, and the later change of each, whatever the order and whatever was lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const world = makeWorld();
        await world.start();
        let lastStatus = 'office';
        for (const each of steps) {
          if (each.do === 'pane') {
            await world.service.setOwn('anna', { status: each.status });
            lastStatus = each.status;
          } else if (each.do === 'target') {
            await world.targets.setOwn('anna', { home: { kind: 'number', number: each.number } });
          } else if (each.do === 'code') {
            if (world.dial('330', each.code) && each.code.startsWith('*77'))
              lastStatus = { '*770': 'office', '*773': 'break', '*776': 'lunch' }[each.code] ?? lastStatus;
          } else if (each.do === 'link') world.setLink(each.up);
          else if (each.do === 'lose-answer') world.loseNextAnswer();
          else await world.publisher.settled();
        }
        // Whatever answer is still to be lost is lost, and then the link stays.
        for (let round = 0; round < 3; round += 1) {
          world.setLink(false);
          world.setLink(true);
          await world.publisher.settled();
        }
        const there = world.exchange.read('330');
        expect(there.userId).toBe('anna');
        expect(there.presence?.status).toBe(lastStatus);
        expect(world.service.own('anna')).toMatchObject({ status: lastStatus, inForce: true });
        const here = await world.targets.own('anna');
        expect(here.inForce).toBe(true);
        for (const [status, { target, display }] of Object.entries(here.rules)) {
          const inForce = { ...there.forwarding?.targets }[status];
          if (target.kind === 'off') expect(inForce).toBeUndefined();
          else if (target.kind === 'voicemail') expect(inForce).toBe('voicemail');
          else expect(inForce).toEqual({ dialString: display });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('says "not in force" until the telephone system has confirmed', async () => {
    const world = makeWorld();
    await world.start();
    world.setLink(false);
    expect(await world.service.setOwn('anna', { status: 'lunch' })).toMatchObject({ inForce: false });
    await world.publisher.settled();
    expect(world.service.own('anna').inForce).toBe(false);
    world.setLink(true);
    await world.publisher.settled();
    expect(world.service.own('anna')).toMatchObject({ status: 'lunch', inForce: true });
  });

  it('put back what a telephone may not set, and say so', async () => {
    const world = makeWorld(['intercept']);
    await world.start();
    expect(world.dial('330', '*778')).toBe(true);
    await world.publisher.settled();
    expect(world.exchange.read('330').presence?.status).toBe('office');
    const putBack = { status: 'do-not-disturb', reason: 'intercept' };
    expect(world.service.own('anna')).toMatchObject({ status: 'office', inForce: true, putBack });

    await world.targets.setOwn('bert', { office: { kind: 'number', number: '330' } });
    await world.publisher.settled();
    for (const [dialled, reason] of [
      ['*72331', 'ring'],
      ['*72330', 'self'],
      ['*720090012345', 'premium-rate'],
    ] as const) {
      world.dial('330', dialled);
      await world.publisher.settled();
      expect(world.exchange.read('330').forwarding?.targets.office, reason).toBeUndefined();
      expect(await world.targets.own('anna')).toMatchObject({ inForce: true, putBack: { status: 'office', reason } });
    }
  });

  it('leave nothing behind at the extension of somebody who is gone or has another one', async () => {
    const world = makeWorld();
    await world.start();
    await world.service.setOwn('anna', { status: 'vacation' });
    await world.publisher.settled();
    const [anna, bert] = world.presence.users();
    if (!anna || !bert) throw new Error('two users');
    await world.setUsers([{ ...anna, extension: '440' }, bert]);
    expect(world.exchange.read('330')).toEqual({ extension: '330' });
    expect(world.exchange.read('440').presence?.status).toBe('vacation');
    world.setLink(false);
    await world.setUsers([bert]);
    world.setLink(true);
    await world.publisher.settled();
    expect(world.exchange.read('440')).toEqual({ extension: '440' });
  });

  it('give the next owner of an extension nothing of the one before', async () => {
    const world = makeWorld();
    await world.start();
    await world.service.setOwn('anna', { status: 'vacation' });
    await world.publisher.settled();
    const [anna, bert] = world.presence.users();
    if (!anna || !bert) throw new Error('two users');
    await world.setUsers([{ ...bert, extension: '330' }]);
    expect(world.exchange.read('330')).toMatchObject({ userId: 'bert', presence: { status: 'office' } });
    expect(world.service.own('bert').status).toBe('office');
  });
});
