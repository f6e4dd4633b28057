/**
 * Which numbers are refused before a telephone rings. Pure: what must be looked up is handed in. Feature codes, service,
 * short and emergency numbers are the telephone system's own; nothing is said of them here, except in the demo.
 */
import type { DialPlan } from '../../shared/dial-plan';
import { extensionOf, isExtension } from '../../shared/number-forms';
import type { NumberReading } from '../../shared/phone-number';

/** Why a number may not be dialled: stable words of `number-not-allowed`. */
export const dialRefusals = ['premium-rate', 'own-number', 'unknown-extension', 'emergency-in-demo'] as const;
export type DialRefusal = (typeof dialRefusals)[number];

export interface DialQuestion {
  /** What is dialled: digits, `*`, `#`. */
  readonly dialString: string;
  /** The reading of `dialString`, as one dialled at a telephone of the site. */
  readonly reading: NumberReading;
  readonly plan: DialPlan;
  /** Extensions of the user who dials. */
  readonly ownExtensions: readonly string[];
  /** Whether somebody or something is known by the extension that {@link reachedExtension} gives. */
  readonly isExtensionKnown: boolean;
  /** The demo's telephones are no real ones. */
  readonly demo: boolean;
  /** Whether `+` and digits reach a premium-rate service. */
  readonly isPremiumRate: (international: string) => boolean;
}

/** The extension of the site that a dialled number reaches, dialled as such or as a number of an own block. */
export function reachedExtension(dialString: string, reading: NumberReading, plan: DialPlan): string | undefined {
  if (isExtension(dialString, plan)) return dialString;
  return reading.e164 === undefined ? undefined : extensionOf(reading.e164, plan);
}

/** Whether it is an emergency number of the site, with or without the code for an outside line. */
export function isEmergency(dialString: string, { emergencyNumbers, trunkAccessCode }: DialPlan): boolean {
  return emergencyNumbers.some((number) => dialString === number || dialString === trunkAccessCode + number);
}

/**
 * What is dialled in international form, by its prefixes alone and whether such a number exists or not: the network
 * takes as many digits as it needs and drops the rest. Undefined for what stays inside.
 */
export function internationalForm(dialString: string, plan: DialPlan): string | undefined {
  const { trunkAccessCode, internationalPrefix, nationalPrefix, countryCode, areaCode } = plan;
  if (!/^\d+$/.test(dialString) || !dialString.startsWith(trunkAccessCode)) return undefined;
  const outside = dialString.slice(trunkAccessCode.length);
  if (outside.startsWith(internationalPrefix)) return `+${outside.slice(internationalPrefix.length)}`;
  if (nationalPrefix === '') return `+${countryCode}${outside}`;
  if (outside.startsWith(nationalPrefix)) return `+${countryCode}${outside.slice(nationalPrefix.length)}`;
  return `+${countryCode}${areaCode}${outside}`;
}

/** Why the number may not be dialled; undefined when it may. */
export function dialRefusal(question: DialQuestion): DialRefusal | undefined {
  const { dialString, reading, plan, ownExtensions, isExtensionKnown, demo, isPremiumRate } = question;
  if (isEmergency(dialString, plan)) return demo ? 'emergency-in-demo' : undefined;
  const extension = reachedExtension(dialString, reading, plan);
  if (extension !== undefined) {
    if (ownExtensions.includes(extension)) return 'own-number';
    return isExtensionKnown ? undefined : 'unknown-extension';
  }
  const international = reading.e164 ?? internationalForm(dialString, plan);
  return international !== undefined && isPremiumRate(international) ? 'premium-rate' : undefined;
}
