/** Texts of "tell me when free". */
import { defineTexts } from '../shell/i18n/catalogue';

export const watchTexts = defineTexts(
  {
    watch: 'Tell me when free',
    watchFor: (name: string) => `Tell me when ${name} is free`,
    watching: 'You are told when free',
    stopWatching: (name: string) => `You are told when ${name} is free. Do not tell me`,
    waits: (name: string) => `You are told when ${name} is free.`,
    waitsNoMore: (name: string) => `You are not told any more when ${name} is free.`,
  },
  {
    watch: 'Melden, wenn frei',
    watchFor: (name) => `Melden, wenn ${name} frei ist`,
    watching: 'Wird gemeldet, wenn frei',
    stopWatching: (name) => `Es wird gemeldet, wenn ${name} frei ist. Nicht melden`,
    waits: (name) => `Es wird gemeldet, wenn ${name} frei ist.`,
    waitsNoMore: (name) => `Es wird nicht mehr gemeldet, wenn ${name} frei ist.`,
  },
);
