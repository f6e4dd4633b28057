import { describe, expect, it } from 'vitest';
import type { DialPlan } from '../../../shared/dial-plan';
import { createNumberRules } from '../../../shared/phone-number';
import { dialRefusal, internationalForm, reachedExtension } from '../../../sync-service/calls/dial-permission';
import type { DialQuestion } from '../../../sync-service/calls/dial-permission';
import { numberLibrary } from '../../../sync-service/numbers/number-library';
import { isPremiumRate } from '../../../sync-service/numbers/premium-rate';

const munich: DialPlan = {
  countryCode: '49',
  areaCode: '89',
  trunkAccessCode: '0',
  nationalPrefix: '0',
  internationalPrefix: '00',
  numberBlocks: ['+49897007', '+498970080'],
  extensionLength: 3,
  emergencyNumbers: ['110', '112'],
};
const rules = createNumberRules(numberLibrary);

/** Asks as the service does, for a number as the user types it. */
function ask(typed: string, more: Partial<DialQuestion> = {}, plan = munich) {
  const dialled = rules.toDialString(typed, plan);
  if ('problem' in dialled) throw new Error(`${typed}: ${dialled.problem}`);
  const { dialString } = dialled;
  const reading = rules.readDialled(dialString, plan);
  const extension = reachedExtension(dialString, reading, plan);
  return dialRefusal({
    dialString,
    reading,
    plan,
    ownExtensions: ['330'],
    isExtensionKnown: extension === undefined || ['330', '331', '332'].includes(extension),
    demo: false,
    isPremiumRate,
    ...more,
  });
}

describe('which numbers may be dialled', () => {
  it('allows colleagues, numbers outside, service and short numbers', () => {
    for (const number of [
      '331',
      '+49 89 7007-332',
      '0030123456',
      '+1 212 555 0123',
      '0800 0 330',
      '019222',
      '0118000',
    ]) {
      expect(ask(number.replaceAll(' ', '')), number).toBeUndefined();
    }
  });

  it('refuses the own number in any of its forms', () => {
    for (const number of ['330', '+49 89 7007 330', '07007330', '00897007330', '00049897007330', '+49 89 70080330']) {
      expect(ask(number), number).toBe('own-number');
    }
  });

  it('refuses an extension that nobody has, dialled inside or as a number of the own block', () => {
    expect(ask('399')).toBe('unknown-extension');
    expect(ask('+49 89 7007 399')).toBe('unknown-extension');
  });

  it('refuses premium-rate numbers of any country, also with digits too many', () => {
    for (const number of ['009001123456', '+49 900 1123456', '00900112345678', '+1 900 2345678', '00019002345678']) {
      expect(ask(number), number).toBe('premium-rate');
    }
    expect(ask('+49 180 1234567')).toBeUndefined();
  });

  it('refuses emergency numbers in the demo alone, with and without the code for a line', () => {
    for (const number of ['110', '112', '0110', '0112']) {
      expect(ask(number, { demo: true }), number).toBe('emergency-in-demo');
      expect(ask(number), number).toBeUndefined();
    }
  });

  it('says nothing of feature codes: they are the telephone system’s own', () => {
    const reading = { raw: '*97', problem: 'not-a-number' } as const;
    const question = { reading, plan: munich, ownExtensions: [], isExtensionKnown: false, demo: true, isPremiumRate };
    for (const dialString of ['*97', '#21', '*8330']) expect(dialRefusal({ ...question, dialString })).toBeUndefined();
  });

  it('reads digits without an access code by their prefixes as well', () => {
    const boston = {
      ...munich,
      countryCode: '1',
      areaCode: '617',
      trunkAccessCode: '9',
      nationalPrefix: '1',
      internationalPrefix: '011',
      numberBlocks: [],
      emergencyNumbers: ['911'],
    };
    expect(internationalForm('919002345678', boston)).toBe('+19002345678');
    expect(internationalForm('9011499001123456', boston)).toBe('+499001123456');
    expect(internationalForm('330', boston)).toBeUndefined();
    expect(ask('+1 900 2345678', {}, boston)).toBe('premium-rate');
    expect(ask('9911', { demo: true }, boston)).toBe('emergency-in-demo');
  });

  it('knows no premium rate in what is no number', () => {
    for (const text of ['', '+', '900', '+0', `+49900${'1'.repeat(500)}x`]) expect(isPremiumRate(text)).toBe(false);
  });
});
