/** Tables of sites, users and what belongs to them. Times are ISO 8601 UTC texts, booleans 0 or 1, JSON is text. */

export interface SitesTable {
  id: string;
  name: string;
  time_zone: string;
  /** DialPlan as JSON. */
  dial_plan: string;
  /** `{kind, …}` as JSON: which telephone system and how to reach it. Null until it is configured. */
  telephone_system: string | null;
}

export interface UsersTable {
  id: string;
  site_id: string;
  /** As the administrator wrote it. */
  user_name: string;
  /** The user name as it is compared: NFKC, lower case. Unique in the installation. */
  user_name_key: string;
  display_name: string;
  given_name: string | null;
  surname: string | null;
  /** Unique in the site. */
  extension: string | null;
  email: string | null;
  role: string;
  /** argon2id; null until a password is set. */
  password_hash: string | null;
  must_change_password: number;
  /** "Show in phone book" (DIR-1). */
  in_directory: number;
  disabled_at: string | null;
  /** Settings as JSON; only what differs from the default. */
  settings: string;
  created_at: string;
}

export interface DevicesTable {
  id: string;
  user_id: string;
  name: string;
  /** Address in the telephone system, such as `PJSIP/330`. Unique in the site. */
  address: string;
  site_id: string;
  /** "My phone". */
  is_mine: number;
}

export interface GroupsTable {
  id: string;
  site_id: string;
  name: string;
  extension: string;
  in_directory: number;
}

export interface GroupMembersTable {
  group_id: string;
  user_id: string;
}

export interface SpeedDialsTable {
  id: string;
  site_id: string;
  name: string;
  /** As the administrator wrote it. */
  raw: string;
}

/** What the internal and the system directory show: whoever is hidden or disabled has no row here. */
export interface DirectoryEntriesTable {
  /** Id of the user, group or speed dial. */
  entry_id: string;
  site_id: string;
  /** `internal` or `system`. */
  directory: string;
  /** `user`, `group` or `speed-dial`. */
  kind: string;
  /** Folded name for the order of lists. */
  sort_key: string;
}

/** Search keys of directory entries (`w:` words, `n:` digits, `e:` addresses); see shared/directory-keys.ts. */
export interface DirectoryKeysTable {
  site_id: string;
  /** `internal` or `system`. */
  directory: string;
  key: string;
  /** Id of the user, group or speed dial. */
  entry_id: string;
}

export interface SessionsTable {
  id: string;
  user_id: string;
  /** SHA-256 of the access token. */
  token_hash: string;
  token_expires_at: string;
  /** SHA-256 of the current renewal cookie. */
  renewal_hash: string;
  /** SHA-256 of the one before, to notice reuse. */
  previous_renewal_hash: string | null;
  created_at: string;
  renewed_at: string;
  expires_at: string;
  revoked_at: string | null;
}

/** Failed sign-ins by user name (known or not) and by address. */
export interface SignInFailuresTable {
  key: string;
  failures: number;
  last_at: string;
  locked_until: string | null;
}

/** Small facts of the installation, such as the first administrator's one-time code (hashed). */
export interface InstallationTable {
  key: string;
  value: string;
}

export interface AuditTrailTable {
  id: string;
  at: string;
  /** Who: user id, or `manage` for the command line. */
  actor: string;
  action: string;
  /** What it was done to; no contents. */
  subject: string;
}
