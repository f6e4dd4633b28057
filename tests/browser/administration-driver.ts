/** The way to Administration, in the pane's own words. */
import { auditTexts } from '../../addin/administration/audit-texts';
import { administrationTexts } from '../../addin/administration/texts';
import { userImportTexts } from '../../addin/administration/user-import-texts';
import { settingsTexts } from '../../addin/settings/texts';
import { en } from '../../addin/shell/i18n/en';
import { de } from '../../addin/shell/i18n/de';
import type { PaneDriver } from './pane-driver';

/** The administrator of the demo. */
export const administrator = '349';

export type Language = 'en' | 'de';

export const administrationWords = {
  en: {
    ...administrationTexts.en,
    audit: auditTexts.en,
    import: userImportTexts.en,
    shared: en,
    settings: settingsTexts.en,
  },
  de: {
    ...administrationTexts.de,
    audit: auditTexts.de,
    import: userImportTexts.de,
    shared: de,
    settings: settingsTexts.de,
  },
};

/** Opens Administration for whom is signed in as an administrator. */
export async function openAdministration(pane: PaneDriver, language: Language = 'en'): Promise<void> {
  const t = administrationWords[language];
  await pane.goTo(t.shared.places.settings);
  await pane.button(t.settings.openAdministration).click();
  await pane.control('tab', t.tabs.users).waitFor();
}

export async function openTab(pane: PaneDriver, tab: string): Promise<void> {
  await pane.control('tab', tab, pane.main).click();
  await pane.main.getByRole('tab', { name: tab, exact: true, selected: true }).waitFor();
}
