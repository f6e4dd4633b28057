/** Versions by what is heard of changes, where asking the database for one would be a round trip for each search. */

/** Where changes are heard of, as soon as they are there. */
export interface Changes {
  /** Whether they are heard just now. */
  readonly hears: boolean;
  /** Something of this name has changed. */
  onChanged(listener: (name: string) => void): void;
  /** Some changes may not have been heard. */
  onMissed(listener: () => void): void;
}

/** The version of what has that name: counted up with each change. Undefined while nothing is heard. */
export type HeardVersion = (name: string) => string | undefined;

export function createHeardVersion(changes: Changes): HeardVersion {
  const counts = new Map<string, number>();
  let missed = 0;
  changes.onChanged((name) => counts.set(name, (counts.get(name) ?? 0) + 1));
  changes.onMissed(() => (missed += 1));
  return (name) => (changes.hears ? `${missed} ${counts.get(name) ?? 0}` : undefined);
}

/**
 * Keeps small values as long as their version is the same; reads them where it is another, or cannot be known.
 * @param version of all of them; asked before one is read, so that a change meanwhile is noticed at the next time
 */
export function keepByVersion<Value>(
  version: () => string | undefined,
  read: (id: string) => Promise<Value>,
): (id: string) => Promise<Value> {
  const kept = new Map<string, { readonly version: string; readonly value: Value }>();
  return async (id) => {
    const today = version();
    const known = kept.get(id);
    if (known !== undefined && known.version === today) return known.value;
    kept.delete(id);
    const value = await read(id);
    if (today !== undefined) kept.set(id, { version: today, value });
    return value;
  };
}
