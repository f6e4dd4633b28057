/** Texts of versions, updates and of what the product is made of. */
import { defineTexts } from '../shell/i18n/catalogue';

export const updatesTexts = defineTexts(
  {
    updates: 'Updates',
    check: 'Check for updates',
    checking: 'Checking …',
    upToDate: (version: string) => `Pane and service are both version ${version}. There is nothing to update.`,
    newVersion: (version: string) => `The service runs version ${version} of myContacts.`,
    newVersionHint: 'As soon as nothing is under way here, the pane is loaded anew by itself.',
    stillOld: (version: string, pane: string) =>
      `The service runs version ${version}, but Outlook showed this pane as version ${pane} again. Close Outlook and open it again; where that does not help, clear its cache for add-ins.`,
    updateNow: 'Update now',
    remindLater: 'Remind me later',
    delays: { hour: 'In 1 hour', hours: 'In 4 hours', day: 'Tomorrow', week: 'In a week' },
    skip: 'Skip this version',
    whatIsNew: 'What is new?',
    about: 'About',
    paneVersion: (version: string) => `Pane: version ${version}`,
    serviceVersion: (version: string) => `Service: version ${version}`,
    licence: 'Licence: MIT. It comes without warranty of any kind.',
    releaseNotes: 'Release notes',
    release: (version: string) => `Version ${version}`,
    released: (version: string, day: string) => `Version ${version}, ${day}`,
    noReleases: 'This version brings no release notes.',
    thirdParties: 'Software of others',
    thirdPartiesHint: (count: string) =>
      `${count} packages of others are part of pane and service, each under its own licence.`,
    licenceTexts: 'Texts of all licences',
  },
  {
    updates: 'Aktualisierungen',
    check: 'Nach Aktualisierungen suchen',
    checking: 'Es wird gesucht …',
    upToDate: (version) => `Bereich und Dienst haben beide Version ${version}. Es gibt nichts zu aktualisieren.`,
    newVersion: (version) => `Der Dienst hat Version ${version} von myContacts.`,
    newVersionHint: 'Sobald hier nichts mehr läuft, wird der Bereich von selbst neu geladen.',
    stillOld: (version, pane) =>
      `Der Dienst hat Version ${version}, Outlook zeigt diesen Bereich aber wieder in Version ${pane}. Schließen Sie Outlook und öffnen Sie es neu; hilft das nicht, leeren Sie seinen Zwischenspeicher für Add-Ins.`,
    updateNow: 'Aktualisieren',
    remindLater: 'Später erinnern',
    delays: { hour: 'In 1 Stunde', hours: 'In 4 Stunden', day: 'Morgen', week: 'In einer Woche' },
    skip: 'Diese Version überspringen',
    whatIsNew: 'Was ist neu?',
    about: 'Info',
    paneVersion: (version) => `Bereich: Version ${version}`,
    serviceVersion: (version) => `Dienst: Version ${version}`,
    licence: 'Lizenz: MIT. Ohne jede Gewährleistung.',
    releaseNotes: 'Versionshinweise',
    release: (version) => `Version ${version}`,
    released: (version, day) => `Version ${version}, ${day}`,
    noReleases: 'Zu dieser Version gibt es keine Versionshinweise.',
    thirdParties: 'Software anderer',
    thirdPartiesHint: (count) =>
      `${count} Pakete anderer sind Teil von Bereich und Dienst, jedes unter seiner eigenen Lizenz.`,
    licenceTexts: 'Texte aller Lizenzen',
  },
);
