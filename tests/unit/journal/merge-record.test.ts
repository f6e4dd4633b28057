import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../../sync-service/journal/call-records';
import { mergeCalls, readRecord } from '../../../sync-service/journal/merge-record';
import type { JournalCall } from '../../../sync-service/journal/merge-record';
import { callRecord } from '../../fakes/journal-world';

const begin = 1_000_000;
const read = (changes: Partial<CallRecord>): JournalCall => {
  const call = readRecord(callRecord({ callId: 'c', startedAt: begin, ...changes }), 'n:+49');
  if (call === undefined) throw new Error('left out');
  return call;
};
const at = (ms: number) => new Date(begin + ms).toISOString();

const records = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    result: fc.constantFrom('answered' as const, 'not-answered' as const, 'taken-over' as const),
    startedAt: fc.integer({ min: begin, max: begin + 50 }),
    length: fc.integer({ min: 0, max: 50 }),
    voicemail: fc.boolean(),
  })
  .map(({ length, ...rest }) =>
    read({ ...rest, connectedAt: rest.startedAt + length, endedAt: rest.startedAt + 2 * length }),
  );
/** A record has the same content whenever it is told. */
const sides = fc.uniqueArray(records, { minLength: 1, maxLength: 5, selector: (call) => call.recordId });
const all = (calls: readonly JournalCall[]) => calls.reduce((one, other) => mergeCalls(one, other));

describe('several sides of a call', () => {
  it('are one entry: answered beats taken over beats not answered', () => {
    const missed = read({ id: 'm' });
    const taken = read({ id: 't', result: 'taken-over', takenBy: { number: '331' } });
    const answered = read({ id: 'a', result: 'answered' });
    expect(mergeCalls(missed, taken)).toMatchObject({ result: 'taken-over', takenBy: { number: '331' } });
    expect(all([taken, missed, answered])).toMatchObject({ result: 'answered', takenBy: undefined, reason: undefined });
  });

  it('go from the first begin to the end of the last that was answered', () => {
    const rang = read({ id: 'm', startedAt: begin - 10, endedAt: begin + 90_000 });
    const one = read({ id: 'a', result: 'answered', connectedAt: begin + 5, endedAt: begin + 10 });
    const other = read({ id: 'b', result: 'answered', connectedAt: begin + 20, endedAt: begin + 30 });
    expect(all([rang, other, one])).toMatchObject({
      startedAt: at(-10),
      connectedAt: at(5),
      reachedAt: at(20),
      endedAt: at(30),
    });
  });

  it('give the same entry in any order, however often each is told', () => {
    fc.assert(
      fc.property(
        sides.chain((calls) =>
          fc.tuple(fc.constant(calls), fc.shuffledSubarray([...calls, ...calls], { minLength: 2 * calls.length })),
        ),
        ([calls, told]) => {
          expect(all(told)).toEqual(all(calls));
        },
      ),
    );
  });
});

describe('a call record', () => {
  it('loses control characters and endless texts', () => {
    const call = read({ party: { number: '0171\u0000\r\n22', name: `x\u0007y${'n'.repeat(500)}` } });
    expect(call.party.number).toBe('0171 22');
    expect(call.party.name).toHaveLength(256);
    expect(call.party.name).toMatch(/^x yn+$/);
  });

  it.each([
    ['no time', { startedAt: Number.NaN }],
    ['a time that has no text', { endedAt: 8.64e15 }],
    ['no id', { id: '' }],
    ['an endless call id', { callId: 'c'.repeat(300) }],
  ])('with %s is left out', (_what, changes) => {
    expect(readRecord(callRecord(changes), undefined)).toBeUndefined();
  });
});
