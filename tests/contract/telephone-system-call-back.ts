/** The contract of the telephone system port: calls that a user makes with his mobile in place of his phone. */
import { expect, it } from 'vitest';
import type { Connection } from '../../sync-service/telephone-system/telephone-system';
import type { RigMobile, RigOffer, RigPhone, Stage } from './telephone-system-stage';

export function callBackContract(stage: () => Stage, offers: ReadonlySet<RigOffer>): void {
  const mobileOf = ({ rig }: Stage): RigMobile => {
    if (rig.mobile === undefined) throw new Error('The rig has no mobile.');
    return rig.mobile;
  };
  const dialWith = (
    { system, anna, requestId, rig }: Stage,
    dialString: string,
    id = requestId(),
  ): Promise<Connection> =>
    system.dial({ device: anna.address, dialString, callBackTo: rig.mobile?.dialString ?? '', requestId: id });
  /** The mobile was answered and the other phone rings. */
  const ringUp = async (played: Stage, to: RigPhone): Promise<Connection> => {
    const mobile = mobileOf(played);
    const own = await dialWith(played, to.extension);
    await played.rings(mobile);
    await mobile.lift();
    await played.rings(to);
    await played.reaches(to, 'alerting');
    return own;
  };
  const talk = async (played: Stage, to: RigPhone): Promise<Connection> => {
    const own = await ringUp(played, to);
    await to.lift();
    await played.reaches(played.anna, 'connected');
    await played.reaches(to, 'connected');
    return own;
  };

  it('calls the mobile first, then the other, who sees the extension: one call of the office', async () => {
    const played = stage();
    const { rig, system, anna, bernd, statesOf, reaches, rings, talkTogether, endedOnce } = played;
    const mobile = mobileOf(played);
    expect(system.callsBack).toBe(true);
    const own = await dialWith(played, bernd.extension);
    expect(own).toMatchObject({
      device: anna.address,
      direction: 'outgoing',
      state: 'initiated',
      ownMobile: 'called',
      abilities: ['hang-up'],
      party: { number: bernd.extension },
    });
    expect((await rings(mobile)).number).toBe(anna.extension);
    expect(anna.ringing()).toBeUndefined();
    expect(bernd.ringing()).toBeUndefined();

    await mobile.lift();
    expect(await rings(bernd)).toMatchObject({ number: anna.extension, name: anna.displayName });
    expect(await reaches(anna, 'delivered')).toMatchObject({ id: own.id, ownMobile: 'answered' });
    const alerting = await reaches(bernd, 'alerting');
    expect(alerting).toMatchObject({ callId: own.callId, party: { number: anna.extension, name: anna.displayName } });
    await bernd.lift();
    const connected = await reaches(anna, 'connected');
    expect(connected).toMatchObject({ party: { number: bernd.extension }, abilities: ['hang-up'] });
    expect((await reaches(bernd, 'connected')).party).toEqual({ number: anna.extension, name: anna.displayName });
    await talkTogether(bernd, mobile);
    expect(
      system
        .connections()
        .map(({ device }) => device)
        .sort(),
    ).toEqual([anna.address, bernd.address]);

    await system.hangUp(own.id);
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'normal', ownMobile: 'answered' });
    expect(await reaches(bernd, 'ended')).toMatchObject({ reason: 'normal' });
    await rig.until('the mobile is free', () => mobile.hears().length === 0);
    await rig.quietTime();
    expect(statesOf(anna)).toEqual(['initiated', 'originated', 'delivered', 'connected', 'ended']);
    endedOnce(anna, own.id);
    await played.allIdle();
  });

  it('says that the mobile was refused, and calls nobody', async () => {
    const played = stage();
    const { rig, anna, bernd, told, statesOf, reaches, rings } = played;
    await dialWith(played, bernd.extension);
    await rings(mobileOf(played));
    await mobileOf(played).refuse();
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'rejected', ownMobile: 'called' });
    await rig.quietTime();
    expect(statesOf(anna)).toEqual(['initiated', 'ended']);
    expect(told(bernd)).toEqual([]);
  });

  it('gives up by itself when nobody answers the mobile', async () => {
    const played = stage();
    const { anna, bernd, told, reaches, rings } = played;
    await dialWith(played, bernd.extension);
    await rings(mobileOf(played));
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'no-answer', ownMobile: 'called' });
    expect(told(bernd)).toEqual([]);
  });

  it('stops to call the mobile by command', async () => {
    const played = stage();
    const { rig, system, anna, bernd, told, reaches, rings } = played;
    const own = await dialWith(played, bernd.extension);
    await rings(mobileOf(played));
    await system.hangUp(own.id);
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'cancelled', ownMobile: 'called' });
    await rig.until('the mobile is quiet', () => mobileOf(played).ringing() === undefined);
    expect(told(bernd)).toEqual([]);
  });

  it('says what became of the other once the mobile is answered', async () => {
    const played = stage();
    const { anna, bernd, reaches } = played;
    await ringUp(played, bernd);
    await bernd.refuse();
    expect(await reaches(anna, 'failed')).toMatchObject({ reason: 'rejected', ownMobile: 'answered' });
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'rejected', ownMobile: 'answered' });
  });

  it('ends for both when one of them hangs up', async () => {
    const played = stage();
    const { anna, bernd, reaches } = played;
    await talk(played, bernd);
    await mobileOf(played).layDown();
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'normal' });
    await reaches(bernd, 'ended');
    await played.allIdle();
    await talk(played, bernd);
    await bernd.layDown();
    expect(await reaches(anna, 'ended')).toMatchObject({ reason: 'normal' });
    await played.allIdle();
  });

  it('leaves the phone free, which rings for somebody else and is answered there', async () => {
    const played = stage();
    const { system, anna, bernd, carla, reaches, rings, talkTogether, sideReaches } = played;
    const own = await talk(played, bernd);
    await carla.dial(anna.extension);
    expect((await rings(anna)).number).toBe(carla.extension);
    const alerting = await reaches(anna, 'alerting');
    expect(alerting.ownMobile).toBeUndefined();
    await anna.lift();
    await sideReaches(alerting.id, 'connected');
    await talkTogether(anna, carla);
    await talkTogether(bernd, mobileOf(played));
    await system.hangUp(own.id);
    await sideReaches(own.id, 'ended');
    await talkTogether(anna, carla);
  });

  it('lets the other hold, take back and give the call away', async () => {
    const played = stage();
    const { system, anna, bernd, carla, sideAt, sideReaches, sideIs, hearsNobody, talkTogether, rings } = played;
    const own = await talk(played, bernd);
    const other = sideAt(bernd);
    await system.hold(other.id);
    expect(await sideReaches(own.id, 'held')).toMatchObject({ heldBy: 'other', abilities: ['hang-up'] });
    await hearsNobody(bernd);
    await sideIs(other.id, 'can resume', ({ abilities }) => abilities.includes('resume'));
    await system.resume(other.id);
    await sideReaches(own.id, 'connected');
    await talkTogether(bernd, mobileOf(played));
    await system.transfer(other.id, { dialString: carla.extension });
    await sideReaches(other.id, 'ended');
    expect((await rings(carla)).number).toBe(anna.extension);
    await carla.lift();
    await talkTogether(carla, mobileOf(played));
    await system.hangUp(own.id);
    await played.allIdle();
  });

  it('acts once on a request that is repeated', async () => {
    const played = stage();
    const { rig, system, bernd, rings } = played;
    const first = await dialWith(played, bernd.extension, 'request-mobile');
    await rings(mobileOf(played));
    expect((await dialWith(played, bernd.extension, 'request-mobile')).id).toBe(first.id);
    await rig.quietTime();
    expect(system.connections()).toHaveLength(1);
  });

  it('refuses a mobile that is no number to dial', async () => {
    const { rig, system, anna, bernd, heard, requestId } = stage();
    for (const callBackTo of ['', '*72', '0171 1', '0171@trunk', '0171&PJSIP/332', '${UC_EVIL}', '1'.repeat(65)]) {
      await expect(
        system.dial({ device: anna.address, dialString: bernd.extension, callBackTo, requestId: requestId() }),
      ).rejects.toMatchObject({ reason: 'refused' });
    }
    await rig.quietTime();
    expect(heard.filter(({ type }) => type === 'connection')).toEqual([]);
  });

  it('goes on while nobody is connected, and is known again afterwards', async () => {
    const played = stage();
    const { rig, system, anna, bernd, reaches, talkTogether } = played;
    const own = await talk(played, bernd);
    await rig.cutLink();
    await rig.until('link down', () => system.link === 'down');
    await rig.restoreLink();
    await rig.until('link up again', () => system.link === 'up');
    expect(system.connections().find(({ device }) => device === anna.address)).toMatchObject({
      id: own.id,
      callId: own.callId,
      state: 'connected',
      ownMobile: 'answered',
      party: { number: bernd.extension },
      abilities: ['hang-up'],
    });
    await talkTogether(bernd, mobileOf(played));
    await system.hangUp(own.id);
    await reaches(anna, 'ended');
    await played.allIdle();
  });

  if (!offers.has('call-records')) return;

  it('leaves one record to each of the two, and none of a mobile that was not answered', async () => {
    const played = stage();
    const { rig, system, anna, bernd, reaches, rings } = played;
    const cursor = (await system.callRecords(undefined, 10_000)).cursor;
    await dialWith(played, bernd.extension);
    await rings(mobileOf(played));
    await mobileOf(played).refuse();
    await reaches(anna, 'ended');
    const own = await talk(played, bernd);
    await system.hangUp(own.id);
    await reaches(bernd, 'ended');
    await played.allIdle();
    let records: Awaited<ReturnType<typeof system.callRecords>>['records'] = [];
    for (let tries = 0; tries < 50 && records.length < 2; tries++) {
      await rig.quietTime();
      ({ records } = await system.callRecords(cursor, 100));
    }
    expect(records).toHaveLength(2);
    expect(records.find(({ device }) => device === anna.address)).toMatchObject({
      callId: own.callId,
      direction: 'outgoing',
      party: { number: bernd.extension },
      result: 'answered',
    });
    expect(records.find(({ device }) => device === bernd.address)).toMatchObject({
      callId: own.callId,
      direction: 'incoming',
      party: { number: anna.extension },
      result: 'answered',
    });
  });
}
