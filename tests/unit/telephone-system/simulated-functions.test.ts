import { describe, expect, it } from 'vitest';
import { createSimulatedTelephoneSystem } from '../../../sync-service/telephone-system/simulated/simulated-telephone-system';
import type {
  CallerNames,
  Connection,
  TelephoneSystemEvent,
} from '../../../sync-service/telephone-system/telephone-system';
import { createVirtualTimers } from '../../contract/telephone-system-virtual-timers';

const devices = ['330', '331', '332', '333'].map((extension) => ({
  address: `phone/${extension}`,
  extension,
  displayName: `User ${extension}`,
}));

async function setUp(settings: object = {}, names?: CallerNames) {
  const timers = createVirtualTimers();
  const system = createSimulatedTelephoneSystem({ kind: 'simulated', ...settings }, { timers });
  const events: TelephoneSystemEvent[] = [];
  system.subscribe((event) => events.push(event));
  system.start(devices, names);
  await timers.advance(1);
  const { phones } = system;
  const at = (extension: string): Connection[] =>
    system.connections().filter(({ device }) => device === `phone/${extension}`);
  const one = (extension: string): Connection => {
    const [side, ...more] = at(extension);
    if (side === undefined || more.length > 0) throw new Error(`${extension} has ${more.length + 1} sides`);
    return side;
  };
  const endOf = (id: string): Connection | undefined =>
    events.flatMap((event) =>
      event.type === 'connection' && event.connection.id === id && event.connection.state === 'ended'
        ? [event.connection]
        : [],
    )[0];
  /** Somebody outside calls. */
  const callIn = (to: string, from = '089123456'): string => {
    const callId = phones.callIn(from, to);
    if (callId === undefined) throw new Error(`${to} cannot be called`);
    return callId;
  };
  const lift = (extension: string): boolean => phones.lift(`phone/${extension}`);
  const records = async () => (await system.callRecords(undefined, 100)).records;
  return { timers, system, phones, events, at, one, endOf, callIn, lift, records };
}

describe('picking up on the simulator', () => {
  it('gives one call to one of two pickers, and tells the other who has it', async () => {
    const { system, callIn, one, endOf, lift, at, records } = await setUp();
    callIn('331');
    const { id: connectionId } = one('331');
    const first = await system.pickUp({ device: 'phone/332', connectionId, requestId: 'one' });
    const second = await system.pickUp({ device: 'phone/333', connectionId, requestId: 'two' });
    expect(system.phones.state('phone/332')?.shown).toEqual({});
    lift('333');
    expect(one('333')).toMatchObject({ state: 'connected', party: { number: '089123456' } });
    expect(endOf(first.id)).toMatchObject({ reason: 'answered-elsewhere', takenBy: { number: '333' }, party: {} });
    expect(endOf(connectionId)).toMatchObject({ reason: 'picked-up', takenBy: { number: '333' } });
    expect(at('332')).toEqual([]);
    expect(second.purpose).toBe('pick-up');
    expect((await records()).map(({ device, result }) => `${device} ${result}`)).toEqual(['phone/331 taken-over']);
  });

  it('tells the picker that the colleague answered himself', async () => {
    const { system, callIn, one, endOf, lift } = await setUp();
    callIn('331');
    const side = await system.pickUp({ device: 'phone/332', connectionId: one('331').id, requestId: 'one' });
    lift('331');
    expect(endOf(side.id)).toMatchObject({ reason: 'answered-elsewhere', takenBy: { number: '331' } });
  });

  it('stops ringing the picker when the caller gives up', async () => {
    const { system, phones, callIn, one, endOf, at } = await setUp();
    const callId = callIn('331');
    const side = await system.pickUp({ device: 'phone/332', connectionId: one('331').id, requestId: 'one' });
    phones.outsideHangsUp(callId);
    expect(endOf(side.id)).toMatchObject({ reason: 'cancelled', party: {} });
    expect(at('332')).toEqual([]);
  });

  it('ends the attempt that nobody accepts, and the colleague rings on', async () => {
    const { system, timers, callIn, one, endOf } = await setUp({ ringMs: 5000 });
    callIn('331');
    await timers.advance(2000);
    const { id: connectionId } = one('331');
    const side = await system.pickUp({ device: 'phone/332', connectionId, requestId: 'one' });
    expect(system.phones.layDown('phone/332')).toBe(true);
    expect(endOf(side.id)).toMatchObject({ reason: 'cancelled' });
    expect(one('331').state).toBe('alerting');
  });
});

describe('groups on the simulator', () => {
  const groups = [{ extension: '360', displayName: 'Sales', members: ['331', '332', '333', '399'] }];

  it('ring all who are free; the first has the call, and the others are told who', async () => {
    const { phones, at, one, endOf, callIn, lift, records } = await setUp({ groups });
    callIn('333', '030111');
    callIn('360');
    expect(at('333')).toHaveLength(1);
    expect(one('331')).toMatchObject({ state: 'alerting', redirectedFrom: { number: '360' } });
    expect(one('331').abilities).toEqual(['answer', 'hang-up']);
    const { id } = one('332');
    lift('331');
    expect(endOf(id)).toMatchObject({ reason: 'answered-elsewhere', takenBy: { number: '331' } });
    phones.layDown('phone/331');
    expect(await records()).toMatchObject([
      {
        device: 'phone/332',
        result: 'taken-over',
        takenBy: { number: '331' },
        group: { number: '360', name: 'Sales' },
      },
      { device: 'phone/331', result: 'answered', group: { number: '360' }, party: { number: '089123456' } },
    ]);
  });

  it('ring on when one of them refuses, and are busy when all talk', async () => {
    const { phones, timers, at, one, callIn, endOf } = await setUp({ groups, callWaiting: false });
    phones.dial('phone/330', '360');
    await timers.advance(1000);
    expect(one('330')).toMatchObject({ state: 'delivered', party: { number: '360', name: 'Sales' } });
    for (const extension of ['331', '332']) phones.layDown(`phone/${extension}`);
    expect(at('331')).toEqual([]);
    expect(one('333').state).toBe('alerting');
    expect(phones.callIn('030111', '333')).toBeUndefined();
    const { id } = one('330');
    phones.layDown('phone/333');
    await timers.advance(10_000);
    expect(endOf(id)).toMatchObject({ reason: 'rejected' });
    for (const extension of ['331', '332', '333']) callIn(extension);
    expect(phones.callIn('030111', '360')).toBeUndefined();
  });

  it('call nobody twice: picking up from a group takes the call from all its members', async () => {
    const { system, callIn, one, lift, endOf } = await setUp({
      groups: [{ extension: '360', displayName: 'Sales', members: ['331', '332'] }],
    });
    callIn('360');
    const [first, second] = [one('331'), one('332')];
    await system.pickUp({ device: 'phone/330', connectionId: first.id, requestId: 'one' });
    lift('330');
    expect(endOf(first.id)).toMatchObject({ reason: 'picked-up', takenBy: { number: '330' } });
    expect(endOf(second.id)).toMatchObject({ reason: 'answered-elsewhere', takenBy: { number: '330' } });
    expect(one('330')).toMatchObject({ state: 'connected', redirectedFrom: { number: '331' } });
  });
});

describe('forwarding on the simulator', () => {
  it.each([
    ['always', { always: '332' }],
    ['when busy', { busy: '332' }],
    ['when nobody answers', { noAnswer: { to: '332', afterMs: 5000 } }],
  ])('%s', async (when, rule) => {
    const { timers, callIn, one, records, system } = await setUp({ forwarding: { '331': rule }, callWaiting: false });
    if (when === 'when busy') await system.dial({ device: 'phone/331', dialString: '333', requestId: 'busy' });
    callIn('331');
    await timers.advance(5000);
    expect(one('332')).toMatchObject({ state: 'alerting', redirectedFrom: { number: '331' } });
    expect(await records()).toMatchObject([
      { device: 'phone/331', direction: 'incoming', result: 'taken-over', takenBy: { number: '332' } },
    ]);
  });

  it('to the voice box takes the caller there, and says so', async () => {
    const { phones, timers, one, endOf, records } = await setUp({ forwarding: { '331': { always: 'voicemail' } } });
    phones.dial('phone/330', '331');
    await timers.advance(1000);
    const { id, state, abilities } = one('330');
    expect(state).toBe('connected');
    expect(abilities).toEqual(['hang-up']);
    expect(phones.state('phone/331')?.activity).toBe('idle');
    await timers.advance(20_000);
    expect(endOf(id)).toMatchObject({ reason: 'normal' });
    expect(await records()).toMatchObject([
      { device: 'phone/331', result: 'not-answered', voicemail: true },
      { device: 'phone/330', result: 'answered' },
    ]);
  });

  it('in a circle comes to an end', async () => {
    const { phones, timers, at } = await setUp({ forwarding: { '331': { always: '332' }, '332': { always: '331' } } });
    phones.dial('phone/330', '331');
    await timers.advance(400);
    expect(at('330')).toMatchObject([{ state: 'failed', reason: 'unreachable' }]);
  });
});

describe('time on the simulator', () => {
  it('rings the holder again after two minutes, unless he speaks with somebody else', async () => {
    const { system, timers, callIn, one, at, lift, phones } = await setUp();
    callIn('331');
    lift('331');
    const { id } = one('331');
    await system.hold(id);
    await timers.advance(119_000);
    expect(one('331')).toMatchObject({ id, state: 'held' });
    await timers.advance(1000);
    expect(one('331')).toMatchObject({ state: 'alerting', party: { number: '089123456' } });
    expect(one('331').id).not.toBe(id);
    lift('331');
    expect(phones.state('phone/331')?.hears).toEqual(['089123456']);
    await system.consult({ connectionId: one('331').id, dialString: '332', requestId: 'one' });
    await timers.advance(1000);
    lift('332');
    await timers.advance(300_000);
    expect(
      at('331')
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['connected', 'held']);
  });

  it('rings with the name that is found in time, and 50 ms later without', async () => {
    let answer: (name: string | undefined) => void = () => undefined;
    const asked: string[] = [];
    const names: CallerNames = {
      nameOf(device, number) {
        asked.push(`${device} ${number}`);
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    };
    const { timers, callIn, one, at } = await setUp({}, names);
    callIn('331');
    expect(at('331')).toEqual([]);
    await timers.advance(30);
    answer('Synced Name');
    await timers.advance(0);
    expect(one('331').party).toEqual({ number: '089123456', name: 'Synced Name' });

    callIn('332');
    await timers.advance(49);
    expect(at('332')).toEqual([]);
    await timers.advance(1);
    expect(one('332').party).toEqual({ number: '089123456' });
    answer('Too Late');
    await timers.advance(10);
    expect(one('332').party).toEqual({ number: '089123456' });
    expect(asked).toEqual(['phone/331 089123456', 'phone/332 089123456']);
  });

  it('asks for nobody whose number is withheld', async () => {
    const names: CallerNames = { nameOf: () => Promise.reject(new Error('asked')) };
    const { callIn, one } = await setUp({}, names);
    callIn('331', '');
    expect(one('331').party).toEqual({});
  });
});

describe('numbers that a side shows', () => {
  it('shows an outside party as dialled at the phone that called, and as signalled at one that was called', async () => {
    const { system, timers, phones, one, lift } = await setUp();
    phones.dial('phone/330', '0089555555');
    await timers.advance(5000);
    expect(one('330')).toMatchObject({ state: 'connected', party: { number: '0089555555' } });
    await system.transfer(one('330').id, { dialString: '331' });
    await timers.advance(400);
    lift('331');
    expect(one('331')).toMatchObject({ state: 'connected', party: { number: '089555555' } });
  });
});
