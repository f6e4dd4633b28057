/**
 * What the number rules need of libphonenumber, so that each side brings its own set of metadata: the pane the small one
 * (30 kB, `number-library-min.ts`, loaded when first needed), the service the complete one.
 */
import type * as libphonenumber from 'libphonenumber-js/max';
import type { NumberProblem } from './contact';

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
  /** Why `+` and digits are not a valid number. */
  problemOf(international: string): NumberProblem;
}

/** The functions of libphonenumber-js that are used; its sets of metadata all have them. */
export type Libphonenumber = Pick<typeof libphonenumber, 'parsePhoneNumberFromString' | 'validatePhoneNumberLength'>;

/** Release of libphonenumber-js whose metadata decides what is valid; a test holds it to the installed one. */
export const libphonenumberVersion = '1.13.16';

/** Italy and the states inside it: the area code keeps its zero everywhere, and there is no national prefix. */
const countriesKeepingZero: ReadonlySet<string> = new Set(['39', '378', '379']);

/** Whether a zero in brackets after this country code belongs to the number: `+39 (0)6 …`. */
export function keepsLeadingZero(countryCode: string): boolean {
  return countriesKeepingZero.has(countryCode);
}

/** Makes a {@link NumberLibrary} out of libphonenumber-js with the named set of metadata. */
export function adaptLibphonenumber(library: Libphonenumber, metadataSet: 'min' | 'max'): NumberLibrary {
  return {
    version: `libphonenumber-js ${libphonenumberVersion} ${metadataSet}`,

    parse(international) {
      const parsed = library.parsePhoneNumberFromString(international, { extract: false });
      if (parsed === undefined) return undefined;
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
          const [first, second] = groups;
          if (first === undefined || second === undefined) return { rest: groups };
          // A number has an area code when the country writes something before it or sets it apart at home.
          const national = parsed.formatNational();
          const hasArea =
            keepsLeadingZero(countryCode) || national.includes('(') || national.replace(/\D/g, '') !== nationalNumber;
          if (!hasArea) return { rest: groups };
          if (countryCode === '54' && first === '9') return { token: first, area: second, rest: groups.slice(2) };
          return { area: first, rest: groups.slice(1) };
        },
      };
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
