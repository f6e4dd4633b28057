/**
 * Texts of one capability in all languages. English sets the keys; a key that is missing, or a text that takes other
 * values than the English one, does not compile.
 */

/** A text, a text with values in it, or a table of texts by a stable word. */
export type Text = string | ((...values: never[]) => string) | { readonly [word: string]: string };
export type Texts = Readonly<Record<string, Text>>;

/** The same keys in another language. */
type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer V) => string
      ? (...values: V) => string
      : { readonly [W in keyof T[K]]: string };
};

/** The languages that the pane speaks. */
export const paneLanguages = ['en', 'de'] as const;
export type PaneLanguage = (typeof paneLanguages)[number];

export interface Catalogue<T extends Texts> {
  readonly en: T;
  readonly de: Translated<T>;
}

/** Declares the texts of one capability. */
export function defineTexts<const T extends Texts>(en: T, de: Translated<T>): Catalogue<T> {
  return { en, de };
}

/** Texts as a component uses them. */
export type TextsOf<C> = C extends Catalogue<infer T> ? Translated<T> : never;

/** The language for a BCP 47 tag; English where we do not speak it. */
export function languageFor(tag: string): PaneLanguage {
  return tag.toLowerCase().split('-')[0] === 'de' ? 'de' : 'en';
}
