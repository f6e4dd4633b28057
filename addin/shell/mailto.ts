/** A link that begins a mail; whatever else stands in the address cannot add fields to it. */
export function mailtoOf(email: string): string {
  return `mailto:${encodeURIComponent(email).replace('%40', '@')}`;
}
