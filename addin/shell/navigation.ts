/**
 * Where the user is: the place, and what is open over it. Kept in memory and the place in the address's hash, because
 * office.js takes `history.pushState` away.
 */
import type { WrittenNumber } from '../../shared/contact';
import type { DirectoryItem } from '../../shared/directory';
import { createStore, type ReadableStore } from '../api/store';
import { destinationOfHash, hashOf, type PlaceName, type SettingsSection } from './places';

/** What a new contact starts with. */
export interface ContactDraft {
  readonly displayName?: string;
  readonly company?: string;
  readonly emails?: readonly string[];
  readonly numbers?: readonly WrittenNumber[];
}

/** A view over the place; `back` leads to the place again. */
export type View =
  | { readonly type: 'entry'; readonly item: DirectoryItem }
  | { readonly type: 'new-contact'; readonly draft: ContactDraft };

export interface Location {
  readonly place: PlaceName;
  /** Part of the settings that was asked for. A new object for each time it is asked, so that it can be shown again. */
  readonly section: { readonly name: SettingsSection } | undefined;
  readonly view: View | undefined;
}

export interface Navigation {
  readonly location: ReadableStore<Location>;
  readonly goTo: (place: PlaceName, section?: SettingsSection) => void;
  readonly openEntry: (item: DirectoryItem) => void;
  readonly addContact: (draft: ContactDraft) => void;
  readonly back: () => void;
}

/** Starts at the place that the address names. */
export function createNavigation(page: Pick<Window, 'location' | 'addEventListener'>): Navigation {
  const at = (place: PlaceName, section: SettingsSection | undefined): Location => ({
    place,
    section: section === undefined ? undefined : { name: section },
    view: undefined,
  });
  const start = destinationOfHash(page.location.hash);
  const location = createStore<Location>(at(start?.place ?? 'people', start?.section));
  page.addEventListener('hashchange', () => {
    const next = destinationOfHash(page.location.hash);
    const now = location.get();
    if (next && (next.place !== now.place || next.section !== now.section?.name))
      location.set(at(next.place, next.section));
  });
  return {
    location,
    goTo(place, section) {
      location.set(at(place, section));
      // `replace` leaves no step behind for the browser's own back button, which belongs to Outlook.
      page.location.replace(hashOf(place, section));
    },
    openEntry: (item) => location.set({ ...location.get(), view: { type: 'entry', item } }),
    addContact: (draft) => location.set({ ...location.get(), view: { type: 'new-contact', draft } }),
    back: () => location.set({ ...location.get(), view: undefined }),
  };
}
