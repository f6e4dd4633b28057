/** The contract of the telephone system port: hold, resume, and that nobody who is held is forgotten. */
import { expect, it } from 'vitest';
import type { Connection } from '../../sync-service/telephone-system/telephone-system';
import type { RigOffer, Stage } from './telephone-system-stage';

/** Anna called Bernd, they talk, and Anna holds him. */
async function held({ system, anna, bernd, talk, sideAt, sideReaches, hearsNobody }: Stage) {
  const own = await talk(anna, bernd);
  const other = sideAt(bernd);
  await system.hold(own.id);
  const mine = await sideReaches(own.id, 'held');
  const his = await sideReaches(other.id, 'held');
  await hearsNobody(anna);
  await hearsNobody(bernd);
  return { mine, his };
}

export function holdContract(stage: () => Stage, offers: ReadonlySet<RigOffer>): void {
  it('holds and goes on, and tells both sides who holds', async () => {
    const { system, anna, bernd, sideReaches, talkTogether } = stage();
    const { mine, his } = await held(stage());
    expect(mine).toMatchObject({ heldBy: 'me', party: { number: bernd.extension } });
    expect(his).toMatchObject({ heldBy: 'other', party: { number: anna.extension } });

    await system.resume(mine.id);
    const resumed = await sideReaches(mine.id, 'connected');
    expect(resumed.heldBy).toBeUndefined();
    expect(resumed.connectedAt).toBe(mine.connectedAt);
    expect((await sideReaches(his.id, 'connected')).heldBy).toBeUndefined();
    await talkTogether(anna, bernd);
  });

  it('lets the called side hold as well', async () => {
    const { system, anna, bernd, talk, sideAt, sideReaches, talkTogether } = stage();
    const own = await talk(anna, bernd);
    const called = sideAt(bernd);
    await system.hold(called.id);
    expect(await sideReaches(called.id, 'held')).toMatchObject({ heldBy: 'me' });
    expect(await sideReaches(own.id, 'held')).toMatchObject({ heldBy: 'other' });
    await system.resume(called.id);
    await sideReaches(own.id, 'connected');
    await talkTogether(anna, bernd);
  });

  it('ends both sides when the held party lays down', async () => {
    const { bernd, sideReaches, endedOnce, allIdle, anna } = stage();
    const { mine, his } = await held(stage());
    await bernd.layDown();
    expect(await sideReaches(mine.id, 'ended')).toMatchObject({ reason: 'normal' });
    expect(await sideReaches(his.id, 'ended')).toMatchObject({ reason: 'normal' });
    await allIdle();
    endedOnce(anna, mine.id);
  });

  it('ends both sides when the holder hangs up the held call by command', async () => {
    const { system, sideReaches, rig, anna, allIdle } = stage();
    const { mine, his } = await held(stage());
    await system.hangUp(mine.id);
    await sideReaches(mine.id, 'ended');
    await sideReaches(his.id, 'ended');
    await rig.quietTime();
    expect(anna.ringing()).toBeUndefined();
    await allIdle();
  });

  it('rings the holder again when he lays down and forgets whom he holds', async () => {
    const { anna, bernd, rings, sideReaches, newSideAt, last, talkTogether } = stage();
    const { mine, his } = await held(stage());
    await anna.layDown();
    await sideReaches(mine.id, 'ended');
    expect(await rings(anna)).toMatchObject({ number: bernd.extension });
    const again = await newSideAt(anna, [mine.id], 'alerting');
    expect(again).toMatchObject({ direction: 'incoming', party: { number: bernd.extension } });
    expect(last(his.id)?.state).not.toBe('ended');

    await anna.lift();
    await sideReaches(again.id, 'connected');
    expect(await sideReaches(his.id, 'connected')).toMatchObject({ party: { number: anna.extension } });
    await talkTogether(anna, bernd);
  });

  it('ends the held party when the holder refuses it', async () => {
    const { anna, rings, sideReaches, allIdle, bernd } = stage();
    const { mine, his } = await held(stage());
    await anna.layDown();
    await sideReaches(mine.id, 'ended');
    await rings(anna);
    await anna.refuse();
    await bernd.layDown().catch(() => undefined);
    await sideReaches(his.id, 'ended');
    await allIdle();
  });

  it('names exactly what can be done, and refuses the rest', async () => {
    const { rig, system, anna, bernd, carla, ringUp, sideAt, sideIs, reaches, requestId } = stage();
    const can = (...abilities: Connection['abilities'][number][]) => {
      const wanted = abilities.sort().join();
      return (side: Connection): boolean => [...side.abilities].sort().join() === wanted;
    };
    const refuses = async (command: Promise<unknown>): Promise<void> => {
      await expect(command).rejects.toMatchObject({ reason: 'refused' });
    };
    const own = await ringUp(anna, bernd);
    const called = await reaches(bernd, 'alerting');
    const voicemail = offers.has('voicemail') ? (['deflect-to-voicemail'] as const) : [];
    await sideIs(own.id, 'can hang up', can('hang-up'));
    await sideIs(called.id, 'can be answered', can('answer', 'hang-up', 'deflect', ...voicemail));
    for (const ringing of [own.id, called.id]) {
      await refuses(system.hold(ringing));
      await refuses(system.resume(ringing));
      await refuses(system.alternate(ringing));
      await refuses(system.conference(ringing));
      await refuses(system.transfer(ringing, { dialString: carla.extension }));
      await refuses(system.consult({ connectionId: ringing, dialString: carla.extension, requestId: requestId() }));
    }

    await bernd.lift();
    for (const talking of [own.id, called.id]) {
      await sideIs(talking, 'can be held', can('hang-up', 'hold', 'consult', 'transfer'));
      await refuses(system.answer(talking));
      await refuses(system.resume(talking));
      await refuses(system.alternate(talking));
      await refuses(system.conference(talking));
      await refuses(system.deflect(talking, { dialString: carla.extension }));
    }

    await system.hold(own.id);
    await sideIs(own.id, 'can be resumed', can('hang-up', 'resume', 'transfer'));
    await sideIs(called.id, 'is held', can('hang-up'));
    expect(sideAt(bernd).heldBy).toBe('other');
    await refuses(system.hold(own.id));
    await refuses(system.consult({ connectionId: own.id, dialString: carla.extension, requestId: requestId() }));
    await refuses(system.hold(called.id));
    await refuses(system.resume(called.id));
    await refuses(system.transfer(called.id, { dialString: carla.extension }));
    await rig.quietTime();
    expect(system.connections()).toHaveLength(2);
  });

  if (offers.has('hold-key')) {
    it('tells what the phone holds and takes up again with its own key', async () => {
      const { anna, bernd, talk, sideAt, sideReaches, talkTogether, hearsNobody } = stage();
      const own = await talk(anna, bernd);
      const other = sideAt(bernd);
      await anna.holdKey?.();
      expect(await sideReaches(own.id, 'held')).toMatchObject({ heldBy: 'me' });
      expect(await sideReaches(other.id, 'held')).toMatchObject({ heldBy: 'other' });
      await hearsNobody(bernd);
      await anna.holdKey?.();
      await sideReaches(own.id, 'connected');
      await sideReaches(other.id, 'connected');
      await talkTogether(anna, bernd);
    });
  }
}
