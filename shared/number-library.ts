/**
 * What the number rules need of libphonenumber, so that each side brings its own set of metadata: the pane the small one
 * (30 kB, `number-library-min.ts`, loaded when first needed), the service the complete one.
 */
import type * as libphonenumber from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import type { NumberProblem } from './contact';
import { createNumberPlans } from './number-plans';

/** A number whose country is known. It may still be one that does not exist: ask `valid`. */
export interface ParsedNumber {
  /** `+` and digits. */
  readonly e164: string;
  /** ITU country code without plus. */
  readonly countryCode: string;
  /** Digits after the country code. */
  readonly nationalNumber: string;
  /** Whether the country's numbering plan has such a number. */
  readonly valid: boolean;
  /** The digits after the country code as people of that country group them; the area code apart, where there is one. */
  grouped(): GroupedNumber;
}

export interface GroupedNumber {
  /** Digits between country code and area code, such as the 9 of Argentine mobiles. */
  readonly token?: string;
  /** Area or network code; absent where numbers are not divided so. */
  readonly area?: string;
  readonly rest: readonly string[];
}

export interface NumberLibrary {
  /** Name, version and set of metadata: part of the rules version. */
  readonly version: string;
  /** Reads `+` and digits; undefined when the country code is unknown or there is nothing behind it. */
  parse(international: string): ParsedNumber | undefined;
  /**
   * Reads digits as people of a country write them among themselves, with all prefixes known there: the carrier codes of
   * Brazil, the 15 inside Argentine mobiles, the 06 of Hungary. Undefined when it is no valid number of that country, or
   * when a prefix is missing that people there do not leave out.
   */
  parseNational(digits: string, countryCode: string): ParsedNumber | undefined;
  /** Why `+` and digits are not a valid number. */
  problemOf(international: string): NumberProblem;
}

/** The functions of libphonenumber-js that are used; its sets of metadata all have them. */
export type Libphonenumber = Pick<
  typeof libphonenumber,
  'parsePhoneNumberFromString' | 'validatePhoneNumberLength' | 'Metadata'
>;
type ParsedByLibrary = NonNullable<ReturnType<Libphonenumber['parsePhoneNumberFromString']>>;

/** Release of libphonenumber-js whose metadata decides what is valid; a test holds it to the installed one. */
export const libphonenumberVersion = '1.13.16';

/** Italy and the states inside it: the area code keeps its zero everywhere, and there is no national prefix. */
const countriesKeepingZero: ReadonlySet<string> = new Set(['39', '378', '379']);

/** Whether a zero in brackets after this country code belongs to the number: `+39 (0)6 …`. */
export function keepsLeadingZero(countryCode: string): boolean {
  return countriesKeepingZero.has(countryCode);
}

/** Country codes do not begin with 0; no number is shorter or longer. */
const possible = /^\+[1-9]\d{3,18}$/;

/** Makes a {@link NumberLibrary} out of libphonenumber-js with the named set of metadata. */
export function adaptLibphonenumber(library: Libphonenumber, metadataSet: 'min' | 'max'): NumberLibrary {
  const areaCodes = new Map<string, boolean>();
  const plans = createNumberPlans(library);

  /** Whether a country's numbers begin with a code that is dialled from elsewhere: those have a prefix for it. */
  function hasAreaCodes(country: string | undefined, countryCode: string): boolean {
    if (keepsLeadingZero(countryCode)) return true;
    if (country === undefined) return false;
    let has = areaCodes.get(country);
    if (has === undefined) {
      const metadata = new library.Metadata();
      metadata.selectNumberingPlan(country as CountryCode);
      // The published types leave out this method of the numbering plan; where there is no prefix it returns 0.
      const plan = metadata.numberingPlan as unknown as { nationalPrefix(): string | 0 } | undefined;
      has = typeof plan?.nationalPrefix() === 'string';
      areaCodes.set(country, has);
    }
    return has;
  }

  function groupedAs(groups: string[], country: string | undefined, countryCode: string): GroupedNumber {
    const [first, second] = groups;
    if (first === undefined || second === undefined) return { rest: groups };
    if (!hasAreaCodes(country, countryCode)) return { rest: groups };
    if (countryCode === '54' && first === '9') return { token: first, area: second, rest: groups.slice(2) };
    return { area: first, rest: groups.slice(1) };
  }

  function describe(parsed: ParsedByLibrary): ParsedNumber {
    const countryCode: string = parsed.countryCallingCode;
    const nationalNumber = parsed.number.slice(1 + countryCode.length);
    return {
      e164: parsed.number,
      countryCode,
      nationalNumber,
      get valid() {
        return parsed.isValid();
      },
      grouped() {
        const groups = parsed
          .formatInternational()
          .slice(1 + countryCode.length)
          .split(/\D+/)
          .filter((group) => group !== '');
        return groupedAs(groups, parsed.country, countryCode);
      },
    };
  }

  return {
    version: `libphonenumber-js ${libphonenumberVersion} ${metadataSet}`,

    parse(international) {
      // The library throws inside for these, which takes ten times as long as an answer.
      if (!possible.test(international)) return undefined;
      const quick = plans(international);
      if (quick !== undefined) {
        const { countryCode, nationalNumber, valid, country, groups } = quick;
        const grouped = (): GroupedNumber => groupedAs(groups(), country, countryCode);
        return { e164: international, countryCode, nationalNumber, valid, grouped };
      }
      const parsed = library.parsePhoneNumberFromString(international, { extract: false });
      return parsed === undefined ? undefined : describe(parsed);
    },

    parseNational(digits, countryCode) {
      if (!/^\d{3,20}$/.test(digits)) return undefined;
      const parsed = library.parsePhoneNumberFromString(digits, { defaultCallingCode: countryCode, extract: false });
      if (parsed?.isValid() !== true || parsed.countryCallingCode !== countryCode) return undefined;
      const number = describe(parsed);
      const prefixed = digits !== number.nationalNumber;
      return prefixed || digits === parsed.formatNational().replace(/\D/g, '') ? number : undefined;
    },

    problemOf(international) {
      switch (library.validatePhoneNumberLength(international)) {
        case 'INVALID_COUNTRY':
          return 'unknown-country';
        case 'TOO_SHORT':
          return 'too-short';
        case 'TOO_LONG':
          return 'too-long';
        case 'NOT_A_NUMBER':
          return 'not-a-number';
        default:
          return 'invalid-for-country';
      }
    },
  };
}
