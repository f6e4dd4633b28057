/**
 * How a number is shown: digits that are typed after the connection stand behind `ext.` in its stored form, which is one for
 * all languages and is what is copied; here they get the user's word.
 */
import { useText } from './i18n/text';

/** Such as `+49 (89) 7007-0 ext. 12`. */
const withExtension = / ext\. (?=\S+$)/;

/** @param word the word for such digits */
export function numberText(display: string, word: string): string {
  return display.replace(withExtension, ` ${word} `);
}

export function useNumberText(): (display: string) => string {
  const { extensionBehind } = useText();
  return (display) => numberText(display, extensionBehind);
}
