/**
 * Where the user is: the place, and what is open over it. Kept in memory and the place in the address's hash, because
 * office.js takes `history.pushState` away.
 */
import type { WrittenNumber } from '../../shared/contact';
import type { DirectoryItem } from '../../shared/directory';
import { createStore, type ReadableStore } from '../api/store';
import { placeOfHash, type PlaceName } from './places';

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
  readonly view: View | undefined;
}

export interface Navigation {
  readonly location: ReadableStore<Location>;
  readonly goTo: (place: PlaceName) => void;
  readonly openEntry: (item: DirectoryItem) => void;
  readonly addContact: (draft: ContactDraft) => void;
  readonly back: () => void;
}

/** Starts at the place that the address names. */
export function createNavigation(page: Pick<Window, 'location' | 'addEventListener'>): Navigation {
  const location = createStore<Location>({ place: placeOfHash(page.location.hash) ?? 'people', view: undefined });
  page.addEventListener('hashchange', () => {
    const place = placeOfHash(page.location.hash);
    if (place && place !== location.get().place) location.set({ place, view: undefined });
  });
  return {
    location,
    goTo(place) {
      location.set({ place, view: undefined });
      // `replace` leaves no step behind for the browser's own back button, which belongs to Outlook.
      page.location.replace(`#${place}`);
    },
    openEntry: (item) => location.set({ ...location.get(), view: { type: 'entry', item } }),
    addContact: (draft) => location.set({ ...location.get(), view: { type: 'new-contact', draft } }),
    back: () => location.set({ ...location.get(), view: undefined }),
  };
}
