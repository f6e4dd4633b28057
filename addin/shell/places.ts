/** The places of the pane. A place is here when it works. */
export const placeNames = ['people', 'directory', 'journal', 'sync', 'settings'] as const;
export type PlaceName = (typeof placeNames)[number];

/** The place that an address names in its hash, such as `taskpane.html#settings`; undefined for anything else. */
export function placeOfHash(hash: string): PlaceName | undefined {
  const name = hash.replace(/^#\/?/, '');
  return placeNames.find((place) => place === name);
}
