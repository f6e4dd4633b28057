/** A page of a list that is small enough to be in memory as a whole: a site's groups, the speed dials. */

export interface KeyPage<T> {
  readonly items: T[];
  readonly nextCursor?: string;
}

/**
 * The items after `after` in the order of their keys, which are unique. The cursor is the last item's key, so a page
 * stays right when something is added or removed in between.
 */
export function pageByKey<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): KeyPage<T> {
  const keyed = all.map((item) => ({ item, key: keyOf(item) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const rest = after === undefined ? keyed : keyed.filter(({ key }) => key > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(({ item }) => item), ...(rest.length > limit && last ? { nextCursor: last.key } : {}) };
}
