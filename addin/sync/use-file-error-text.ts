/** The sentence for a file that was not imported: with the reason, where the service names one. */
import { useCallback } from 'react';
import { fileProblems, type FileProblem } from '../../shared/api/contacts';
import { ApiError } from '../api/api-error';
import { defineTexts } from '../shell/i18n/catalogue';
import { useText } from '../shell/i18n/text';
import { useErrorText } from '../shell/use-error-text';

export const fileProblemTexts = defineTexts(
  {
    empty: 'The file is empty. Choose the file that Outlook exported.',
    binary: 'This is not a text file. Export the contacts as CSV, vCard or XML and choose that file.',
    'charset-unknown': 'The service does not know this character set. Choose another one.',
    'charset-wrong': 'The file is not in this character set. Choose another one.',
    'header-unknown':
      'This is no table of contacts: no column of names, numbers or addresses is in it. Choose the file with the contacts, or export them as CSV.',
    'csv-broken': 'The table is damaged: its quotes do not end. Export it again, or mend the quotes.',
    'too-many-columns': 'The table has more than 500 columns. Export the contacts with the columns of contacts only.',
    'row-too-large':
      'A row of the table is larger than any contact may be, or its quotes do not end. Export it again with the columns of contacts only.',
    'no-vcard': 'There is no vCard in this file. Export the contacts as vCard and choose that file.',
    'vcard-too-deep': 'The cards in this file are too deep within each other. Export the contacts as CSV.',
    'xml-broken': 'The file is not well-formed XML. Save or export it again.',
    'xml-doctype': 'XML with a document type (<!DOCTYPE …>) is not taken. Remove it.',
    'xml-too-deep': 'The elements of this file are too deep within each other. The template shows how it has to be.',
    'xml-unknown':
      'This is XML, but none that is read: myContacts’ own (see the template) and telephone books of a FRITZ!Box are. Export the contacts as vCard or CSV and choose that file.',
    'too-many-records':
      'There are more contacts in this file than an import takes (50,000). Export them in parts and import one after the other.',
    nothingChanged: 'Nothing was changed.',
    takenBackLater:
      'The import was broken off. What it had brought by then is taken back by itself within minutes of when the service can save again.',
  } satisfies Record<FileProblem | 'nothingChanged' | 'takenBackLater', string>,
  {
    empty: 'Die Datei ist leer. Wählen Sie die Datei, die Outlook exportiert hat.',
    binary: 'Das ist keine Textdatei. Exportieren Sie die Kontakte als CSV, vCard oder XML und wählen Sie diese Datei.',
    'charset-unknown': 'Der Dienst kennt diesen Zeichensatz nicht. Wählen Sie einen anderen.',
    'charset-wrong': 'Die Datei ist nicht in diesem Zeichensatz. Wählen Sie einen anderen.',
    'header-unknown':
      'Das ist keine Tabelle von Kontakten: Sie hat keine Spalte mit Namen, Nummern oder Adressen. Wählen Sie die Datei mit den Kontakten, oder exportieren Sie sie als CSV.',
    'csv-broken':
      'Die Tabelle ist beschädigt: Anführungszeichen werden nicht geschlossen. Exportieren Sie sie noch einmal, oder berichtigen Sie die Anführungszeichen.',
    'too-many-columns':
      'Die Tabelle hat mehr als 500 Spalten. Exportieren Sie die Kontakte nur mit den Spalten für Kontakte.',
    'row-too-large':
      'Eine Zeile der Tabelle ist größer, als ein Kontakt sein kann, oder Anführungszeichen werden nicht geschlossen. Exportieren Sie sie noch einmal nur mit den Spalten für Kontakte.',
    'no-vcard': 'In dieser Datei ist keine vCard. Exportieren Sie die Kontakte als vCard und wählen Sie diese Datei.',
    'vcard-too-deep':
      'Die Karten in dieser Datei sind zu tief ineinander geschachtelt. Exportieren Sie die Kontakte als CSV.',
    'xml-broken': 'Die Datei ist kein wohlgeformtes XML. Sichern oder exportieren Sie sie noch einmal.',
    'xml-doctype': 'XML mit einem Dokumenttyp (<!DOCTYPE …>) wird nicht angenommen. Entfernen Sie ihn.',
    'xml-too-deep':
      'Die Elemente dieser Datei sind zu tief ineinander geschachtelt. Die Vorlage zeigt, wie es aussehen muss.',
    'xml-unknown':
      'Das ist XML, aber keines, das gelesen wird: Das sind das eigene von myContacts (siehe Vorlage) und Telefonbücher einer FRITZ!Box. Exportieren Sie die Kontakte als vCard oder CSV und wählen Sie diese Datei.',
    'too-many-records':
      'In dieser Datei sind mehr Kontakte, als ein Import annimmt (50.000). Exportieren Sie sie in Teilen und importieren Sie einen nach dem anderen.',
    nothingChanged: 'Es wurde nichts geändert.',
    takenBackLater:
      'Der Import wurde abgebrochen. Was er bis dahin gebracht hatte, wird von selbst zurückgenommen, wenige Minuten nachdem der Dienst wieder speichern kann.',
  },
);

/** Gives the words for an error of an import. */
export function useFileErrorText(): (error: unknown) => string {
  const t = useText(fileProblemTexts);
  const errorText = useErrorText();
  return useCallback(
    (error) => {
      const problem = fileProblemOf(error);
      if (isTakenBackLater(error)) return t.takenBackLater;
      return problem === undefined ? errorText(error) : `${t[problem]} ${t.nothingChanged}`;
    },
    [t, errorText],
  );
}

function isTakenBackLater(error: unknown): boolean {
  return (
    error instanceof ApiError && error.problem?.details?.some(({ reason }) => reason === 'taken-back-later') === true
  );
}

/** Why the service has refused the whole file; undefined for any other error, and for a reason that this pane does not know. */
export function fileProblemOf(error: unknown): FileProblem | undefined {
  if (!(error instanceof ApiError) || error.code !== 'file-unreadable') return undefined;
  const told = error.problem?.details?.map(({ reason }) => reason) ?? [];
  return fileProblems.find((problem) => told.includes(problem));
}
