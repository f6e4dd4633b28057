/**
 * How names and numbers are found: every entry has keys, a query is a set of key prefixes (DESIGN §6).
 * A name's word is folded (NFKD, case, ß→ss, ø→o, ł→l …) and stands under each usual spelling: Müller under `muller`
 * and `mueller`. A number stands under its digits. Words are prefixed `w:`, numbers `n:`, so that one index holds both.
 */
import type { DialPlan } from './dial-plan';
import { foldWord, wordsOf } from './fold-text';
import { numbersInField } from './numbers-in-field';
import type { NumberReading } from './phone-number';
import { plainText } from './written-text';

/**
 * What is searched: every element must match; an element matches when any of its prefixes is a prefix of a key.
 * Empty: everything.
 */
export interface DirectoryQuery {
  readonly elements: readonly (readonly string[])[];
}

/** Bounds that hold for whatever is handed in. */
export const directoryKeyLimits = {
  /** Keys of one entry's texts. */
  keys: 64,
  /** UTF-16 units of a key; longer words are found by their beginning. */
  keyLength: 64,
  /** Words and numbers of a query; what is typed behind them does not narrow it any more. */
  elements: 8,
  /** Length of a sort key. */
  sortKeyLength: 256,
  /** Length of a typed text that is looked at. */
  typed: 256,
} as const;

/** Cuts at a whole character. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

function key(kind: 'w' | 'n', value: string): string {
  return cut(`${kind}:${value}`, directoryKeyLimits.keyLength);
}

/** `o'brien` is found as `obrien`, `brien` and `o`. */
function partsOfWord(word: string): string[] {
  return word.includes("'") ? [word.replaceAll("'", ''), ...word.split("'")] : [word];
}

/** Keys of a name's words, of company and other texts: unique, sorted. */
export function nameKeys(texts: readonly string[]): string[] {
  const keys = new Set<string>();
  for (const text of texts) {
    for (const word of wordsOf(text)) {
      for (const part of partsOfWord(word)) {
        for (const spelling of foldWord(part)) {
          keys.add(key('w', spelling));
          if (keys.size >= directoryKeyLimits.keys) return [...keys].sort();
        }
      }
    }
  }
  return [...keys].sort();
}

/**
 * Keys of a number: E.164 digits, own extension, digits as written. Unique, sorted. Digits to dial after the connection
 * are no key of their own: they would be taken for a colleague's extension.
 */
export function numberKeys(reading: NumberReading): string[] {
  const keys = new Set<string>();
  for (const { e164, extension, dialable } of numbersInField(reading)) {
    if (e164 !== undefined) keys.add(key('n', e164.slice(1)));
    if (extension !== undefined && (e164 === undefined || dialable === extension)) keys.add(key('n', extension));
  }
  const written = plainText(reading.raw).replace(/\D/g, '');
  if (written !== '') keys.add(key('n', written));
  return [...keys].sort();
}

/** Keys that an entry with exactly this number has: one for E.164, one for an own extension; none for what is neither. */
export function exactNumberKeys(reading: NumberReading): string[] {
  return numberKeys({ ...reading, raw: '' });
}

/** What the beginning of a number may be the beginning of, by the forms of NUM-1 to NUM-3. */
function numberPrefixes(written: string, plan: DialPlan): string[] {
  const digits = written.replace(/(\d[\s)]*)[([]\s*0\s*[)\]]/, '$1').replace(/\D/g, '');
  const found = new Set<string>();
  const add = (prefix: string, rest: string | undefined): void => {
    if (rest !== undefined && prefix + rest !== '') found.add(prefix + rest);
  };
  const after = (text: string, prefix: string): string | undefined =>
    prefix !== '' && text.startsWith(prefix) ? text.slice(prefix.length) : undefined;
  /** International, national and local forms. */
  const forms = (text: string): void => {
    add('', after(text, plan.internationalPrefix));
    add(plan.countryCode, after(text, plan.nationalPrefix));
    add(plan.countryCode, text);
    add(plan.countryCode + plan.areaCode, text);
  };
  add('', digits);
  if (/^[\s(]*\+/.test(written)) {
    // `+0049` and `+49` are the same to people.
    add('', after(digits, '00'));
  } else {
    forms(digits);
    const outside = after(digits, plan.trunkAccessCode);
    if (outside !== undefined && outside !== '') forms(outside);
  }
  return [...found].map((prefix) => key('n', prefix));
}

/** Leaves out prefixes that another one covers. */
function shortest(prefixes: readonly string[]): string[] {
  const unique = [...new Set(prefixes)];
  return unique.filter((prefix) => !unique.some((other) => other !== prefix && prefix.startsWith(other))).sort();
}

const numberPiece = /^[\d+()[\]./:;,-]*$/;

/** What the typed text searches for: words, or a number in any written form by the reader's dial plan. */
export function readQuery(typed: string, plan: DialPlan): DirectoryQuery {
  const text = cut(typed, directoryKeyLimits.typed).replace(/^\s*(?:tel|callto):/i, '');
  const elements = new Map<string, readonly string[]>();
  const add = (prefixes: readonly string[]): void => {
    const element = shortest(prefixes);
    if (element.length > 0 && elements.size < directoryKeyLimits.elements) elements.set(element.join(' '), element);
  };

  /** Pieces of one number, which may be written with blanks. */
  let number: string[] = [];
  const endNumber = (): void => {
    const written = plainText(number.join(' '));
    if (/\d/.test(written)) {
      // Digits alone may also be a word of a name: `Studio 54`.
      const alone = /^\d+$/.test(written) ? wordsOf(number.join('')).flatMap(foldWord) : [];
      add([...numberPrefixes(written, plan), ...alone.map((word) => key('w', word))]);
    }
    number = [];
  };

  for (const piece of text.split(/\s+/)) {
    if (numberPiece.test(plainText(piece))) {
      number.push(piece);
      continue;
    }
    endNumber();
    for (const word of wordsOf(piece)) add(foldWord(word.replaceAll("'", '')).map((spelling) => key('w', spelling)));
  }
  endNumber();
  return { elements: [...elements.values()] };
}

/** Order of names in lists: folded, words in the given order. */
export function sortKey(name: string): string {
  const words = wordsOf(name).map((word) => foldWord(word.replaceAll("'", ''))[0] ?? '');
  return cut(words.join(' '), directoryKeyLimits.sortKeyLength);
}
