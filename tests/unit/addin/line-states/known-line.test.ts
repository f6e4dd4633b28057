import { describe, expect, it } from 'vitest';
import { applyEvent, initialLiveState } from '../../../../addin/api/live-state';
import { knownLine, ringingOf } from '../../../../addin/line-states/known-line';
import type { LineState } from '../../../../shared/line-state';
import { plainPresence } from '../../../fixtures/plain-presence';

const since = '2026-11-23T09:00:00Z';
const journal = { open: 0, missed: 0, answered: 0, all: 0, overdue: 0, unseen: 0 };

function liveWith(lineStates: LineState[], state: 'up' | 'down' | 'connecting' = 'up') {
  return applyEvent(initialLiveState, {
    type: 'snapshot',
    telephoneSystem: { state, since },
    calls: [],
    lineStates,
    journal,
    ...plainPresence,
  });
}

describe('The line of a colleague', () => {
  it('is what the service told last, with the scope where it is known', () => {
    const live = liveWith([
      { userId: 'bernd', state: 'ringing', scope: 'external' },
      { userId: 'anna', state: 'calling' },
    ]);
    expect(knownLine(live, 'connected', 'bernd')).toEqual({ state: 'ringing', scope: 'external' });
    expect(knownLine(live, 'connected', 'anna')).toEqual({ state: 'calling' });
    expect(knownLine(live, 'connected', 'somebody')).toBe('idle');
    const later = applyEvent(live, { type: 'line-states', lineStates: [{ userId: 'bernd', state: 'idle' }] });
    expect(knownLine(later, 'connected', 'bernd')).toBe('idle');
  });

  it('is unknown while there is no connection to the service or to the telephone system', () => {
    const lines: LineState[] = [{ userId: 'bernd', state: 'in-call', scope: 'internal' }];
    expect(knownLine(liveWith(lines), 'lost', 'bernd')).toBe('unknown');
    expect(knownLine(initialLiveState, 'connected', 'bernd')).toBe('unknown');
    expect(knownLine(liveWith(lines, 'down'), 'connected', 'bernd')).toBe('unknown');
    expect(knownLine(liveWith(lines, 'connecting'), 'connected', 'bernd')).toBe('unknown');
  });

  it('is the same object as long as it is the same, so that a row is drawn again only when its own line changes', () => {
    const before = liveWith([{ userId: 'bernd', state: 'ringing', scope: 'internal' }]);
    const after = applyEvent(before, {
      type: 'line-states',
      lineStates: [
        { userId: 'anna', state: 'calling' },
        { userId: 'bernd', state: 'ringing', scope: 'internal' },
      ],
    });
    expect(knownLine(after, 'connected', 'bernd')).toBe(knownLine(before, 'connected', 'bernd'));
  });

  it('rings, does not ring, or nobody can say', () => {
    expect(ringingOf({ state: 'ringing' })).toBe('yes');
    expect(ringingOf({ state: 'in-call' })).toBe('no');
    expect(ringingOf('idle')).toBe('no');
    expect(ringingOf('unknown')).toBe('unknown');
  });
});
