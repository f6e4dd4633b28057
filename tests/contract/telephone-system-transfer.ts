/** The contract of the telephone system port: calls that are handed on, talking or still ringing. */
import { expect, it } from 'vitest';
import { consulted, consulting } from './telephone-system-consultation';
import type { RigOffer, Stage } from './telephone-system-stage';

export function transferContract(stage: () => Stage, offers: ReadonlySet<RigOffer>): void {
  it('connects the held party with the consulted one, whose sides go on', async () => {
    const { system, anna, bernd, carla, sideReaches, sideIs, talkTogether, rig, allIdle } = stage();
    const { first, other, second, third } = await consulted(stage());
    await system.transfer(first.id, { connectionId: second.id });
    expect(await sideReaches(first.id, 'ended')).toMatchObject({ reason: 'transferred', abilities: [] });
    expect(await sideReaches(second.id, 'ended')).toMatchObject({ reason: 'transferred' });
    await talkTogether(bernd, carla);
    await sideIs(
      other.id,
      'talks with 332',
      ({ state, party }) => state === 'connected' && party.number === carla.extension,
    );
    await sideIs(
      third.id,
      'talks with 331',
      ({ state, party }) => state === 'connected' && party.number === bernd.extension,
    );
    expect(
      system
        .connections()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([other.id, third.id].sort());
    await rig.until('330 is quiet', () => anna.ringing() === undefined && anna.hears().length === 0);

    await bernd.layDown();
    await sideReaches(third.id, 'ended');
    await allIdle();
  });

  it('transfers to a phone that still rings', async () => {
    const { system, anna, bernd, carla, rings, newSideAt, sideReaches, sideIs, last, talkTogether } = stage();
    const { first, other, second } = await consulting(stage(), carla.extension);
    await rings(carla);
    const third = await newSideAt(carla, [], 'alerting');
    await sideIs(first.id, 'can be sent on', ({ abilities }) => abilities.includes('transfer'));
    await system.transfer(first.id, { connectionId: second.id });
    expect(await sideReaches(first.id, 'ended')).toMatchObject({ reason: 'transferred' });
    expect(await sideReaches(second.id, 'ended')).toMatchObject({ reason: 'transferred' });
    expect(last(other.id)?.state).not.toBe('ended');

    await rings(carla);
    await carla.lift();
    await talkTogether(bernd, carla);
    await sideIs(
      other.id,
      'talks with 332',
      ({ state, party }) => state === 'connected' && party.number === carla.extension,
    );
    const talking = await newSideAt(carla, [], 'connected');
    await sideIs(talking.id, 'talks with 331', ({ party }) => party.number === bernd.extension);
    expect(last(third.id)).toBeDefined();
    expect(anna.hears()).toEqual([]);
  });

  it('sends the other party to a number, from either side of a call', async () => {
    const { system, anna, bernd, carla, talk, sideAt, rings, newSideAt, sideReaches, sideIs, talkTogether } = stage();
    const own = await talk(anna, bernd);
    const called = sideAt(bernd);
    await system.transfer(called.id, { dialString: carla.extension });
    expect(await sideReaches(called.id, 'ended')).toMatchObject({ reason: 'transferred' });
    expect(await rings(carla)).toMatchObject({ number: anna.extension });
    const third = await newSideAt(carla, [], 'alerting');
    await carla.lift();
    await sideReaches(third.id, 'connected');
    await talkTogether(anna, carla);
    await sideIs(
      own.id,
      'talks with 332',
      ({ state, party }) => state === 'connected' && party.number === carla.extension,
    );

    await system.transfer(own.id, { dialString: bernd.extension });
    expect(await sideReaches(own.id, 'ended')).toMatchObject({ reason: 'transferred' });
    expect(await rings(bernd)).toMatchObject({ number: carla.extension });
    await bernd.lift();
    await talkTogether(bernd, carla);
  });

  it('sends a held party to a number', async () => {
    const { system, bernd, carla, anna, talk, sideReaches, rings, talkTogether } = stage();
    const own = await talk(anna, bernd);
    await system.hold(own.id);
    await sideReaches(own.id, 'held');
    await system.transfer(own.id, { dialString: carla.extension });
    expect(await sideReaches(own.id, 'ended')).toMatchObject({ reason: 'transferred' });
    await rings(carla);
    await carla.lift();
    await talkTogether(bernd, carla);
  });

  it('tells the party that was sent to a number that does not exist', async () => {
    const { system, rig, anna, bernd, talk, sideAt, sideReaches, allIdle } = stage();
    const own = await talk(anna, bernd);
    const other = sideAt(bernd);
    await system.transfer(own.id, { dialString: rig.unknownNumber });
    expect(await sideReaches(own.id, 'ended')).toMatchObject({ reason: 'transferred' });
    expect(await sideReaches(other.id, 'ended')).toMatchObject({ reason: 'unknown-number' });
    expect(anna.ringing()).toBeUndefined();
    await allIdle();
  });

  it('refuses a transfer that makes no sense, and nothing changes', async () => {
    const { system, rig, carla, anna, last } = stage();
    const { first, other, second, third } = await consulted(stage());
    const refused = { reason: 'refused' };
    for (const dialString of ['', '33 2', '332@trunk', '332&PJSIP/331', '${UC_EVIL}']) {
      await expect(system.transfer(first.id, { dialString })).rejects.toMatchObject(refused);
    }
    await expect(system.transfer(first.id, { connectionId: third.id })).rejects.toMatchObject(refused);
    await expect(system.transfer(first.id, { connectionId: first.id })).rejects.toMatchObject(refused);
    await expect(system.transfer(second.id, { connectionId: first.id })).rejects.toMatchObject(refused);
    await expect(system.transfer(first.id, { connectionId: 'nothing' })).rejects.toMatchObject({
      reason: 'unknown-connection',
    });
    await rig.quietTime();
    expect([first, other, second, third].map(({ id }) => last(id)?.state)).toEqual([
      'held',
      'held',
      'connected',
      'connected',
    ]);
    expect(anna.hears()).toEqual([carla.extension]);
  });

  it('deflects what rings to a colleague', async () => {
    const { system, anna, bernd, carla, ringUp, reaches, rings, newSideAt, sideReaches, sideIs, rig, talkTogether } =
      stage();
    const own = await ringUp(anna, bernd);
    const ringing = await reaches(bernd, 'alerting');
    await system.deflect(ringing.id, { dialString: carla.extension });
    expect(await sideReaches(ringing.id, 'ended')).toMatchObject({
      reason: 'forwarded',
      takenBy: { number: carla.extension },
    });
    await rig.until('331 is quiet', () => bernd.ringing() === undefined);
    expect(await rings(carla)).toMatchObject({ number: anna.extension });
    const third = await newSideAt(carla, [], 'alerting');
    expect(third).toMatchObject({
      direction: 'incoming',
      party: { number: anna.extension },
      redirectedFrom: { number: bernd.extension },
    });
    await carla.lift();
    await sideReaches(third.id, 'connected');
    await sideIs(own.id, 'connected', ({ state }) => state === 'connected');
    await talkTogether(anna, carla);
  });

  it('does not deflect what does not ring, nor to what is no number', async () => {
    const { system, anna, bernd, ringUp, reaches, rig, last } = stage();
    const own = await ringUp(anna, bernd);
    const ringing = await reaches(bernd, 'alerting');
    for (const dialString of ['', '33 2', '332@trunk', '${UC_EVIL}']) {
      await expect(system.deflect(ringing.id, { dialString })).rejects.toMatchObject({ reason: 'refused' });
    }
    await expect(system.deflect(own.id, { dialString: '332' })).rejects.toMatchObject({ reason: 'refused' });
    await expect(system.deflect('nothing', { dialString: '332' })).rejects.toMatchObject({
      reason: 'unknown-connection',
    });
    await rig.until('331 still rings', () => bernd.ringing());
    expect(last(ringing.id)?.state).toBe('alerting');
  });

  if (offers.has('voicemail')) {
    it('deflects what rings to the voice box', async () => {
      const { system, anna, bernd, ringUp, reaches, sideReaches, rig } = stage();
      const own = await ringUp(anna, bernd);
      const ringing = await reaches(bernd, 'alerting');
      expect(ringing.abilities).toContain('deflect-to-voicemail');
      await system.deflect(ringing.id, { voicemail: true });
      expect(await sideReaches(ringing.id, 'ended')).toMatchObject({ reason: 'forwarded' });
      await rig.until('331 is quiet', () => bernd.ringing() === undefined);
      await sideReaches(own.id, 'connected');
      await anna.layDown();
      await sideReaches(own.id, 'ended');
    });
  }
}
