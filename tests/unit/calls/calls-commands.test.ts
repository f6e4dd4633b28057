import { beforeEach, describe, expect, it } from 'vitest';
import type { CallAbility } from '../../../shared/call';
import { anna, bernd, createCallsWorld, hidden } from './calls-world';
import type { CallsWorld } from './calls-world';
import { aSide } from './fake-telephone-system';

const all: CallAbility[] = ['hang-up', 'hold', 'resume', 'consult', 'alternate', 'transfer', 'conference', 'deflect'];

describe('commands on calls', () => {
  let world: CallsWorld;
  beforeEach(async () => {
    world = await createCallsWorld();
  });
  /** Anna's call in this state, with these abilities. */
  async function given(more: Parameters<typeof aSide>[0] = {}): Promise<void> {
    world.fake.say(aSide(more));
    await world.timers.advance(1);
  }

  it('passes each on to the side it is for', async () => {
    await given({ state: 'connected', abilities: [...all, 'deflect-to-voicemail'] });
    const { service } = world;
    await service.hold(anna, 'side-1');
    await service.resume(anna, 'side-1');
    await service.alternate(anna, 'side-1');
    await service.conference(anna, 'side-1');
    await service.transfer(anna, 'side-1', { number: '+49 30 123456' });
    await service.deflect(anna, 'side-1', { number: '331' });
    await service.deflect(anna, 'side-1', 'voicemail');
    expect(world.fake.commands).toEqual([
      ['hold', 'side-1'],
      ['resume', 'side-1'],
      ['alternate', 'side-1'],
      ['conference', 'side-1'],
      ['transfer', 'side-1', { dialString: '0030123456' }],
      ['deflect', 'side-1', { dialString: '331' }],
      ['deflect', 'side-1', { voicemail: true }],
    ]);
  });

  it('refuses what the call cannot do now, a call of somebody else and an id that nobody has, without effect', async () => {
    await given({ state: 'connected', abilities: [] });
    const { service } = world;
    const number = { number: '331' };
    for (const [id, user, code] of [
      ['side-1', anna, 'not-supported-by-device'],
      ['side-1', bernd, 'call-unknown'],
      ['forged', anna, 'call-unknown'],
    ] as const) {
      for (const attempt of [
        service.answer(user, id),
        service.hangUp(user, id),
        service.hold(user, id),
        service.resume(user, id),
        service.alternate(user, id),
        service.conference(user, id),
        service.consult(user, id, { ...number, requestId: 'r' }),
        service.transfer(user, id, number),
        service.transfer(user, id, { callId: 'side-1' }),
        service.deflect(user, id, number),
        service.deflect(user, id, 'voicemail'),
      ]) {
        await expect(attempt).rejects.toMatchObject({ code });
      }
    }
    expect(world.fake.commands).toEqual([]);
  });

  it('turns what the telephone system refuses into an error of the contract', async () => {
    await given({ state: 'connected', abilities: all });
    for (const [failure, code] of [
      ['refused', 'not-supported-by-device'],
      ['not-supported', 'not-supported-by-device'],
      ['unknown-connection', 'call-unknown'],
      ['unavailable', 'telephone-system-unavailable'],
    ] as const) {
      world.fake.failure = failure;
      await expect(world.service.hold(anna, 'side-1')).rejects.toMatchObject({ code });
    }
    world.fake.tell({ type: 'link', state: 'down' });
    await expect(world.service.hold(anna, 'side-1')).rejects.toMatchObject({ code: 'telephone-system-unavailable' });
  });

  it('consults once for a repeated request, though the call is held meanwhile', async () => {
    await given({ state: 'connected', abilities: all });
    const ask = { number: '331', requestId: 'r-1' };
    const first = await world.service.consult(anna, 'side-1', ask);
    expect(first).toMatchObject({ state: 'originated', related: 'side-1', party: { number: '331' } });
    await given({ state: 'held', heldBy: 'me', abilities: ['resume'] });
    expect(await world.service.consult(anna, 'side-1', ask)).toEqual(first);
    await expect(world.service.consult(anna, 'side-1', { ...ask, requestId: 'r-2' })).rejects.toMatchObject({
      code: 'not-supported-by-device',
    });
    expect(world.fake.commands).toHaveLength(1);
  });

  it('connects with an own other call, and with no call of somebody else, nor with itself', async () => {
    await given({ state: 'held', abilities: all });
    await given({ id: 'side-2', callId: 'call-2', direction: 'outgoing', state: 'delivered' });
    await given({ id: 'side-3', callId: 'call-3', device: 'phone/331', state: 'connected' });
    await world.service.transfer(anna, 'side-1', { callId: 'side-2' });
    expect(world.fake.commands).toEqual([['transfer', 'side-1', { connectionId: 'side-2' }]]);
    await expect(world.service.transfer(anna, 'side-1', { callId: 'side-3' })).rejects.toMatchObject({
      code: 'call-unknown',
      details: [{ field: 'body.to.callId', reason: 'unknown' }],
    });
    await expect(world.service.transfer(anna, 'side-1', { callId: 'side-1' })).rejects.toMatchObject({
      code: 'not-supported-by-device',
    });
    expect(world.fake.commands).toHaveLength(1);
  });

  it('refuses numbers that may not be dialled before a telephone rings, naming the field', async () => {
    await given({ state: 'connected', abilities: all });
    const { service } = world;
    for (const [number, reason] of [
      ['330', 'own-number'],
      ['+49 89 7007 330', 'own-number'],
      ['399', 'unknown-extension'],
      ['+49 900 1123456', 'premium-rate'],
      ['112', 'emergency-in-demo'],
    ] as const) {
      const refusal = (field: string) => ({ code: 'number-not-allowed', details: [{ field, reason }] });
      await expect(service.dial(anna, { number, requestId: number })).rejects.toMatchObject(refusal('body.number'));
      await expect(service.consult(anna, 'side-1', { number, requestId: number })).rejects.toMatchObject(
        refusal('body.number'),
      );
      await expect(service.transfer(anna, 'side-1', { number })).rejects.toMatchObject(refusal('body.to.number'));
      await expect(service.deflect(anna, 'side-1', { number })).rejects.toMatchObject(refusal('body.to.number'));
    }
    expect(world.fake.commands).toEqual([]);
  });

  it('fetches what rings at a colleague, once for a repeated request, and hides the caller', async () => {
    await given({ device: 'phone/331' });
    const ask = { user: bernd.id, requestId: 'r-1' };
    const call = await world.service.pickUp(anna, ask);
    expect(call).toMatchObject({ device: 'device-330', state: 'initiated', purpose: 'pick-up', party: {} });
    expect(call.party).toEqual({});
    await given({ device: 'phone/331', state: 'ended' });
    expect(await world.service.pickUp(anna, ask)).toEqual(call);
    expect(world.fake.commands).toEqual([['pickUp', 'phone/330', 'side-1', 'user-anna:pick-up:r-1']]);
  });

  it('fetches neither own calls, nor what does not ring, nor calls of strangers', async () => {
    await given();
    await given({ id: 'side-2', callId: 'call-2', device: 'phone/331', state: 'connected' });
    await given({ id: 'side-3', callId: 'call-3', device: 'phone/332' });
    for (const user of [anna.id, bernd.id, hidden.id, 'nobody', '"; drop']) {
      await expect(world.service.pickUp(anna, { user, requestId: user })).rejects.toMatchObject({
        code: 'call-unknown',
      });
    }
    expect(world.fake.commands).toEqual([]);
  });

  it('says that somebody else was quicker', async () => {
    await given({ device: 'phone/331' });
    world.fake.failure = 'taken';
    await expect(world.service.pickUp(anna, { user: bernd.id, requestId: 'r' })).rejects.toMatchObject({
      code: 'call-taken',
    });
  });

  it('refuses a call at every telephone where it rings, and answers it where that is possible', async () => {
    await given({ abilities: ['hang-up'] });
    await given({ id: 'side-2', device: 'phone/330-mobile', abilities: ['answer', 'hang-up'] });
    await world.service.answer(anna, 'side-1');
    await world.service.hangUp(anna, 'side-1');
    expect(world.fake.commands).toEqual([
      ['answer', 'side-2'],
      ['hangUp', 'side-1'],
      ['hangUp', 'side-2'],
    ]);
  });
});
