/**
 * How names and numbers are found: every entry has keys, a query is a set of key prefixes (DESIGN §6).
 * A name's word is folded (NFKD, case, ß→ss, ø→o, ł→l …) and stands under each usual spelling: Müller under `muller`
 * and `mueller`. A number stands under its digits. Words are prefixed `w:`, numbers `n:`, so that one index holds both.
 */
import type { DialPlan } from './dial-plan';
import type { NumberReading } from './phone-number';

/**
 * What is searched: every element must match; an element matches when any of its prefixes is a prefix of a key.
 * Empty: everything.
 */
export interface DirectoryQuery {
  readonly elements: readonly (readonly string[])[];
}

/** Keys of a name's words, of company and other texts: unique, sorted. */
export declare function nameKeys(texts: readonly string[]): string[];
/** Keys of a number: E.164 digits, extension, digits as written. Unique, sorted. */
export declare function numberKeys(reading: NumberReading): string[];
/** What the typed text searches for: words, or a number in any written form by the reader's dial plan. */
export declare function readQuery(typed: string, plan: DialPlan): DirectoryQuery;
/** Order of names in lists: folded, words in the given order. */
export declare function sortKey(name: string): string;
