/** What is kept of a person, section by section: the same for the command line and for the routes of administrators. */
import type { People } from './accounts/people';
import { microsoftSection } from './accounts/microsoft-personal-data';
import { accountSection } from './accounts/people-personal-data';
import { callRequestsSection } from './calls/call-requests-personal-data';
import { contactSection } from './contacts/contact-personal-data';
import { compactDatabase } from './database/compact';
import type { Database } from './database/database';
import { presenceWatchesSection } from './presence-watches/presence-watches-personal-data';
import { favoritesSection } from './favorites/favorites-personal-data';
import { journalSection } from './journal/journal-personal-data';
import { createPersonalData } from './personal-data/personal-data';
import type { PersonalData } from './personal-data/personal-data';
import { presenceSection } from './presence/presence-personal-data';
import { presenceCalendarSection } from './presence-calendar/presence-calendar-personal-data';
import { unattendedSyncSection } from './unattended-sync/unattended-personal-data';

export function wirePersonalData(database: Database, people: People, now: () => Date): PersonalData {
  return createPersonalData({
    users: people.users,
    sections: [
      accountSection(database),
      contactSection(database),
      journalSection(database),
      callRequestsSection(database),
      favoritesSection(database),
      presenceWatchesSection(database),
      microsoftSection(database),
      presenceSection(database),
      presenceCalendarSection(database),
      unattendedSyncSection(database),
    ],
    compact: () => compactDatabase(database),
    now,
  });
}
