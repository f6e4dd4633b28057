/** Texts of versions, updates and of what the product is made of. */
import { defineTexts } from '../shell/i18n/catalogue';

export const updatesTexts = defineTexts(
  {
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
