/** Tables of favourites and of who waits for whom. */

export interface FavoriteGroupsTable {
  id: string;
  user_id: string;
  name: string;
  /** Equal for names that differ in case alone; unique for the user. */
  name_key: string;
  /** From 0, without gaps after each change. */
  position: number;
}

/** Either `directory` and `entry_id` are there, or `number`. */
export interface FavoritesTable {
  id: string;
  user_id: string;
  group_id: string;
  /** In its group from 0, without gaps after each change. */
  position: number;
  /** Equal for all ways to name the same subject; unique for the user. */
  subject_key: string;
  directory: 'personal' | 'internal' | 'system' | null;
  entry_id: string | null;
  number: string | null;
  /** The last known. */
  name: string | null;
}

/** `user_id` is told once when `watched_id` is free. */
export interface PresenceWatchesTable {
  user_id: string;
  watched_id: string;
  /** ISO 8601 UTC. */
  created_at: string;
}
