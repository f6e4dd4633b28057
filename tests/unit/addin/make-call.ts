import type { Call } from '../../../shared/call';

/** A call for tests: outgoing to 331, just begun. */
export function makeCall(more: Partial<Call> = {}): Call {
  return {
    id: 'call-1',
    callId: 'both-1',
    device: 'phone',
    state: 'initiated',
    direction: 'outgoing',
    party: { number: '331', display: '+49 (89) 7007-331' },
    startedAt: '2026-11-23T09:00:00Z',
    abilities: ['hang-up'],
    ...more,
  };
}
