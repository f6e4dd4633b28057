/**
 * A number and its forms (NUM-1 to NUM-4): written ↔ E.164 ↔ for people ↔ dialable ↔ internal, by a site's dial plan.
 * All functions are total: they return a reason instead of a guess. Nothing has an E.164 form that is not valid.
 * The rules know no numbering plans of their own; `createNumberRules` is handed a {@link NumberLibrary}.
 */
import type { DialPlan } from './dial-plan';
import type { ContactNumber, FurtherNumber, NumberProblem } from './contact';
import { dialableOf, displayOf, extensionOf, extensionToE164, isExtension, ownBlockOf } from './number-forms';
import { keepsLeadingZero } from './number-library';
import type { NumberLibrary, ParsedNumber } from './number-library';
import { createReadings } from './number-readings';
import type { Assumed, Meaning } from './number-readings';
import { readDigits, readField, splits } from './written-number';
import type { WrittenDigits } from './written-number';
import { plainText } from './written-text';

/** What a written number turned out to be: all known forms, or the reason why it could not be read. */
export type NumberReading = Omit<ContactNumber, 'kind'>;
export type { NumberProblem };

/** Changes whenever a rule changes what some text is read as; see {@link NumberRules.rulesVersion}. */
export const numberRulesVersion = '4';

/** What to dial, or why it cannot be dialled. */
export type DialString =
  | {
      /** Digits that the site's telephones dial, access code included. */
      readonly dialString: string;
      /** Digits to dial after the connection. */
      readonly afterConnection?: string;
    }
  | { readonly problem: NumberProblem };

export interface NumberRules {
  /** Reads a number as people write it into their contacts. Never throws. */
  readonly readNumber: (raw: string, plan: DialPlan) => NumberReading;
  /**
   * Reads what is typed into the dial field (NUM-2): with plus it is canonical; without, it is what one would dial at a
   * desk phone, access code included, and `dialable` is exactly that; also beside the problem `invalid-for-country`, since
   * the telephone network may know more numbers than the numbering plans.
   */
  readonly readDialled: (typed: string, plan: DialPlan) => NumberReading;
  /** Reads the other end's number as the telephone system signals it: extension, national or international, with or without plus. */
  readonly readSignalled: (number: string, plan: DialPlan) => NumberReading;
  /**
   * What to dial for a reading, or for a text as {@link NumberRules.readDialled} reads it. A canonical number is always
   * converted to the dialable form, in the USA as everywhere (NUM-3).
   */
  readonly toDialString: (number: NumberReading | string, plan: DialPlan) => DialString;
  /** Equal exactly when rules, numbering plans and dial plan are: what was read under another one is to be read again. */
  readonly rulesVersion: (plan: DialPlan) => string;
}

/** What a telephone system says instead of a number that is withheld. */
const withheld = /^(?:anonymous|unknown|private|withheld|restricted|unavailable|anonym|unbekannt)?$/i;

/** How much is tried to tell the numbers of a field apart. */
const severalLimits = { numbers: 8, readings: 40 } as const;

/** Makes the rules with the numbering plans of a library. */
export function createNumberRules(library: NumberLibrary): NumberRules {
  const readings = createReadings(library);

  function describe(raw: string, number: ParsedNumber, plan: DialPlan, after: string | undefined): NumberReading {
    const own = extensionOf(number.e164, plan);
    const extension = after ?? own;
    const display = displayOf(number, plan);
    return {
      raw,
      e164: number.e164,
      display: after === undefined ? display : `${display} ext. ${after}`,
      dialable: dialableOf(number, plan),
      ...(extension === undefined ? {} : { extension }),
    };
  }

  /** `089 7007 DW 321` and `089 7007-0 DW 321` in the own block are extension 321. */
  function ownExtension(e164: string, after: string, plan: DialPlan): ParsedNumber | undefined {
    const block = ownBlockOf(e164, plan);
    if (block === undefined || !/^0?$/.test(e164.slice(block.length)) || !isExtension(after, plan)) return undefined;
    const number = library.parse(block + after);
    return number?.valid === true && number.e164 === block + after ? number : undefined;
  }

  function toReading(raw: string, meaning: Meaning, plan: DialPlan, after: string | undefined): NumberReading {
    switch (meaning.type) {
      case 'number': {
        const own = after === undefined ? undefined : ownExtension(meaning.number.e164, after, plan);
        const assumed: { assumed?: Assumed } = meaning.assumed === undefined ? {} : { assumed: meaning.assumed };
        return own === undefined
          ? { ...describe(raw, meaning.number, plan, after), ...assumed }
          : { ...describe(raw, own, plan, undefined), ...assumed };
      }
      case 'extension': {
        const { extension } = meaning;
        if (after !== undefined) return { raw, problem: 'not-a-number' };
        const e164 = extensionToE164(extension, plan);
        const number = e164 === undefined ? undefined : library.parse(e164);
        // Without a valid number to the outside it is an extension and nothing else.
        if (number?.valid !== true || number.e164 !== e164)
          return { raw, display: extension, dialable: extension, extension };
        return { ...describe(raw, number, plan, undefined), dialable: extension, extension };
      }
      case 'short':
        return { raw, problem: 'short-number', dialable: meaning.dialable };
      case 'problem':
        return { raw, problem: meaning.problem };
    }
  }

  type ReadDigits = (digits: string, plan: DialPlan) => Meaning;

  /** The digits with and without a zero in brackets, the likelier first: `+49 (0)89` drops it, `+39 (0)6` keeps it. */
  function candidates(written: WrittenDigits, plan: DialPlan): string[] {
    const { digits, zeroAt } = written;
    if (zeroAt === undefined) return [digits];
    const dropped = digits.slice(0, zeroAt) + digits.slice(zeroAt + 1);
    const before = digits.slice(0, zeroAt);
    const country = written.plus
      ? before
      : before.startsWith(plan.internationalPrefix)
        ? before.slice(plan.internationalPrefix.length)
        : before;
    // No country code is longer: in the middle of a number it is one of its digits.
    return country.length > 3 || keepsLeadingZero(country) ? [digits, dropped] : [dropped, digits];
  }

  /**
   * `00 229 81123456` and `00229 (0) 81123456` name a country, by the blank behind the prefix or the zero in brackets: where
   * there is no such number there it is none of the own country behind the access code 0 either.
   */
  function notElsewhere(meaning: Meaning, text: string, zero: boolean, digits: string, plan: DialPlan): Meaning {
    const { internationalPrefix: prefix } = plan;
    if (meaning.type !== 'number' || meaning.number.countryCode !== plan.countryCode) return meaning;
    if (!zero && /^[\s([]*(\d+)[\s./()-]/.exec(text)?.[1] !== prefix) return meaning;
    if (!digits.startsWith(prefix)) return meaning;
    const abroad = readings.international(digits.slice(prefix.length));
    return abroad.type === 'problem' && abroad.problem !== 'unknown-country' ? abroad : meaning;
  }

  function readWritten(text: string, plan: DialPlan, read: ReadDigits): Meaning {
    const written = readDigits(text);
    if (written === undefined) return { type: 'problem', problem: 'not-a-number' };
    let first: Meaning | undefined;
    for (const digits of candidates(written, plan)) {
      const meaning = written.plus ? readings.international(digits) : read(digits, plan);
      if (meaning.type !== 'problem') return notElsewhere(meaning, text, written.zeroAt !== undefined, digits, plan);
      first ??= meaning;
    }
    return first ?? { type: 'problem', problem: 'empty' };
  }

  const several: Meaning = { type: 'problem', problem: 'several-numbers' };

  /** Whether both are the same number; a contact may hold it twice. */
  function same(one: Meaning, other: Meaning): boolean {
    if (one.type === 'number' && other.type === 'number') return one.number.e164 === other.number.e164;
    return one.type === 'extension' && other.type === 'extension' && one.extension === other.extension;
  }

  /** Of two readings of the same number the one that had to assume less. */
  function surer(one: Meaning, other: Meaning): Meaning {
    return one.type === 'number' && one.assumed !== undefined ? other : one;
  }

  /** `+352/27/12/34/56`: one sign from the country code to the end groups the digits of one number (NUM-1). */
  function groupedByOneSign(text: string, whole: Meaning): boolean {
    const country = /^\+(\d{1,3})([/:;])\d+\2\d+(?:\2\d+)*$/.exec(text)?.[1];
    return whole.type === 'number' && whole.number.countryCode === country;
  }

  /** Finds a second number in the field. Undefined: there is one number only. */
  function findSeveral(text: string, plan: DialPlan, whole: Meaning): Meaning | undefined {
    if (groupedByOneSign(text, whole)) return undefined;
    for (const { before, after, sign, by } of splits(text)) {
      // A blank is a sign only where the field is no number as a whole.
      if (by === 'blank' && whole.type !== 'problem') continue;
      const rest = after.replace(/\D/g, '');
      // An area code alone is not worth the numbering plans' time; before a plus it may be a small country's number.
      const few = before.replace(/\D/g, '').length < 6 && !/^\s*\+/.test(after);
      const first =
        few && before.includes('+') ? several : readWritten(before, plan, few ? readings.few : readings.contact);
      // Six digits behind the country code at least: less may be an area code alone, unless another number begins.
      const begins = /^\s*\+/.test(after) || (by === 'spaced' && whole.type === 'problem' && /^\s*\(?0/.test(after));
      const complete =
        first.type === 'extension' ||
        first.type === 'short' ||
        (first.type === 'number' && (first.number.nationalNumber.length >= 6 || begins));
      if (by !== 'word' && !complete) continue;
      const second = readWritten(after, plan, readings.contact);
      if (by === 'word') return complete && same(first, second) ? surer(first, second) : several;
      if (by === 'spaced') {
        if (same(first, second)) return surer(first, second);
        if (first.type === 'number' || second.type !== 'problem') return several;
        continue;
      }
      const secondStands = second.type === 'number' || second.type === 'extension';
      if (by === 'tight') {
        if (same(first, second)) return surer(first, second);
        if (first.type !== 'number') {
          if (first.type === second.type) return several;
          continue;
        }
        // `+49 (89) 7007/98765` is one number (NUM-1), `089 123456/57` and `089 123456/123457` are two.
        const length = whole.type === 'number' ? whole.number.nationalNumber.length : Infinity;
        const shortList = rest.length <= 2 && !/^[:;]+$/.test(sign);
        if (shortList || length > 11 || (secondStands && /^[+0]/.test(after))) return several;
        continue;
      }
      if (first.type === 'number' && secondStands) return same(first, second) ? surer(first, second) : several;
    }
    return undefined;
  }

  /** A field as one number. */
  function readOne(raw: string, plan: DialPlan): NumberReading {
    const field = readField(raw);
    if ('problem' in field) return { raw, problem: field.problem };
    const { text, vanity, extension } = field;
    // Behind less than a whole number capitals are digits; behind a whole one they are a word, as in `089 123456 BÜRO`.
    if (vanity !== undefined && text.replace(/\D/g, '').length <= 8) {
      const number = readVanity(vanity, plan);
      if (number !== undefined) return toReading(raw, number, plan, extension);
    }
    const whole = readWritten(text, plan, readings.contact);
    const meaning = findSeveral(text, plan, whole) ?? whole;
    if (meaning.type === 'problem' && vanity !== undefined && meaning.problem !== 'several-numbers') {
      const number = readVanity(vanity, plan);
      // Letters that stand for nothing: the digits beside them are no number either.
      return number === undefined ? { raw, problem: 'not-a-number' } : toReading(raw, number, plan, extension);
    }
    return toReading(raw, meaning, plan, extension);
  }

  /**
   * The numbers of a field that holds several; undefined where one of them cannot be read by itself, or where they could not be
   * told apart: the digits behind `030 123456 / 123457` may be of Berlin as well as of the site's own area.
   */
  function readSeveral(raw: string, plan: DialPlan): NumberReading[] | undefined {
    let readings = 0;
    const read = (text: string): NumberReading | undefined => {
      readings += 1;
      const reading = readOne(text, plan);
      return reading.problem === undefined ? reading : undefined;
    };
    const from = (text: string, places: number): NumberReading[] | undefined => {
      for (const { before, after, by } of splits(text)) {
        if (readings >= severalLimits.readings) return undefined;
        // A sign within the digits separates only what begins with a prefix of its own.
        if ((by === 'tight' || by === 'blank') && !/^[\s(]*[+0]/.test(after)) continue;
        const first = read(before);
        if (first === undefined) continue;
        const last = read(after);
        const rest = last === undefined ? (places > 1 ? from(after, places - 1) : undefined) : [last];
        if (rest !== undefined) return [first, ...rest];
      }
      return undefined;
    };
    const found = from(plainText(raw), severalLimits.numbers - 1);
    if (found === undefined) return undefined;
    const byArea = found.filter(({ assumed }) => assumed === 'area').length;
    return byArea === 0 || byArea === found.length ? found : undefined;
  }

  function readNumber(raw: string, plan: DialPlan): NumberReading {
    const one = readOne(raw, plan);
    if (one.problem !== 'several-numbers' && one.problem !== 'not-a-number') return one;
    const [first, ...others] = readSeveral(raw, plan) ?? [];
    if (first === undefined) return one;
    const further = others.map(({ raw: _, ...forms }): FurtherNumber => forms);
    return { ...first, raw, further };
  }

  /** Letters stand for digits in North America anywhere, elsewhere in service numbers only. */
  function readVanity(text: string, plan: DialPlan): Meaning | undefined {
    const meaning = readWritten(text, plan, readings.contact);
    if (meaning.type !== 'number') return undefined;
    const { countryCode, nationalNumber } = meaning.number;
    const service = /^(?:[789]00|8[04]\d|18\d\d|1[38]00)/.test(nationalNumber);
    return countryCode === '1' || service ? meaning : undefined;
  }

  function readTyped(typed: string, plan: DialPlan, read: ReadDigits): { reading: NumberReading; digits?: string } {
    const field = readField(typed);
    if ('problem' in field) return { reading: { raw: typed, problem: field.problem } };
    const written = readDigits(field.text);
    if (written?.plus === true) return { reading: readOne(typed, plan) };
    const whole = readWritten(field.text, plan, read);
    // What is more than digits is no number to dial; it is not looked through for several.
    const meaning = (written === undefined ? undefined : findSeveral(field.text, plan, whole)) ?? whole;
    const reading = toReading(typed, meaning, plan, field.extension);
    return written === undefined ? { reading } : { reading, digits: written.digits };
  }

  function readDialled(typed: string, plan: DialPlan): NumberReading {
    const { reading, digits } = readTyped(typed, plan, readings.dialled);
    if (digits === undefined) return reading;
    // The typed digits hold the access code but the numbering plans do not know the number: they may lag behind the network.
    const dialled = reading.problem === undefined || reading.problem === 'invalid-for-country';
    return dialled ? { ...reading, dialable: digits } : reading;
  }

  function readSignalled(number: string, plan: DialPlan): NumberReading {
    if (withheld.test(number.trim())) return { raw: number, problem: 'empty' };
    return readTyped(number, plan, readings.signalled).reading;
  }

  function toDialString(number: NumberReading | string, plan: DialPlan): DialString {
    const reading = typeof number === 'string' ? readDialled(number, plan) : number;
    const { e164, extension } = reading;
    const dialable = reading.dialable ?? (e164 === undefined ? undefined : readOne(e164, plan).dialable);
    if (dialable === undefined) return { problem: reading.problem ?? 'not-a-number' };
    const after = extension !== undefined && e164 !== undefined && extensionOf(e164, plan) !== extension;
    return after ? { dialString: dialable, afterConnection: extension } : { dialString: dialable };
  }

  return {
    readNumber,
    readDialled,
    readSignalled,
    toDialString,
    rulesVersion: (plan) =>
      JSON.stringify([
        numberRulesVersion,
        library.version,
        plan.countryCode,
        plan.areaCode,
        plan.trunkAccessCode,
        plan.nationalPrefix,
        plan.internationalPrefix,
        plan.numberBlocks,
        plan.extensionLength,
        [...plan.emergencyNumbers].sort(),
        // Nothing is read anew where nobody uses them.
        ...(plan.localAreaCodes?.length ? [[...plan.localAreaCodes].sort()] : []),
        ...((plan.ownAreaDigits ?? 11) === 11 ? [] : [plan.ownAreaDigits]),
      ]),
  };
}
