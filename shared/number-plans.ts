/**
 * A quick path through libphonenumber's metadata for `+` and digits: each country's patterns are compiled once, where the
 * library compiles them anew for every number. It answers only what the library would answer by the same patterns; wherever
 * a national prefix might have to be taken out of the digits it leaves the number to the library. A test holds both together.
 */
import type { Libphonenumber } from './number-library';

/** What the quick path found out about a number. */
export interface QuickNumber {
  readonly countryCode: string;
  readonly nationalNumber: string;
  readonly valid: boolean;
  /** ISO 3166 country; undefined where several share the country code and none of them has such a number. */
  readonly country: string | undefined;
  /** The national number in the groups of the international format. */
  readonly groups: () => string[];
}

/** What the library knows of a country. Its published types leave these methods out. */
interface LibraryPlan {
  nationalNumberPattern(): string;
  /** 0 where there are none. */
  leadingDigits(): string | undefined | 0;
  nationalPrefixForParsing(): string | undefined | 0;
  hasTypes(): boolean;
  type(name: string): { pattern(): string; possibleLengths(): readonly number[] | undefined } | undefined;
  formats(): readonly {
    pattern(): string;
    leadingDigitsPatterns(): readonly string[];
    internationalFormat(): string;
  }[];
}
interface LibraryMetadata {
  hasCallingCode(code: string): boolean;
  isNonGeographicCallingCode(code: string): boolean;
  getCountryCodesForCallingCode(code: string): readonly string[] | undefined;
  selectNumberingPlan(countryOrCode: string): void;
  readonly numberingPlan?: LibraryPlan;
}

/** A country's patterns, compiled. */
interface CountryPlan {
  readonly country: string;
  readonly leadingDigits: RegExp | undefined;
  readonly isValid: (national: string) => boolean;
  readonly groupsOf: (national: string) => string[];
}

/** Countries that share a country code. */
interface CodePlan {
  readonly nationalPrefix: RegExp | undefined;
  readonly countries: readonly CountryPlan[];
}

const kinds = [
  'FIXED_LINE',
  'MOBILE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
];

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const beginning = (pattern: string): RegExp => new RegExp(`^(?:${pattern})`);

function compile(country: string, plan: LibraryPlan): CountryPlan {
  const general = whole(plan.nationalNumberPattern());
  const types = kinds.flatMap((kind) => {
    const type = plan.type(kind);
    const pattern = type?.pattern();
    // An empty pattern is a repetition of another kind's.
    if (type === undefined || pattern === undefined || pattern === '') return [];
    return [{ pattern: whole(pattern), lengths: type.possibleLengths() }];
  });
  const formats = plan.formats().map((format) => ({
    whole: whole(format.pattern()),
    // The last pattern of leading digits is the most detailed.
    leading: format.leadingDigitsPatterns().slice(-1).map(beginning)[0],
    international: format.internationalFormat(),
  }));
  const leadingDigits = plan.leadingDigits();
  return {
    country,
    leadingDigits: typeof leadingDigits === 'string' ? beginning(leadingDigits) : undefined,
    isValid: plan.hasTypes()
      ? (national) =>
          general.test(national) &&
          types.some(
            ({ pattern, lengths }) =>
              (lengths === undefined || lengths.includes(national.length)) && pattern.test(national),
          )
      : (national) => general.test(national),
    groupsOf: (national) => {
      const format = formats.find(
        ({ whole: fits, leading }) => (leading === undefined || leading.test(national)) && fits.test(national),
      );
      const written = format === undefined ? national : national.replace(format.whole, format.international);
      return written.split(/\D+/).filter((group) => group !== '');
    },
  };
}

/** Reads `+` and digits; undefined where the library has to be asked. */
export function createNumberPlans(
  library: Pick<Libphonenumber, 'Metadata'>,
): (number: string) => QuickNumber | undefined {
  const metadata = (): LibraryMetadata => new library.Metadata() as unknown as LibraryMetadata;
  /** By country code, as they are needed; undefined for what is no country code. */
  const plans = new Map<string, CodePlan | undefined>();

  function planOf(code: string): CodePlan | undefined {
    if (plans.has(code)) return plans.get(code);
    const known = metadata();
    let plan: CodePlan | undefined;
    if (known.hasCallingCode(code) && !known.isNonGeographicCallingCode(code)) {
      known.selectNumberingPlan(code);
      const prefix = known.numberingPlan?.nationalPrefixForParsing();
      const countries = (known.getCountryCodesForCallingCode(code) ?? []).flatMap((country) => {
        const one = metadata();
        one.selectNumberingPlan(country);
        return one.numberingPlan === undefined ? [] : [compile(country, one.numberingPlan)];
      });
      plan = { nationalPrefix: typeof prefix === 'string' && prefix !== '' ? beginning(prefix) : undefined, countries };
    }
    plans.set(code, plan);
    return plan;
  }

  return (number) => {
    for (let length = 1; length <= 3; length += 1) {
      const countryCode = number.slice(1, 1 + length);
      const plan = planOf(countryCode);
      if (plan === undefined) continue;
      const nationalNumber = number.slice(1 + length);
      if (nationalNumber.length < 2 || nationalNumber.length > 17) return undefined;
      if (plan.nationalPrefix?.test(nationalNumber) === true) return undefined;
      const [only] = plan.countries;
      const found =
        plan.countries.length === 1
          ? only
          : plan.countries.find(({ leadingDigits, isValid }) =>
              leadingDigits === undefined ? isValid(nationalNumber) : leadingDigits.test(nationalNumber),
            );
      // Without a country the library judges by the main one's patterns; such numbers are rare.
      if (found === undefined) return undefined;
      return {
        countryCode,
        nationalNumber,
        country: found.country,
        valid: found.isValid(nationalNumber),
        groups: () => found.groupsOf(nationalNumber),
      };
    }
    return undefined;
  };
}
