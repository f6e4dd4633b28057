import { describe, expect, it } from 'vitest';
import type { DialPlan } from '../../../shared/dial-plan';
import { createNumberRules } from '../../../shared/phone-number';
import { dialMode } from '../../../sync-service/calls/dial-mode';
import type { DialModeQuestion } from '../../../sync-service/calls/dial-mode';
import { numberLibrary } from '../../../sync-service/numbers/number-library';
import { isPremiumRate } from '../../../sync-service/numbers/premium-rate';

const munich: DialPlan = {
  countryCode: '49',
  areaCode: '89',
  trunkAccessCode: '0',
  nationalPrefix: '0',
  internationalPrefix: '00',
  numberBlocks: ['+49897007'],
  extensionLength: 3,
  emergencyNumbers: ['110', '112'],
};
const numbers = createNumberRules(numberLibrary);
const onTheRoad = { mode: 'call-back', mobility: true, mobileNumber: '+491711234567' } as const;

function ask(dialString: string, more: Partial<DialModeQuestion> = {}, plan = munich) {
  const reading = numbers.readDialled(dialString, plan);
  return dialMode({
    ...{ way: onTheRoad, callsBack: true, dialString, reading, plan, numbers },
    isPremiumRate: (international) => isPremiumRate(international),
    ...more,
  });
}

describe('where calls begin', () => {
  it('is the mobile, dialled as at the telephone, for extensions and numbers outside', () => {
    for (const dialString of ['331', '0089123456', '000431234567', '399']) {
      expect(ask(dialString)).toEqual({ callBackTo: '001711234567' });
    }
  });

  it('is the telephone for everybody who did not choose otherwise, or may not, or where it cannot be done', () => {
    expect(ask('331', { way: { ...onTheRoad, mode: 'office-phone' } })).toEqual({});
    expect(ask('331', { way: { ...onTheRoad, mobility: false } })).toEqual({});
    expect(ask('331', { callsBack: false })).toEqual({});
    expect(ask('112', { way: { ...onTheRoad, mode: 'office-phone' } })).toEqual({});
  });

  it('is never the mobile for emergency numbers, with or without the code for an outside line', () => {
    for (const dialString of ['110', '112', '0110', '0112']) {
      expect(ask(dialString)).toEqual({ refusal: 'emergency-by-mobile' });
      expect(ask(dialString, { way: { mode: 'call-back', mobility: true } })).toEqual({
        refusal: 'emergency-by-mobile',
      });
    }
  });

  it('is nowhere without a mobile number that leads out of the office', () => {
    const withMobile = (mobileNumber: string | undefined) => ask('331', { way: { ...onTheRoad, mobileNumber } });
    expect(withMobile(undefined)).toEqual({ refusal: 'mobile-missing' });
    // An own block, a premium service, and what is none.
    for (const mobile of ['+49897007330', '+499001234567', '+49110', '112', '+4917112345678901234']) {
      expect(withMobile(mobile)).toEqual({ refusal: 'mobile-not-outside' });
    }
  });

  it('is not the mobile that is dialled', () => {
    expect(ask('001711234567')).toEqual({ refusal: 'own-mobile' });
    expect(ask('000491711234567')).toEqual({ refusal: 'own-mobile' });
  });
});
