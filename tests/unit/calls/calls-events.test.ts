import { beforeEach, describe, expect, it } from 'vitest';
import { anna, bernd, createCallsWorld, hidden } from './calls-world';
import type { CallsWorld } from './calls-world';
import { aSide } from './fake-telephone-system';

describe('what users are told of calls', () => {
  let world: CallsWorld;
  beforeEach(async () => {
    world = await createCallsWorld();
  });
  async function say(more: Parameters<typeof aSide>[0] = {}): Promise<void> {
    world.fake.say(aSide(more));
    await world.timers.advance(1);
  }
  const mobile = { id: 'side-2', device: 'phone/330-mobile' } as const;

  it('tells a call that rings at two own telephones once, and the one that answers becomes its telephone', async () => {
    await say();
    await say(mobile);
    expect(world.callsOf(anna)).toHaveLength(1);
    await say({ ...mobile, state: 'connected', connectedAt: 1 });
    await say({ state: 'ended', reason: 'answered-elsewhere' });
    await say({ ...mobile, state: 'held', heldBy: 'other' });
    await say({ ...mobile, state: 'ended', reason: 'normal' });
    expect(world.callsOf(anna).map(({ id, device, state }) => [id, device, state])).toEqual([
      ['side-1', 'device-330', 'alerting'],
      ['side-1', 'device-330-mobile', 'connected'],
      ['side-1', 'device-330-mobile', 'held'],
      ['side-1', 'device-330-mobile', 'ended'],
    ]);
  });

  it('swallows the end at the other telephone also when it comes first', async () => {
    await say();
    await say(mobile);
    await say({ state: 'ended', reason: 'answered-elsewhere' });
    await say({ ...mobile, state: 'connected', connectedAt: 1 });
    expect(world.callsOf(anna).map(({ id, state }) => [id, state])).toEqual([
      ['side-1', 'alerting'],
      ['side-1', 'alerting'],
      ['side-1', 'connected'],
    ]);
    expect(world.service.snapshotOf(anna.id).calls).toMatchObject([{ id: 'side-1', device: 'device-330-mobile' }]);
  });

  it('tells both telephones of the user when the one that was passed over is in the call as well', async () => {
    await say();
    await say(mobile);
    await say({ ...mobile, state: 'connected', connectedAt: 1 });
    await say({ state: 'connected', connectedAt: 2 });
    expect(world.service.snapshotOf(anna.id).calls).toMatchObject([
      { id: 'side-1', device: 'device-330-mobile', state: 'connected' },
      { id: 'side-1.2', device: 'device-330', state: 'connected' },
    ]);
  });

  it('tells a call again that still rings although the other telephone that had answered it is gone', async () => {
    await say();
    await say(mobile);
    await say({ ...mobile, state: 'connected', connectedAt: 1 });
    world.fake.tell({ type: 'snapshot', connections: [aSide()] });
    await world.timers.advance(1000);
    expect(world.service.snapshotOf(anna.id).calls).toMatchObject([{ device: 'device-330', state: 'alerting' }]);
  });

  it('tells once that a colleague took what rang at both telephones, and who', async () => {
    await say();
    await say(mobile);
    await say({ state: 'ended', reason: 'picked-up', takenBy: { number: '331', name: 'Bernd' } });
    await say({ ...mobile, state: 'ended', reason: 'normal' });
    const ends = world.callsOf(anna).filter(({ state }) => state === 'ended');
    expect(ends).toMatchObject([{ id: 'side-1', reason: 'picked-up', takenBy: { number: '331', name: 'Bernd' } }]);
  });

  it('keeps two calls apart, one after the other at the same telephone as well', async () => {
    await say();
    await say({ ...mobile, callId: 'call-2' });
    await say({ id: 'side-3', device: 'phone/331' });
    expect(world.service.snapshotOf(anna.id).calls.map(({ id }) => id)).toEqual(['side-1', 'side-2']);
    expect(world.callsOf(bernd)).toHaveLength(1);
  });

  it('names everybody in the call by the directory: others, whom the caller had called, who took it', async () => {
    const contact = { number: '+4930123456' };
    await say({ state: 'connected', party: { number: '331' }, others: [contact], redirectedFrom: contact });
    await say({ state: 'ended', reason: 'forwarded', party: { number: '331' }, takenBy: contact });
    const named = { itemId: 'contact-1', directory: 'personal' };
    expect(world.callsOf(anna)).toMatchObject([
      { others: [named], redirectedFrom: named },
      { reason: 'forwarded', takenBy: named },
    ]);
  });

  it('names the related call by the id of its card', async () => {
    await say();
    await say({ ...mobile, abilities: ['answer'] });
    await say({ ...mobile, state: 'connected', connectedAt: 1 });
    await say({
      id: 'side-9',
      callId: 'call-9',
      device: mobile.device,
      state: 'originated',
      direction: 'outgoing',
      related: mobile.id,
    });
    expect(world.callsOf(anna).at(-1)).toMatchObject({ id: 'side-9', related: 'side-1' });
  });

  it('logs a change that is not drawn, and believes it', async () => {
    await say();
    await say({ state: 'held', heldBy: 'me' });
    expect(world.callsOf(anna).at(-1)).toMatchObject({ state: 'held' });
    expect(world.logged.filter((line) => line.includes('not drawn'))).toHaveLength(1);
    expect(world.logged.join('')).not.toContain('123456');
  });

  it('does not bring an ended call back by a late event, but by a snapshot that has it', async () => {
    await say();
    await say({ state: 'ended' });
    await say({ state: 'connected' });
    expect(world.callsOf(anna).at(-1)?.state).toBe('ended');
    world.fake.tell({ type: 'snapshot', connections: [aSide({ state: 'connected' })] });
    await world.timers.advance(1);
    expect(world.callsOf(anna).at(-1)?.state).toBe('connected');
  });
});

describe('line states of all', () => {
  let world: CallsWorld;
  beforeEach(async () => {
    world = await createCallsWorld();
  });
  const annaInCall = { userId: anna.id, state: 'in-call', scope: 'external' };

  it('are told together when they change, to everybody, and are in the snapshot', async () => {
    world.fake.say(aSide({ state: 'connected' }));
    world.fake.say(aSide({ id: 'side-2', callId: 'call-2', device: 'phone/331', party: { number: '330' } }));
    await world.timers.advance(1);
    const told = [annaInCall, { userId: bernd.id, state: 'ringing', scope: 'internal' }];
    expect(world.linesTold()).toEqual([told]);
    expect(world.service.snapshotOf('anybody').lineStates).toEqual(told);
    world.fake.say(aSide({ state: 'held', heldBy: 'me' }));
    await world.timers.advance(1);
    expect(world.linesTold()).toHaveLength(1);
    world.fake.say(aSide({ state: 'ended' }));
    await world.timers.advance(1);
    expect(world.linesTold().at(-1)).toEqual([{ userId: anna.id, state: 'idle' }]);
  });

  it('of a user who is not in the directory are his own', async () => {
    world.fake.say(aSide({ device: 'phone/332' }));
    await world.timers.advance(1);
    expect(world.linesTold()).toEqual([]);
    expect(world.service.snapshotOf(anna.id).lineStates).toEqual([]);
    expect(world.service.snapshotOf(hidden.id).lineStates).toMatchObject([{ userId: hidden.id, state: 'ringing' }]);
  });

  it('are idle while the link is down, and right after the snapshot', async () => {
    world.fake.say(aSide({ state: 'connected' }));
    await world.timers.advance(1);
    world.fake.tell({ type: 'link', state: 'down' });
    expect(world.linesTold().at(-1)).toEqual([{ userId: anna.id, state: 'idle' }]);
    expect(world.service.snapshotOf(anna.id).lineStates).toEqual([]);
    world.fake.tell({ type: 'snapshot', connections: [aSide({ state: 'connected' })] });
    world.fake.tell({ type: 'link', state: 'up' });
    await world.timers.advance(1);
    expect(world.linesTold().at(-1)).toEqual([annaInCall]);
  });
});

describe('names for desk phones', () => {
  it('come from the directories of the telephone’s user, on one line; nobody for the rest, and never an error', async () => {
    const { fake, directory } = await createCallsWorld();
    const nameOf = (address: string, number: string) => fake.names?.nameOf(address, number);
    expect(await nameOf('phone/330', '030123456')).toBe('Søren Sørensen');
    expect(await nameOf('phone/330', '030999999')).toBeUndefined();
    expect(await nameOf('phone/330', 'anonymous')).toBeUndefined();
    expect(await nameOf('phone/999', '030123456')).toBeUndefined();
    directory.identify = () => Promise.reject(new Error('the disk is gone'));
    expect(await nameOf('phone/330', '030123456')).toBeUndefined();
  });
});

describe('the source of call records', () => {
  it('says when there may be new ones, and whose a telephone is', async () => {
    const { fake, service } = await createCallsWorld();
    const heard: string[] = [];
    const stop = service.records.onNews((siteId) => heard.push(siteId));
    fake.tell({ type: 'call-records' });
    fake.tell({ type: 'link', state: 'down' });
    fake.tell({ type: 'link', state: 'up' });
    stop();
    fake.tell({ type: 'call-records' });
    expect(heard).toEqual(['munich', 'munich']);
    expect(service.records.ownerOf('munich', 'phone/331')?.userId).toBe(bernd.id);
    expect(await service.records.read('munich', undefined, 10)).toMatchObject({ records: [] });
    await expect(service.records.read('nowhere', undefined, 10)).rejects.toThrow();
    const user = { userId: anna.id, siteId: 'munich' };
    expect(await service.records.describe(user, 'incoming', { number: '030123456' })).toMatchObject({
      itemId: 'contact-1',
    });
  });
});
