/**
 * What digits without plus may mean at a site. Each way of writing has an ordered list of readings; the first that is a
 * valid number is it. Validity is the judge, the order decides only where two readings are valid.
 */
import type { ContactNumber, NumberProblem } from './contact';
import type { DialPlan } from './dial-plan';
import { dialsLocally, isExtension, mixesForms, ownBlockOf } from './number-forms';
import type { NumberLibrary, ParsedNumber } from './number-library';
import { isShortNumber } from './short-numbers';

/** What of the number was not written and is taken from the site. */
export type Assumed = NonNullable<ContactNumber['assumed']>;

/** What digits were found to be. */
export type Meaning =
  | { readonly type: 'number'; readonly number: ParsedNumber; readonly assumed?: Assumed }
  | { readonly type: 'extension'; readonly extension: string }
  /** `dialable`: what the site dials for it. */
  | { readonly type: 'short'; readonly dialable: string }
  | { readonly type: 'problem'; readonly problem: NumberProblem };

/** Longest national part with prefixes that is looked at; E.164 has 15 digits. */
const longest = 24;
/** Up to so many digits something is rather an extension of another company than a number of the own area. */
const shortestLocal = 5;

/** One reading: the international digits that it comes to. */
type Reading = string | undefined;

function afterPrefix(digits: string, prefix: string): string | undefined {
  return digits.startsWith(prefix) && digits.length > prefix.length ? digits.slice(prefix.length) : undefined;
}

/** The readings by form, each undefined where the digits cannot be of this form. */
function formsOf(digits: string, plan: DialPlan) {
  const { countryCode, nationalPrefix } = plan;
  const international = (written: string | undefined): Reading => {
    const rest = written === undefined ? undefined : afterPrefix(written, plan.internationalPrefix);
    return rest === undefined ? undefined : `+${rest}`;
  };
  const national = (written: string | undefined): Reading => {
    const rest = written === undefined ? undefined : afterPrefix(written, nationalPrefix);
    return rest === undefined ? undefined : `+${countryCode}${rest}`;
  };
  /** What begins with the prefix of another form is not of this one: no subscriber's number does. */
  const plain = (written: string): boolean =>
    !(nationalPrefix !== '' && written.startsWith(nationalPrefix)) && !written.startsWith(plan.internationalPrefix);
  const local = (written: string | undefined): Reading =>
    written === undefined || plan.areaCode === '' || !plain(written)
      ? undefined
      : `+${countryCode}${plan.areaCode}${written}`;
  /** National without its prefix, where there is one. */
  const bare = (written: string | undefined): Reading =>
    written === undefined || nationalPrefix === '' || !plain(written) ? undefined : `+${countryCode}${written}`;
  const outside = plan.trunkAccessCode === '' ? undefined : afterPrefix(digits, plan.trunkAccessCode);
  return {
    international: () => international(digits),
    national: () => national(digits),
    local: () => local(digits),
    bare: () => bare(digits),
    outsideInternational: () => international(outside),
    outsideNational: () => national(outside),
    outsideLocal: () => local(outside),
    outsideBare: () => bare(outside),
  };
}

export function createReadings(library: NumberLibrary) {
  function firstValid(readings: readonly Reading[], assumed?: Assumed): Meaning | undefined {
    for (const reading of readings) {
      if (reading === undefined) continue;
      const number = library.parse(reading);
      if (number?.valid === true) return { type: 'number', number, ...(assumed === undefined ? {} : { assumed }) };
    }
    return undefined;
  }

  /** What people of the site's country write among themselves, with prefixes that the dial plan does not name. */
  function national(digits: string | undefined, plan: DialPlan): Meaning | undefined {
    if (digits === undefined || digits.startsWith(plan.internationalPrefix)) return undefined;
    const number = library.parseNational(digits, plan.countryCode);
    return number === undefined ? undefined : { type: 'number', number, assumed: 'country' };
  }

  const problem = (word: NumberProblem): Meaning => ({ type: 'problem', problem: word });

  /** Found out when asked for: it takes longer than the reading, and a field is often tried in several ways. */
  const reason = (international: string): Meaning => ({
    type: 'problem',
    get problem() {
      return library.problemOf(international);
    },
  });

  /** `+` and digits. */
  function international(digits: string): Meaning {
    if (digits === '') return problem('empty');
    const number = library.parse(`+${digits}`);
    if (number?.valid === true) return { type: 'number', number };
    return digits.length > longest ? problem('too-long') : reason(`+${digits}`);
  }

  /** What every site's telephone does with digits before it looks for a line. */
  function inside(digits: string, plan: DialPlan): Meaning | undefined {
    if (plan.emergencyNumbers.includes(digits)) return { type: 'short', dialable: digits };
    if (isExtension(digits, plan)) return { type: 'extension', extension: digits };
    return undefined;
  }

  /** Emergency numbers are dialled as they are, other short numbers with an outside line. */
  function short(digits: string, plan: DialPlan): Meaning | undefined {
    if (plan.emergencyNumbers.includes(digits)) return { type: 'short', dialable: digits };
    if (isShortNumber(digits, plan.countryCode)) return { type: 'short', dialable: plan.trunkAccessCode + digits };
    return undefined;
  }

  /** A number in the own block, dialled with the access code: too special to be meant otherwise. */
  function outsideOwnBlock(reading: Reading, plan: DialPlan): Reading {
    if (reading === undefined) return undefined;
    const block = ownBlockOf(reading, plan);
    return block !== undefined && reading.length - block.length <= 6 ? reading : undefined;
  }

  function whyNot(digits: string, plan: DialPlan): Meaning {
    if (digits.length > longest) return problem('too-long');
    const forms = formsOf(digits, plan);
    const international = forms.international();
    if (international !== undefined) return reason(international);
    if (digits.length <= 2) return problem('too-short');
    const prefixed = plan.nationalPrefix !== '' && digits.startsWith(plan.nationalPrefix);
    if (!prefixed && digits.length <= shortestLocal + 1) return problem('not-an-extension');
    return reason(forms.national() ?? `+${plan.countryCode}${digits}`);
  }

  return {
    international,

    /** Extensions, emergency and short numbers only: what a few digits may be by themselves. */
    few: (digits: string, plan: DialPlan): Meaning => {
      return inside(digits, plan) ?? short(digits, plan) ?? problem('too-short');
    },

    /**
     * What contacts hold. In this order: emergency number, extension, short number, international (`0049…`), own block as
     * dialled (`0700798765`), national (`089…`), dialable international and national (`00049…`, `0089…`), local
     * (`7007…`), dialable local (`0700…`). Where numbers have a national prefix it may be missing only where people there
     * leave it out: in North America, in Brazil, before many service numbers.
     */
    contact: (digits: string, plan: DialPlan): Meaning => {
      if (digits.length > longest) return problem('too-long');
      const known = inside(digits, plan) ?? short(digits, plan);
      if (known !== undefined) return known;
      const outside = plan.trunkAccessCode === '' ? undefined : afterPrefix(digits, plan.trunkAccessCode);
      const shortOutside = outside === undefined ? undefined : short(outside, plan);
      if (shortOutside !== undefined) return shortOutside;
      const forms = formsOf(digits, plan);
      const local = digits.length >= shortestLocal || ownBlockOf(forms.local() ?? '', plan) !== undefined;
      const localOutside = outside !== undefined && outside.length >= shortestLocal;
      return (
        firstValid([forms.international()]) ??
        firstValid([outsideOwnBlock(forms.outsideLocal(), plan)], 'area') ??
        firstValid([forms.national()], 'country') ??
        firstValid([forms.outsideInternational()]) ??
        firstValid([forms.outsideNational()], 'country') ??
        firstValid([local ? forms.local() : undefined, localOutside ? forms.outsideLocal() : undefined], 'area') ??
        firstValid(plan.countryCode === '1' ? [forms.bare(), forms.outsideBare()] : [], 'country') ??
        national(digits, plan) ??
        national(outside, plan) ??
        whyNot(digits, plan)
      );
    },

    /**
     * What is dialled by hand (NUM-2), as a desk phone takes it: emergency number or extension as it is, everything else
     * behind the access code. What then follows decides by its prefix; there is one meaning only.
     */
    dialled: (digits: string, plan: DialPlan): Meaning => {
      if (digits.length > longest) return problem('too-long');
      const known = inside(digits, plan);
      if (known !== undefined) return known;
      const outside = afterPrefix(digits, plan.trunkAccessCode);
      if (outside === undefined) return problem(digits.length <= 1 ? 'too-short' : 'not-an-extension');
      if (plan.emergencyNumbers.includes(outside) || isShortNumber(outside, plan.countryCode)) {
        return { type: 'short', dialable: digits };
      }
      const forms = formsOf(outside, plan);
      const abroad = forms.international();
      if (abroad !== undefined) return international(abroad.slice(1));
      const prefixed = plan.nationalPrefix !== '' && outside.startsWith(plan.nationalPrefix);
      const readings =
        prefixed || plan.nationalPrefix === ''
          ? [forms.national()]
          : [forms.local(), dialsLocally(plan) && !mixesForms(plan) ? undefined : forms.bare()];
      const meaning = firstValid(readings) ?? national(outside, plan);
      if (meaning !== undefined) return meaning;
      if (outside.length <= 2) return problem('too-short');
      return reason(readings.find((reading) => reading !== undefined) ?? `+${outside}`);
    },

    /**
     * What the telephone system signals for the other end: extension, or a number with or without prefixes and access code.
     * Bare digits: with own country code, then (up to eight digits) local, then national, local, then abroad.
     */
    signalled: (digits: string, plan: DialPlan): Meaning => {
      if (digits.length > longest) return problem('too-long');
      const known = inside(digits, plan) ?? short(digits, plan);
      if (known !== undefined) return known;
      const forms = formsOf(digits, plan);
      const withCountry = digits.startsWith(plan.countryCode) && digits.length > 9 ? `+${digits}` : undefined;
      const local = digits.length >= shortestLocal ? forms.local() : undefined;
      const meaning = firstValid([
        forms.international(),
        outsideOwnBlock(forms.outsideLocal(), plan),
        forms.national(),
        forms.outsideInternational(),
        forms.outsideNational(),
        withCountry,
        digits.length <= 8 ? local : undefined,
        forms.bare(),
        local,
        forms.outsideLocal(),
        digits.length > 9 ? `+${digits}` : undefined,
      ]);
      return meaning ?? whyNot(digits, plan);
    },
  };
}
