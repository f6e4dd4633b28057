/** Texts of the views (SET-5). Terms are those of the telephone system's manual. */
import { defineTexts } from '../shell/i18n/catalogue';

export const viewTexts = defineTexts(
  {
    view: (name: string) => `View: ${name}. Change`,
    views: 'View',
    names: { normal: 'Normal', compact: 'Compact', minimised: 'Minimised' },
    close: 'Close the work area',
    saved: (name: string) => `View: ${name}`,
    front: 'Always in front',
    frontTitle: 'myContacts, always in front',
    frontHint: 'A small window above all others. Leave this one open or minimised.',
    frontOpened: 'The window that is always in front is open.',
    frontRefused: 'The browser does not allow a window that is always in front.',
  },
  {
    view: (name) => `Ansicht: ${name}. Ändern`,
    views: 'Ansicht',
    names: { normal: 'Normal', compact: 'Kompakt', minimised: 'Minimiert' },
    close: 'Arbeitsbereich schließen',
    saved: (name) => `Ansicht: ${name}`,
    front: 'Immer im Vordergrund',
    frontTitle: 'myContacts, immer im Vordergrund',
    frontHint: 'Ein kleines Fenster über allen anderen. Lassen Sie dieses offen oder minimiert.',
    frontOpened: 'Das Fenster, das immer im Vordergrund ist, ist offen.',
    frontRefused: 'Der Browser erlaubt kein Fenster, das immer im Vordergrund ist.',
  },
);
