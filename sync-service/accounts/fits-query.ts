/** Whether what is typed into a search of Administration fits an object. */
import { foldWord, wordsOf } from '../../shared/fold-text';

/** Every word of the query begins a word of one of the texts; an empty query fits all. */
export function fitsTexts(texts: readonly (string | null | undefined)[], query: string): boolean {
  const typed = wordsOf(query).map(foldWord);
  if (typed.length === 0) return true;
  const words = texts.flatMap((text) => wordsOf(text ?? '').flatMap(foldWord));
  return typed.every((spellings) => spellings.some((spelling) => words.some((word) => word.startsWith(spelling))));
}
