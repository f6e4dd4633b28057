/**
 * What myContacts adds to Outlook's ribbon: the one description from which the manifests are written and which the preview
 * shows. Each command leads to a place of the pane that works, or runs a function that `commands.ts` registers.
 */

/** A text in the languages of the add-in. */
export interface RibbonText {
  readonly en: string;
  readonly de: string;
}

export type RibbonIcon = 'icon' | 'sync' | 'settings' | 'update' | 'about';

export type RibbonAction =
  /** Opens the pane at what the address's hash names; without one where it opens by itself. */
  | { readonly type: 'pane'; readonly hash?: string }
  /** Runs a function without showing anything. */
  | { readonly type: 'function'; readonly name: 'syncNow' }
  | { readonly type: 'menu'; readonly items: readonly RibbonItem[] };

export interface RibbonItem {
  /** Unique in the ribbon; letters only. */
  readonly id: string;
  /** At most 125 characters. */
  readonly label: RibbonText;
  /** Shown while the pointer rests on it; at most 250 characters. */
  readonly tip: RibbonText;
  readonly icon: RibbonIcon;
  readonly action: RibbonAction;
}

export const ribbonGroupLabel: RibbonText = { en: 'myContacts', de: 'myContacts' };

/** The commands in the order of the ribbon. Outlook shows at most six in a group. */
export const ribbonCommands: readonly RibbonItem[] = [
  {
    id: 'open',
    label: { en: 'myContacts', de: 'myContacts' },
    tip: {
      en: 'Shows people of the open item with their numbers, searches your directories and dials.',
      de: 'Zeigt die Personen des geöffneten Elements mit ihren Rufnummern, sucht in Ihren Verzeichnissen und wählt.',
    },
    icon: 'icon',
    action: { type: 'pane' },
  },
  {
    id: 'settings',
    label: { en: 'Settings', de: 'Einstellungen' },
    tip: { en: 'Settings of myContacts.', de: 'Einstellungen von myContacts.' },
    icon: 'settings',
    action: {
      type: 'menu',
      items: [
        {
          id: 'server',
          label: { en: 'UC server', de: 'UC-Server' },
          tip: {
            en: 'The server in use, further ones such as at home, and signing in again.',
            de: 'Der benutzte Server, weitere etwa für zu Hause, und neu anmelden.',
          },
          icon: 'settings',
          action: { type: 'pane', hash: 'settings/server' },
        },
        {
          id: 'contactSync',
          label: { en: 'Contact sync', de: 'Kontaktabgleich' },
          tip: {
            en: 'Interval, what is imported, files and the result of the last sync.',
            de: 'Intervall, was importiert wird, Dateien und das Ergebnis des letzten Abgleichs.',
          },
          icon: 'sync',
          action: { type: 'pane', hash: 'sync' },
        },
        {
          id: 'advanced',
          label: { en: 'Advanced', de: 'Erweitert' },
          tip: {
            en: 'Logging, the trace file for support, and diagnostics.',
            de: 'Protokollierung, die Trace-Datei für den Support und Diagnose.',
          },
          icon: 'settings',
          action: { type: 'pane', hash: 'settings/advanced' },
        },
      ],
    },
  },
  {
    id: 'sync',
    label: { en: 'Sync now', de: 'Jetzt synchronisieren' },
    tip: {
      en: 'Brings your Outlook contacts to your telephone directory now.',
      de: 'Bringt Ihre Outlook-Kontakte jetzt in Ihr Telefonverzeichnis.',
    },
    icon: 'sync',
    action: { type: 'function', name: 'syncNow' },
  },
  {
    id: 'updates',
    label: { en: 'Check for updates', de: 'Nach Aktualisierungen suchen' },
    tip: {
      en: 'Says whether there is a newer version, and what is new in it.',
      de: 'Sagt, ob es eine neuere Version gibt und was in ihr neu ist.',
    },
    icon: 'update',
    action: { type: 'pane', hash: 'settings/updates' },
  },
  {
    id: 'about',
    label: { en: 'About', de: 'Info' },
    tip: { en: 'Version of myContacts.', de: 'Version von myContacts.' },
    icon: 'about',
    action: { type: 'pane', hash: 'settings/about' },
  },
];
