/**
 * Call records of a real Asterisk: calls of all kinds made while nobody listened, then read on from the old cursor. The
 * log is rotated and Asterisk is killed in between.
 */
import { copyFile, rename, truncate } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCelRecords } from '../../sync-service/telephone-system/asterisk/cel/cel-records';
import type { CelRecords } from '../../sync-service/telephone-system/asterisk/cel/cel-records';
import type { CallRecord } from '../../sync-service/telephone-system/telephone-system';
import { systemTimers } from '../../sync-service/telephone-system/timers';
import { channelsLeft, rigPhone, silence, until } from './rig/office';
import { outsidePhone, startPbx } from './rig/pbx';
import type { Pbx } from './rig/pbx';

const devices = ['330', '331', '332'].map((extension) => ({
  address: `PJSIP/${extension}`,
  extension,
  displayName: extension,
}));
const world = outsidePhone.number;

describe('call records of the time nobody listened', () => {
  let pbx: Pbx;
  beforeAll(async () => {
    pbx = await startPbx();
  });
  afterAll(() => pbx.stop());

  const listen = (onNews: () => void = () => {}): CelRecords =>
    createCelRecords(
      { file: pbx.celFile },
      { devices: () => devices, logger: pino({ level: 'silent' }), timers: systemTimers, onNews },
    );
  const phone = (extension: string): ReturnType<typeof rigPhone> => rigPhone(pbx, extension);
  const rings = (extension: string): Promise<unknown> => until(`${extension} rings`, () => phone(extension).ringing());
  const inCall = (extension: string): Promise<unknown> =>
    until(`${extension} talks`, () => pbx.phones.get(extension)?.inCall);
  async function over(): Promise<void> {
    for (let tries = 0; (await channelsLeft(pbx)) > 0; tries += 1) {
      if (tries > 200) throw new Error('channels are left');
      await sleep(50);
    }
  }
  async function answer(extension: string): Promise<void> {
    await rings(extension);
    await phone(extension).lift();
    await inCall(extension);
  }
  const forward = (extension: string, when: string, to: string): Promise<string> =>
    pbx.console(`database put fwd/${extension} ${when} ${to}`);
  const forwardNoMore = (extension: string, when: string): Promise<string> =>
    pbx.console(`database del fwd/${extension} ${when}`);

  const told = ({ device, direction, party, result, ...rest }: CallRecord): string =>
    [
      device.slice('PJSIP/'.length),
      direction === 'outgoing' ? 'to' : 'from',
      party.number ?? 'nobody',
      result,
      ...(rest.reason === undefined ? [] : [rest.reason]),
      ...(rest.takenBy === undefined ? [] : [`by ${rest.takenBy.number ?? 'nobody'}`]),
      ...(rest.redirectedFrom === undefined ? [] : [`instead of ${rest.redirectedFrom.number ?? 'nobody'}`]),
      ...(rest.group === undefined ? [] : [`group ${rest.group.number ?? 'nobody'}`]),
      ...(rest.voicemail === true ? ['voicemail'] : []),
    ].join(' ');

  async function readAll(
    records: CelRecords,
    from: string | undefined,
  ): Promise<{ all: CallRecord[]; cursor: string }> {
    const all: CallRecord[] = [];
    for (let cursor = from; ;) {
      const page = await records.read(cursor, 3);
      all.push(...page.records);
      ({ cursor } = page);
      if (!page.more) return { all, cursor };
    }
  }

  it('tells of a record soon after its call is over', async () => {
    let news = 0;
    const records = listen(() => {
      news += 1;
    });
    const { cursor } = await readAll(records, undefined);
    records.start();
    await phone('330').dial('331');
    await answer('331');
    const before = news;
    await phone('330').layDown();
    await until('there is news', () => news > before, 2000);
    await over();
    expect((await readAll(records, cursor)).all).toHaveLength(2);
    records.stop();
    await silence(pbx);
  });

  it('gives exactly these, once', async () => {
    const { cursor } = await readAll(listen(), undefined);
    const expected: string[] = [];
    const makes = async (call: () => Promise<unknown>, ...records: string[]): Promise<void> => {
      await call();
      await over();
      expected.push(...records);
    };

    await makes(
      async () => {
        await phone('330').dial('331');
        await answer('331');
        await phone('330').layDown();
      },
      '330 to 331 answered',
      '331 from 330 answered',
    );
    await makes(
      async () => {
        await phone('330').dial('332');
        await rings('332');
        await phone('330').layDown();
      },
      '330 to 332 not-answered cancelled',
      '332 from 330 not-answered cancelled',
    );
    await rename(pbx.celFile, `${pbx.celFile}.2`);
    await makes(
      async () => {
        await phone('331').dial('332');
        await rings('332');
        await phone('332').refuse();
      },
      '331 to 332 not-answered rejected',
      '332 from 331 not-answered rejected',
    );
    await makes(async () => {
      await phone('trunk').dial('330');
      await rings('330');
    }, `330 from ${world} not-answered no-answer`);
    await forward('331', 'always', '332');
    await makes(
      async () => {
        await phone('trunk').dial('331');
        await answer('332');
        await phone('332').layDown();
      },
      `331 from ${world} taken-over by 332`,
      `332 from ${world} answered instead of 331`,
    );
    await forwardNoMore('331', 'always');
    await copyFile(pbx.celFile, `${pbx.celFile}.1`);
    await truncate(pbx.celFile);
    await forward('331', 'BUSY', 'vm');
    await makes(async () => {
      await phone('trunk').dial('331');
      await rings('331');
      await phone('331').refuse();
      await inCall('trunk');
      await phone('trunk').layDown();
    }, `331 from ${world} not-answered rejected voicemail`);
    await forwardNoMore('331', 'BUSY');
    await makes(
      async () => {
        await phone('trunk').dial('300');
        await rings('331');
        await answer('332');
        await phone('trunk').layDown();
      },
      `331 from ${world} taken-over by 332 group 300`,
      `332 from ${world} answered group 300`,
    );
    await makes(
      async () => {
        await phone('330').dial('331');
        await rings('331');
        await phone('332').dial('*8331');
        await inCall('332');
        await inCall('330');
        await phone('330').layDown();
      },
      '330 to 331 answered',
      '331 from 330 taken-over by 332',
      '332 from 330 answered instead of 331',
    );
    await makes(async () => {
      await phone('330').dial('0891234567');
      await answer('trunk');
      await phone('trunk').layDown();
    }, '330 to 0891234567 answered');
    // Killed in the middle of a call.
    await phone('330').dial('331');
    await answer('331');
    await pbx.killAsterisk();
    expected.push('330 to 331 answered', '331 from 330 answered');
    for (const one of pbx.phones.values()) await one.command('hangupall', 'dir=all');
    await pbx.startAsterisk();
    await makes(
      async () => {
        await phone('331').dial('332');
        await answer('332');
        await phone('331').layDown();
      },
      '331 to 332 answered',
      '332 from 331 answered',
    );

    const away = await readAll(listen(), cursor);
    expect(away.all.map(told).sort()).toEqual(expected.sort());
    expect(new Set(away.all.map(({ id }) => id)).size).toBe(expected.length);
    expect((await readAll(listen(), away.cursor)).all).toEqual([]);
  });
});
