/** What the contract does not cover: the office's own dialplan, a line to the world, groups, forwarding, phones with two lines. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection, TelephoneSystem } from '../../sync-service/telephone-system/telephone-system';
import type { RigPhone } from '../contract/telephone-system';
import { consulted, hear, holding, newRequest, ringing, sideAt, talking } from './rig/functions';
import type { Office } from './rig/functions';
import { channelsLeft, makeAdapter, officePhones, rigPhone, silence, until } from './rig/office';
import { musicHertz, outsidePhone, startPbx } from './rig/pbx';
import type { Pbx } from './rig/pbx';

describe('calls in an office', () => {
  let pbx: Pbx;
  let office: Office;
  let system: TelephoneSystem;
  let anna: RigPhone;
  let bernd: RigPhone;
  let carla: RigPhone;
  let outside: RigPhone;
  let told: Connection[];

  beforeAll(async () => {
    pbx = await startPbx({ callsPerPhone: 4 });
  });
  afterAll(() => pbx.stop());
  beforeEach(async () => {
    system = makeAdapter(pbx);
    [anna, bernd, carla] = officePhones(pbx);
    outside = rigPhone(pbx, 'trunk');
    office = { system, anna, bernd, carla };
    told = [];
    system.subscribe((event) => event.type === 'connection' && told.push(event.connection));
    system.start([anna, bernd, carla]);
    await until('link up', () => system.link === 'up');
  });
  afterEach(async () => {
    await system.stop();
    await silence(pbx);
    await pbx.console('database deltree fwd');
  });
  const ended = (id: string): Promise<Connection> =>
    until('ended', () => told.find((side) => side.id === id && side.state === 'ended'));
  const hearsMusic = (phone: RigPhone): boolean => pbx.phones.get(phone.extension)?.hears([musicHertz]).length === 1;

  it('plays music to whoever is held, and to nobody else', async () => {
    const { id } = await holding(office);
    await until('331 hears music', () => hearsMusic(bernd));
    expect(hearsMusic(anna)).toBe(false);
    await system.resume(id);
    await hear([anna, bernd], [bernd, anna]);
    await until('331 hears music no more', () => !hearsMusic(bernd));
  });

  it('tells what a phone holds and takes up again with its own key', async () => {
    const { id } = await talking(office);
    const other = await sideAt(system, bernd, 'connected');
    const phone = rigPhone(pbx, '330');
    const tellsOf = (side: string, state: Connection['state'], heldBy?: 'me' | 'other'): Promise<Connection> =>
      until(`${side} ${state}`, () =>
        system.connections().find((now) => now.id === side && now.state === state && now.heldBy === heldBy),
      );
    await phone.holdKey();
    // What is held by the phone itself cannot be resumed from outside.
    expect((await tellsOf(id, 'held', 'me')).abilities).toEqual(['hang-up', 'transfer']);
    expect((await tellsOf(other.id, 'held', 'other')).abilities).toEqual(['hang-up']);
    await hear([bernd]);
    await until('331 hears music', () => hearsMusic(bernd));
    await phone.holdKey();
    await tellsOf(id, 'connected');
    await tellsOf(other.id, 'connected');
    await hear([bernd, anna]);
  });

  it('frees the holder when the held party lays down', async () => {
    const { id } = await holding(office);
    await bernd.layDown();
    await ended(id);
    await until('330 is free', () => !(pbx.phones.get('330')?.inCall ?? true), 5000);
    expect(await channelsLeft(pbx)).toBe(0);
  });

  it('steers a call from outside, and tells the caller by his number', async () => {
    await outside.dial('330');
    await until('330 rings', () => anna.ringing());
    expect(anna.ringing()?.number).toBe(outsidePhone.number);
    await anna.lift();
    const own = await sideAt(system, anna, 'connected');
    expect(own).toMatchObject({ direction: 'incoming', party: { number: outsidePhone.number } });
    const second = await system.consult({ connectionId: own.id, dialString: '332', requestId: newRequest() });
    await until('332 rings', () => carla.ringing());
    await until('332 shows the number of 330', () => carla.ringing()?.number === '330');
    await carla.lift();
    await hear([anna, carla], [outside]);
    await system.transfer(own.id, { connectionId: second.id });
    await hear([outside, carla], [carla, outside]);
    const his = await sideAt(system, carla, 'connected');
    await until('332 talks with outside', () =>
      system.connections().some(({ id, party }) => id === his.id && party.number === outsidePhone.number),
    );
  });

  it('calls the world and sends it on', async () => {
    await system.dial({ device: anna.address, dialString: '00891234567', requestId: newRequest() });
    await until('330 rings', () => anna.ringing());
    await anna.lift();
    await until('the world rings', () => outside.ringing());
    await outside.lift();
    const own = await sideAt(system, anna, 'connected');
    await system.transfer(own.id, { dialString: '331' });
    await until('331 rings', () => bernd.ringing());
    await bernd.lift();
    await hear([bernd, outside], [outside, bernd]);
  });

  it('tells in a group who answered, and takes nothing from the others', async () => {
    await anna.dial('300');
    const [his, hers] = [await sideAt(system, bernd, 'alerting'), await sideAt(system, carla, 'alerting')];
    expect(his.abilities).not.toContain('deflect');
    await carla.lift();
    await hear([anna, carla], [carla, anna]);
    expect(await ended(his.id)).toMatchObject({ reason: 'answered-elsewhere', takenBy: { number: '332' } });
    expect(told.some(({ id, state }) => id === hers.id && state === 'ended')).toBe(false);
  });

  it('tells that the office forwarded a call nobody answered', async () => {
    await pbx.console('database put fwd/331 NOANSWER 332');
    const { id } = await ringing(office);
    expect(await ended(id)).toMatchObject({ reason: 'forwarded', takenBy: { number: '332' } });
    const hers = await sideAt(system, carla, 'alerting');
    expect(hers.redirectedFrom).toMatchObject({ number: '331' });
    await carla.lift();
    await hear([anna, carla], [carla, anna]);
  });

  it('tells that a call was forwarded before it rang', async () => {
    await pbx.console('database put fwd/331 always 332');
    await anna.dial('331');
    expect((await sideAt(system, carla, 'alerting')).redirectedFrom).toMatchObject({ number: '331' });
    expect(told.some(({ device }) => device === bernd.address)).toBe(false);
  });

  it('tells a pick-up by star code as well, and star codes of the office work on', async () => {
    const { id } = await ringing(office);
    await carla.dial('*8331');
    await hear([anna, carla], [carla, anna]);
    expect(await ended(id)).toMatchObject({ reason: 'picked-up', takenBy: { number: '332' } });
    await bernd.dial('*43');
    await until('331 hears himself', () => bernd.hears().join() === '331');
  });

  it('joins and transfers the two calls of a phone that took the second by hand', async () => {
    await talking(office);
    const first = await sideAt(system, bernd, 'connected');
    await carla.dial('331');
    await sideAt(system, bernd, 'alerting');
    await bernd.lift();
    await hear([carla, bernd]);
    await until('331 can do both', () =>
      system.connections().some(({ id, abilities }) => id === first.id && abilities.includes('transfer')),
    );
    const second = system.connections().find(({ device, id }) => device === bernd.address && id !== first.id);
    await system.transfer(first.id, { connectionId: second?.id ?? '' });
    await hear([anna, carla], [carla, anna], [bernd]);
    expect(await ended(first.id)).toMatchObject({ reason: 'transferred' });
    await until('331 is free', () => !(pbx.phones.get('331')?.inCall ?? true));
  });

  it('leaves nobody alone in a conference', async () => {
    const { second } = await consulted(office);
    await system.conference(second.id);
    await hear([anna, bernd, carla], [bernd, anna, carla], [carla, anna, bernd]);
    await anna.layDown();
    await hear([bernd, carla], [carla, bernd]);
    await bernd.layDown();
    await until('332 is free', () => !(pbx.phones.get('332')?.inCall ?? true));
    await until('all told', () => system.connections().length === 0);
    expect(await channelsLeft(pbx)).toBe(0);
  });

  it('shows no name and rings at once when no service is there to ask', async () => {
    await system.stop();
    const began = Date.now();
    await anna.dial('331');
    const shown = await until('331 rings', () => bernd.ringing());
    expect(shown).toEqual({ number: '330', name: 'Anna Acker' });
    expect(Date.now() - began).toBeLessThan(1000);
  });

  it('shows a name with a hyphen whole', async () => {
    await system.stop();
    system = makeAdapter(pbx);
    system.start([anna, bernd, carla], { nameOf: () => Promise.resolve('Anna-Lena Meier-Schulz') });
    await until('link up', () => system.link === 'up');
    await anna.dial('331');
    expect((await until('331 rings', () => bernd.ringing())).name).toBe('Anna-Lena Meier-Schulz');
  });

  it('lets a call that was sent to nowhere end, and recalls nobody', async () => {
    const { id } = await talking(office);
    await system.transfer(id, { dialString: '399' });
    await ended(id);
    await sleep(600);
    expect(anna.ringing()).toBeUndefined();
    expect(await channelsLeft(pbx)).toBe(0);
  });
});
