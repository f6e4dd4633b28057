/** The character set of an XML file: UTF-8, or the one that it names. */
import { isUtf8Name, strictUtf8 } from './charset';

const declaration = /^<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([^"']{1,40})["']/i;

/**
 * What to read it in; undefined to find it out, by the mark that it begins with.
 * @param chosen by the person. What was chosen for the file before does not spoil one that says nothing and is UTF-8.
 */
export function xmlCharset(bytes: Uint8Array, chosen: string | undefined): string | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return undefined;
  const said = declaration.exec(Buffer.from(bytes.subarray(0, 256)).toString('latin1'))?.[1];
  // What could be read up to here is not in UTF-16, whatever it says.
  const named = said === undefined || isUtf8Name(said) || /^utf-?16/i.test(said) ? undefined : said;
  if (named === undefined && strictUtf8(bytes) !== undefined) return 'utf-8';
  return chosen ?? named ?? 'utf-8';
}
