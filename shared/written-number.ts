/**
 * Takes a written number apart: label in front, the number, an extension behind, a word behind. Nothing here knows what
 * numbers exist; where that decides (several numbers in one field, a zero in brackets, letters that stand for digits) the
 * candidates are handed on in the order in which they are to be tried.
 */
import type { NumberProblem } from './contact';
import { plainText } from './written-text';

/** Longest field that is looked at. */
export const writtenLimit = 256;

/** One number as written: digits, with or without plus. */
export interface WrittenDigits {
  readonly plus: boolean;
  readonly digits: string;
  /** Where in `digits` a zero in brackets stands, as in `+49 (0)89`; never the first place. */
  readonly zeroAt?: number;
}

/** A field taken apart. */
export interface WrittenField {
  /** The number's own text: no letters but those between several numbers. */
  readonly text: string;
  /** Digits to dial after the connection, or inside the company. */
  readonly extension?: string;
  /** The field with letters turned into digits by the keypad, to be tried when `text` is no number. */
  readonly vanity?: string;
}

const label =
  /^(?!(?:x|ext|extn|extension|dw|app|apparat|durchw|durchwahl|nst|nebenstelle)\b)\p{L}[\p{L}\p{M} .&'-]{0,40}?(?:\s*[:.=]\s*|\s+)(?=[+(\d[])/iu;
const extensionMark =
  'extension|extn?|durchwahl|durchw|dw|apparat|app|nebenstelle|nebenst|nst|hausapparat|interno|int|poste|anexo|ramal|доб|x';
const extensionBehind = new RegExp(
  `^(.*?\\d[\\d\\s)\\]]*)[\\s(,;/.:-]*(?<!\\p{L})(?:${extensionMark})[\\s.:=-]*(\\d{1,10})\\s*\\)?$`,
  'iu',
);
const signBehind = /^(.*?\d[\s)\]]*)\s*#\s*(\d{1,10})$/u;
/** Pauses and waits that mobile phones write between number and extension: `,,12#`, `p12`, `;12#`. */
const pauseBehind = /^([^\p{L}]*\d)\s?(?:[,;]{2,8}\s?|[pw]{1,3}|,(?=\d{1,4}#?$)|;(?=\d{1,10}#$))(\d{1,10})#?$/iu;
const wordBehind = /^(.*?\d[)\]]?)[\s,;:/(-]+(\p{L}[^\d]*)$/u;
/** A remark in brackets or quotes without letters, such as `(!)`. */
const emptyRemark = /[\s(]*[!?*]+\s*\)?$/;

/** `tel:` and its kind, see RFC 3966; `sip:` where the user part is a number. Returns the number with its parameters, or the text as it is. */
function openUri(text: string): { text: string; extension?: string } | { problem: NumberProblem } {
  const scheme = /^(?:tel|callto|phone|sips?):(?:\/\/)?/i.exec(text);
  if (scheme === null) return { text };
  const address = text.slice(scheme[0].length);
  const body = /^sip/i.test(text) ? address.replace(/@[^@]*$/, '') : address;
  if (!/^[^\s]*$/.test(body)) return { text: body };
  let decoded: string;
  try {
    decoded = decodeURIComponent(body.split('?')[0] ?? '');
  } catch {
    return { problem: 'not-a-number' };
  }
  const [number = '', ...parameters] = decoded.split(';');
  let extension: string | undefined;
  let context = '';
  // Not every `;` begins a parameter: blanks and ; are allowed inside a canonical number (NUM-1).
  let rest = '';
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=');
    if (!parameter.includes('=')) rest += `;${parameter}`;
    else if (/^ext$/i.test(name)) extension = value.replace(/[-.() ]/g, '');
    else if (/^phone-context$/i.test(name)) context = value;
    // Pauses and digits behind the connection (RFC 2806): `;postd=pp22`.
    else if (/^postd$/i.test(name)) extension ??= /^[pw\-.() ]*(\d{1,10})#?$/i.exec(value)?.[1];
  }
  const local = plainText(number + rest);
  const written = context.startsWith('+') && !local.startsWith('+') ? `${context} ${local}` : local;
  if (extension === undefined || extension === '') return { text: written };
  if (!/^\d{1,10}$/.test(extension)) return { problem: 'not-a-number' };
  return { text: written, extension };
}

function splitExtension(text: string): { text: string; extension?: string } {
  const match = extensionBehind.exec(text) ?? signBehind.exec(text) ?? pauseBehind.exec(text);
  const [, number, extension] = match ?? [];
  return number === undefined || extension === undefined ? { text } : { text: number.trim(), extension };
}

const keypad = ['ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ'];

/** Letters as the keypad has them (ITU E.161). Only capitals: a vanity number is written to be seen. */
function keypadDigits(text: string): string | undefined {
  if (!/^[A-Z0-9\s()+./-]+$/.test(text) || !/\d/.test(text) || (text.match(/[A-Z]/g) ?? []).length < 3)
    return undefined;
  return text.replace(/[A-Z]/g, (letter) => String(2 + keypad.findIndex((key) => key.includes(letter))));
}

/** Nothing but one number's signs: the common case. */
const bare = /^[\d\s+()./-]*$/;

/** Takes a field apart, or says why there is no number in it. Total. */
export function readField(raw: string): WrittenField | { readonly problem: NumberProblem } {
  if (raw.length > writtenLimit) return { problem: 'too-long' };
  // Brazilians write two letters for the carrier code that the caller chooses: `(0xx11) 2345-6789`.
  const opened = openUri(plainText(raw).replace(/\b0\s?xx\s?(?=\d\d)/i, '0'));
  if ('problem' in opened) return opened;
  if (!/\d/.test(opened.text)) return { problem: 'empty' };
  if (opened.extension === undefined && bare.test(opened.text)) return { text: opened.text };

  const labelled = opened.text.replace(label, '').replace(emptyRemark, '');
  let found = splitExtension(labelled);
  if (found.extension === undefined) {
    const number = wordBehind.exec(found.text)?.[1];
    if (number !== undefined) found = splitExtension(number);
  }
  const extension = opened.extension ?? found.extension;
  const vanity = keypadDigits(splitExtension(opened.text).text);
  return {
    text: found.text,
    ...(extension === undefined ? {} : { extension }),
    ...(vanity === undefined ? {} : { vanity }),
  };
}

const conjunction = /\s(?:oder|or|und|and|bzw\.?|sowie|resp\.?|u\.|ou|et)\s/iu;
const separator = /[/;:,|&\n]+|\s(?:oder|or|und|and|bzw\.?|sowie|resp\.?|u\.|ou|et)\s/iu;

/** A sign between numbers, or a blank, dot or hyphen with the beginning of a number behind it. */
const places = new RegExp(`${separator.source}|[\\s.-]+(?=[(+0])|(?<=\\d)(?=\\+)`, 'giu');

const anySplit = new RegExp(places.source, 'iu');

/** A text at a place where a second number could begin. */
export interface Split {
  readonly before: string;
  readonly after: string;
  /** How sure the sign is: a word or sign between numbers, a sign with blanks around it, one within the digits. */
  readonly sign: string;
  readonly by: 'word' | 'spaced' | 'tight' | 'blank';
}

/** Places that are looked at: a field with more of them is made to keep a reader busy. */
const splitLimit = 24;

/** The places where a second number could begin, from left to right; the first ones of very many. */
export function splits(text: string): Split[] {
  if (!anySplit.test(text)) return [];
  const found: Split[] = [];
  for (const match of text.matchAll(places)) {
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + match[0].length);
    if (!/\d/.test(before) || !/\d/.test(after)) continue;
    const sign = match[0];
    const spaced = /\s$/.test(before) || /^\s/.test(after);
    const by =
      conjunction.test(sign) || /[|&]/.test(sign)
        ? 'word'
        : !separator.test(sign)
          ? 'blank'
          : sign.includes('\n') || spaced
            ? 'spaced'
            : 'tight';
    found.push({ before, after, sign, by });
    if (found.length === splitLimit) break;
  }
  return found;
}

const zeroInBrackets = /[([]\s*0\s*[)\]]/;

/** Digits of one number; undefined when there is anything but digits and what may stand between them (NUM-1). */
export function readDigits(text: string): WrittenDigits | undefined {
  // `+49`, `++49`, `(+49)`, `00+49`, `+0049` all say the same.
  const match = /^([\s([]*(?:00[\s-]*)?\++[\s)\]]*)?([\d\s()[\]./:;,-]*)$/.exec(text);
  if (match === null) return undefined;
  const plus = match[1] !== undefined;
  let body = match[2] ?? '';
  if (plus) body = body.replace(/^[\s(]*00(?=[\s\d])/, '');
  const digits = body.replace(/\D/g, '');
  const bracketed = zeroInBrackets.exec(body);
  const zeroAt = bracketed === null ? 0 : body.slice(0, bracketed.index).replace(/\D/g, '').length;
  return zeroAt === 0 ? { plus, digits } : { plus, digits, zeroAt };
}
