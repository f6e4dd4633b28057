/** Names of character sets, and the one that can be told for certain. */
import iconv from 'iconv-lite';

/** Whether texts can be read in it: not so in what iconv-lite has besides; base64 would make text of anything. */
export function isCharset(name: string): boolean {
  const isKnown: boolean = iconv.encodingExists(name);
  return isKnown && !/^(?:base64|hex|binary|internal|utf-?7)/i.test(name);
}

export function isUtf8Name(name: string): boolean {
  return /^utf-?8$/i.test(name);
}

/** UTF-8 without its byte order mark; undefined when any byte is not UTF-8. */
export function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
