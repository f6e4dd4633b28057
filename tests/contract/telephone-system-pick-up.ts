/** The contract of the telephone system port: fetching a call that rings at a colleague's phone. */
import { expect, it } from 'vitest';
import type { Connection } from '../../sync-service/telephone-system/telephone-system';
import type { Stage } from './telephone-system-stage';

export function pickUpContract(stage: () => Stage): void {
  /** Anna calls Bernd; his phone rings. */
  const ringing = async (): Promise<{ own: Connection; colleague: Connection }> => {
    const { anna, bernd, ringUp, reaches } = stage();
    const own = await ringUp(anna, bernd);
    return { own, colleague: await reaches(bernd, 'alerting') };
  };
  /** Carla's phone rings until it is lifted, or answers by itself where it can. Gives what it showed. */
  const accept = async (side: Connection): Promise<{ readonly number?: string; readonly name?: string }> => {
    const { rig, carla, last } = stage();
    const shown = await rig.until(
      'the own phone rings or answers',
      () => carla.ringing() ?? (last(side.id)?.state === 'connected' ? {} : undefined),
    );
    if (carla.ringing() !== undefined) await carla.lift();
    return shown;
  };

  it('rings the own phone without naming the caller, and fetches the call once it is accepted', async () => {
    const { system, anna, bernd, carla, rig, told, sideReaches, sideIs, requestId, talkTogether } = stage();
    const { own, colleague } = await ringing();
    const side = await system.pickUp({ device: carla.address, connectionId: colleague.id, requestId: requestId() });
    expect(side).toMatchObject({
      device: carla.address,
      state: 'initiated',
      purpose: 'pick-up',
      party: {},
      redirectedFrom: { number: bernd.extension },
    });
    expect(side.party).toEqual({});
    const shown = await accept(side);
    expect(JSON.stringify(shown)).not.toContain(anna.extension);
    expect(JSON.stringify(shown)).not.toContain(anna.displayName);

    const picked = await sideReaches(side.id, 'connected');
    expect(picked).toMatchObject({
      party: { number: anna.extension },
      redirectedFrom: { number: bernd.extension },
      callId: own.callId,
    });
    for (const before of told(carla).filter(({ state }) => state !== 'connected')) expect(before.party).toEqual({});
    expect(await sideReaches(colleague.id, 'ended')).toMatchObject({
      reason: 'picked-up',
      takenBy: { number: carla.extension },
    });
    await rig.until('331 is quiet', () => bernd.ringing() === undefined);
    await sideIs(
      own.id,
      'talks with 332',
      ({ state, party }) => state === 'connected' && party.number === carla.extension,
    );
    await talkTogether(anna, carla);
    await sideIs(side.id, 'can be held', ({ abilities }) => abilities.includes('hold'));
  });

  it('picks up once for a request that is repeated', async () => {
    const { system, carla, rig, anna } = stage();
    const { colleague } = await ringing();
    const command = { device: carla.address, connectionId: colleague.id, requestId: 'pick-up-once' };
    const [one, two] = await Promise.all([system.pickUp(command), system.pickUp(command)]);
    expect(two).toEqual(one);
    await accept(one);
    await rig.until('330 hears 332', () => anna.hears().includes(carla.extension));
    expect(await system.pickUp(command)).toEqual(one);
    await rig.quietTime();
    expect(system.connections().filter(({ device }) => device === carla.address)).toHaveLength(1);
  });

  it('says that there is nothing to fetch any more', async () => {
    const { system, anna, bernd, carla, rig, reaches, requestId, told, ringUp } = stage();
    const { own, colleague } = await ringing();
    const fetch = (connectionId: string): Promise<Connection> =>
      system.pickUp({ device: carla.address, connectionId, requestId: requestId() });
    await bernd.lift();
    await reaches(anna, 'connected');
    await expect(fetch(colleague.id)).rejects.toMatchObject({ reason: 'taken' });
    await system.hangUp(own.id);
    await reaches(bernd, 'ended');
    await expect(fetch(colleague.id)).rejects.toMatchObject({ reason: 'taken' });

    const second = await ringUp(anna, bernd);
    const gone = await reaches(bernd, 'alerting');
    await system.hangUp(second.id);
    await reaches(bernd, 'ended');
    await expect(fetch(gone.id)).rejects.toMatchObject({ reason: 'taken' });
    await rig.quietTime();
    expect(told(carla)).toEqual([]);
  });

  it('refuses phones that it does not know, that are in use, or that ring themselves', async () => {
    const { system, anna, bernd, carla, rig, requestId, last } = stage();
    const { colleague } = await ringing();
    const fetch = (device: string): Promise<Connection> =>
      system.pickUp({ device, connectionId: colleague.id, requestId: requestId() });
    await expect(fetch(`${carla.address}9`)).rejects.toMatchObject({ reason: 'unknown-device' });
    await expect(fetch(anna.address)).rejects.toMatchObject({ reason: 'refused' });
    await expect(fetch(bernd.address)).rejects.toMatchObject({ reason: 'refused' });
    await rig.until('331 still rings', () => bernd.ringing());
    expect(last(colleague.id)?.state).toBe('alerting');
  });
}
