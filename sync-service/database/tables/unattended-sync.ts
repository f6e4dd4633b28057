/** Tables of the sync that nobody watches. Times are ISO 8601 UTC texts, booleans 0 or 1. */

/** A mailbox that the service reads by itself. */
export interface UnattendedMailboxesTable {
  id: string;
  user_id: string;
  /** `delegated` or `app-only`. */
  mode: string;
  /** In lower case. */
  address: string;
  /** What the owner's sign-in left, sealed; null with `app-only` and once it was taken back. */
  secret: string | null;
  /** Name of the key that {@link secret} is sealed with. */
  key_id: string | null;
  /** Of the user's settings as of the last look; 0 is off. */
  interval_minutes: number;
  /** Null: not until somebody acts. */
  next_run_at: string | null;
  /** 1: somebody has asked for this run, so it is made even if a pane has just synced. */
  requested: number;
  last_run_at: string | null;
  last_success_at: string | null;
  last_problem: string | null;
  failures: number;
  paused_reason: string | null;
  paused_at: string | null;
  /** Who runs it now, until when; a lease that has run out is free. */
  lease_owner: string | null;
  lease_until: string | null;
  created_at: string;
}

/** Sign-ins at Microsoft that were begun and have not come back yet. */
export interface UnattendedSignInsTable {
  /** Hash of the `state` that comes back. */
  state_hash: string;
  user_id: string;
  address: string;
  /** PKCE verifier, sealed. */
  verifier: string;
  key_id: string;
  until: string;
}
