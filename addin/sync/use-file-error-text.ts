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
    binary: 'This is not a text file. Export the contacts from Outlook as CSV or vCard and choose that file.',
    'charset-unknown': 'The service does not know this character set.',
    'charset-wrong': 'The file is not in this character set. Choose another one.',
    'header-unknown':
      "The first line does not name the columns of an Outlook export, such as 'Last Name' and 'Business Phone'.",
    'csv-broken': 'The table is damaged: its quotes do not end.',
    'no-vcard': 'There is no vCard in this file.',
    'too-many-records': 'There are more contacts in this file than an import takes (50,000).',
    nothingChanged: 'Nothing was changed.',
  } satisfies Record<FileProblem | 'nothingChanged', string>,
  {
    empty: 'Die Datei ist leer. Wählen Sie die Datei, die Outlook exportiert hat.',
    binary:
      'Das ist keine Textdatei. Exportieren Sie die Kontakte aus Outlook als CSV oder vCard und wählen Sie diese Datei.',
    'charset-unknown': 'Der Dienst kennt diesen Zeichensatz nicht.',
    'charset-wrong': 'Die Datei ist nicht in diesem Zeichensatz. Wählen Sie einen anderen.',
    'header-unknown':
      'Die erste Zeile nennt nicht die Spalten eines Exports aus Outlook, etwa „Nachname“ und „Telefon geschäftlich“.',
    'csv-broken': 'Die Tabelle ist beschädigt: Anführungszeichen werden nicht geschlossen.',
    'no-vcard': 'In dieser Datei ist keine vCard.',
    'too-many-records': 'In dieser Datei sind mehr Kontakte, als ein Import annimmt (50.000).',
    nothingChanged: 'Es wurde nichts geändert.',
  },
);

/** Gives the words for an error of an import. */
export function useFileErrorText(): (error: unknown) => string {
  const t = useText(fileProblemTexts);
  const errorText = useErrorText();
  return useCallback(
    (error) => {
      const problem = fileProblemOf(error);
      return problem === undefined ? errorText(error) : `${t[problem]} ${t.nothingChanged}`;
    },
    [t, errorText],
  );
}

/** Why the service has refused the whole file; undefined for any other error, and for a reason that this pane does not know. */
export function fileProblemOf(error: unknown): FileProblem | undefined {
  if (!(error instanceof ApiError) || error.code !== 'file-unreadable') return undefined;
  const told = error.problem?.details?.map(({ reason }) => reason) ?? [];
  return fileProblems.find((problem) => told.includes(problem));
}
