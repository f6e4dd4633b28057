/**
 * How a number is shown: digits that are typed after the connection stand behind `ext.` in its stored form, which is one for
 * all languages and is what is copied; here they get the user's word.
 */
import { useCallback } from 'react';
import { useText } from './i18n/text';

/** Such as `+49 (89) 7007-0 ext. 12`. */
const withExtension = / ext\. (?=\S+$)/;

/** From the stored form of a number to how it is shown. */
export type NumberText = (display: string) => string;

/** @param word the word for such digits */
export function numberText(display: string, word: string): string {
  return display.replace(withExtension, ` ${word} `);
}

/** The same function as long as the language is. */
export function useNumberText(): NumberText {
  const { extensionBehind } = useText();
  return useCallback((display: string) => numberText(display, extensionBehind), [extensionBehind]);
}
