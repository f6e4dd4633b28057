import { describe, expect, it } from 'vitest';
import { typedNumber } from '../../../../addin/shell/typed-number';

describe('What stands in the field', () => {
  it.each(['331', '+49 (89) 7007-331', '0089/700 798', '*21#', '０８９ 12', 'tel:+49897007331', '+49–89–7007'])(
    'is a number to dial: %s',
    (typed) => expect(typedNumber(typed)).toBeDefined(),
  );

  it.each(['Müller', 'Haus 7', '', '  ', '+', '()', 'mueller@example.com', '12a'])('is a name to search: %s', (typed) =>
    expect(typedNumber(typed)).toBeUndefined(),
  );

  it('is sent as it was typed, so that the service decides on the access code', () => {
    expect(typedNumber(' 0089 7007-98765 ')).toBe('0089 7007-98765');
  });
});
