/** Reading the channel log: on from a cursor, through rotations, and never a call twice. */
import { appendFileSync, copyFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCelReader } from '../../../sync-service/telephone-system/asterisk/cel/cel-reader';
import type { CelReader } from '../../../sync-service/telephone-system/asterisk/cel/cel-reader';

const devices = [
  { address: 'PJSIP/330', extension: '330', displayName: 'Anna' },
  { address: 'PJSIP/331', extension: '331', displayName: 'Bernd' },
];
const began = 1_795_472_000;

let folder: string;
let file: string;
let clock: number;
let channels: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cel-'));
  file = join(folder, 'cel.jsonl');
  clock = began;
  channels = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

const reader = (): CelReader => createCelReader({ file, devices: () => devices, logger: pino({ level: 'silent' }) });

function line(eventtype: string, channame: string, id: string, linkedid: string, rest: object = {}): string {
  clock += 0.01;
  const eventtime = clock.toFixed(6);
  return `${JSON.stringify({ eventtype, eventtime, channame, uniqueid: id, linkedid, exten: '331', ...rest })}\n`;
}

interface Call {
  readonly id: string;
  readonly beginning: string;
  end(): string;
}

/** A call from 330 to 331 that is not answered: two records. */
function call(): Call {
  const number = channels;
  channels += 2;
  const [own, other] = [number, number + 1].map((seq) => `${began}.${seq}`) as [string, string];
  const [from, to] = [`PJSIP/330-${String(number).padStart(8, '0')}`, `PJSIP/331-${String(number).padStart(8, '0')}`];
  const beginning =
    line('CHAN_START', from, own, own) +
    line('APP_START', from, own, own, { appname: 'Dial', appdata: 'PJSIP/331,20' }) +
    line('CHAN_START', to, other, own, { exten: 's' });
  return {
    id: own,
    beginning,
    end: () =>
      line('CHAN_END', to, other, own) + line('CHAN_END', from, own, own) + line('LINKEDID_END', from, own, own),
  };
}
function whole(): string {
  const one = call();
  return one.beginning + one.end();
}

async function readAll(from: CelReader, cursor?: string, limit = 100): Promise<{ ids: string[]; cursor: string }> {
  const ids: string[] = [];
  for (let place = cursor; ;) {
    const page = await from.read(place, limit);
    expect(page.records.length).toBeLessThanOrEqual(limit);
    ids.push(...page.records.map(({ id }) => id));
    place = page.cursor;
    if (!page.more) return { ids, cursor: place };
  }
}
const twoOf = (id: string): string[] => [
  `${id}/${id}`,
  `${id}/${id.replace(/\d+$/, (seq) => String(Number(seq) + 1))}`,
];
const append = (text: string): void => appendFileSync(file, text);

describe('the channel log', () => {
  it('gives each record once, page by page, and again after a restart only what is new', async () => {
    append(whole() + whole() + whole());
    const first = await readAll(reader(), undefined, 1);
    expect(first.ids).toEqual(['0', '2', '4'].flatMap((seq) => twoOf(`${began}.${seq}`)));
    append(whole());
    expect((await readAll(reader(), first.cursor)).ids).toEqual(twoOf(`${began}.6`));
  });

  it('tells a long call once when it ends, and none of the many that ended meanwhile again', async () => {
    const long = call();
    append(long.beginning);
    for (let count = 0; count < 50; count += 1) append(whole());
    const before = await readAll(reader());
    expect(before.ids).toHaveLength(100);
    append(long.end() + whole());
    expect((await readAll(reader(), before.cursor)).ids).toEqual([...twoOf(long.id), ...twoOf(`${began}.102`)]);
  });

  it('waits for the rest of half a line', async () => {
    const text = whole();
    append(text.slice(0, -200));
    const one = reader();
    const before = await readAll(one);
    expect(before.ids).toEqual([]);
    append(text.slice(-200));
    expect((await readAll(one, before.cursor)).ids).toHaveLength(2);
    expect(one.strangers).toBe(0);
  });

  it('passes over what is no event and counts it', async () => {
    append(`not json\n{"eventtype":1}\n${'x'.repeat(3_000_000)}\n"CHAN_START","1"\n\u0000\n\n${whole()}`);
    const one = reader();
    expect((await readAll(one)).ids).toHaveLength(2);
    expect(one.strangers).toBe(5);
  });

  it('begins when the file appears', async () => {
    const one = reader();
    const nothing = await readAll(one);
    expect(nothing.ids).toEqual([]);
    append(whole());
    expect((await readAll(one, nothing.cursor)).ids).toHaveLength(2);
    expect((await readAll(reader(), nothing.cursor)).ids).toHaveLength(2);
  });

  it('reads from its beginning when the cursor is of something else', async () => {
    append(whole());
    expect((await readAll(reader(), 'from the simulator')).ids).toHaveLength(2);
    expect((await readAll(reader(), '{"v":1}')).ids).toHaveLength(2);
  });

  it('gives the same again for the same cursor', async () => {
    append(whole() + whole());
    const one = reader();
    const first = await one.read(undefined, 3);
    const rest = await one.read(first.cursor, 3);
    expect(await one.read(first.cursor, 3)).toEqual(rest);
    expect(rest.records).toHaveLength(1);
  });

  const rotations: readonly (readonly [string, (until: number) => void])[] = [
    ['renamed', (count) => renameSync(file, join(folder, `cel.jsonl.${count}`))],
    ['renamed with a date', (count) => renameSync(file, join(folder, `cel-2026112${count}.jsonl`))],
    [
      'copied and cut off',
      (count) => {
        copyFileSync(file, join(folder, `cel.jsonl.${count}`));
        truncateSync(file);
      },
    ],
  ];
  it.each(rotations)('is read to its end and then the new one, when it was %s', async (_how, rotate) => {
    append(whole());
    const one = reader();
    const { cursor } = await readAll(one);
    const short = whole();
    const long = call();
    append(short + long.beginning);
    rotate(1);
    const expected = [...twoOf(`${began}.2`), ...twoOf(long.id), ...twoOf(`${began}.6`)];
    // The one that read on, and one that was away all the time, also over a second rotation.
    const middle = await readAll(one, cursor);
    expect(middle.ids).toEqual(expected.slice(0, 2));
    append(long.end() + whole());
    expect((await readAll(reader(), cursor)).ids).toEqual(expected);
    expect((await readAll(reader(), middle.cursor)).ids).toEqual(expected.slice(2));
    rotate(2);
    append(whole());
    expect((await readAll(one, middle.cursor)).ids).toEqual([...expected.slice(2), ...twoOf(`${began}.8`)]);
    expect((await readAll(reader(), cursor)).ids).toEqual([...expected, ...twoOf(`${began}.8`)]);
  });

  it('goes on with what is there when it was cut off without a copy', async () => {
    append(whole());
    const long = call();
    append(long.beginning);
    const one = reader();
    const { cursor } = await readAll(one);
    writeFileSync(file, long.end() + whole());
    expect((await readAll(one, cursor)).ids).toEqual([...twoOf(long.id), ...twoOf(`${began}.4`)]);
    // The long call's beginning is gone for one that was away.
    expect((await readAll(reader(), cursor)).ids).toEqual(twoOf(`${began}.4`));
  });

  it('ends the calls of an Asterisk that was killed when it has been started anew', async () => {
    append(whole());
    const lost = call();
    append(lost.beginning);
    const one = reader();
    const before = await readAll(one);
    clock += 5;
    channels = 0;
    const next = call();
    append(next.beginning.replaceAll(`${began}.`, `${began + 5}.`));
    const after = await readAll(one, before.cursor);
    expect(after.ids).toEqual(twoOf(lost.id));
    expect((await readAll(reader(), before.cursor)).ids).toEqual(after.ids);
    append(next.end().replaceAll(`${began}.`, `${began + 5}.`));
    expect((await readAll(reader(), after.cursor)).ids).toEqual(twoOf(`${began + 5}.0`));
  });

  it('ends a call that nothing was heard of for a day', async () => {
    const lost = call();
    append(lost.beginning);
    clock += 25 * 3600;
    append(whole());
    expect((await readAll(reader())).ids).toEqual([...twoOf(lost.id), ...twoOf(`${began}.2`)]);
  });

  it('is read in bounded memory, however large it is', async () => {
    const many = 500;
    for (let round = 0; round < 40; round += 1) {
      let text = '';
      for (let count = 0; count < many; count += 1) text += whole();
      append(text);
    }
    const one = reader();
    const before = process.memoryUsage().rss;
    const page = await one.read(undefined, 10);
    expect(page.records).toHaveLength(10);
    expect(page.more).toBe(true);
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
    let { cursor } = page;
    let count = 10;
    for (let more = true; more;) {
      const next = await one.read(cursor, 1000);
      ({ cursor, more } = next);
      count += next.records.length;
    }
    expect(count).toBe(2 * 40 * many);
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  }, 60_000);

  it('gives each record exactly once, whatever is cut, rotated and started anew in between', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.constant('begin' as const) },
      { weight: 6, arbitrary: fc.nat(5) },
      { weight: 4, arbitrary: fc.constant('read' as const) },
      { weight: 2, arbitrary: fc.constant('restart' as const) },
      { weight: 1, arbitrary: fc.constantFrom('rename' as const, 'copy' as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), async (steps, limit) => {
        rmSync(folder, { recursive: true });
        folder = mkdtempSync(join(tmpdir(), 'cel-'));
        file = join(folder, 'cel.jsonl');
        clock = began;
        channels = 0;
        let one = reader();
        let cursor: string | undefined;
        const told: string[] = [];
        const open: Call[] = [];
        let expected = 0;
        let rotated = 0;
        const readOnce = async (): Promise<boolean> => {
          const page = await one.read(cursor, limit);
          cursor = page.cursor;
          told.push(...page.records.map(({ id }) => id));
          return page.more;
        };
        append('');
        for (const what of steps) {
          if (what === 'begin') {
            const begun = call();
            append(begun.beginning);
            open.push(begun);
          } else if (typeof what === 'number') {
            const [ended] = open.splice(what % Math.max(1, open.length), 1);
            append(ended?.end() ?? '');
            if (ended !== undefined) expected += 2;
          } else if (what === 'read') await readOnce();
          else if (what === 'restart') one = reader();
          else if (what === 'rename') {
            renameSync(file, join(folder, `cel.jsonl.${++rotated}`));
            append('');
          } else {
            copyFileSync(file, join(folder, `cel.jsonl.${++rotated}`));
            truncateSync(file);
          }
        }
        while (await readOnce());
        expect(new Set(told).size).toBe(told.length);
        expect(told).toHaveLength(expected);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
