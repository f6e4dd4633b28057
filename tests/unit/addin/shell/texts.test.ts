import { describe, expect, it } from 'vitest';
import { callTexts } from '../../../../addin/calls/texts';
import { contactTexts } from '../../../../addin/contacts/texts';
import { directoryTexts } from '../../../../addin/directory/texts';
import { firstAdministratorTexts } from '../../../../addin/first-administrator/texts';
import { journalTexts } from '../../../../addin/journal/texts';
import { peopleTexts } from '../../../../addin/people/texts';
import { settingsTexts } from '../../../../addin/settings/texts';
import { languageFor } from '../../../../addin/shell/i18n/catalogue';
import { de } from '../../../../addin/shell/i18n/de';
import { en } from '../../../../addin/shell/i18n/en';
import { syncTexts } from '../../../../addin/sync/texts';
import { traceTexts } from '../../../../addin/trace/texts';
import { updatesTexts } from '../../../../addin/updates/texts';

const catalogues = {
  shell: { en, de },
  calls: callTexts,
  contacts: contactTexts,
  directory: directoryTexts,
  firstAdministrator: firstAdministratorTexts,
  journal: journalTexts,
  people: peopleTexts,
  settings: settingsTexts,
  sync: syncTexts,
  trace: traceTexts,
  updates: updatesTexts,
};

/** Every text with its path; texts with values are called with examples. */
function textsOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  // Texts take strings and numbers, and an example does for both.
  if (typeof value === 'function') return [[path, String(Reflect.apply(value, undefined, ['7', '8', '9', '10']))]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, `${path}.${key}`));
}

describe.each(Object.entries(catalogues))('The texts of %s', (_, catalogue) => {
  it('are there in both languages and none is empty', () => {
    const english = textsOf(catalogue.en);
    const german = textsOf(catalogue.de);
    expect(german.map(([path]) => path).sort()).toEqual(english.map(([path]) => path).sort());
    expect([...english, ...german].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('use in German every value that the English text has', () => {
    const digits = (text: string) => [...text.matchAll(/\b(?:7|8|9|10)\b/g)].map(([value]) => value).sort();
    const german = new Map(textsOf(catalogue.de));
    for (const [path, text] of textsOf(catalogue.en))
      expect([path, digits(german.get(path) ?? '')]).toEqual([path, digits(text)]);
  });
});

it.each([
  ['de-DE', 'de'],
  ['de', 'de'],
  ['DE-at', 'de'],
  ['en-GB', 'en'],
  ['fr-FR', 'en'],
  ['den', 'en'],
])('speaks for %s the language %s', (tag, language) => expect(languageFor(tag)).toBe(language));
