import { describe, expect, it } from 'vitest';
import { decideNotifications, untoldMissed } from '../../../../addin/notifications/notify-decision';
import type { JournalCounts, JournalEntry } from '../../../../shared/journal';
import { makeCall } from '../make-call';
import { makeEntry } from './make-entry';

const counts = (unseen: number): JournalCounts => ({ open: 0, missed: 0, answered: 0, all: 0, overdue: 0, unseen });
const ringing = makeCall({ id: 'a', direction: 'incoming', state: 'alerting' });
const nobody = { calls: [], journal: counts(0) };
const first = { notifies: true, shown: new Set<string>() };
const shown = { notifies: true, shown: new Set(['a']) };

describe('What a change of the live state shows', () => {
  it('is an incoming call, once', () => {
    const after = { ...nobody, calls: [ringing] };
    expect(decideNotifications(nobody, after, first)).toEqual({ ring: [ringing], quiet: [], missed: 0 });
    expect(decideNotifications(after, after, shown)).toEqual({ ring: [], quiet: [], missed: 0 });
  });

  it('is nothing in a window that does not show notifications, and the call that still rings when it becomes the one', () => {
    const after = { calls: [ringing], journal: counts(1) };
    expect(decideNotifications(nobody, after, { ...first, notifies: false })).toEqual({
      ring: [],
      quiet: [],
      missed: 0,
    });
    expect(decideNotifications(after, after, first).ring).toEqual([ringing]);
  });

  it('is nothing for an own phone that rings because its user dialled or picks up a call', () => {
    const calls = [
      makeCall({ id: 'b', state: 'initiated' }),
      makeCall({ id: 'c', direction: 'incoming', state: 'alerting', purpose: 'pick-up', party: {} }),
    ];
    expect(decideNotifications(nobody, { ...nobody, calls }, first).ring).toEqual([]);
  });

  it('is taken away when the call is answered, ends, or is not known any more', () => {
    const before = { ...nobody, calls: [ringing] };
    const answered = { ...nobody, calls: [{ ...ringing, state: 'connected' as const }] };
    expect(decideNotifications(before, answered, shown).quiet).toEqual(['a']);
    expect(decideNotifications(before, nobody, shown).quiet).toEqual(['a']);
    expect(decideNotifications(before, nobody, { ...shown, notifies: false }).quiet).toEqual(['a']);
  });

  it('counts what was missed since, and not what was missed before the window was opened', () => {
    const missed = (before: number | undefined, after: number | undefined) =>
      decideNotifications(
        { calls: [], journal: before === undefined ? undefined : counts(before) },
        { calls: [], journal: after === undefined ? undefined : counts(after) },
        first,
      ).missed;
    expect(missed(undefined, 5)).toBe(0);
    expect(missed(5, 7)).toBe(2);
    expect(missed(7, 0)).toBe(0);
    expect(missed(7, undefined)).toBe(0);
  });
});

describe('The missed calls to tell', () => {
  const ids = (entries: readonly JournalEntry[]) => entries.map(({ id }) => id);

  it('are the newest incoming ones, each once', () => {
    const entries = [makeEntry({ id: 'out', direction: 'outgoing' }), makeEntry({ id: '2' }), makeEntry({ id: '1' })];
    expect(ids(untoldMissed(entries, new Set(), 1))).toEqual(['2']);
    // Two came so close that both were there when the first was read.
    expect(ids(untoldMissed(entries, new Set(['2']), 1))).toEqual(['1']);
    expect(ids(untoldMissed(entries, new Set(['2', '1']), 1))).toEqual([]);
  });
});
