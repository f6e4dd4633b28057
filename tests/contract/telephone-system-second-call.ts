/** The contract of the telephone system port: a second call rings at a phone that talks. */
import { expect, it } from 'vitest';
import type { Stage } from './telephone-system-stage';

export function secondCallContract(stage: () => Stage): void {
  /** Anna talks with Bernd, and Carla calls him. */
  const waiting = async () => {
    const { anna, bernd, carla, talk, sideAt, newSideAt, reaches } = stage();
    const caller = await talk(anna, bernd);
    const first = sideAt(bernd);
    await carla.dial(bernd.extension);
    const second = await newSideAt(bernd, [first.id], 'alerting');
    const third = await reaches(carla, 'delivered');
    return { caller, first, second, third };
  };
  const sorted = (abilities: readonly string[]): string => [...abilities].sort().join(' ');

  it('waits while the phone talks, with what can be done with each', async () => {
    const { anna, bernd, carla, sideIs, last, talkTogether } = stage();
    const { first, second } = await waiting();
    expect(second).toMatchObject({ direction: 'incoming', party: { number: carla.extension } });
    expect(second.related).toBeUndefined();
    expect(second.abilities).toEqual(expect.arrayContaining(['answer', 'hang-up', 'deflect']));
    await sideIs(first.id, 'can do less', ({ abilities }) => sorted(abilities) === 'hang-up hold transfer');
    expect(last(first.id)?.state).toBe('connected');
    await talkTogether(anna, bernd);
  });

  it('is answered by command, which holds the first', async () => {
    const { system, bernd, carla, sideReaches, sideIs, talkTogether, anna, hearsNobody } = stage();
    const { caller, first, second, third } = await waiting();
    await system.answer(second.id);
    await sideReaches(second.id, 'connected');
    expect(await sideReaches(first.id, 'held')).toMatchObject({ heldBy: 'me' });
    expect(await sideReaches(caller.id, 'held')).toMatchObject({ heldBy: 'other' });
    await sideReaches(third.id, 'connected');
    await talkTogether(bernd, carla);
    await hearsNobody(anna);
    await sideIs(
      first.id,
      'held one of two',
      ({ abilities }) => sorted(abilities) === 'alternate hang-up resume transfer',
    );
    await sideIs(second.id, 'active one of two', ({ abilities }) => sorted(abilities) === 'conference hang-up');

    await system.alternate(first.id);
    await sideReaches(second.id, 'held');
    await talkTogether(anna, bernd);
    await hearsNobody(carla);

    await system.transfer(second.id, { connectionId: first.id });
    expect(await sideReaches(first.id, 'ended')).toMatchObject({ reason: 'transferred' });
    expect(await sideReaches(second.id, 'ended')).toMatchObject({ reason: 'transferred' });
    await talkTogether(anna, carla);
  });

  it('is refused by command without disturbing the first', async () => {
    const { system, anna, bernd, sideReaches, sideIs, talkTogether } = stage();
    const { first, second, third } = await waiting();
    await system.hangUp(second.id);
    await sideReaches(second.id, 'ended');
    await sideIs(third.id, 'told', ({ state, reason }) => reason === 'rejected' && ['failed', 'ended'].includes(state));
    await sideIs(first.id, 'as before', ({ abilities }) => sorted(abilities) === 'consult hang-up hold transfer');
    await talkTogether(anna, bernd);
  });

  it('leaves the held call held when the active one ends', async () => {
    const { system, bernd, carla, anna, sideReaches, last, rig, talkTogether } = stage();
    const { first, second } = await waiting();
    await system.answer(second.id);
    await sideReaches(second.id, 'connected');
    await carla.layDown();
    await sideReaches(second.id, 'ended');
    await rig.quietTime();
    expect(last(first.id)).toMatchObject({ state: 'held', heldBy: 'me' });
    await system.resume(first.id);
    await talkTogether(anna, bernd);
  });
}
