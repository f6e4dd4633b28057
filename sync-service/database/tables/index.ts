/** All tables, for Kysely. A capability's store uses its own and no others. */
import type * as contacts from './contacts';
import type * as favorites from './favorites';
import type * as journal from './journal';
import type * as microsoft from './microsoft';
import type * as people from './people';
import type * as presence from './presence';
import type * as unattended from './unattended-sync';

export interface Tables {
  sites: people.SitesTable;
  users: people.UsersTable;
  user_pictures: people.UserPicturesTable;
  devices: people.DevicesTable;
  groups: people.GroupsTable;
  group_members: people.GroupMembersTable;
  speed_dials: people.SpeedDialsTable;
  directory_entries: people.DirectoryEntriesTable;
  directory_keys: people.DirectoryKeysTable;
  sessions: people.SessionsTable;
  access_tokens: people.AccessTokensTable;
  sign_in_failures: people.SignInFailuresTable;
  installation: people.InstallationTable;
  audit_trail: people.AuditTrailTable;
  presence: presence.PresenceTable;
  forwarding: presence.ForwardingTable;
  microsoft_identities: microsoft.MicrosoftIdentitiesTable;
  contacts: contacts.ContactsTable;
  contact_pictures: contacts.ContactPicturesTable;
  contact_keys: contacts.ContactKeysTable;
  contact_emails: contacts.ContactEmailsTable;
  source_accounts: contacts.SourceAccountsTable;
  source_folders: contacts.SourceFoldersTable;
  shadows: contacts.ShadowsTable;
  contact_syncs: contacts.ContactSyncsTable;
  sync_batches: contacts.SyncBatchesTable;
  sync_history: contacts.SyncHistoryTable;
  sync_changes: contacts.SyncChangesTable;
  detached_sources: contacts.DetachedSourcesTable;
  source_marks: contacts.SourceMarksTable;
  journal_entries: journal.JournalEntriesTable;
  journal_tombstones: journal.JournalTombstonesTable;
  journal_cursors: journal.JournalCursorsTable;
  favorite_groups: favorites.FavoriteGroupsTable;
  favorites: favorites.FavoritesTable;
  presence_watches: favorites.PresenceWatchesTable;
  unattended_mailboxes: unattended.UnattendedMailboxesTable;
  unattended_sign_ins: unattended.UnattendedSignInsTable;
}
