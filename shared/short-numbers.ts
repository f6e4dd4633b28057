/**
 * Short numbers that a country or all of Europe has given out for everybody. They have no canonical form. What a site
 * itself names (`emergencyNumbers` of its dial plan) comes first and need not stand here.
 */

/** Harmonised numbers of social value and directory enquiries, 116xxx and 118xx (CEPT; Decision 2007/116/EC). */
const european = '116\\d{3}|118\\d{2,3}';

const byCountry: Readonly<Record<string, RegExp>> = {
  '1': /^(?:[2-9]11|988)$/,
  '33': new RegExp(`^(?:1[578]|11[2459]|${european})$`),
  '39': new RegExp(`^(?:11[2-8]|15\\d{2}|${european})$`),
  '41': new RegExp(`^(?:11[278]|14[03457]|${european})$`),
  '43': new RegExp(`^(?:112|1[234][0-9]|${european})$`),
  '44': new RegExp(`^(?:999|112|101|105|111|119|${european})$`),
  '49': new RegExp(`^(?:11[025]|19222|${european}|1180\\d{2})$`),
};

/** Whether these digits, dialled in this country with an outside line, are a short number. */
export function isShortNumber(digits: string, countryCode: string): boolean {
  return byCountry[countryCode]?.test(digits) ?? false;
}
