/** Texts of colleagues' lines and of picking up. Terms are those of the telephone system's manual. */
import { defineTexts } from '../shell/i18n/catalogue';

export const lineTexts = defineTexts(
  {
    states: { ringing: 'Rings', calling: 'Calls', 'in-call': 'In a call' },
    /** What screen readers and the tooltip say besides. */
    scopes: { internal: 'internal', external: 'external' },
    pickUpCallFor: (name: string) => `Pick up the call for ${name}`,
    question: (name: string) => `Pick up the call for ${name}? The caller is shown when you accept.`,
    pickUp: 'Pick up',
    pickingUp: 'Your phone rings for it …',
    stopped: (name: string) => `Nothing rings for ${name} any more.`,
    unknown: 'No connection: nobody can say whether it still rings.',
  },
  {
    states: { ringing: 'Klingelt', calling: 'Wählt', 'in-call': 'Im Gespräch' },
    scopes: { internal: 'intern', external: 'extern' },
    pickUpCallFor: (name) => `Anruf für ${name} übernehmen`,
    question: (name) => `Anruf für ${name} übernehmen? Wer anruft, sehen Sie, sobald Sie annehmen.`,
    pickUp: 'Übernehmen',
    pickingUp: 'Ihr Telefon klingelt dafür …',
    stopped: (name) => `Bei ${name} klingelt es nicht mehr.`,
    unknown: 'Keine Verbindung: Ob es noch klingelt, ist nicht bekannt.',
  },
);
