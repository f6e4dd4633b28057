/** A field may hold several numbers (NUM-4); what shows or compares numbers takes each by itself. */
import type { ContactNumber } from './contact';

/** Each number of a field by itself: one, or all where the field holds several. */
export function numbersInField<N extends Omit<ContactNumber, 'kind'>>(number: N): N[] {
  const { further } = number;
  if (further === undefined) return [number];
  const none = { e164: undefined, display: undefined, dialable: undefined, extension: undefined, assumed: undefined };
  return [
    { ...number, further: undefined },
    ...further.map((other) => ({ ...number, ...none, further: undefined, ...other })),
  ];
}

/**
 * Digits of a number that are not dialled but typed once the connection is there (`ext. 12`, `,,12#`); undefined where
 * there are none, as with an extension of the own site, which is what is dialled.
 */
export function digitsAfterConnection({
  e164,
  dialable,
  extension,
}: Pick<ContactNumber, 'e164' | 'dialable' | 'extension'>): string | undefined {
  return e164 === undefined || dialable === extension ? undefined : extension;
}
