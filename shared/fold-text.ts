/**
 * Folding of words for search and order: what looks or is typed alike becomes equal. Case, accents and width go; letters
 * that NFKD does not take apart have a spelling here. A German umlaut has two: `muller` and `mueller`.
 */

/** Letters with one spelling each. */
const spellings: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ĸ: 'k',
  ə: 'e',
  ς: 'σ',
  // Arabic: letters that are written for one another, and the stretching stroke.
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  ـ: '',
};

/** Letters with a short and a long spelling. */
const longSpellings: Readonly<Record<string, readonly [short: string, long: string]>> = {
  ä: ['a', 'ae'],
  ö: ['o', 'oe'],
  ü: ['u', 'ue'],
  ø: ['o', 'oe'],
  å: ['a', 'aa'],
};

/** Letters of one word with two spellings that are mixed freely; beyond it is all short or all long. */
const mixedUpTo = 3;

const ascii = /^[\x20-\x7e]*$/;

function lower(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Takes the marks off and spells the rest. */
function strip(letter: string): string {
  const plain = letter.normalize('NFKD').replace(/\p{Mn}/gu, '');
  let spelled = '';
  for (const part of plain) spelled += spellings[part] ?? part;
  return spelled;
}

/**
 * Words of a text in their order, lower case, accents kept. Whatever is neither letter nor digit parts words; the apostrophe
 * stays inside, as in `o'brien`.
 */
export function wordsOf(text: string): string[] {
  return (
    lower(text.replace(/[\u2018\u2019\u02BC\u02B9\u00B4\u0060\uFF07]/g, "'").replace(/\p{Cf}/gu, '')).match(
      /[\p{L}\p{N}\p{M}]+(?:'[\p{L}\p{N}\p{M}]+)*/gu,
    ) ?? []
  );
}

/** Spellings of one lower-case word, the short one first: `müller` → `muller`, `mueller`. */
export function foldWord(word: string): string[] {
  if (ascii.test(word)) return [word];
  const letters = [...word.normalize('NFC')];
  const open = letters.filter((letter) => Object.hasOwn(longSpellings, letter)).length;
  let spelled = [''];
  if (open > mixedUpTo) {
    spelled = [0, 1].map((which) => letters.map((letter) => longSpellings[letter]?.[which] ?? strip(letter)).join(''));
  } else {
    for (const letter of letters) {
      const choices = longSpellings[letter] ?? [strip(letter)];
      spelled = choices.flatMap((choice) => spelled.map((before) => before + choice));
    }
  }
  return [...new Set(spelled)].filter((spelling) => spelling !== '');
}
