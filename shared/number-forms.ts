/**
 * From E.164 to the forms of an office: own extension, form for people, form to dial. All decided by the dial plan alone,
 * so that {@link dialableOf} and the reading of what is dialled are the inverse of each other.
 */
import type { DialPlan } from './dial-plan';
import type { ParsedNumber } from './number-library';
import { isShortNumber } from './short-numbers';

/** Whether the site's telephones reach an extension by these digits: nothing else may be meant by them. */
export function isExtension(digits: string, plan: DialPlan): boolean {
  return (
    digits.length === plan.extensionLength &&
    /^\d+$/.test(digits) &&
    !plan.emergencyNumbers.includes(digits) &&
    !leadsOutside(digits, plan)
  );
}

/** Whether the first digit goes to an outside line; without an access code, whether a prefix begins there. */
function leadsOutside(digits: string, plan: DialPlan): boolean {
  if (plan.trunkAccessCode !== '') return digits.startsWith(plan.trunkAccessCode);
  return (
    digits.startsWith(plan.internationalPrefix) ||
    (plan.nationalPrefix !== '' && digits.startsWith(plan.nationalPrefix))
  );
}

/** The own number block that a number lies in; the longest where one lies in another. */
export function ownBlockOf(e164: string, plan: DialPlan): string | undefined {
  let found: string | undefined;
  for (const block of plan.numberBlocks) {
    if (e164.startsWith(block) && (found === undefined || block.length > found.length)) found = block;
  }
  return found;
}

/** The extension that a number of an own block reaches; undefined for all others. */
export function extensionOf(e164: string, plan: DialPlan): string | undefined {
  const block = ownBlockOf(e164, plan);
  if (block === undefined) return undefined;
  const extension = e164.slice(block.length);
  return isExtension(extension, plan) ? extension : undefined;
}

/** Number of an extension to the outside. The first block is the one that the site's extensions are known by. */
export function extensionToE164(extension: string, plan: DialPlan): string | undefined {
  const [main] = plan.numberBlocks;
  return main === undefined ? undefined : main + extension;
}

/**
 * Countries with a national prefix where the area code belongs to every number, also within the area: North America (seven
 * digits are no longer enough in most areas), Belgium, France, Switzerland.
 */
const closedPlans: ReadonlySet<string> = new Set(['1', '32', '33', '41']);

/**
 * Whether a number of the own area is dialled without area code. Not where numbers have no national prefix to tell both
 * forms apart (Italy, Spain …), and not in {@link closedPlans}, unless the plan says so.
 */
export function dialsLocally(plan: DialPlan): boolean {
  if (mixesForms(plan)) return plan.areaCode !== '' && plan.ownAreaDigits === 7;
  return plan.areaCode !== '' && plan.nationalPrefix !== '' && !closedPlans.has(plan.countryCode);
}

/** Whether a site may dial seven, ten and eleven digits side by side: their number tells the forms apart (North America). */
export function mixesForms(plan: DialPlan): boolean {
  return plan.countryCode === '1' && plan.nationalPrefix !== '';
}

/** Whether a national number is dialled with its area code and without the national prefix. */
function dialsBare(national: string, plan: DialPlan): boolean {
  if (!mixesForms(plan)) return false;
  const { areaCode, localAreaCodes = [], ownAreaDigits } = plan;
  // Seven digits that mean something else, such as an extension, are dialled with the area code in front.
  const shorter = ownAreaDigits === 7 || ownAreaDigits === 10;
  if (shorter && areaCode !== '' && national.startsWith(areaCode)) return true;
  return localAreaCodes.some((code) => national.startsWith(code));
}

/** Form for people (NUM-1): `+49 (89) 7007-98765`, split at the own block; others `+CC (area) rest`. */
export function displayOf(number: ParsedNumber, plan: DialPlan): string {
  const { e164 } = number;
  const block = ownBlockOf(e164, plan);
  const area = `+${plan.countryCode}${plan.areaCode}`;
  if (block !== undefined && block.length > area.length && block.startsWith(area)) {
    const rest = e164.slice(block.length);
    const place = plan.areaCode === '' ? ' ' : ` (${plan.areaCode}) `;
    return `+${plan.countryCode}${place}${block.slice(area.length)}${rest === '' ? '' : `-${rest}`}`;
  }
  const groups = number.grouped();
  return [
    `+${number.countryCode}`,
    ...(groups.token === undefined ? [] : [groups.token]),
    ...(groups.area === undefined ? [] : [`(${groups.area})`]),
    ...groups.rest,
  ].join(' ');
}

/** Shortest form that a desk phone of the site dials (NUM-2), with the access code for all that is not internal. */
export function dialableOf(
  number: { e164: string; countryCode: string; nationalNumber: string },
  plan: DialPlan,
): string {
  const extension = extensionOf(number.e164, plan);
  if (extension !== undefined) return extension;
  const { trunkAccessCode: code, nationalPrefix, internationalPrefix } = plan;
  const unmistakable = (digits: string): boolean =>
    !isExtension(digits, plan) && !plan.emergencyNumbers.includes(digits);
  // `9` for a line and `99…` behind it: a telephone that calls as soon as it knows enough would call 999.
  const beginsAnEmergency = (digits: string): boolean =>
    plan.emergencyNumbers.some((number) => digits.startsWith(number));

  if (number.countryCode === plan.countryCode) {
    const national = number.nationalNumber;
    const local = national.slice(plan.areaCode.length);
    if (
      dialsLocally(plan) &&
      national.startsWith(plan.areaCode) &&
      local !== '' &&
      !local.startsWith(nationalPrefix) &&
      !local.startsWith(internationalPrefix) &&
      !isShortNumber(local, plan.countryCode) &&
      unmistakable(code + local) &&
      !beginsAnEmergency(code + local)
    ) {
      return code + local;
    }
    if (dialsBare(national, plan) && unmistakable(code + national) && !beginsAnEmergency(code + national)) {
      return code + national;
    }
    const inCountry = nationalPrefix + national;
    if (!inCountry.startsWith(internationalPrefix) && unmistakable(code + inCountry)) return code + inCountry;
  }
  return code + internationalPrefix + number.e164.slice(1);
}
