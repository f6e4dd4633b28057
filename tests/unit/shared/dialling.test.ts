import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { libphonenumberVersion } from '../../../shared/number-library';
import { numberLibrary as small } from '../../../shared/number-library-min';
import { createNumberRules } from '../../../shared/phone-number';
import { numberLibrary } from '../../../sync-service/numbers/number-library';
import { hamburg, munich, munichDirect, newYork, rome } from '../../fixtures/dial-plans';

const rules = createNumberRules(numberLibrary);

describe('forms of a number by the dial plan (NUM-1 to NUM-3)', () => {
  it.each([
    ['own extension', munich, '+49897007321', '+49 (89) 7007-321', '321'],
    ['own block, other length', munich, '+4989700798765', '+49 (89) 7007-98765', '0700798765'],
    ['own area', munich, '+4989123456', '+49 (89) 123456', '0123456'],
    ['other area', munich, '+4930123456', '+49 (30) 123456', '0030123456'],
    ['mobile', munich, '+491711234567', '+49 (171) 1234567', '001711234567'],
    ['abroad', munich, '+12123734253', '+1 (212) 373 4253', '00012123734253'],
    ['a country without area codes', munich, '+4532123456', '+45 32 12 34 56', '0004532123456'],
    ['an Argentine mobile', munich, '+5491123456789', '+54 9 (11) 2345 6789', '0005491123456789'],
    ['own area without access code', munichDirect, '+4989123456', '+49 (89) 123456', '123456'],
    ['a local number that looks like an extension', munichDirect, '+4989321', '+49 (89) 321', '089321'],
    ['other area without access code', munichDirect, '+4930123456', '+49 (30) 123456', '030123456'],
    ['own extension in New York', newYork, '+12125551234', '+1 (212) 555-1234', '1234'],
    ['inside the USA', newYork, '+12133734253', '+1 (213) 373 4253', '912133734253'],
    ['own area in the USA', newYork, '+12123734253', '+1 (212) 373 4253', '912123734253'],
    ['out of the USA', newYork, '+4989123456', '+49 (89) 123456', '90114989123456'],
    ['own area in Italy', rome, '+390612345678', '+39 (06) 1234 5678', '00612345678'],
    ['own extension in Italy', rome, '+39064567321', '+39 (06) 4567-321', '321'],
    ['Italian mobile', rome, '+393123456789', '+39 (312) 345 6789', '03123456789'],
    ['second block', hamburg, '+4940881234', '+49 (40) 88-1234', '1234'],
  ])('%s', (_, plan, e164, display, dialable) => {
    expect(rules.readNumber(e164, plan)).toMatchObject({ e164, display, dialable });
  });

  it('splits an extension off only where a telephone can dial it', () => {
    expect(rules.readNumber('+49897007110', munich)).toEqual({
      raw: '+49897007110',
      e164: '+49897007110',
      display: '+49 (89) 7007-110',
      dialable: '07007110',
    });
    expect(rules.readNumber('+49897007012', munich).extension).toBeUndefined();
  });

  it('reads an extension as the number that it has to the outside', () => {
    expect(rules.readNumber('331', munich)).toEqual({
      raw: '331',
      e164: '+49897007331',
      display: '+49 (89) 7007-331',
      dialable: '331',
      extension: '331',
    });
  });

  it('leaves an extension without number block an extension', () => {
    expect(rules.readNumber('331', { ...munich, numberBlocks: [] })).toEqual({
      raw: '331',
      display: '331',
      dialable: '331',
      extension: '331',
    });
  });

  it('dials emergency numbers as they are and other short numbers with an outside line', () => {
    expect(rules.readNumber('112', munich)).toEqual({ raw: '112', problem: 'short-number', dialable: '112' });
    expect(rules.readNumber('0112', munich)).toEqual({ raw: '0112', problem: 'short-number', dialable: '112' });
    expect(rules.readNumber('116117', munich)).toMatchObject({ problem: 'short-number', dialable: '0116117' });
    expect(rules.readNumber('911', newYork)).toMatchObject({ problem: 'short-number', dialable: '911' });
  });

  it.each([
    ['1 212 373 4253', '+12123734253'],
    ['(212) 373-4253', '+12123734253'],
    ['373-4253', '+12123734253'],
    ['1-800-FLOWERS', '+18003569377'],
    ['800 PICK UPS', '+18007425877'],
    ['9 1 212 373 4253', '+12123734253'],
    ['9 011 49 89 123456', '+4989123456'],
    ['011 49 89 123456', '+4989123456'],
    ['555-1234', '+12125551234'],
    ['1234', '+12125551234'],
  ])('reads %s in New York', (raw, e164) => {
    expect(rules.readNumber(raw, newYork)).toMatchObject({ e164 });
  });

  it.each([
    ['06 1234 5678', '+390612345678'],
    ['1234 5678', '+390612345678'],
    ['312 345 6789', '+393123456789'],
    ['+39 06 1234 5678', '+390612345678'],
    ['0 06 1234 5678', '+390612345678'],
    ['0049 89 123456', '+4989123456'],
  ])('reads %s in Rome', (raw, e164) => {
    expect(rules.readNumber(raw, rome)).toMatchObject({ e164 });
  });
});

describe('dialled by hand (NUM-2)', () => {
  it.each([
    ['321', '321', '+49897007321'],
    ['0700798765', '0700798765', '+4989700798765'],
    ['0 7007-98765', '0700798765', '+4989700798765'],
    ['0089700798765', '0089700798765', '+4989700798765'],
    ['0004989700798765', '0004989700798765', '+4989700798765'],
    ['+49 (89) 7007-321', '321', '+49897007321'],
    ['+4989123456', '0123456', '+4989123456'],
  ])('dials %s as %s', (typed, dialString, e164) => {
    expect(rules.readDialled(typed, munich)).toMatchObject({ e164, dialable: dialString });
    expect(rules.toDialString(typed, munich)).toEqual({ dialString });
  });

  it.each([
    ['12', 'not-an-extension'],
    ['4711', 'not-an-extension'],
    ['7007321', 'not-an-extension'],
    ['', 'empty'],
    ['Müller', 'empty'],
    ['0', 'too-short'],
    ['+49110', 'too-short'],
    ['+999123456', 'unknown-country'],
    ['0123456 / 0654321', 'several-numbers'],
    ['0123456/57', 'several-numbers'],
    ['321 oder 322', 'not-a-number'],
    ['0*21', 'not-a-number'],
    ['0123456;rm -rf 1', 'not-a-number'],
    ['0049%40trunk&PJSIP%2F332', 'not-a-number'],
  ])('refuses %j: %s', (typed, problem) => {
    expect(rules.toDialString(typed, munich)).toEqual({ problem });
  });

  it('dials emergency and short numbers', () => {
    expect(rules.toDialString('112', munich)).toEqual({ dialString: '112' });
    expect(rules.toDialString('0116117', munich)).toEqual({ dialString: '0116117' });
    expect(rules.toDialString('0110', munich)).toEqual({ dialString: '0110' });
    const madrid = { ...munich, countryCode: '34', areaCode: '', nationalPrefix: '', numberBlocks: [] };
    expect(rules.toDialString('0112', madrid)).toEqual({ dialString: '0112' });
  });

  it('dials what holds the access code even where the numbering plans do not know it, and says so', () => {
    expect(rules.readDialled('000 1 111 111 1111', munich)).toEqual({
      raw: '000 1 111 111 1111',
      problem: 'invalid-for-country',
      dialable: '00011111111111',
    });
  });

  it('takes a number with plus from a directory with the extension to dial afterwards', () => {
    const reading = rules.readNumber('089 123456 App. 12', munich);
    expect(rules.toDialString(reading, munich)).toEqual({ dialString: '0123456', afterConnection: '12' });
  });

  it('converts a reading of another place by its E.164 form', () => {
    expect(rules.toDialString({ raw: '', e164: '+12133734253' }, newYork)).toEqual({ dialString: '912133734253' });
    expect(rules.toDialString({ raw: '', problem: 'too-short' }, newYork)).toEqual({ problem: 'too-short' });
  });

  it('dials without access code where a site has none', () => {
    expect(rules.toDialString('089 123456', munichDirect)).toEqual({ dialString: '089123456' });
    expect(rules.toDialString('123456', munichDirect)).toEqual({ dialString: '123456' });
  });
});

describe('signalled by the telephone system', () => {
  it.each([
    ['331', '+49897007331'],
    ['+4989123456', '+4989123456'],
    ['004989123456', '+4989123456'],
    ['089123456', '+4989123456'],
    ['0004989123456', '+4989123456'],
    ['0089123456', '+4989123456'],
    ['4989123456', '+4989123456'],
    ['491711234567', '+491711234567'],
    ['1711234567', '+491711234567'],
    ['123456', '+4989123456'],
    ['0700798765', '+4989700798765'],
    ['0012123734253', '+12123734253'],
  ])('reads %s as %s', (number, e164) => {
    expect(rules.readSignalled(number, munich).e164).toBe(e164);
  });

  it.each(['', 'anonymous', 'Anonymous', 'unknown', 'restricted'])('knows that %j is nobody', (number) => {
    expect(rules.readSignalled(number, munich)).toEqual({ raw: number, problem: 'empty' });
  });
});

describe('rules version', () => {
  it('names the release of the numbering plans that is installed', () => {
    const installed: unknown = JSON.parse(readFileSync('node_modules/libphonenumber-js/package.json', 'utf8'));
    expect(installed).toMatchObject({ version: libphonenumberVersion });
    expect(rules.rulesVersion(munich)).toContain(libphonenumberVersion);
  });

  it('changes with the dial plan and the set of numbering plans, not with the order of keys', () => {
    const turned = Object.fromEntries(Object.entries(munich).reverse());
    expect(rules.rulesVersion({ ...munich, ...turned })).toBe(rules.rulesVersion(munich));
    expect(rules.rulesVersion({ ...munich, areaCode: '40' })).not.toBe(rules.rulesVersion(munich));
    expect(createNumberRules(small).rulesVersion(munich)).not.toBe(rules.rulesVersion(munich));
  });
});
