/** The number of unseen missed calls (SET-6) in the window's title, and on its icon where it is installed. */

/** The parts of the browser that are used. */
export interface BadgePage {
  readonly document: { title: string };
  readonly navigator: {
    readonly setAppBadge?: (count: number) => Promise<void>;
    readonly clearAppBadge?: () => Promise<void>;
  };
}

/** Shows the count; 0 takes it away. `title` is the window's title with a count that is not 0. */
export function showUnseen(page: BadgePage, count: number, title: string, plainTitle: string): void {
  const { navigator, document } = page;
  document.title = count > 0 ? title : plainTitle;
  const shown = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  shown?.catch(() => {
    // A window that is not installed has no icon to put it on; the title says it.
  });
}
