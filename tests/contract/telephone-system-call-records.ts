/** The contract of the telephone system port: the record of every side of a call, once, also for the time nobody listened. */
import { expect, it } from 'vitest';
import type { CallRecord } from '../../sync-service/telephone-system/telephone-system';
import { consulted } from './telephone-system-consultation';
import type { RigOffer, RigPhone, Stage } from './telephone-system-stage';

export function callRecordsContract(stage: () => Stage, offers: ReadonlySet<RigOffer>): void {
  const readAll = async (from: string | undefined, limit = 100) => {
    const { system } = stage();
    const records: CallRecord[] = [];
    let cursor = from;
    for (;;) {
      const page = await system.callRecords(cursor, limit);
      expect(page.records.length).toBeLessThanOrEqual(limit);
      records.push(...page.records);
      cursor = page.cursor;
      if (!page.more) return { records, cursor };
    }
  };
  /** Everything before this is of other tests. */
  const now = async (): Promise<string> => (await readAll(undefined)).cursor;
  /** Waits until there are so many; there may not be more a while later. */
  const recordsSince = async (cursor: string, count: number): Promise<CallRecord[]> => {
    for (let tries = 0; tries < 20 && (await readAll(cursor)).records.length < count; tries += 1) {
      await stage().rig.quietTime();
    }
    await stage().rig.quietTime();
    const { records } = await readAll(cursor);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    expect(records).toHaveLength(count);
    return records;
  };
  const of = (records: readonly CallRecord[], phone: RigPhone): CallRecord | undefined =>
    records.find(({ device }) => device === phone.address);

  it('tells each side of an answered call once', async () => {
    const { system, anna, bernd, talk, reaches, rig, wakeUps } = stage();
    const cursor = await now();
    const own = await talk(anna, bernd);
    await system.hangUp(own.id);
    await reaches(bernd, 'ended');
    const records = await recordsSince(cursor, 2);
    expect(of(records, anna)).toMatchObject({
      direction: 'outgoing',
      party: { number: bernd.extension },
      result: 'answered',
    });
    expect(of(records, bernd)).toMatchObject({
      direction: 'incoming',
      party: { number: anna.extension },
      result: 'answered',
    });
    for (const { startedAt, connectedAt, endedAt } of records) {
      expect(connectedAt).toBeGreaterThanOrEqual(startedAt);
      expect(endedAt).toBeGreaterThanOrEqual(connectedAt ?? Infinity);
    }
    expect(new Set(records.map(({ callId }) => callId)).size).toBe(1);
    await rig.until('woken up', () => wakeUps() > 0);
  });

  it('tells why nobody answered', async () => {
    const { system, anna, bernd, carla, ringUp, reaches, rig } = stage();
    const cursor = await now();
    await ringUp(anna, bernd);
    await bernd.refuse();
    await reaches(anna, 'ended');
    await rig.until('330 is quiet', () => anna.ringing() === undefined);
    const second = await ringUp(anna, carla);
    await system.hangUp(second.id);
    await reaches(carla, 'ended');
    await reaches(anna, 'ended');
    const records = await recordsSince(cursor, 4);
    expect(of(records, bernd)).toMatchObject({ result: 'not-answered', reason: 'rejected' });
    expect(of(records, carla)).toMatchObject({ result: 'not-answered', reason: 'cancelled' });
    const mine = records.filter(({ device }) => device === anna.address);
    expect(mine.map(({ result, reason }) => `${result} ${reason ?? ''}`)).toEqual([
      'not-answered rejected',
      'not-answered cancelled',
    ]);
  });

  it('tells who has a call that was deflected', async () => {
    const { system, anna, bernd, carla, ringUp, reaches, rings } = stage();
    const cursor = await now();
    await ringUp(anna, bernd);
    const ringing = await reaches(bernd, 'alerting');
    await system.deflect(ringing.id, { dialString: carla.extension });
    await rings(carla);
    await carla.lift();
    await reaches(carla, 'connected');
    await carla.layDown();
    await reaches(anna, 'ended');
    const records = await recordsSince(cursor, 3);
    expect(of(records, bernd)).toMatchObject({
      direction: 'incoming',
      party: { number: anna.extension },
      result: 'taken-over',
      takenBy: { number: carla.extension },
    });
    expect(of(records, carla)).toMatchObject({ result: 'answered', redirectedFrom: { number: bernd.extension } });
    expect(of(records, anna)).toMatchObject({ result: 'answered', direction: 'outgoing' });
  });

  it('tells who picked a call up, and for whom it was', async () => {
    const { system, anna, bernd, carla, ringUp, reaches, rig, requestId } = stage();
    const cursor = await now();
    await ringUp(anna, bernd);
    const { id: connectionId } = await reaches(bernd, 'alerting');
    await system.pickUp({ device: carla.address, connectionId, requestId: requestId() });
    await rig.until('332 rings or talks', () => carla.ringing() !== undefined || carla.hears().length > 0);
    if (carla.ringing() !== undefined) await carla.lift();
    await reaches(carla, 'connected');
    await anna.layDown();
    await reaches(carla, 'ended');
    const records = await recordsSince(cursor, 3);
    expect(of(records, bernd)).toMatchObject({ result: 'taken-over', takenBy: { number: carla.extension } });
    expect(of(records, carla)).toMatchObject({
      direction: 'incoming',
      party: { number: anna.extension },
      result: 'answered',
      redirectedFrom: { number: bernd.extension },
    });
    expect(of(records, anna)).toMatchObject({ direction: 'outgoing', result: 'answered' });
  });

  it('tells both calls of a consultation', async () => {
    const { system, anna, bernd, carla, allIdle } = stage();
    const cursor = await now();
    const { first, second } = await consulted(stage());
    await system.hangUp(second.id);
    await stage().sideReaches(first.id, 'connected');
    await system.hangUp(first.id);
    await allIdle();
    const records = await recordsSince(cursor, 4);
    const mine = records.filter(({ device }) => device === anna.address);
    expect(mine.map(({ party }) => party.number).sort()).toEqual([bernd.extension, carla.extension]);
    expect(records.every(({ result }) => result === 'answered')).toBe(true);
  });

  if (offers.has('voicemail')) {
    it('tells that the caller was sent to the voice box', async () => {
      const { system, anna, bernd, ringUp, reaches } = stage();
      const cursor = await now();
      await ringUp(anna, bernd);
      const ringing = await reaches(bernd, 'alerting');
      await system.deflect(ringing.id, { voicemail: true });
      await reaches(anna, 'connected');
      await anna.layDown();
      await reaches(anna, 'ended');
      const records = await recordsSince(cursor, 2);
      expect(of(records, bernd)).toMatchObject({ voicemail: true, result: 'not-answered' });
    });
  }

  it('keeps the records of the time in which nobody listened', async () => {
    const { rig, system, anna, bernd } = stage();
    const cursor = await now();
    await rig.cutLink();
    await rig.until('link down', () => system.link === 'down');
    for (let calls = 0; calls < 2; calls += 1) {
      await anna.dial(bernd.extension);
      await rig.until('331 rings', () => bernd.ringing());
      await bernd.lift();
      await rig.until('they talk', () => anna.hears().includes(bernd.extension));
      await anna.layDown();
      await rig.until('331 hears nobody', () => bernd.hears().length === 0 && bernd.ringing() === undefined);
      await rig.quietTime();
    }
    await rig.restoreLink();
    await rig.until('link up again', () => system.link === 'up');
    const records = await recordsSince(cursor, 4);
    expect(records.filter(({ direction }) => direction === 'outgoing')).toHaveLength(2);
    expect(records.every(({ result }) => result === 'answered')).toBe(true);
  });

  it('gives nothing twice, in pages of any size, oldest first', async () => {
    const { anna, bernd, talk, reaches, rig } = stage();
    const cursor = await now();
    for (let calls = 0; calls < 2; calls += 1) {
      await talk(anna, bernd);
      await anna.layDown();
      await reaches(bernd, 'ended');
      await reaches(anna, 'ended');
      await rig.until('331 is quiet', () => bernd.hears().length === 0);
    }
    const records = await recordsSince(cursor, 4);
    const single = await readAll(cursor, 1);
    expect(single.records).toEqual(records);
    expect((await readAll(single.cursor)).records).toEqual([]);
    // The sides of one call come together; the calls in the order in which they ended.
    const calls = [...new Set(records.map(({ callId }) => callId))];
    const ends = calls.map((callId) =>
      Math.max(...records.filter((record) => record.callId === callId).map(({ endedAt }) => endedAt)),
    );
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    const [first] = records;
    const unknown = await readAll('nothing-0');
    expect(unknown.records.map(({ id }) => id)).toContain(first?.id);
  });
}
