import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colleagueStatuses, type ColleaguePresence } from '../../../shared/presence';
import {
  endLengthOf,
  endOf,
  presenceSnapshotSchema,
  readPresenceSnapshot,
  writePresenceSnapshot,
} from '../../../shared/presence-snapshot';

/** A random id, the same in each run. */
function idOf(n: number): string {
  const hex = createHash('sha256').update(`user ${n}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(12, 15)}`, `a${hex.slice(15, 18)}`, hex.slice(18, 30)].join(
    '-',
  );
}

describe('The presence of everybody on the wire', () => {
  it('has less than 100 KB as gzip for 5,000 users who are all away with return and text', () => {
    const texts = ['Back soon', 'In Halle 4 beim Kunden', 'Vertretung: Anna Weber, -321', 'Bitte per Mail', 'Raum'];
    const items = Array.from({ length: 5000 }, (_, n): ColleaguePresence => {
      const random = createHash('sha256').update(`what ${n}`).digest();
      const minutes = random.readUInt32LE(0) % (90 * 24 * 60);
      return {
        userId: idOf(n),
        status: colleagueStatuses[random.readUInt8(4) % colleagueStatuses.length] ?? 'meeting',
        returnAt: new Date(Date.UTC(2026, 10, 28) + minutes * 60_000).toISOString(),
        text: `${texts[n % texts.length] ?? ''} ${random.readUInt16LE(5) % 1000}`,
      };
    });
    const endLength = endLengthOf(items.map(({ userId }) => userId));
    const snapshot = writePresenceSnapshot({ version: 'e-1', items, endLength });
    expect(gzipSync(JSON.stringify(snapshot)).length).toBeLessThan(80 * 1024);
  });

  it('is read as it was written, whole seconds being enough of a return', () => {
    const item = fc.record(
      {
        status: fc.constantFrom(...colleagueStatuses),
        returnAt: fc.integer({ min: 0, max: 5e9 }).map((seconds) => new Date(seconds * 1000).toISOString()),
        text: fc.string({ minLength: 1, unit: 'grapheme' }),
      },
      { requiredKeys: ['status'] },
    );
    fc.assert(
      fc.property(fc.dictionary(fc.uuid(), item), (statements) => {
        const items = Object.entries(statements).map(([userId, statement]) => ({ userId, ...statement }));
        const endLength = endLengthOf(Object.keys(statements));
        const text = JSON.stringify(writePresenceSnapshot({ version: 'e-1', items, endLength }));
        const read = readPresenceSnapshot(presenceSnapshotSchema.parse(JSON.parse(text)));
        expect(read.size).toBe(items.length);
        for (const { userId, ...statement } of items) expect(read.get(endOf(userId, endLength))).toEqual(statement);
      }),
    );
  });

  it('names users by whole ids where their ends are not all different', () => {
    expect(endLengthOf([idOf(1), idOf(2)])).toBe(12);
    const numbered = ['a-000000000001', 'bcd-000000000001'];
    expect(new Set(numbered.map((userId) => endOf(userId, endLengthOf(numbered)))).size).toBe(2);
  });

  it('is refused where its columns differ in length', () => {
    const short = { version: 'e-1', endLength: 12, users: ['a', 'b'], statuses: ['home'], returns: [], texts: [] };
    expect(presenceSnapshotSchema.safeParse(short).success).toBe(false);
  });
});
