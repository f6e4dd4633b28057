/** Texts of the choice whom to consult, or where to send a call. */
import { defineTexts } from '../shell/i18n/catalogue';

export const chooserTexts = defineTexts(
  {
    titles: {
      consult: 'Consult with',
      transfer: 'Transfer to',
      deflect: 'Forward to',
    },
    field: 'Name or number',
    close: 'Close without choosing',
    typed: (number: string) => `Dial ${number}`,
    redial: 'Last dialled',
    journal: 'Journal',
    targets: 'Numbers',
    searching: 'Searching …',
    nothing: (text: string) => `Nobody found for “${text}”. Try other first letters or type a number.`,
    hint: 'Type a name or a number.',
    count: (count: number) => (count === 1 ? '1 number' : `${count} numbers`),
  },
  {
    titles: {
      consult: 'Rückfrage bei',
      transfer: 'Übergeben an',
      deflect: 'Weiterleiten an',
    },
    field: 'Name oder Rufnummer',
    close: 'Ohne Auswahl schließen',
    typed: (number) => `${number} wählen`,
    redial: 'Zuletzt gewählt',
    journal: 'Journal',
    targets: 'Rufnummern',
    searching: 'Suche läuft …',
    nothing: (text) =>
      `Niemand zu „${text}“ gefunden. Versuchen Sie andere Anfangsbuchstaben oder geben Sie eine Rufnummer ein.`,
    hint: 'Geben Sie einen Namen oder eine Rufnummer ein.',
    count: (count) => (count === 1 ? '1 Rufnummer' : `${count} Rufnummern`),
  },
);
