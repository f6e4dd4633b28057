import { describe, expect, it } from 'vitest';
import { applyCall, applyEvent, initialLiveState, snapshotOf } from '../../../../addin/api/live-state';
import { noJournal } from '../../../fixtures/no-journal';
import { makeCall } from '../make-call';
import { plainPresence } from '../../../fixtures/plain-presence';

const up = { state: 'up', since: '2026-11-23T08:00:00Z' } as const;

describe('The live state', () => {
  it('forgets all it believed with a snapshot', () => {
    const before = applyCall(initialLiveState, makeCall({ id: 'old' }));
    const after = applyEvent(before, {
      type: 'snapshot',
      telephoneSystem: up,
      calls: [makeCall({ id: 'new' })],
      lineStates: [],
      journal: noJournal,
      ...plainPresence,
    });
    expect(after.calls.map(({ id }) => id)).toEqual(['new']);
    expect(after.telephoneSystem).toEqual(up);
  });

  it('knows the telephones that are not idle, and forgets one that is idle again', () => {
    const ringing = applyEvent(initialLiveState, {
      type: 'line-states',
      lineStates: [
        { userId: 'anna', state: 'ringing', scope: 'external' },
        { userId: 'bernd', state: 'in-call' },
      ],
    });
    const after = applyEvent(ringing, { type: 'line-states', lineStates: [{ userId: 'anna', state: 'idle' }] });
    expect(ringing.lineStates.get('anna')).toEqual({ userId: 'anna', state: 'ringing', scope: 'external' });
    expect([...after.lineStates.keys()]).toEqual(['bernd']);
  });

  it('leads to the same state by its own snapshot', () => {
    const state = applyEvent(
      applyEvent(initialLiveState, {
        type: 'snapshot',
        telephoneSystem: up,
        calls: [makeCall({ id: 'a' })],
        lineStates: [{ userId: 'anna', state: 'calling' }],
        journal: noJournal,
        ...plainPresence,
      }),
      { type: 'journal', counts: { ...noJournal, missed: 1, unseen: 1 } },
    );
    const snapshot = snapshotOf(state);
    expect(snapshot && applyEvent(initialLiveState, snapshot)).toEqual(state);
    expect(snapshotOf(initialLiveState)).toBeUndefined();
  });

  it('moves a call that is over from the calls to the ended ones', () => {
    const ringing = applyCall(initialLiveState, makeCall({ id: 'a', state: 'alerting' }));
    const over = applyEvent(ringing, { type: 'call', call: makeCall({ id: 'a', state: 'ended', reason: 'normal' }) });
    expect(over.calls).toEqual([]);
    expect(over.ended.map(({ id }) => id)).toEqual(['a']);
  });

  it('does not let a late answer bring an ended call back', () => {
    const over = applyCall(initialLiveState, makeCall({ id: 'a', state: 'ended', reason: 'busy' }));
    expect(applyCall(over, makeCall({ id: 'a', state: 'initiated' }))).toBe(over);
  });

  it('keeps calls in the order in which they began', () => {
    const later = applyCall(initialLiveState, makeCall({ id: 'b', startedAt: '2026-11-23T09:00:02Z' }));
    const both = applyCall(later, makeCall({ id: 'a', startedAt: '2026-11-23T09:00:01Z' }));
    expect(both.calls.map(({ id }) => id)).toEqual(['a', 'b']);
  });
});
