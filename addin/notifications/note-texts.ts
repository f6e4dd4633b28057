/** Texts of the notes that the pane shows of its own accord. */
import { defineTexts } from '../shell/i18n/catalogue';

export const noteTexts = defineTexts(
  {
    notes: 'News',
    isFree: (name: string) => `${name} is free now.`,
    call: 'Call',
    callNamed: (name: string) => `Call ${name} now`,
    dismiss: (about: string) => `Put away: ${about}`,
    missedOne: (name: string) => `Missed call from ${name}`,
    missedMore: (count: string, name: string) => `${count} missed calls, the last from ${name}`,
    missedCount: (count: string) => `Missed calls: ${count}`,
    callBack: 'Call back',
    show: 'Show in the journal',
    unknown: 'somebody unknown',
  },
  {
    notes: 'Neuigkeiten',
    isFree: (name) => `${name} ist jetzt frei.`,
    call: 'Anrufen',
    callNamed: (name) => `${name} jetzt anrufen`,
    dismiss: (about) => `Weglegen: ${about}`,
    missedOne: (name) => `Entgangener Anruf von ${name}`,
    missedMore: (count, name) => `${count} entgangene Anrufe, zuletzt von ${name}`,
    missedCount: (count) => `Entgangene Anrufe: ${count}`,
    callBack: 'Zurückrufen',
    show: 'Im Journal zeigen',
    unknown: 'Unbekannt',
  },
);
