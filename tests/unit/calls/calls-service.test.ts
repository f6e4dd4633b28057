import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '../../../shared/call';
import type { DialPlan } from '../../../shared/dial-plan';
import type { DirectoryItem } from '../../../shared/directory';
import { numberLibrary } from '../../../shared/number-library-min';
import { createNumberRules } from '../../../shared/phone-number';
import type { NumberReading } from '../../../shared/phone-number';
import { createCallsService } from '../../../sync-service/calls/calls.service';
import type { CallDevice } from '../../../sync-service/calls/caller-directory';
import { createEventBus } from '../../../sync-service/events/event-bus';
import type { PublishedEvent } from '../../../sync-service/events/event-bus';
import { createSimulatedTelephoneSystem } from '../../../sync-service/telephone-system/simulated/simulated-telephone-system';
import { createVirtualTimers } from '../../contract/telephone-system-virtual-timers';

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
const anna = { id: 'user-anna', siteId: 'munich' };
const bernd = { id: 'user-bernd', siteId: 'munich' };
const device = (user: { id: string; siteId: string }, extension: string, displayName: string): CallDevice => ({
  id: `device-${extension}`,
  userId: user.id,
  siteId: user.siteId,
  address: `phone/${extension}`,
  isMine: true,
  extension,
  displayName,
  inDirectory: true,
});
const sorensen: DirectoryItem = {
  id: 'contact-1',
  directory: 'personal',
  displayName: 'Søren Sørensen',
  numbers: [],
  emails: [],
  company: 'Sørensen A/S',
};

function setUp() {
  const timers = createVirtualTimers();
  const system = createSimulatedTelephoneSystem({ kind: 'simulated' }, { timers });
  const devices = [device(anna, '330', 'Anna Acker'), device(bernd, '331', 'Bernd Bach')];
  const events = createEventBus();
  const published: PublishedEvent[] = [];
  events.subscribe((event) => published.push(event));
  const directory = {
    /** Milliseconds until a look-up answers. */
    delay: 0,
    identify(_viewer: unknown, number: NumberReading): Promise<DirectoryItem | null> {
      const found = number.e164 === '+4930123456' ? sorensen : null;
      if (directory.delay === 0) return Promise.resolve(found);
      return new Promise((resolve) => timers.after(directory.delay, () => resolve(found)));
    },
  };
  const service = createCallsService({
    systems: new Map([['munich', system]]),
    devices: { list: () => Promise.resolve([...devices]) },
    callers: directory,
    numbers: createNumberRules(numberLibrary),
    dialRules: {
      isExtensionKnown: (_siteId, extension) => Promise.resolve(['332', '333'].includes(extension)),
      isPremiumRate: () => false,
      demo: true,
    },
    dialWays: { wayOf: () => Promise.resolve({ mode: 'office-phone', mobility: false }) },
    dialPlanOf: () => Promise.resolve(plan),
    events,
    logger: pino({ level: 'silent' }),
    timers,
  });
  const callsOf = (user: { id: string }): Call[] =>
    published.flatMap(({ audience, event }) =>
      'user' in audience && audience.user === user.id && event.type === 'call' ? [event.call] : [],
    );
  return { timers, system, devices, published, directory, service, callsOf };
}

describe('calls of users', () => {
  let world: ReturnType<typeof setUp>;
  beforeEach(async () => {
    world = setUp();
    await world.service.start();
    await world.timers.advance(1);
    world.published.length = 0;
  });
  const dial = (number: string, requestId = 'request-1', user = anna) =>
    world.service.dial(user, { number, requestId });

  it('rings the own phone, then the number, and tells each state to the caller alone', async () => {
    const call = await dial('331');
    expect(call).toMatchObject({ device: 'device-330', state: 'initiated', direction: 'outgoing' });
    expect(world.system.phones.state('phone/330')?.shown.number).toBe('331');
    world.system.phones.lift('phone/330');
    await world.timers.advance(1000);
    world.system.phones.lift('phone/331');
    await world.timers.advance(100);
    await world.service.hangUp(anna, call.id);
    await world.timers.advance(100);
    const own = world.callsOf(anna);
    expect(new Set(own.map(({ id }) => id))).toEqual(new Set([call.id]));
    expect(own.map(({ state }) => state)).toEqual(['initiated', 'originated', 'delivered', 'connected', 'ended']);
    expect(world.callsOf(bernd).map(({ state }) => state)).toEqual(['alerting', 'connected', 'ended']);
    expect(world.callsOf(bernd)[0]?.party).toMatchObject({ number: '330', name: 'Anna Acker' });
    expect(world.service.snapshotOf(anna.id).calls).toEqual([]);
  });

  it('dials a canonical number with what the site dials before it, and names the contact', async () => {
    const call = await dial('+49 30 123456');
    expect(world.system.connections()[0]?.party.number).toBe('0030123456');
    expect(call.party).toMatchObject({
      number: '0030123456',
      e164: '+4930123456',
      name: 'Søren Sørensen',
      directory: 'personal',
      itemId: 'contact-1',
      company: 'Sørensen A/S',
    });
  });

  it('dials a number without plus as it is typed', async () => {
    await dial('0030123456');
    expect(world.system.connections()[0]?.party.number).toBe('0030123456');
  });

  it('refuses what cannot be dialled and says why', async () => {
    await expect(dial('+999 123')).rejects.toMatchObject({
      code: 'number-not-dialable',
      details: [{ field: 'body.number', reason: expect.any(String) as string }],
    });
    expect(world.system.connections()).toEqual([]);
  });

  it('acts once on a repeated request, and on the same request id of somebody else as on another', async () => {
    const [first, again] = await Promise.all([dial('0030123456'), dial('0030123456')]);
    expect(again.id).toBe(first.id);
    const other = await dial('0030123456', 'request-1', bernd);
    expect(other.id).not.toBe(first.id);
    expect(world.system.connections()).toHaveLength(2);
  });

  it("refuses somebody else's device and somebody else's call", async () => {
    const call = await dial('331');
    await expect(
      world.service.dial(bernd, { number: '332', device: 'device-330', requestId: 'request-2' }),
    ).rejects.toMatchObject({ code: 'device-unknown' });
    await expect(world.service.hangUp(bernd, call.id)).rejects.toMatchObject({ code: 'call-unknown' });
    await expect(world.service.hangUp({ ...anna, siteId: 'berlin' }, call.id)).rejects.toMatchObject({
      code: 'call-unknown',
    });
  });

  it('finds a device that was assigned while the service ran', async () => {
    const carla = { id: 'user-carla', siteId: 'munich' };
    await expect(dial('331', 'request-1', carla)).rejects.toMatchObject({ code: 'device-unknown' });
    world.devices.push(device(carla, '332', 'Carla Cohn'));
    expect(await dial('331', 'request-2', carla)).toMatchObject({ device: 'device-332' });
  });

  it('answers a ringing call, and not one that does not ring', async () => {
    world.system.phones.callIn('+4930123456', '330');
    await world.timers.advance(10);
    const [ringing] = world.service.snapshotOf(anna.id).calls;
    expect(ringing).toMatchObject({ state: 'alerting', party: { name: 'Søren Sørensen' } });
    const id = ringing?.id ?? '';
    expect(await world.service.answer(anna, id)).toMatchObject({ state: 'connected' });
    await expect(world.service.answer(anna, id)).rejects.toMatchObject({ code: 'not-supported-by-device' });
  });

  it('tells a caller who withholds the number without one', async () => {
    world.system.phones.callIn('', '330');
    await world.timers.advance(10);
    expect(world.callsOf(anna)[0]).toMatchObject({ state: 'alerting', party: {} });
  });

  it('tells a ringing phone within 50 ms when the directory is slow, and the name once it is known', async () => {
    world.directory.delay = 400;
    world.system.phones.callIn('+4930123456', '330');
    // So long the telephone system waits for the name on the display.
    await world.timers.advance(50);
    expect(world.system.phones.state('phone/330')?.activity).toBe('ringing');
    await world.timers.advance(49);
    expect(world.callsOf(anna)).toEqual([]);
    await world.timers.advance(1);
    expect(world.callsOf(anna)).toMatchObject([{ state: 'alerting', party: { number: '+4930123456' } }]);
    expect(world.callsOf(anna)[0]?.party.name).toBeUndefined();
    await world.timers.advance(400);
    expect(world.callsOf(anna).at(-1)).toMatchObject({ state: 'alerting', party: { name: 'Søren Sørensen' } });
    expect(world.callsOf(anna)).toHaveLength(2);
  });

  it('keeps the order of events while a name is looked up, and tells nothing after the end', async () => {
    world.directory.delay = 30;
    const callId = world.system.phones.callIn('+4930123456', '330') ?? '';
    await world.timers.advance(30);
    world.system.phones.lift('phone/330');
    world.system.phones.outsideHangsUp(callId);
    await world.timers.advance(1000);
    expect(world.callsOf(anna).map(({ state }) => state)).toEqual(['alerting', 'connected', 'ended']);
    expect(world.callsOf(anna).every(({ party }) => party.name === 'Søren Sørensen')).toBe(true);
  });

  it('goes on without names when the directory fails', async () => {
    world.directory.identify = () => Promise.reject(new Error('the disk is gone'));
    world.system.phones.callIn('+4930123456', '330');
    await world.timers.advance(100);
    expect(world.callsOf(anna)).toMatchObject([{ state: 'alerting', party: { number: '+4930123456' } }]);
  });

  it('tells the owners of the devices that the link is lost and back, and ends what ended meanwhile', async () => {
    const callId = world.system.phones.callIn('+4930123456', '330') ?? '';
    await world.timers.advance(10);
    world.published.length = 0;
    world.system.cutLink();
    expect(world.service.snapshotOf(anna.id).telephoneSystem.state).toBe('down');
    await expect(dial('331')).rejects.toMatchObject({ code: 'telephone-system-unavailable', retryAfterMs: 2000 });
    world.system.phones.lift('phone/330');
    world.system.phones.outsideHangsUp(callId);
    world.system.restoreLink();
    await world.timers.advance(10);
    const heard = world.published.filter(({ audience }) => 'user' in audience && audience.user === anna.id);
    expect(heard.map(({ event }) => (event.type === 'telephone-system' ? event.link.state : event.type))).toEqual([
      'down',
      'call',
      'up',
    ]);
    expect(world.callsOf(anna).at(-1)).toMatchObject({ state: 'ended' });
    expect(world.service.snapshotOf(anna.id)).toMatchObject({ telephoneSystem: { state: 'up' }, calls: [] });
  });

  it('says that a site has no telephone system: nothing of it is down', async () => {
    expect(world.service.snapshotOf('user-admin', 'berlin').telephoneSystem).toMatchObject({
      state: 'down',
      absent: true,
    });
    expect(world.service.snapshotOf(anna.id).telephoneSystem).not.toHaveProperty('absent');
    world.devices.push(device({ id: 'user-zoe', siteId: 'berlin' }, '401', 'Zoe'));
    await world.service.devicesChanged();
    await expect(dial('+4930123456', 'request-3', { id: 'user-zoe', siteId: 'berlin' })).rejects.toMatchObject({
      code: 'telephone-system-unavailable',
    });
  });

  it('says that the phone is in use', async () => {
    await dial('331');
    await expect(dial('332', 'request-2')).rejects.toMatchObject({ code: 'not-supported-by-device' });
  });
});
