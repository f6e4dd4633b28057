/** Where the focus goes in the list. */

/** The entry above or below, as far as it is in the page. */
export function neighbourOf(within: Element, step: 1 | -1): HTMLElement | undefined {
  const list = within.closest('[role=list]');
  const own = within.closest('[role=listitem]')?.querySelector('[data-entry]');
  const entries = [...(list?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])];
  const index = entries.findIndex((entry) => entry === own);
  return index < 0 ? undefined : entries[index + step];
}
