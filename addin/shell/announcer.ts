/** Texts for screen readers: one polite and one urgent live region for the whole pane. */
import { createStore, type ReadableStore } from '../api/store';

export interface Announcements {
  readonly polite: string;
  readonly urgent: string;
}

export interface Announcer {
  readonly texts: ReadableStore<Announcements>;
  readonly announce: (text: string, urgent?: boolean) => void;
}

export function createAnnouncer(): Announcer {
  const texts = createStore<Announcements>({ polite: '', urgent: '' });
  return {
    texts,
    announce(text, urgent = false) {
      const kind = urgent ? 'urgent' : 'polite';
      // The same text again is no change to a screen reader; a no-break space makes it one.
      const again = texts.get()[kind] === text ? `${text}\u00a0` : text;
      texts.set({ ...texts.get(), [kind]: again });
    },
  };
}
