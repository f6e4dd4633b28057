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
