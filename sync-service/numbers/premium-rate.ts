/** Which numbers cost the caller more than the call: by the complete metadata, since the small set knows no kinds of numbers. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** E.164 numbers have no fewer digits with their country code. */
const shortest = 7;
/** And none more; what is dialled beyond is dropped. */
const longest = 15;

/**
 * Whether `+` and digits reach a premium-rate service of any country. Digits behind a whole number are ignored, as the
 * network ignores them: nobody gets past by dialling one more.
 */
export function isPremiumRate(international: string): boolean {
  const digits = /^\+([1-9]\d*)$/.exec(international)?.[1];
  if (digits === undefined) return false;
  for (let length = Math.min(digits.length, longest); length >= shortest; length -= 1) {
    const number = parsePhoneNumberFromString(`+${digits.slice(0, length)}`, { extract: false });
    if (number?.isValid() === true) return number.getType() === 'PREMIUM_RATE';
  }
  return false;
}
