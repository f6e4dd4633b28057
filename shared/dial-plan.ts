/**
 * A site's way of dialling: what the office adds to ITU E.164. Without it nobody knows what `0700798765` means.
 */
import * as z from 'zod/mini';

const digits = z.string().check(z.regex(/^\d{1,15}$/));

export const dialPlanSchema = z.object({
  /** ITU country code without plus, such as `49`. */
  countryCode: z.string().check(z.regex(/^[1-9]\d{0,2}$/)),
  /** Own area code without national prefix, such as `89`; empty where numbers have none. */
  areaCode: z.string().check(z.regex(/^\d{0,6}$/)),
  /** Digits to get an outside line, such as `0`; empty where none is needed (NUM-2). */
  trunkAccessCode: z.string().check(z.regex(/^\d{0,4}$/)),
  /** Digits before an area code inside the country: `0` in Germany, `1` in the USA, empty where there are none. */
  nationalPrefix: z.string().check(z.regex(/^\d{0,3}$/)),
  /** Digits before a country code: `00` in Europe, `011` in the USA. */
  internationalPrefix: z.string().check(z.regex(/^\d{1,5}$/)),
  /** Own number blocks: the E.164 digits before the extension, with plus, such as `+49897007`. */
  numberBlocks: z.array(z.string().check(z.regex(/^\+[1-9]\d{3,13}$/))).check(z.maxLength(20)),
  /** Length of the site's extensions, 2 to 6 digits. */
  extensionLength: z.number().check(z.gte(2), z.lte(6)),
  /** Numbers that are dialled as they are and are never canonical: `110`, `112`. */
  emergencyNumbers: z.array(digits).check(z.maxLength(20)),
  /**
   * North America only, where every national number has ten digits: area codes whose numbers are dialled with these ten digits
   * alone, without the national prefix. Absent or empty: there are none.
   */
  localAreaCodes: z.optional(z.array(z.string().check(z.regex(/^[2-9]\d{2}$/))).check(z.maxLength(100))),
  /**
   * North America only: 7 or 10 where a number of the own area is dialled with so many digits. 11 or absent: with the national
   * prefix, unless the own area is one of `localAreaCodes`.
   */
  ownAreaDigits: z.optional(
    z.number().check(z.refine((count) => [7, 10, 11].includes(count), { error: 'it is 7, 10 or 11' })),
  ),
});
export type DialPlan = z.infer<typeof dialPlanSchema>;
