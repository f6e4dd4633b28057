/** The places of the pane. A place is here when it works. */
export const placeNames = [
  'people',
  'favorites',
  'directory',
  'journal',
  'sync',
  'settings',
  'administration',
] as const;
export type PlaceName = (typeof placeNames)[number];

/** Those with a tab: Administration is reached through the settings, because only administrators have it. */
export const tabPlaces = placeNames.filter((name) => name !== 'administration');
export type TabPlace = (typeof tabPlaces)[number];

/** Parts of the settings that a ribbon menu leads to. A part is here when it works. */
export const settingsSections = ['server', 'sync', 'updates', 'advanced', 'about'] as const;
export type SettingsSection = (typeof settingsSections)[number];

/** Where an address leads: a place, and in the settings possibly a part of it. */
export interface Destination {
  readonly place: PlaceName;
  readonly section: SettingsSection | undefined;
}

/** The place that an address names in its hash, such as `taskpane.html#settings/about`; undefined for anything else. */
export function destinationOfHash(hash: string): Destination | undefined {
  const [name = '', part] = hash.replace(/^#\/?/, '').split('/');
  const place = placeNames.find((known) => known === name);
  if (place === undefined) return undefined;
  return { place, section: place === 'settings' ? settingsSections.find((known) => known === part) : undefined };
}

/** The hash that {@link destinationOfHash} reads. */
export function hashOf(place: PlaceName, section?: SettingsSection): string {
  return section === undefined ? `#${place}` : `#${place}/${section}`;
}
