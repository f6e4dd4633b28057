import { describe, expect, it } from 'vitest';
import { opens, staysOpen, wasReached } from '../../../sync-service/journal/open-entries';
import { readRecord } from '../../../sync-service/journal/merge-record';
import type { JournalCall } from '../../../sync-service/journal/merge-record';
import { callRecord } from '../../fakes/journal-world';

const at = (ms: number) => new Date(1_000_000 + ms).toISOString();
const never = { reachedAt: undefined };

function call(changes: Parameters<typeof callRecord>[0] = {}, partyKey: string | undefined = 'x:331'): JournalCall {
  const read = readRecord(callRecord({ startedAt: 1_000_000, ...changes }), partyKey);
  if (read === undefined) throw new Error('left out');
  return read;
}

describe('the folder Open', () => {
  it('takes what was not put through, and nothing else', () => {
    expect(opens(call(), never)).toBe(true);
    expect(opens(call({ direction: 'outgoing' }), never)).toBe(true);
    expect(opens(call({ result: 'taken-over' }), never)).toBe(false);
    expect(opens(call({ result: 'answered' }), never)).toBe(false);
  });

  it('leaves out a consultation that was transferred while it rang', () => {
    const given = call({ direction: 'outgoing', reason: 'transferred' });
    expect(opens(given, never)).toBe(false);
    expect(staysOpen({ open: true, startedAt: at(0) }, given, never)).toBe(false);
  });

  it('goes by the times of the calls: an attempt before the answer never opens, one behind it does', () => {
    expect(opens(call(), { reachedAt: at(1) })).toBe(false);
    expect(opens(call(), { reachedAt: at(-1) })).toBe(true);
  });

  it('keeps a party that withheld its number', () => {
    const withheld: JournalCall = { ...call(), partyKey: undefined };
    expect(wasReached(withheld, { reachedAt: at(1) })).toBe(false);
  });

  it('lets go of a call whose other side was answered, and keeps what the hand has opened or closed', () => {
    const before = { open: true, startedAt: at(0) };
    expect(staysOpen(before, call({ result: 'answered' }), never)).toBe(false);
    expect(staysOpen(before, call(), { reachedAt: at(1) })).toBe(true);
    expect(staysOpen({ ...before, open: false }, call(), never)).toBe(false);
    expect(staysOpen({ open: true, startedAt: at(5) }, call(), { reachedAt: at(1) })).toBe(false);
  });
});
