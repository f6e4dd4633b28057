import { describe, expect, it } from 'vitest';
import type { DialPlan } from '../../../shared/dial-plan';
import { createNumberRules } from '../../../shared/phone-number';
import { numberLibrary } from '../../../sync-service/numbers/number-library';
import { munich, munichDirect, newYork, newYorkDirect, newYorkMixed, rome } from '../../fixtures/dial-plans';

const rules = createNumberRules(numberLibrary);

const vienna: DialPlan = {
  ...munich,
  countryCode: '43',
  areaCode: '1',
  numberBlocks: ['+431588'],
  emergencyNumbers: ['112', '133', '144'],
};
const zurich: DialPlan = {
  ...munich,
  countryCode: '41',
  areaCode: '44',
  numberBlocks: ['+41446681'],
  emergencyNumbers: ['112', '117', '144'],
};
const paris: DialPlan = {
  ...munich,
  countryCode: '33',
  areaCode: '1',
  numberBlocks: ['+33142681'],
  emergencyNumbers: ['112', '15', '17', '18'],
};
const london: DialPlan = {
  ...munich,
  countryCode: '44',
  areaCode: '20',
  trunkAccessCode: '9',
  numberBlocks: ['+442079460'],
  emergencyNumbers: ['112', '999'],
};
/** Within the area and beyond it ten digits are dialled, without the 1. */
/** Seven digits without an access code. */
const newYorkSeven: DialPlan = { ...newYorkDirect, ownAreaDigits: 7 };
const newYorkTenDigits: DialPlan = { ...newYork, nationalPrefix: '' };
/** Every call out of the area names a carrier, here 15. */
const saoPaulo: DialPlan = {
  countryCode: '55',
  areaCode: '11',
  trunkAccessCode: '0',
  nationalPrefix: '015',
  internationalPrefix: '0015',
  numberBlocks: ['+55112345'],
  extensionLength: 4,
  emergencyNumbers: ['190', '192', '193'],
};

const numbers: readonly (readonly [site: string, plan: DialPlan, written: string, e164: string, dialable: string])[] = [
  ['Vienna', vienna, '01 588 58 0', '+431588580', '580'],
  ['Vienna', vienna, '+43 (1) 588-123', '+431588123', '123'],
  ['Vienna', vienna, '0664 1234567', '+436641234567', '006641234567'],
  ['Vienna', vienna, '0049 89 123456', '+4989123456', '0004989123456'],
  ['Zürich, where the area code belongs to every number', zurich, '044 212 34 56', '+41442123456', '00442123456'],
  ['Zürich', zurich, '+41 (0)44 668 13 21', '+41446681321', '321'],
  ['Zürich', zurich, '031 322 21 11', '+41313222111', '00313222111'],
  ['Paris, where the area code belongs to every number', paris, '01 44 55 66 77', '+33144556677', '00144556677'],
  ['Paris', paris, '+33 (0)6 12 34 56 78', '+33612345678', '00612345678'],
  ['Paris', paris, '01 42 68 13 21', '+33142681321', '321'],
  ['London', london, '020 7946 1234', '+442079461234', '979461234'],
  ['London', london, '+44 (0)161 496 0018', '+441614960018', '901614960018'],
  ['London', london, '07400 123456', '+447400123456', '907400123456'],
  ['Rome, where the zero stays', rome, '+39 06 1234 5678', '+390612345678', '00612345678'],
  ['Rome', rome, '02 1234 5678', '+390212345678', '00212345678'],
  ['New York, eleven digits', newYork, '(213) 373-4253', '+12133734253', '912133734253'],
  ['New York, eleven digits', newYork, '1-212-373-4253', '+12123734253', '912123734253'],
  ['New York, ten digits', newYorkTenDigits, '(213) 373-4253', '+12133734253', '92133734253'],
  ['New York, ten digits', newYorkTenDigits, '1-212-373-4253', '+12123734253', '92123734253'],
  ['New York, ten digits', newYorkTenDigits, '011 49 89 123456', '+4989123456', '90114989123456'],
  ['New York, own area', newYorkMixed, '(212) 373-4253', '+12123734253', '93734253'],
  ['New York, own area', newYorkMixed, '373-4253', '+12123734253', '93734253'],
  ['New York, area around', newYorkMixed, '1 646 373 4253', '+16463734253', '96463734253'],
  ['New York, another area', newYorkMixed, '213-373-4253', '+12133734253', '912133734253'],
  ['New York, free of charge', newYorkMixed, '(800) 234-5678', '+18002345678', '918002345678'],
  ['New York, own block', newYorkMixed, '212 555 1234', '+12125551234', '1234'],
  ['New York, Canada', newYorkMixed, '+1 416 373 4253', '+14163734253', '914163734253'],
  ['New York, abroad', newYorkMixed, '011 49 89 123456', '+4989123456', '90114989123456'],
  ['New York without access code, own area', newYorkDirect, '373-4253', '+12123734253', '2123734253'],
  ['New York without access code, area around', newYorkDirect, '(917) 373-4253', '+19173734253', '9173734253'],
  ['New York without access code, another area', newYorkDirect, '213 373 4253', '+12133734253', '12133734253'],
  ['New York without access code, where 911… would call 911', newYorkSeven, '911-2345', '+12129112345', '2129112345'],
  ['Munich, a zero in brackets within the number', munich, '089 99321(0)12', '+498999321012', '099321012'],
  ['São Paulo', saoPaulo, '(11) 3456-7890', '+551134567890', '034567890'],
  ['São Paulo, carrier 15', saoPaulo, '(21) 2345-6789', '+552123456789', '00152123456789'],
  ['São Paulo, carrier open', saoPaulo, '(0xx21) 2345-6789', '+552123456789', '00152123456789'],
  ['São Paulo, another carrier', saoPaulo, '0 21 21 2345-6789', '+552123456789', '00152123456789'],
  ['São Paulo, abroad', saoPaulo, '+49 89 123456', '+4989123456', '000154989123456'],
  ['São Paulo', saoPaulo, '+55 11 2345-1234', '+551123451234', '1234'],
  ['Munich without access code', munichDirect, '+49 30 123456', '+4930123456', '030123456'],
  ['Munich without access code', munichDirect, '089 7007-321', '+49897007321', '321'],
];

describe('numbers as the telephones of each site dial them (NUM-2, NUM-3)', () => {
  it.each(numbers)('%s: %s', (...row) => {
    const [, plan, written, e164, dialable] = row;
    const reading = rules.readNumber(written, plan);
    expect(reading).toMatchObject({ e164, dialable });
    // What is dialled reaches the number, and the form for people says the same.
    expect(rules.readDialled(dialable, plan).e164).toBe(e164);
    expect(rules.readNumber(reading.display ?? '', plan)).toMatchObject({ e164, dialable });
  });

  it.each([
    ['Vienna', vienna],
    ['Zürich', zurich],
    ['Paris', paris],
    ['London', london],
    ['Rome', rome],
    ['New York', newYork],
    ['New York, mixed', newYorkMixed],
    ['New York, mixed, no access code', newYorkDirect],
    ['São Paulo', saoPaulo],
    ['Munich', munich],
  ])('%s: emergency numbers are dialled as they are and never become another number', (_site, plan) => {
    for (const emergency of plan.emergencyNumbers) {
      for (const read of [rules.readNumber, rules.readDialled, rules.readSignalled]) {
        expect(read(emergency, plan)).toEqual({ raw: emergency, problem: 'short-number', dialable: emergency });
      }
      expect(rules.readNumber(`+${plan.countryCode}${emergency}`, plan).e164).toBeUndefined();
      expect(rules.toDialString(emergency, plan)).toEqual({ dialString: emergency });
    }
  });
});
