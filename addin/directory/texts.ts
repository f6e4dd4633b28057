/** Texts of the directories and of the search. */
import { defineTexts } from '../shell/i18n/catalogue';

export const directoryTexts = defineTexts(
  {
    field: 'Name or number',
    clear: 'Clear',
    dial: 'Dial',
    dialTyped: (number: string) => `Dial ${number}`,
    results: 'Search results',
    redial: 'Last dialled',
    nothing: (typed: string) => `Nothing found for “${typed}”.`,
    nothingHint: 'Try the first letters of the first name, the surname or the company, or part of a number.',
    nothingNumberHint: 'Press Enter to dial it as typed: outside numbers with the access code, or with a plus sign.',
    noneHere: 'No hit',
    showMore: (directory: string) => `More from ${directory}`,
    counts: (personal: string, internal: string, system: string) =>
      `Personal ${personal}, internal ${internal}, system ${system}`,
    searching: 'Searching …',
    directories: 'Directories',
    empty: {
      personal: 'No contacts yet.',
      internal: 'Nobody is in the internal directory.',
      system: 'There are no speed dials.',
    },
    emptyHint: {
      personal: 'Take them over from Outlook under Sync, or add one by hand.',
      internal: 'Your administrator decides who is shown here.',
      system: 'Your administrator adds the numbers of the whole company here.',
    },
    goToSync: 'Go to Sync',
    add: 'Add contact',
    capped: (shown: string) => `The first ${shown}. Search to find the others.`,
  },
  {
    field: 'Name oder Rufnummer',
    clear: 'Leeren',
    dial: 'Wählen',
    dialTyped: (number) => `${number} wählen`,
    results: 'Suchergebnisse',
    redial: 'Zuletzt gewählt',
    nothing: (typed) => `Nichts gefunden zu „${typed}“.`,
    nothingHint: 'Versuchen Sie die ersten Buchstaben von Vorname, Nachname oder Firma oder einen Teil der Rufnummer.',
    nothingNumberHint:
      'Mit der Eingabetaste wird sie so gewählt: externe Rufnummern mit Amtskennzahl oder mit Pluszeichen.',
    noneHere: 'Kein Treffer',
    showMore: (directory) => `Mehr aus: ${directory}`,
    counts: (personal, internal, system) => `Persönlich ${personal}, intern ${internal}, System ${system}`,
    searching: 'Suche läuft …',
    directories: 'Verzeichnisse',
    empty: {
      personal: 'Noch keine Kontakte.',
      internal: 'Im internen Verzeichnis steht niemand.',
      system: 'Es gibt keine Kurzwahlen.',
    },
    emptyHint: {
      personal: 'Übernehmen Sie sie unter Abgleich aus Outlook, oder legen Sie einen von Hand an.',
      internal: 'Wer hier steht, bestimmt Ihr Administrator.',
      system: 'Ihr Administrator trägt hier die Rufnummern der ganzen Firma ein.',
    },
    goToSync: 'Zum Abgleich',
    add: 'Neuer Kontakt',
    capped: (shown) => `Die ersten ${shown}. Die übrigen finden Sie mit der Suche.`,
  },
);
