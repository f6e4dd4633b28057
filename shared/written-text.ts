/** Makes what people type into plain signs: ASCII digits, plus, hyphens and blanks, without what nobody sees. */

/** Signs without width or effect: zero-width spaces, direction marks, soft hyphens, variation selectors, fillers. */
const invisible = /\p{Cf}|\u034F|\u115F|\u1160|\u17B4|\u17B5|\u3164|[\uFE00-\uFE0F]|\uFFA0/gu;

/** Zeros of scripts whose ten digits follow each other. */
const zeros = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0,
  0x0f20, 0x1040, 0x17e0, 0x1810, 0xff10,
];

function plainSign(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  // Full-width forms of the signs of ASCII.
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCodePoint(code - 0xfee0);
  const zero = zeros.find((candidate) => code >= candidate && code <= candidate + 9);
  if (zero !== undefined) return String(code - zero);
  if (/[\u207A\uFB29\uFE62\u2795]/u.test(sign)) return '+';
  if (/[\p{Pd}\u2043\u2212\u30FC]/u.test(sign)) return '-';
  if (/[\u2044\u2215\u29F8]/u.test(sign)) return '/';
  if (/[\u00B7\u2022\u2024\u2027\u30FB]/u.test(sign)) return '.';
  if (/[\u3001\u060C]/u.test(sign)) return ',';
  if (/[\u2028\u2029]/u.test(sign)) return '\n';
  if (/\p{Zs}/u.test(sign)) return ' ';
  if (/[\u2018\u2019\u02BC]/u.test(sign)) return "'";
  return sign;
}

const plain = /^[\x20-\x7e]*$/;

/** The text in plain signs. Letters stay as they are; line ends become one `\n`. Total. */
export function plainText(raw: string): string {
  if (plain.test(raw)) return raw.trim();
  return raw
    .replace(/\r\n?|[\v\f\u0085]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(invisible, '')
    .replace(/[^\x20-\x7e\n]/gu, plainSign)
    .replace(/[^\P{Cc}\n]/gu, '')
    .trim();
}
