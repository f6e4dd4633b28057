/** Whether somebody would lose something if the page were loaded anew: asked of the page itself, whatever place is shown. */
import type { Occupation } from './update-advice';

/** Milliseconds after a key or a click in which the page counts as used. */
export const restMs = 10_000;

/** Open questions and menus, and work that shows its progress. */
const busySigns = '[role=dialog], [role=alertdialog], [role=menu], [role=progressbar], [aria-busy=true]';

export interface PageWatch {
  /** What the page says; calls and what is open over a place are the caller's business. */
  occupation(now: number): Occupation;
  stop(): void;
}

export function watchPage(page: Document, now: () => number = Date.now): PageWatch {
  const end = new AbortController();
  const written = new Set<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>();
  let usedAt = Number.NEGATIVE_INFINITY;
  const noteUse = () => {
    usedAt = now();
  };
  const write = (event: Event) => {
    noteUse();
    const { target } = event;
    if (
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement
    )
      written.add(target);
  };
  const options = { capture: true, passive: true, signal: end.signal };
  page.addEventListener('keydown', noteUse, options);
  page.addEventListener('pointerdown', noteUse, options);
  page.addEventListener('input', write, options);

  /** It is still there, and holds something: in a form that is also an emptied field or a choice. */
  const isUnsaved = (field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement) => {
    if (!field.isConnected) {
      written.delete(field);
      return false;
    }
    if (field.form) return true;
    // A choice outside of a form is saved at once.
    return !(field instanceof HTMLSelectElement) && field.type !== 'checkbox' && field.value !== '';
  };
  return {
    occupation(moment) {
      if ([...written].some(isUnsaved) || page.querySelector(busySigns)) return 'under-way';
      return moment - usedAt < restMs ? 'used' : 'nothing';
    },
    stop: () => end.abort(),
  };
}
