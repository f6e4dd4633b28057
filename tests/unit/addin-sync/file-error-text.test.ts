import { describe, expect, it } from 'vitest';
import { fileProblemTexts } from '../../../addin/sync/use-file-error-text';
import { fileProblems } from '../../../shared/api/contacts';

describe.each([
  ['en', /\. (?:Choose|Export|Remove|Save|The template shows)[^.]*\.$/],
  ['de', /\. (?:Wählen Sie|Exportieren Sie|Entfernen Sie|Sichern|Die Vorlage zeigt)[^.]*\.$/],
] as const)('What is wrong with a file, in %s,', (language, whatToDo) => {
  it.each(fileProblems)('is told with what to do about it: %s', (problem) => {
    expect(fileProblemTexts[language][problem]).toMatch(whatToDo);
  });
});
