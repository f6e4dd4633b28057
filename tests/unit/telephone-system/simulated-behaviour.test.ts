import { describe, expect, it } from 'vitest';
import { routeCall } from '../../../sync-service/telephone-system/simulated/route-call';
import { readSimulatedSettings } from '../../../sync-service/telephone-system/simulated/simulated-settings';
import { createSimulatedTelephoneSystem } from '../../../sync-service/telephone-system/simulated/simulated-telephone-system';
import type { Connection } from '../../../sync-service/telephone-system/telephone-system';
import { createVirtualTimers } from '../../contract/telephone-system-virtual-timers';

const devices = [
  { address: 'phone/330', extension: '330', displayName: 'Anna Acker' },
  { address: 'phone/331', extension: '331', displayName: 'Bernd Bach' },
];

async function setUp(settings: object = {}) {
  const timers = createVirtualTimers();
  const system = createSimulatedTelephoneSystem({ kind: 'simulated', ...settings }, { timers });
  const told: Connection[] = [];
  system.subscribe((event) => event.type === 'connection' && told.push(event.connection));
  system.start(devices);
  await timers.advance(1);
  const dial = async (dialString: string) => {
    await system.dial({ device: 'phone/330', dialString, requestId: `request-${dialString}` });
    system.phones.lift('phone/330');
  };
  const statesOf = (address: string) => told.filter((side) => side.device === address).map(({ state }) => state);
  return { timers, system, told, dial, statesOf };
}

describe('where dialled digits lead', () => {
  const settings = readSimulatedSettings({ kind: 'simulated' });
  const extensions = new Map([['331', 'phone/331']]);
  it.each([
    ['331', { to: 'phone', address: 'phone/331' }],
    ['399', { to: 'nowhere' }],
    ['0089123456', { to: 'outside', number: '089123456', behaviour: { does: 'answer', afterMs: 4000 } }],
    ['00891299990', { to: 'outside', number: '0891299990', behaviour: { does: 'be-busy' } }],
    ['112', { to: 'outside', number: '112', behaviour: { does: 'answer', afterMs: 4000 } }],
    ['089', { to: 'nowhere' }],
    ['4989123456', { to: 'nowhere' }],
    ['0*123#', { to: 'nowhere' }],
  ])('%s', (dialled, route) => expect(routeCall(dialled, settings, extensions)).toEqual(route));

  it('takes everything longer than an extension for outside where no access code is dialled', () => {
    const without = { ...settings, trunkAccessCode: '' };
    expect(routeCall('399', without, extensions)).toEqual({ to: 'nowhere' });
    expect(routeCall('5551234', without, extensions)).toMatchObject({ to: 'outside', number: '5551234' });
  });
});

describe('people at the simulated phones', () => {
  it('answers an outside number after a while', async () => {
    const { timers, dial, statesOf } = await setUp();
    await dial('0089123456');
    await timers.advance(10_000);
    expect(statesOf('phone/330')).toEqual(['initiated', 'originated', 'delivered', 'connected']);
  });

  it.each([
    ['00899999990', 'busy'],
    ['00899999991', 'no-answer'],
    ['00899999992', 'unknown-number'],
    ['00899999993', 'rejected'],
    ['00899999994', 'unreachable'],
  ])('the outside number %s ends with %s', async (number, reason) => {
    const { timers, dial, told } = await setUp();
    await dial(number);
    await timers.advance(60_000);
    expect(told.slice(-2)).toMatchObject([
      { state: 'failed', reason },
      { state: 'ended', reason },
    ]);
  });

  it('lets a colleague answer whose phone nobody attends, and waits for the hand where somebody does', async () => {
    const { timers, system, dial, statesOf } = await setUp({ unattended: { does: 'answer', afterMs: 3000 } });
    const leave = system.phones.attend('phone/330');
    await dial('331');
    await timers.advance(5000);
    expect(statesOf('phone/331')).toEqual(['alerting', 'connected']);
    expect(system.phones.layDown('phone/330')).toBe(true);
    await system.dial({ device: 'phone/330', dialString: '331', requestId: 'request-again' });
    await timers.advance(20_000);
    expect(system.phones.state('phone/330')?.activity).toBe('ringing-to-dial');
    leave();
    await timers.advance(60_000);
    expect(system.phones.state('phone/330')?.activity).toBe('idle');
  });

  it('does not lift the phone of somebody who came while it rang', async () => {
    const { timers, system, dial } = await setUp({ extensions: { '331': { does: 'answer', afterMs: 3000 } } });
    await dial('331');
    await timers.advance(1000);
    system.phones.attend('phone/331');
    await timers.advance(5000);
    expect(system.phones.state('phone/331')?.activity).toBe('ringing');
  });

  it('lets a colleague call in who is no user of ours', async () => {
    const { timers, system, statesOf, told } = await setUp({
      colleagues: [{ extension: '345', displayName: 'Carla Cohn' }],
    });
    expect(system.phones.callIn('345', '330')).toBeDefined();
    await timers.advance(1000);
    expect(told.at(-1)).toMatchObject({ state: 'alerting', party: { number: '345', name: 'Carla Cohn' } });
    expect(told.every(({ device }) => device === 'phone/330')).toBe(true);
    expect(system.phones.layDown('phone/330')).toBe(true);
    expect(statesOf('phone/330')).toEqual(['alerting', 'ended']);
  });

  it('lets somebody outside call in, give up, and reach nobody who is busy or does not exist', async () => {
    const { system, told } = await setUp();
    const callId = system.phones.callIn('089123456', '330');
    expect(system.phones.state('phone/330')).toMatchObject({ lamp: 'flashing', shown: { number: '089123456' } });
    expect(system.phones.callIn('089654321', '330')).toBeUndefined();
    expect(system.phones.callIn('089654321', '399')).toBeUndefined();
    expect(system.phones.outsideHangsUp(callId ?? '')).toBe(true);
    expect(told.at(-1)).toMatchObject({ state: 'ended', reason: 'cancelled' });
    expect(system.phones.outsideHangsUp(callId ?? '')).toBe(false);
  });

  it('gives a tone after a failed call and goes idle by itself', async () => {
    const { timers, system, dial } = await setUp();
    await dial('399');
    await timers.advance(500);
    expect(system.phones.state('phone/330')).toMatchObject({
      activity: 'tone',
      lifted: true,
      reason: 'unknown-number',
    });
    await timers.advance(5000);
    expect(system.phones.state('phone/330')).toMatchObject({ activity: 'idle', lifted: false, connections: [] });
  });

  it('leaves no timer behind when it is stopped', async () => {
    const { timers, system, dial } = await setUp();
    await dial('331');
    await system.stop();
    expect(timers.pending()).toBe(0);
  });

  it('names the setting that is wrong', () => {
    expect(() => createSimulatedTelephoneSystem({ kind: 'simulated', ringMs: -1 })).toThrow(/ringMs/);
    expect(() => createSimulatedTelephoneSystem({ kind: 'asterisk' })).toThrow(/kind/);
  });
});
