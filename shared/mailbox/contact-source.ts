/**
 * A place that contacts come from, on either side (pane or service). It gets `fetch` and a token from outside.
 *
 * Contract, held by `tests/contract/contact-source.ts` for every source:
 * - `folders()` lists every folder, the default one first; child folders included.
 * - `changes(folder, state)` yields pages of upserts and removals since that opaque state, or everything when there is
 *   none. Pages may be empty and may repeat items; the last word on an item counts. The last page carries the next state.
 * - A state that the source does not know any more throws {@link StateExpiredError}: begin the folder from zero.
 * - Nothing is thrown away: an item that cannot be a contact comes as `skipped` with its reason.
 * - Where it has pictures, `picture(itemId)` gives the bytes as they are kept there, unchecked, and every upsert carries a
 *   `version`: another one as soon as anything at the item is another, its picture included.
 * - Abort ends it at once with the signal's reason.
 */
import type { ContactChange, SkippedItem } from '../contact-sync';

export interface ContactFolder {
  readonly id: string;
  readonly name: string;
}

export interface ContactPage {
  readonly changes: readonly ContactChange[];
  readonly skipped: readonly SkippedItem[];
  /** On the last page only: where to go on next time. */
  readonly nextState?: string;
}

/** An item as a listing tells it. */
export interface ListedItem {
  readonly itemId: string;
  /** Another one whenever the item is another one, such as the ChangeKey of EWS. */
  readonly version: string;
}

/**
 * What a source without delta can: list what is there without its contents, and read the items that are named. A sync
 * sends fingerprints of the list and reads only what the service does not know.
 */
export interface ItemListing {
  /** Every item of the folder, in pages; one that is told twice counts once. */
  items(folder: ContactFolder, signal: AbortSignal): AsyncIterable<readonly ListedItem[]>;
  /** The named items as upserts and skipped ones, in pages without a state. One that is gone meanwhile is left out. */
  read(folder: ContactFolder, itemIds: readonly string[], signal: AbortSignal): AsyncIterable<ContactPage>;
}

export interface ContactSource {
  /** There where the source has no delta: `changes` tells everything each time then, whatever the state. */
  readonly listing?: ItemListing;
  folders(signal: AbortSignal): Promise<readonly ContactFolder[]>;
  changes(folder: ContactFolder, state: string | undefined, signal: AbortSignal): AsyncIterable<ContactPage>;
  /** Number of contacts in all folders where the source can tell it cheaply (SYN-3), else undefined. */
  count(signal: AbortSignal): Promise<number | undefined>;
  /**
   * The picture of an item as it is kept at the source, at most {@link maxPictureBytes}. `none` also for an item that is
   * not there any more. Absent where the source has no pictures.
   * @throws SourceError when it cannot be read just now.
   */
  picture?(itemId: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | 'none' | 'too-large'>;
}

/** The source does not know the state any more (Graph: 410 or `syncStateNotFound`). */
export class StateExpiredError extends Error {
  constructor(cause?: unknown) {
    super('The source no longer knows this state. Begin the folder from zero.', { cause });
    this.name = 'StateExpiredError';
  }
}

/** Why a source cannot be read just now. */
export type SourceFailure =
  | 'sign-in-needed'
  | 'consent-needed'
  | 'forbidden'
  /** Not in Microsoft 365: on an Exchange server of the organisation's own, or not active any more. */
  | 'on-premises'
  | 'unreachable'
  | 'throttled'
  | 'not-understood';

/** The source cannot be read; `reason` decides what the user is told to do. */
export class SourceError extends Error {
  constructor(
    readonly reason: SourceFailure,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'SourceError';
  }
}
