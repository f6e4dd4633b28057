/**
 * A small window that stays above all others (SET-4 "always in front"): the browser's Document Picture-in-Picture, which
 * lets a page keep one, opened by a press, for as long as the page itself is open. A page can't raise its own window when
 * something happens; this one needs not be raised.
 *
 * It shows the same pane once more, in a frame: a document of its own, so that nothing in the pane needs to know.
 * States: closed → (press) opening → open → (press, its cross, the page goes) closed.
 */
import * as z from 'zod/mini';
import { createStore, type ReadableStore } from '../api/store';

/** What the page offers; the DOM's types do not know it yet. */
interface PictureInPicture {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}

// A function can't be checked further than that it is one.
const pictureInPicture = z.custom<PictureInPicture>(
  (value: unknown) => typeof value === 'object' && value !== null && 'requestWindow' in value,
);

/** CSS pixels; the user may draw it larger, and the browser remembers that. */
const size = { width: 340, height: 560 };

export interface FrontWindow {
  readonly isOpen: ReadableStore<boolean>;
  /**
   * To be called in a press, which the browser demands.
   * @throws DOMException when the browser does not allow it
   */
  open(options: { readonly title: string; readonly language: string }): Promise<void>;
  close(): void;
}

/** Whether this page, a window of its own, is the small one. The window that opened it notifies for both. */
export function isFrontWindow(page: Window): boolean {
  return page.parent !== page;
}

/**
 * @param page the page that wants it
 * @returns undefined where it can't be had: in Outlook's frame, in the small window itself, and in other browsers
 */
export function createFrontWindow(page: Window): FrontWindow | undefined {
  if (isFrontWindow(page)) return undefined;
  const offered = pictureInPicture.safeParse(Reflect.get(page, 'documentPictureInPicture'));
  if (!offered.success) return undefined;
  const isOpen = createStore(false);
  let opened: Window | undefined;
  return {
    isOpen,
    async open({ title, language }) {
      const small = await offered.data.requestWindow(size);
      opened = small;
      const { document } = small;
      document.title = title;
      document.documentElement.lang = language;
      document.body.style.margin = '0';
      const frame = document.createElement('iframe');
      frame.title = title;
      // Without what led to a place in this window.
      frame.src = new URL('window', page.document.baseURI).href;
      Object.assign(frame.style, { display: 'block', width: '100vw', height: '100vh', border: 'none' });
      document.body.append(frame);
      small.addEventListener('pagehide', () => {
        if (opened !== small) return;
        opened = undefined;
        isOpen.set(false);
      });
      isOpen.set(true);
    },
    close() {
      opened?.close();
    },
  };
}
