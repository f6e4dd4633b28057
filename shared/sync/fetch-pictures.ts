/**
 * Brings the pictures of contacts from their source, after the numbers and beside everything else. What is still wanted
 * is known to the service alone, so it may be stopped at any moment and goes on from there, here or elsewhere.
 */
import type { WantedPicture } from '../api/pictures';
import type { ContactSource } from '../mailbox/contact-source';

/** Where pictures go: over HTTP from a pane, direct inside the service. Every method throws what stops the import. */
export interface PictureCalls {
  /** The next contacts whose picture is wanted, and how many there are in all. */
  wanted(signal: AbortSignal): Promise<{ readonly items: readonly WantedPicture[]; readonly count: number }>;
  /** Resolves also when the picture is refused or the contact is not there any more: then it is not wanted again. */
  put(wanted: WantedPicture, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void>;
  /** These have none that can be taken. */
  missing(
    items: readonly (Pick<WantedPicture, 'contactId' | 'version'> & { readonly reason: 'none' | 'too-large' })[],
    signal: AbortSignal,
  ): Promise<void>;
}

/** How far it is; `total` grows when more become wanted meanwhile. */
export interface PictureProgress {
  readonly done: number;
  readonly total: number;
}

/** Pictures asked for at once: a mailbox takes four requests at a time, and a sync must not wait for pictures. */
const atOnce = 2;

/**
 * Runs until nothing is wanted any more. Does nothing for a source without pictures.
 * @throws SourceError, what {@link PictureCalls} throws, or the signal's reason; what came until then is kept.
 */
export async function fetchPictures(
  source: ContactSource,
  calls: PictureCalls,
  signal: AbortSignal,
  onProgress: (progress: PictureProgress) => void,
): Promise<void> {
  if (source.picture === undefined) return;
  const read = source.picture.bind(source);
  const asked = new Set<string>();
  let done = 0;
  for (;;) {
    signal.throwIfAborted();
    const page = await calls.wanted(signal);
    // What was answered and is wanted all the same would go round for ever.
    const items = page.items.filter((item) => !asked.has(JSON.stringify([item.contactId, item.version])));
    if (items.length === 0) return;
    const total = done + page.count;
    onProgress({ done, total });
    const missing: Parameters<PictureCalls['missing']>[0][number][] = [];
    const queue = [...items];
    const work = async (): Promise<void> => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
        const picture = await read(item.itemId, signal);
        const { contactId, version } = item;
        if (typeof picture === 'string') missing.push({ contactId, version, reason: picture });
        else await calls.put(item, picture, signal);
        asked.add(JSON.stringify([contactId, version]));
        done += 1;
        onProgress({ done, total });
      }
    };
    try {
      await Promise.all(Array.from({ length: atOnce }, work));
    } catch (error) {
      queue.length = 0;
      // What is known already is said also when it is stopped here.
      if (missing.length > 0) await calls.missing(missing, AbortSignal.timeout(5000)).catch(() => undefined);
      throw error;
    }
    if (missing.length > 0) await calls.missing(missing, signal);
  }
}
