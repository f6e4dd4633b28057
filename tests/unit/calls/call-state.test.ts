import { describe, expect, it } from 'vitest';
import { callSchema } from '../../../shared/call';
import {
  describedParty,
  endedUnseen,
  isNews,
  partyKey,
  toCall,
  withheldParty,
} from '../../../sync-service/calls/call-state';
import type { Connection } from '../../../sync-service/telephone-system/telephone-system';

const ringing: Connection = {
  id: 'side-1',
  callId: 'call-1',
  device: 'PJSIP/330',
  direction: 'incoming',
  state: 'alerting',
  party: { number: '089123456', name: 'BAU GMBH' },
  startedAt: Date.UTC(2026, 0, 15, 9),
  abilities: ['answer', 'hang-up'],
};

describe('what a side of a call means', () => {
  it('is a call of the contract without the address of the device', () => {
    const call = toCall({ ...ringing, state: 'connected', connectedAt: Date.UTC(2026, 0, 15, 9, 1) }, 'device-1', {});
    expect(callSchema.parse(call)).toEqual(call);
    expect(call).toMatchObject({ device: 'device-1', connectedAt: '2026-01-15T09:01:00.000Z' });
    expect(JSON.stringify(call)).not.toContain('PJSIP');
  });

  it('is told once: a repetition and what comes after the end are no news', () => {
    expect(isNews(undefined, ringing)).toBe(true);
    expect(isNews(ringing, { ...ringing })).toBe(false);
    expect(isNews(ringing, { ...ringing, state: 'connected' })).toBe(true);
    expect(isNews({ ...ringing, state: 'ended' }, { ...ringing, state: 'connected' })).toBe(false);
  });

  it('has another party when number or name change', () => {
    expect(partyKey(ringing)).toBe(partyKey({ ...ringing, state: 'connected' }));
    expect(partyKey(ringing)).not.toBe(partyKey({ ...ringing, party: { number: '089123456' } }));
  });

  it('prefers the name of the directory to the one signalled', () => {
    const reading = { raw: '089123456', e164: '+4989123456', display: '+49 (89) 123456' };
    expect(describedParty(ringing, reading, null)).toEqual({
      number: '089123456',
      e164: '+4989123456',
      display: '+49 (89) 123456',
      name: 'BAU GMBH',
    });
    const item = { id: 'c1', directory: 'system', displayName: 'Bau & Söhne', numbers: [], emails: [] } as const;
    expect(describedParty(ringing, reading, { ...item, numbers: [], emails: [] })).toMatchObject({
      name: 'Bau & Söhne',
      directory: 'system',
      itemId: 'c1',
    });
  });

  it('shows no word in place of a number that is withheld', () => {
    expect(withheldParty({ ...ringing, party: { number: 'anonymous', name: 'anonymous' } })).toEqual({});
  });

  it('ends without a reason and without abilities when nobody saw it end', () => {
    expect(endedUnseen({ ...ringing, state: 'failed', reason: 'busy' })).toEqual({
      ...ringing,
      state: 'ended',
      abilities: [],
    });
  });
});
