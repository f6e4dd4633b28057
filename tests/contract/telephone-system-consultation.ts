/** The contract of the telephone system port: consultation, alternating, three-way conference, and the way back. */
import { expect, it } from 'vitest';
import type { Connection } from '../../sync-service/telephone-system/telephone-system';
import type { Stage } from './telephone-system-stage';

/** Anna talks with Bernd, holds him and dials somebody: her two sides and Bernd's. */
export async function consulting(stage: Stage, dialString: string) {
  const { system, anna, bernd, talk, sideAt, requestId } = stage;
  const first = await talk(anna, bernd);
  const other = sideAt(bernd);
  const second = await system.consult({ connectionId: first.id, dialString, requestId: requestId() });
  return { first, other, second };
}

/** The same, and Carla has answered. */
export async function consulted(stage: Stage) {
  const { carla, rings, newSideAt, sideReaches, hearsNobody, talkTogether, anna, bernd } = stage;
  const sides = await consulting(stage, carla.extension);
  await rings(carla);
  const third = await newSideAt(carla, [], 'alerting');
  await carla.lift();
  await sideReaches(sides.second.id, 'connected');
  await sideReaches(third.id, 'connected');
  await talkTogether(anna, carla);
  await hearsNobody(bernd);
  return { ...sides, third };
}

const sorted = (side: Connection | undefined): string => [...(side?.abilities ?? [])].sort().join(' ');

export function consultationContract(stage: () => Stage): void {
  /** Anna and Bernd talk again, and nothing is left of the consultation. */
  const isBack = async (first: Connection, other: Connection): Promise<void> => {
    const { anna, bernd, sideIs, sideReaches, talkTogether } = stage();
    const back = await sideIs(
      first.id,
      'connected and alone',
      ({ state, related }) => state === 'connected' && related === undefined,
    );
    expect(back.party.number).toBe(bernd.extension);
    await sideReaches(other.id, 'connected');
    await talkTogether(anna, bernd);
  };

  it('holds the first party, dials, and names both sides as related', async () => {
    const { anna, bernd, carla, rings, newSideAt, sideReaches, sideIs, last, told, talkTogether, hearsNobody } =
      stage();
    const { first, other, second } = await consulting(stage(), carla.extension);
    expect(second).toMatchObject({
      device: anna.address,
      direction: 'outgoing',
      state: 'originated',
      related: first.id,
      party: { number: carla.extension },
    });
    expect(second.id).not.toBe(first.id);
    expect(await sideReaches(first.id, 'held')).toMatchObject({ heldBy: 'me', related: second.id });
    expect(await sideReaches(other.id, 'held')).toMatchObject({ heldBy: 'other' });
    expect(await rings(carla)).toMatchObject({ number: anna.extension, name: anna.displayName });
    expect(await sideReaches(second.id, 'delivered')).toMatchObject({ related: first.id });
    const third = await newSideAt(carla, [], 'alerting');
    expect(sorted(last(second.id))).toBe('hang-up');
    await sideIs(first.id, 'can be sent on', (side) => sorted(side) === 'hang-up resume transfer');

    await carla.lift();
    await sideReaches(second.id, 'connected');
    await sideReaches(third.id, 'connected');
    await talkTogether(anna, carla);
    await hearsNobody(bernd);
    await sideIs(first.id, 'can be alternated', (side) => sorted(side) === 'alternate hang-up resume transfer');
    await sideIs(second.id, 'can be conferenced', (side) => sorted(side) === 'conference hang-up');
    const states = told(anna)
      .filter(({ id }) => id === second.id)
      .map(({ state }) => state);
    expect([...new Set(states)]).toEqual(['originated', 'delivered', 'connected']);
  });

  it('goes back to the first party when the consulted phone is busy', async () => {
    const { carla, anna, dial, rings, sideReaches } = stage();
    await dial(carla, anna.extension);
    await rings(carla);
    const { first, other, second } = await consulting(stage(), carla.extension);
    expect(await sideReaches(second.id, 'ended')).toMatchObject({ reason: 'busy' });
    await isBack(first, other);
  });

  it('goes back to the first party when nobody answers', async () => {
    const { carla, sideReaches, rig } = stage();
    const { first, other, second } = await consulting(stage(), carla.extension);
    expect(await sideReaches(second.id, 'ended')).toMatchObject({ reason: 'no-answer' });
    await isBack(first, other);
    await rig.until('332 is quiet', () => carla.ringing() === undefined);
  });

  it('goes back to the first party when there is no such number', async () => {
    const { rig, sideReaches } = stage();
    const { first, other, second } = await consulting(stage(), rig.unknownNumber);
    expect(await sideReaches(second.id, 'ended')).toMatchObject({ reason: 'unknown-number' });
    await isBack(first, other);
  });

  it('goes back to the first party when the consulted one lays down', async () => {
    const { carla, sideReaches } = stage();
    const { first, other, second, third } = await consulted(stage());
    await carla.layDown();
    await sideReaches(third.id, 'ended');
    expect(await sideReaches(second.id, 'ended')).toMatchObject({ reason: 'normal' });
    await isBack(first, other);
  });

  it('goes back to the first party when the consultation is hung up, ringing or connected', async () => {
    const { system, rig, carla, rings, newSideAt, sideReaches, requestId } = stage();
    const { first, other, second, third } = await consulted(stage());
    await system.hangUp(second.id);
    await sideReaches(second.id, 'ended');
    await sideReaches(third.id, 'ended');
    await isBack(first, other);

    const once = await system.consult({
      connectionId: first.id,
      dialString: carla.extension,
      requestId: requestId(),
    });
    await rings(carla);
    const ringing = await newSideAt(carla, [third.id], 'alerting');
    await system.hangUp(once.id);
    expect(await sideReaches(once.id, 'ended')).toMatchObject({ reason: 'cancelled' });
    await sideReaches(ringing.id, 'ended');
    await rig.until('332 is quiet', () => carla.ringing() === undefined);
    await isBack(first, other);
  });

  it('ends a ringing or connected consultation when the first party is resumed', async () => {
    const { system, carla, rings, newSideAt, sideReaches, requestId } = stage();
    const { first, other, second } = await consulting(stage(), carla.extension);
    await rings(carla);
    const ringing = await newSideAt(carla, [], 'alerting');
    await system.resume(first.id);
    await sideReaches(second.id, 'ended');
    await sideReaches(ringing.id, 'ended');
    await isBack(first, other);

    const again = { connectionId: first.id, dialString: carla.extension, requestId: requestId() };
    const connected = await system.consult(again);
    await rings(carla);
    await carla.lift();
    await sideReaches(connected.id, 'connected');
    await system.resume(first.id);
    await sideReaches(connected.id, 'ended');
    await isBack(first, other);
  });

  it('alternates between both parties', async () => {
    const { system, anna, bernd, carla, sideReaches, talkTogether, hearsNobody } = stage();
    const { first, other, second, third } = await consulted(stage());
    await system.alternate(first.id);
    await sideReaches(first.id, 'connected');
    expect(await sideReaches(second.id, 'held')).toMatchObject({ heldBy: 'me', related: first.id });
    await sideReaches(other.id, 'connected');
    expect(await sideReaches(third.id, 'held')).toMatchObject({ heldBy: 'other' });
    await talkTogether(anna, bernd);
    await hearsNobody(carla);

    await system.alternate(second.id);
    await sideReaches(second.id, 'connected');
    await sideReaches(first.id, 'held');
    await talkTogether(anna, carla);
    await hearsNobody(bernd);
    await expect(system.alternate(second.id)).rejects.toMatchObject({ reason: 'refused' });
  });

  it('goes on with the consultation when the held party lays down', async () => {
    const { anna, bernd, carla, sideReaches, sideIs, talkTogether } = stage();
    const { first, other, second } = await consulted(stage());
    await bernd.layDown();
    await sideReaches(other.id, 'ended');
    await sideReaches(first.id, 'ended');
    await sideIs(second.id, 'alone', ({ state, related }) => state === 'connected' && related === undefined);
    await talkTogether(anna, carla);
  });

  it('joins all three into a conference that the held side carries on', async () => {
    const { system, anna, bernd, carla, sideReaches, sideIs, last, talkTogether, allIdle } = stage();
    const { first, other, second, third } = await consulted(stage());
    await system.conference(second.id);
    expect(await sideReaches(second.id, 'ended')).toMatchObject({ reason: 'conferenced' });
    const joined = await sideIs(
      first.id,
      'in a conference',
      ({ state, others }) => state === 'connected' && others?.length === 1,
    );
    expect(joined.related).toBeUndefined();
    expect([joined.party.number, joined.others?.[0]?.number].sort()).toEqual([bernd.extension, carla.extension]);
    for (const ability of ['consult', 'alternate', 'conference', 'hold'] as const) {
      expect(joined.abilities).not.toContain(ability);
    }
    expect(joined.abilities).toContain('hang-up');
    await sideReaches(other.id, 'connected');
    await sideReaches(third.id, 'connected');
    await talkTogether(anna, bernd, carla);

    await system.hangUp(first.id);
    await sideReaches(first.id, 'ended');
    await talkTogether(bernd, carla);
    expect(last(other.id)?.state).toBe('connected');
    await carla.layDown();
    await sideReaches(third.id, 'ended');
    await sideReaches(other.id, 'ended');
    await allIdle();
  });

  it('lets the others of a conference go on when one of them leaves', async () => {
    const { system, anna, bernd, carla, sideReaches, sideIs, talkTogether } = stage();
    const { first, second, other } = await consulted(stage());
    await system.conference(second.id);
    await talkTogether(anna, bernd, carla);
    await bernd.layDown();
    await sideReaches(other.id, 'ended');
    await talkTogether(anna, carla);
    const left = await sideIs(first.id, 'with one party', ({ others }) => others === undefined || others.length === 0);
    expect(left.party.number).toBe(carla.extension);
  });

  it('consults once for a request that is repeated', async () => {
    const { system, anna, bernd, carla, talk, rig, rings } = stage();
    const { id: connectionId } = await talk(anna, bernd);
    const command = { connectionId, dialString: carla.extension, requestId: 'consult-once' };
    const [one, two] = await Promise.all([system.consult(command), system.consult(command)]);
    expect(two).toEqual(one);
    await rings(carla);
    expect(await system.consult(command)).toEqual(one);
    await rig.quietTime();
    expect(system.connections().filter(({ device }) => device === anna.address)).toHaveLength(2);
  });

  it('refuses digits and calls that it does not know, and leaves the call as it is', async () => {
    const { system, anna, bernd, talk, rig, requestId, last } = stage();
    const { id: connectionId } = await talk(anna, bernd);
    for (const dialString of ['', '33 2', '332@trunk', '332&PJSIP/331', '${UC_EVIL}', '3'.repeat(65)]) {
      await expect(system.consult({ connectionId, dialString, requestId: requestId() })).rejects.toMatchObject({
        reason: 'refused',
      });
    }
    const unknown = { connectionId: 'nothing', dialString: '332', requestId: requestId() };
    await expect(system.consult(unknown)).rejects.toMatchObject({ reason: 'unknown-connection' });
    for (const command of ['hold', 'resume', 'alternate', 'conference'] as const) {
      await expect(system[command]('nothing')).rejects.toMatchObject({ reason: 'unknown-connection' });
    }
    await rig.quietTime();
    expect(last(connectionId)?.state).toBe('connected');
  });

  it('knows a consultation again after the link was lost', async () => {
    const { rig, system, anna, bernd, sideReaches, talkTogether } = stage();
    const { first, other, second, third } = await consulted(stage());
    await rig.cutLink();
    await rig.until('link down', () => system.link === 'down');
    await expect(system.resume(first.id)).rejects.toMatchObject({ reason: 'unavailable' });
    await rig.restoreLink();
    await rig.until('link up again', () => system.link === 'up');
    const now = new Map(system.connections().map((side) => [side.id, side]));
    expect(now.size).toBe(4);
    expect(now.get(first.id)).toMatchObject({ state: 'held', heldBy: 'me', related: second.id });
    expect(now.get(second.id)).toMatchObject({ state: 'connected', related: first.id, direction: 'outgoing' });
    expect(now.get(other.id)).toMatchObject({ state: 'held', heldBy: 'other' });
    expect(now.get(third.id)).toMatchObject({ state: 'connected' });
    expect(sorted(now.get(first.id))).toBe('alternate hang-up resume transfer');

    await system.alternate(first.id);
    await sideReaches(first.id, 'connected');
    await talkTogether(anna, bernd);
  });
}
