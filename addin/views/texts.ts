/** Texts of the views (SET-5). Terms are those of the telephone system's manual. */
import { defineTexts } from '../shell/i18n/catalogue';

export const viewTexts = defineTexts(
  {
    view: (name: string) => `View: ${name}. Change`,
    views: 'View',
    names: { normal: 'Normal', compact: 'Compact', minimised: 'Minimised' },
    close: 'Close the work area',
    saved: (name: string) => `View: ${name}`,
  },
  {
    view: (name) => `Ansicht: ${name}. Ändern`,
    views: 'Ansicht',
    names: { normal: 'Normal', compact: 'Kompakt', minimised: 'Minimiert' },
    close: 'Arbeitsbereich schließen',
    saved: (name) => `Ansicht: ${name}`,
  },
);
