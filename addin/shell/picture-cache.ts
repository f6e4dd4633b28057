/**
 * Pictures as object URLs: fetched when a row that shows one has been in sight for a moment, a few at once, given up
 * when it is scrolled away, and kept for so many that scrolling back shows them at once.
 */

/** Pictures kept that nobody shows just now; some 6 KB each. */
const kept = 300;
const atOnce = 4;
/** Milliseconds that a row has to be in sight, so that a list that flies past asks for nothing. */
const delayMs = 80;

export interface PictureCache {
  /** Its URL where it is there already. */
  peek(hash: string): string | undefined;
  /** Asks for a picture while somebody shows it; `onReady` is called once it is there. Returns what ends it. */
  show(hash: string, onReady: () => void): () => void;
  /** Forgets everything. */
  clear(): void;
}

interface Entry {
  url: string | undefined;
  readonly viewers: Set<() => void>;
  timer: ReturnType<typeof setTimeout> | undefined;
  loading: AbortController | undefined;
}

/** @param load the bytes of a picture as a blob; rejects where it cannot be had */
export function createPictureCache(
  load: (hash: string, signal: AbortSignal) => Promise<Blob>,
  urls: Pick<typeof URL, 'createObjectURL' | 'revokeObjectURL'> = URL,
): PictureCache {
  // In the order of their last use: the first is given up first.
  const entries = new Map<string, Entry>();
  const queue: string[] = [];
  let loading = 0;

  const remove = (hash: string, entry: Entry) => {
    clearTimeout(entry.timer);
    entry.loading?.abort();
    if (entry.url !== undefined) urls.revokeObjectURL(entry.url);
    if (entries.get(hash) === entry) entries.delete(hash);
  };
  const trim = () => {
    let spare = entries.size - kept;
    for (const [hash, entry] of [...entries]) {
      if (spare <= 0) return;
      if (entry.viewers.size > 0) continue;
      remove(hash, entry);
      spare -= 1;
    }
  };
  const fetchNext = () => {
    while (loading < atOnce) {
      const hash = queue.shift();
      if (hash === undefined) return;
      const entry = entries.get(hash);
      if (entry === undefined || entry.viewers.size === 0 || entry.url !== undefined || entry.loading) continue;
      const stop = new AbortController();
      entry.loading = stop;
      loading += 1;
      load(hash, stop.signal)
        .then((blob) => {
          if (stop.signal.aborted) return;
          entry.url = urls.createObjectURL(blob);
          for (const viewer of [...entry.viewers]) viewer();
          trim();
        })
        // Without its picture a person has initials; the next time it is in sight it is asked for again.
        .catch(() => undefined)
        .finally(() => {
          entry.loading = undefined;
          loading -= 1;
          fetchNext();
        });
    }
  };

  return {
    peek: (hash) => entries.get(hash)?.url,
    show(hash, onReady) {
      const entry: Entry = entries.get(hash) ?? {
        url: undefined,
        viewers: new Set(),
        timer: undefined,
        loading: undefined,
      };
      entries.delete(hash);
      entries.set(hash, entry);
      entry.viewers.add(onReady);
      if (entry.url === undefined && entry.timer === undefined && entry.loading === undefined) {
        entry.timer = setTimeout(() => {
          entry.timer = undefined;
          queue.push(hash);
          fetchNext();
        }, delayMs);
      }
      return () => {
        entry.viewers.delete(onReady);
        if (entry.viewers.size > 0) return;
        if (entry.url === undefined) remove(hash, entry);
        else trim();
      };
    },
    clear() {
      for (const [hash, entry] of [...entries]) remove(hash, entry);
    },
  };
}
