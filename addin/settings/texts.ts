/** Texts of the settings. */
import type { Settings } from '../../shared/profile';
import { defineTexts } from '../shell/i18n/catalogue';

export const settingsTexts = defineTexts(
  {
    title: 'Settings',
    administrationHint: 'Users, sites, groups and speed dials of this installation, and what administrators did.',
    openAdministration: 'Open administration',
    appearance: 'Appearance',
    language: 'Language',
    languages: { auto: 'As in Outlook', en: 'English', de: 'Deutsch' } satisfies Record<Settings['language'], string>,
    skin: 'Colours',
    skins: {
      auto: 'As in Outlook',
      light: 'Light',
      dark: 'Dark',
      'high-contrast': 'High contrast',
    } satisfies Record<Settings['skin'], string>,
    sync: 'Contact sync',
    interval: 'Sync while this pane is open',
    intervals: {
      0: 'Off',
      5: 'Every 5 minutes',
      15: 'Every 15 minutes',
      30: 'Every 30 minutes',
      60: 'Every hour',
      240: 'Every 4 hours',
    } satisfies Record<`${Settings['syncIntervalMinutes']}`, string>,
    window: 'Window of its own',
    windowHint: 'A pane that is closed cannot ring. A window of its own shows incoming calls all the time.',
    openWindow: 'Open as a window',
    account: 'Account',
    phone: (name: string) => `Your phone: ${name}`,
    noPhone: 'No telephone is assigned to you.',
    site: (name: string) => `Site: ${name}`,
  },
  {
    title: 'Einstellungen',
    administrationHint:
      'Benutzer, Standorte, Gruppen und Kurzwahlen dieser Installation, und was Administratoren getan haben.',
    openAdministration: 'Verwaltung öffnen',
    appearance: 'Darstellung',
    language: 'Sprache',
    languages: { auto: 'Wie Outlook', en: 'English', de: 'Deutsch' },
    skin: 'Farben',
    skins: { auto: 'Wie Outlook', light: 'Hell', dark: 'Dunkel', 'high-contrast': 'Hoher Kontrast' },
    sync: 'Kontaktabgleich',
    interval: 'Abgleichen, solange dieser Bereich offen ist',
    intervals: {
      0: 'Aus',
      5: 'Alle 5 Minuten',
      15: 'Alle 15 Minuten',
      30: 'Alle 30 Minuten',
      60: 'Jede Stunde',
      240: 'Alle 4 Stunden',
    },
    window: 'Eigenes Fenster',
    windowHint:
      'Ein geschlossener Bereich kann nicht klingeln. Ein eigenes Fenster zeigt ankommende Anrufe jederzeit an.',
    openWindow: 'Als Fenster öffnen',
    account: 'Konto',
    phone: (name) => `Ihr Telefon: ${name}`,
    noPhone: 'Ihnen ist kein Telefon zugeordnet.',
    site: (name) => `Standort: ${name}`,
  },
);
