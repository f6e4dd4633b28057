/** The contract of the telephone system port: calls that are dialled, answered and hung up, and the link. */
import { expect, it } from 'vitest';
import type { Stage } from './telephone-system-stage';
import { evilName } from './telephone-system-stage';

export function diallingContract(stage: () => Stage): void {
  it('tells the whole state before the link is up', () => {
    const { system, heard } = stage();
    expect(heard.map(({ type }) => type)).toEqual(['snapshot', 'link']);
    expect(heard.at(-1)).toEqual({ type: 'link', state: 'up' });
    expect(system.connections()).toEqual([]);
  });

  it('rings the own phone first, then the other, and both sides are told to the end', async () => {
    const { rig, system, anna, bernd, statesOf, reaches, rings, dial, endedOnce } = stage();
    const own = await dial(anna, bernd.extension);
    expect(own).toMatchObject({ device: anna.address, direction: 'outgoing', state: 'initiated' });
    expect(own.party.number).toBe(bernd.extension);
    expect(own.abilities).toContain('hang-up');
    expect(await rings(anna)).toMatchObject({ number: bernd.extension });
    expect(bernd.ringing()).toBeUndefined();

    await anna.lift();
    expect(await rings(bernd)).toMatchObject({ number: anna.extension, name: anna.displayName });
    const delivered = await reaches(anna, 'delivered');
    expect(delivered.id).toBe(own.id);
    const alerting = await reaches(bernd, 'alerting');
    expect(alerting).toMatchObject({ direction: 'incoming', party: { number: anna.extension } });
    expect(alerting.party.name).toBe(anna.displayName);
    expect(alerting.callId).toBe(own.callId);
    expect(alerting.id).not.toBe(own.id);

    await bernd.lift();
    const connected = await reaches(anna, 'connected');
    await reaches(bernd, 'connected');
    expect(connected.connectedAt).toBeGreaterThanOrEqual(connected.startedAt);
    expect(
      system
        .connections()
        .map(({ device }) => device)
        .sort(),
    ).toEqual([anna.address, bernd.address]);

    await system.hangUp(own.id);
    expect(await reaches(anna, 'ended')).toMatchObject({ id: own.id, reason: 'normal', abilities: [] });
    expect(await reaches(bernd, 'ended')).toMatchObject({ id: alerting.id, reason: 'normal' });
    await rig.quietTime();
    expect(statesOf(anna)).toEqual(['initiated', 'originated', 'delivered', 'connected', 'ended']);
    expect(statesOf(bernd)).toEqual(['alerting', 'connected', 'ended']);
    endedOnce(anna, own.id);
    endedOnce(bernd, alerting.id);
    expect(system.connections()).toEqual([]);
  });

  it('tells both sides when the called phone is laid down', async () => {
    const { anna, bernd, reaches, talk } = stage();
    await talk(anna, bernd);
    await bernd.layDown();
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'normal' });
    expect(await reaches(bernd, 'ended')).toMatchObject({ reason: 'normal' });
  });

  it('tells both sides when the calling phone is laid down', async () => {
    const { anna, bernd, reaches, talk } = stage();
    await talk(anna, bernd);
    await anna.layDown();
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'normal' });
    expect(await reaches(bernd, 'ended')).toMatchObject({ reason: 'normal' });
  });

  it('says that the called phone is busy', async () => {
    const { anna, bernd, carla, statesOf, reaches, rings, dial, talk } = stage();
    await talk(bernd, carla);
    await dial(anna, bernd.extension);
    await rings(anna);
    await anna.lift();
    expect(await reaches(anna, 'failed')).toMatchObject({ reason: 'busy' });
    await anna.layDown();
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'busy' });
    expect(statesOf(anna).at(0)).toBe('initiated');
    expect(statesOf(bernd).at(-1)).toBe('connected');
  });

  it('says that nobody answers', async () => {
    const { anna, bernd, reaches, ringUp } = stage();
    await ringUp(anna, bernd);
    expect(await reaches(anna, 'failed')).toMatchObject({ reason: 'no-answer' });
    expect(await reaches(bernd, 'ended')).toMatchObject({ reason: 'no-answer' });
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'no-answer' });
  });

  it('knows before a phone rings whether there is such a number', async () => {
    const { system, bernd, rig } = stage();
    expect(await system.reaches(bernd.extension)).toBe(true);
    expect(await system.reaches(rig.unknownNumber)).toBe(false);
    for (const digits of ['', '331@trunk', '331,1)', '${UC_EVIL}']) expect(await system.reaches(digits)).toBe(false);
  });

  it('says that there is no such number', async () => {
    const { rig, anna, statesOf, reaches, rings, dial } = stage();
    await dial(anna, rig.unknownNumber);
    await rings(anna);
    await anna.lift();
    const ended = await reaches(anna, 'ended');
    expect(ended).toMatchObject({ reason: 'unknown-number' });
    expect(statesOf(anna)).toEqual(['initiated', 'originated', 'failed', 'ended']);
  });

  it('says that the called person refused, at the phone', async () => {
    const { anna, bernd, reaches, ringUp } = stage();
    await ringUp(anna, bernd);
    await bernd.refuse();
    expect(await reaches(anna, 'failed')).toMatchObject({ reason: 'rejected' });
    expect(await reaches(bernd, 'ended')).toMatchObject({ reason: 'rejected' });
  });

  it('refuses what rings by command', async () => {
    const { system, anna, bernd, reaches, ringUp } = stage();
    await ringUp(anna, bernd);
    const alerting = await reaches(bernd, 'alerting');
    await system.hangUp(alerting.id);
    expect(await reaches(anna, 'failed')).toMatchObject({ reason: 'rejected' });
    expect(await reaches(bernd, 'ended')).toMatchObject({ reason: 'rejected' });
    expect(bernd.ringing()).toBeUndefined();
  });

  it('tells the called side that the caller gave up', async () => {
    const { rig, system, anna, bernd, reaches, ringUp } = stage();
    const own = await ringUp(anna, bernd);
    await system.hangUp(own.id);
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'cancelled' });
    expect(await reaches(bernd, 'ended')).toMatchObject({ reason: 'cancelled' });
    await rig.until('331 is quiet', () => bernd.ringing() === undefined);
  });

  it('gives up before the own phone is lifted', async () => {
    const { rig, system, anna, bernd, told, statesOf, reaches, rings, dial } = stage();
    const own = await dial(anna, bernd.extension);
    await rings(anna);
    await system.hangUp(own.id);
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'cancelled' });
    await rig.quietTime();
    expect(statesOf(anna)).toEqual(['initiated', 'ended']);
    expect(told(bernd)).toEqual([]);
  });

  it('gives up by itself when nobody lifts the own phone', async () => {
    const { anna, bernd, statesOf, reaches, rings, dial } = stage();
    await dial(anna, bernd.extension);
    await rings(anna);
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'no-answer' });
    expect(statesOf(anna)).toEqual(['initiated', 'ended']);
    expect(anna.ringing()).toBeUndefined();
  });

  it('gives up when the own phone is laid down instead of lifted', async () => {
    const { anna, bernd, reaches, rings, dial } = stage();
    await dial(anna, bernd.extension);
    await rings(anna);
    await anna.refuse();
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'cancelled' });
  });

  it('answers a ringing phone by command', async () => {
    const { rig, system, anna, bernd, statesOf, reaches, ringUp } = stage();
    await ringUp(anna, bernd);
    const alerting = await reaches(bernd, 'alerting');
    expect(alerting.abilities).toContain('answer');
    await system.answer(alerting.id);
    expect((await reaches(bernd, 'connected')).id).toBe(alerting.id);
    await reaches(anna, 'connected');
    await rig.quietTime();
    expect(statesOf(anna).at(-1)).toBe('connected');
    expect(statesOf(bernd)).toEqual(['alerting', 'connected']);
  });

  it('acts once on a request that is repeated, and gives the first answer again', async () => {
    const { rig, system, anna, bernd, rings, dial } = stage();
    const [first, second] = await Promise.all([
      dial(anna, bernd.extension, 'request-repeated'),
      dial(anna, bernd.extension, 'request-repeated'),
    ]);
    expect(second).toEqual(first);
    await rings(anna);
    expect(await dial(anna, bernd.extension, 'request-repeated')).toEqual(first);
    await rig.quietTime();
    expect(system.connections()).toHaveLength(1);
  });

  it('tells a call that is dialled at the phone by hand', async () => {
    const { anna, bernd, statesOf, reaches, rings } = stage();
    await anna.dial(bernd.extension);
    await rings(bernd);
    const delivered = await reaches(anna, 'delivered');
    expect(delivered).toMatchObject({ direction: 'outgoing', party: { number: bernd.extension } });
    await bernd.lift();
    await reaches(anna, 'connected');
    await anna.layDown();
    await reaches(anna, 'ended');
    expect(statesOf(anna)).toEqual(['originated', 'delivered', 'connected', 'ended']);
  });

  it('refuses phones, calls and digits that it does not know', async () => {
    const { rig, system, anna, heard, dial } = stage();
    await expect(dial({ ...anna, address: `${anna.address}9` }, '331')).rejects.toMatchObject({
      reason: 'unknown-device',
    });
    for (const digits of ['', '33 1', '331@trunk', '331&PJSIP/332', '${UC_EVIL}', '3'.repeat(65)]) {
      await expect(dial(anna, digits)).rejects.toMatchObject({ reason: 'refused' });
    }
    await expect(system.hangUp('nothing')).rejects.toMatchObject({ reason: 'unknown-connection' });
    await expect(system.answer('nothing')).rejects.toMatchObject({ reason: 'unknown-connection' });
    await rig.quietTime();
    expect(heard.filter(({ type }) => type === 'connection')).toEqual([]);
  });

  it('does not answer a call that does not ring', async () => {
    const { system, anna, bernd, rings, dial } = stage();
    const own = await dial(anna, bernd.extension);
    await rings(anna);
    await expect(system.answer(own.id)).rejects.toMatchObject({ reason: 'refused' });
  });

  it('shows a name that is made to break out, and nothing comes of it', async () => {
    const { anna, carla, reaches, rings, dial } = stage();
    await dial(carla, anna.extension);
    await rings(carla);
    await carla.lift();
    expect(await rings(anna)).toMatchObject({ number: carla.extension, name: evilName });
    expect((await reaches(anna, 'alerting')).party).toEqual({ number: carla.extension, name: evilName });
  });

  it('tells that the link is lost, refuses commands, and comes back by itself with what is', async () => {
    const { rig, system, anna, bernd, carla, heard, told, reaches, dial, talk } = stage();
    const lasting = await talk(anna, bernd);
    await carla.dial(bernd.extension);
    await rig.until('332 is told', () => told(carla).length > 0);
    await rig.cutLink();
    await rig.until('link down', () => system.link === 'down');
    expect(heard.at(-1)).toEqual({ type: 'link', state: 'down' });
    await expect(dial(carla, '331')).rejects.toMatchObject({ reason: 'unavailable' });
    await expect(system.hangUp(lasting.id)).rejects.toMatchObject({ reason: 'unavailable' });
    await carla.layDown();
    const before = heard.length;

    await rig.restoreLink();
    await rig.until('link up again', () => system.link === 'up');
    expect(heard.slice(before).map(({ type }) => type)).toEqual(['snapshot', 'link']);
    const snapshot = heard[before];
    const there = snapshot?.type === 'snapshot' ? snapshot.connections : [];
    expect(there).toEqual(system.connections());
    expect(there.map(({ device, state, direction }) => ({ device, state, direction }))).toEqual(
      expect.arrayContaining([
        { device: anna.address, state: 'connected', direction: 'outgoing' },
        { device: bernd.address, state: 'connected', direction: 'incoming' },
      ]),
    );
    expect(there).toHaveLength(2);
    expect(there.find(({ device }) => device === anna.address)).toMatchObject({
      id: lasting.id,
      callId: lasting.callId,
      party: { number: bernd.extension },
    });

    await system.hangUp(lasting.id);
    await reaches(anna, 'ended');
    await reaches(bernd, 'ended');
  });

  it('does nothing to phones that are not watched any more', async () => {
    const { system, anna, bernd, told, reaches, dial } = stage();
    system.setDevices([{ address: anna.address, extension: anna.extension, displayName: anna.displayName }]);
    await expect(dial(bernd, anna.extension)).rejects.toMatchObject({ reason: 'unknown-device' });
    await bernd.dial(anna.extension);
    await reaches(anna, 'alerting');
    expect(told(bernd)).toEqual([]);
  });
}
