/** Texts of the place People. */
import type { PersonRole } from '../outlook/host';
import { defineTexts } from '../shell/i18n/catalogue';

export const peopleTexts = defineTexts(
  {
    title: 'People of this item',
    roles: {
      from: 'Sender',
      to: 'Recipient',
      cc: 'Copy',
      organizer: 'Organiser',
      attendee: 'Attendee',
    } satisfies Record<PersonRole, string>,
    unknown: 'Not in your directories',
    add: 'Add as contact',
    addName: (name: string) => `Add ${name} as contact`,
    noItem: 'No mail or appointment is open.',
    noItemHint: 'Open one, and the people in it are shown here with their telephone numbers.',
    windowHint: 'In this window there is no mail. Type a name or a number above, or look through the directory.',
    nobody: 'There is nobody in this item yet.',
    goToDirectory: 'Go to the directory',
  },
  {
    title: 'Personen dieses Elements',
    roles: {
      from: 'Absender',
      to: 'Empfänger',
      cc: 'Kopie',
      organizer: 'Organisator',
      attendee: 'Teilnehmer',
    },
    unknown: 'Nicht in Ihren Verzeichnissen',
    add: 'Als Kontakt anlegen',
    addName: (name) => `${name} als Kontakt anlegen`,
    noItem: 'Es ist keine Mail und kein Termin geöffnet.',
    noItemHint: 'Öffnen Sie etwas, dann stehen hier die beteiligten Personen mit ihren Rufnummern.',
    windowHint: 'In diesem Fenster gibt es keine Mail. Geben Sie oben einen Namen oder eine Rufnummer ein.',
    nobody: 'In diesem Element steht noch niemand.',
    goToDirectory: 'Zum Verzeichnis',
  },
);
