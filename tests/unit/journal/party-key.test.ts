import { describe, expect, it } from 'vitest';
import { createNumberRules } from '../../../shared/phone-number';
import { partyKeyOf, readParty } from '../../../sync-service/journal/party-key';
import { numberLibrary } from '../../../sync-service/numbers/number-library';
import { munich } from '../../fixtures/dial-plans';

const rules = createNumberRules(numberLibrary);
const keyOf = (direction: 'incoming' | 'outgoing', number?: string) =>
  partyKeyOf(readParty(rules, munich, direction, number === undefined ? {} : { number }), munich);

describe('the key of a party', () => {
  it('is the same for what was dialled and what is signalled', () => {
    const forms = [
      keyOf('outgoing', '001713920012'),
      keyOf('outgoing', '+491713920012'),
      keyOf('incoming', '01713920012'),
      keyOf('incoming', '+491713920012'),
    ];
    expect(new Set(forms)).toEqual(new Set(['n:+491713920012']));
  });

  it('is the extension inside of the site, also behind its number block', () => {
    expect([keyOf('outgoing', '331'), keyOf('incoming', '331'), keyOf('incoming', '+49897007331')]).toEqual([
      'x:331',
      'x:331',
      'x:331',
    ]);
  });

  it('is what was dialled where it has no other form', () => {
    expect(keyOf('outgoing', '110')).toBe('d:110');
    expect(keyOf('outgoing', '*97')).toMatch(/^d:\*97$/);
  });

  it.each([undefined, '', 'anonymous', 'Unknown'])('is none when the number is withheld (%s)', (number) => {
    expect(keyOf('incoming', number)).toBeUndefined();
  });
});
