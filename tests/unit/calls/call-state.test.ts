import { describe, expect, it } from 'vitest';
import { callSchema, callStates } from '../../../shared/call';
import { describedParty, partyKey, mainParty, withheldParty } from '../../../sync-service/calls/call-party';
import {
  endedUnseen,
  isNews,
  isTransition,
  nextStates,
  toCall,
  withheldUntilAccepted,
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
    const call = toCall(
      { ...ringing, state: 'connected', connectedAt: Date.UTC(2026, 0, 15, 9, 1) },
      { id: 'side-1', device: 'device-1', party: {}, abilities: [] },
    );
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

  const key = (connection: Connection): string => partyKey(mainParty(connection));

  it('has another party when number or name change', () => {
    expect(key(ringing)).toBe(key({ ...ringing, state: 'connected' }));
    expect(key(ringing)).not.toBe(key({ ...ringing, party: { number: '089123456' } }));
  });

  it('prefers the name of the directory to the one signalled', () => {
    const reading = { raw: '089123456', e164: '+4989123456', display: '+49 (89) 123456' };
    expect(describedParty(ringing.party, reading, null)).toEqual({
      number: '089123456',
      e164: '+4989123456',
      display: '+49 (89) 123456',
      name: 'BAU GMBH',
    });
    const item = { id: 'c1', directory: 'system', displayName: 'Bau & Söhne', numbers: [], emails: [] } as const;
    expect(describedParty(ringing.party, reading, { ...item, numbers: [], emails: [] })).toMatchObject({
      name: 'Bau & Söhne',
      directory: 'system',
      itemId: 'c1',
    });
  });

  it('shows no word in place of a number that is withheld', () => {
    expect(withheldParty({ number: 'anonymous', name: 'anonymous' })).toEqual({});
  });

  it('ends without a reason and without abilities when nobody saw it end', () => {
    expect(endedUnseen({ ...ringing, state: 'failed', reason: 'busy' })).toEqual({
      ...ringing,
      state: 'ended',
      abilities: [],
    });
  });

  it('says who holds it only while it is held', () => {
    const view = { id: 'side-1', device: 'device-1', party: {}, abilities: [] };
    expect(toCall({ ...ringing, state: 'held', heldBy: 'other' }, view).heldBy).toBe('other');
    expect(toCall({ ...ringing, state: 'connected', heldBy: 'other' }, view).heldBy).toBeUndefined();
  });

  it('hides the caller of a picked-up call until it is accepted, even where the adapter names him', () => {
    const fetched: Connection = { ...ringing, state: 'initiated', purpose: 'pick-up', others: [{ number: '331' }] };
    expect(withheldUntilAccepted(fetched).party).toEqual({});
    expect(withheldUntilAccepted(fetched).others).toBeUndefined();
    expect(withheldUntilAccepted({ ...fetched, state: 'ended' }).party).toEqual({});
    expect(withheldUntilAccepted({ ...fetched, state: 'connected' }).party).toEqual(ringing.party);
    expect(withheldUntilAccepted({ ...fetched, state: 'ended', connectedAt: 1 }).party).toEqual(ringing.party);
  });

  it('has a drawn way to its end from every state, and none back from there', () => {
    for (const state of callStates) {
      expect(isTransition(state, 'ended')).toBe(state !== 'ended');
      expect(nextStates(state).includes('ended')).toBe(state !== 'ended');
      expect(isTransition('ended', state)).toBe(false);
    }
    expect(isTransition('alerting', 'held')).toBe(false);
    expect(isTransition('held', 'connected')).toBe(true);
  });
});
