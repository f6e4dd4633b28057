/** Tables of sites, users and what belongs to them. Times are ISO 8601 UTC texts, booleans 0 or 1, JSON is text. */
import type { ColumnType } from 'kysely';

import type { Generated } from 'kysely';

export interface SitesTable {
  id: string;
  name: string;
  time_zone: string;
  /** DialPlan as JSON. */
  dial_plan: string;
  /** `{kind, …}` as JSON: which telephone system and how to reach it. Null until it is configured. */
  telephone_system: string | null;
  /** Days that journal entries are kept; null: as long as is usual. */
  journal_days: number | null;
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
  /** The administrator's: signing in with Microsoft and the mailbox that is read for the user go by it. */
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
  /** Mobility user: his calls may begin at his mobile (CAL-6). */
  mobility: Generated<number>;
  /** E.164. */
  mobile_number: string | null;
  /** E.164. */
  external_number: string | null;
  /** What the user himself gives as his address; no right depends on it. */
  profile_email: string | null;
  /** Hash of the own picture in `user_pictures`. */
  picture: string | null;
}

/** Users' own pictures as they are kept: JPEG of 200 × 200. */
export interface UserPicturesTable {
  user_id: string;
  /** SHA-256 in base64url. */
  hash: string;
  bytes: ColumnType<Uint8Array | ArrayBuffer, Uint8Array>;
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
  /** It belongs to a MULAP (multiple line appearance): no do not disturb. */
  mulap: Generated<number>;
  /** It is the intercept position: no do not disturb. */
  intercept: Generated<number>;
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
  /** That of the entry, so that hits are put in order without reading entries. */
  sort_key: string;
  /** Id of the user, group or speed dial. */
  entry_id: string;
}

/** A session: one sign-in in one browser, kept alive by its renewal cookie. Secrets are stored as SHA-256 only. */
export interface SessionsTable {
  id: string;
  user_id: string;
  /** `password` or `microsoft`; null for a session from before there was a choice. */
  signed_in_by: string | null;
  /** The account of Microsoft that it was begun with. */
  microsoft_tenant_id: string | null;
  microsoft_object_id: string | null;
  /** Of the cookie's part that stays the same for the session's life: tells an old cookie from a made-up one. */
  family_hash: string;
  /** Of the rotating part that is valid now. */
  renewal_hash: string;
  /** Of the rotating part that the one valid now was given for. */
  previous_renewal_hash: string | null;
  /** 1 once the client has shown that it received the one valid now. */
  renewal_confirmed: number;
  /** `[{hash, replacedAt}]` as JSON: rotating parts replaced a moment ago. */
  recent_renewals: string;
  created_at: string;
  renewed_at: string;
  expires_at: string;
  revoked_at: string | null;
}

/** Access tokens. A session has several: pane, window and ribbon function are runtimes of their own. */
export interface AccessTokensTable {
  token_hash: string;
  session_id: string;
  /** Rotating part of the renewal cookie that was sent together with the token. */
  renewal_hash: string;
  expires_at: string;
}

/** Failed sign-ins by user name (known or not) and by address; keys are hashed. */
export interface SignInFailuresTable {
  key: string;
  failures: number;
  last_at: string;
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
  /** How often; null is once. */
  times: number | null;
}
