/** Tables of the journal. Times are ISO 8601 UTC texts, booleans 0 or 1, JSON is text. */

/** One row per user, call and direction. */
export interface JournalEntriesTable {
  id: string;
  user_id: string;
  site_id: string;
  call_id: string;
  direction: 'incoming' | 'outgoing';
  /** Id of the call record that the entry shows; of several sides of a call the best one. */
  record_id: string;
  result: 'answered' | 'not-answered' | 'taken-over';
  /** `missed` or `answered`: where the entry stands besides the folder of all. */
  folder: 'missed' | 'answered';
  reason: string | null;
  /** The other party as the telephone system said it; null when withheld. */
  number: string | null;
  name: string | null;
  /** Equal for all forms of one party's number; null when withheld. */
  party_key: string | null;
  /** Parties as JSON. */
  group_party: string | null;
  taken_by: string | null;
  redirected_from: string | null;
  voicemail: number;
  started_at: string;
  connected_at: string | null;
  ended_at: string;
  /** When the party was last reached in this call; null when it was not answered. */
  reached_at: string | null;
  open: number;
  /** 1: a missed incoming call that the user has not looked at. */
  unseen: number;
  note: string | null;
  remind_at: string | null;
  /** 1: the reminder was told. */
  reminded: number;
}

/** Entries that were deleted: a record of the same call that comes later does not bring them back. */
export interface JournalTombstonesTable {
  user_id: string;
  site_id: string;
  call_id: string;
  direction: 'incoming' | 'outgoing';
  started_at: string;
}

/** How far the call records of a site were read. */
export interface JournalCursorsTable {
  site_id: string;
  cursor: string;
}
