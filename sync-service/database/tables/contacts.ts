/** Tables of the personal directory and of its syncs. Times are ISO 8601 UTC texts, booleans 0 or 1, JSON is text. */
import type { ColumnType } from 'kysely';

export interface ContactsTable {
  id: string;
  user_id: string;
  version: number;
  /** Folded name for the order of lists. */
  sort_key: string;
  /** ContactFields as JSON: what the source or the hand said. */
  fields: string;
  /** ContactNumber[] as JSON: our own reading of `fields.numbers`. */
  numbers: string;
  /** Version of the number rules and dial plan that `numbers` was read by. */
  rules_version: string;
  /** SHA-256 of contactFingerprintText. */
  fingerprint: string;
  /** Origin of an import; all null for a hand-made contact. */
  account_id: string | null;
  item_id: string | null;
  folder_id: string | null;
  /** Of an edited import: the item that it shadows. */
  detached_account_id: string | null;
  detached_item_id: string | null;
  updated_at: string;
  /** State of the item at its source, as the last sync told it; null where the source names none. */
  source_version: string | null;
  /** Hash of the picture in `contact_pictures`, for lists; null without one. */
  picture: string | null;
}

/** What is known of a contact's picture. Without a row nobody has asked the source for it yet. */
export interface ContactPicturesTable {
  contact_id: string;
  user_id: string;
  /** State of the item that the source was asked at; empty where it names none. Another one now: ask again. */
  source_version: string;
  /** `ready`, `none` (the source has none) or `refused` (it has one that is not taken). */
  state: string;
  /** SHA-256 of `bytes` in base64url; null unless `ready`. */
  hash: string | null;
  /** JPEG of 200 × 200. Last, so that reading the marks does not read it. */
  bytes: ColumnType<Uint8Array | ArrayBuffer | null, Uint8Array | null>;
}

/** Search keys (words and number digits) of a contact; see shared/directory-keys.ts. */
export interface ContactKeysTable {
  user_id: string;
  key: string;
  /** That of the contact, so that hits are put in order without reading contacts. */
  sort_key: string;
  contact_id: string;
}

/** Counts the changes of a user's contacts; in a file only (migration 0029). */
export interface ContactVersionsTable {
  user_id: string;
  version: number;
}

/** Folded e-mail addresses. */
export interface ContactEmailsTable {
  user_id: string;
  email: string;
  contact_id: string;
}

export interface SourceAccountsTable {
  id: string;
  user_id: string;
  kind: string;
  key: string;
  name: string;
  generation: number;
  /** SyncOptions of the last commit as JSON. */
  options: string | null;
  last_sync_at: string | null;
  /** SyncResult as JSON. */
  last_result: string | null;
  /** Since when every plan needs a person's word, as the last sync was undone. */
  held_since: string | null;
}

/** Folders of an account with the state to go on from. */
export interface SourceFoldersTable {
  account_id: string;
  folder_id: string;
  name: string;
  state: string | null;
  /** When the source gave the state out. */
  state_at: string | null;
}

/** Items that must not come back: imports deleted by hand. (Edited ones shadow by contacts.detached_*.) */
export interface ShadowsTable {
  account_id: string;
  item_id: string;
}

export interface ContactSyncsTable {
  id: string;
  account_id: string;
  /** `open`, `waiting` (for a confirmation) or `committed`. */
  status: string;
  generation: number;
  mode: string;
  options: string;
  started_by: string;
  /** One of `syncTriggers`; null where it is not known. */
  started_as: string | null;
  started_at: string;
  /** Open: end of the lease. Waiting: end of the seven days. Committed: until when a repeated commit is answered. */
  until: string;
  plan_hash: string | null;
  /** Waiting: contacts that the plan removes, and that remain after it. */
  removed: number | null;
  remaining: number | null;
  /** Waiting: `removal` or `after-undo`. */
  waits_for: string | null;
  /** SyncResult as JSON once committed, so that a commit sent twice answers the same. */
  result: string | null;
}

export interface SyncBatchesTable {
  sync_id: string;
  n: number;
  /** UTF-16 units of `batch`, so that the sum is known without reading it. */
  length: number;
  /** SyncBatch as JSON. */
  batch: string;
}

/** Syncs that have ended, and those whose plan a person is looking at. The newest of each account are kept. */
export interface SyncHistoryTable {
  /** Id of the sync. */
  id: string;
  account_id: string;
  /** `planned`, `done`, `undone`, `undo`, `cancelled`, `failed` or `interrupted`. */
  status: string;
  /** Why it failed, in a stable word. */
  reason: string | null;
  started_by: string;
  /** One of `syncTriggers`; null where it is not known. */
  started_as: string | null;
  started_at: string;
  ended_at: string;
  /** Syncs without news, or with the same failure, that followed each other: one row for all of them. */
  times: number;
  added: number;
  changed: number;
  removed: number;
  unchanged: number;
  /** What the account stood at before, as JSON, while the sync can be undone. */
  before: string | null;
  /** Undone: contacts that were left alone, as they were edited by hand since. */
  left_alone: number | null;
  undone_at: string | null;
}

/** What a sync changed, or would change: one contact each. */
export interface SyncChangesTable {
  history_id: string;
  n: number;
  /** `added`, `changed`, `removed` or `moved`. */
  kind: string;
  contact_id: string | null;
  item_id: string;
  name: string;
  /** `name` folded, for the search. */
  folded: string;
  folder_before: string | null;
  /** ContactFields as JSON. */
  before: string | null;
  after: string | null;
}

/** What the source last said of an item whose import was edited by hand. */
export interface DetachedSourcesTable {
  account_id: string;
  item_id: string;
  folder_id: string | null;
  /** ContactFields as JSON; null when the source does not have it any more. */
  fields: string | null;
  fingerprint: string | null;
  /** Fingerprint of what the import was made from. */
  base_fingerprint: string | null;
  /** When the source last said something new. */
  changed_at: string;
}

/** Marks of the items of a source without delta (`itemMarkSchema`). */
export interface SourceMarksTable {
  account_id: string;
  item_id: string;
  folder_id: string;
  mark: string;
}

export interface ImportRowsTable {
  history_id: string;
  n: number;
  position: number;
  name: string | null;
  /** Column or property of a number; null where the record as a whole was left out. */
  field: string | null;
  raw: string | null;
  reason: string;
}

/** What an import of a file has replaced, while it can be undone. */
export interface ReplacedPicturesTable {
  history_id: string;
  contact_id: string;
  /** Hash of the picture that took its place. */
  taken: string;
  /** As in `contact_pictures`; null where nothing was known. */
  source_version: string | null;
  state: string | null;
  hash: string | null;
  bytes: ColumnType<Uint8Array | ArrayBuffer | null, Uint8Array | null>;
}
