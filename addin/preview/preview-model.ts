/** The state of the preview's Outlook and everything that can be done in it. No React in here. */
import { composeDraft, type PreviewFolder, type PreviewItem, type PreviewPerson } from './items';
import type { CommandHandler, PreviewNotification } from './preview-host';

export type PreviewLanguage = 'en' | 'de';
export type PreviewTheme = 'light' | 'dark' | 'high-contrast';

export interface PreviewState {
  readonly items: readonly PreviewItem[];
  readonly folder: PreviewFolder;
  /** Undefined: nothing is selected, and a pinned pane has no item. */
  readonly selected: string | undefined;
  readonly unread: ReadonlySet<string>;
  readonly pane: {
    readonly open: boolean;
    readonly pinned: boolean;
    /** CSS pixels. */
    readonly width: number;
    /** Place that a ribbon menu opens the pane at. */
    readonly place: string | undefined;
    /** Counts the lives of the pane: another number is another frame. */
    readonly life: number;
  };
  readonly theme: PreviewTheme;
  readonly language: PreviewLanguage;
  /** Notifications by item id, then by key. */
  readonly notifications: ReadonlyMap<string, ReadonlyMap<string, PreviewNotification>>;
  /** Name of the ribbon function that runs, in a frame of its own. */
  readonly command: string | undefined;
}

export interface PreviewModel {
  readonly state: () => PreviewState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Calls at each change of the open item or the theme until the frame is gone. */
  readonly onChanged: (frame: Window, what: 'item' | 'theme', listener: () => void) => void;
  readonly item: () => PreviewItem | undefined;
  readonly open: (folder: PreviewFolder) => void;
  readonly select: (id: string | undefined) => void;
  readonly write: (answerTo?: PreviewItem) => void;
  /** Sends the open draft: it lies among the sent items. */
  readonly send: () => void;
  /** Deletes the open item, or throws the open draft away; the next one of the folder is opened. */
  readonly remove: () => void;
  readonly openPane: (place?: string) => void;
  readonly closePane: () => void;
  readonly pin: (pinned: boolean) => void;
  readonly resize: (width: number) => void;
  readonly setTheme: (theme: PreviewTheme) => void;
  readonly setLanguage: (language: PreviewLanguage) => void;
  readonly setItems: (items: readonly PreviewItem[]) => void;
  readonly notify: (itemId: string, key: string, notification: PreviewNotification | undefined) => void;
  /** Presses a ribbon button without a page. A second press while it runs does nothing, as in Outlook. */
  readonly run: (command: string) => void;
  /** A frame of the function file says what its buttons do; the pressed one is called once. */
  readonly associate: (name: string, handler: CommandHandler) => void;
}

export const paneWidths = [320, 450] as const;

export function createPreviewModel(me: PreviewPerson, language: PreviewLanguage): PreviewModel {
  let state: PreviewState = {
    items: [],
    folder: 'inbox',
    selected: undefined,
    unread: new Set(),
    pane: { open: true, pinned: false, width: 320, place: undefined, life: 1 },
    theme: 'light',
    language,
    notifications: new Map(),
    command: undefined,
  };
  let drafts = 0;
  const listeners = new Set<() => void>();
  const frames: { frame: Window; what: 'item' | 'theme'; listener: () => void }[] = [];

  const set = (change: Partial<PreviewState>) => {
    state = { ...state, ...change };
    listeners.forEach((listener) => listener());
  };
  const pane = (change: Partial<PreviewState['pane']>) => set({ pane: { ...state.pane, ...change } });
  const tell = (what: 'item' | 'theme') => {
    for (const entry of [...frames]) {
      if (entry.frame.closed || entry.frame.parent !== window) frames.splice(frames.indexOf(entry), 1);
      else if (entry.what === what) entry.listener();
    }
  };
  const find = (id: string | undefined) => state.items.find((item) => item.id === id);
  // Outlook pins for reading mails alone, and keeps the pinned pane when nothing is selected.
  const keepsPin = (item: PreviewItem | undefined) => item === undefined || item.kind === 'mail';

  const select = (id: string | undefined) => {
    if (id === state.selected) return;
    const before = find(state.selected);
    const after = find(id);
    const unread = new Set(state.unread);
    if (id !== undefined) unread.delete(id);
    const survives = state.pane.pinned && keepsPin(before) && keepsPin(after);
    const { open, life } = state.pane;
    // Without a pin the pane goes with its item and comes back, new, with the next one.
    set({ selected: id, unread, pane: { ...state.pane, place: undefined, open, life: survives ? life : life + 1 } });
    if (survives) tell('item');
  };

  /** Takes an item away and opens the next one of the folder that is shown. */
  const leave = (item: PreviewItem) => {
    const others = state.items.filter(({ folder }) => folder === state.folder);
    const index = others.indexOf(item);
    select((others[index + 1] ?? others[index - 1])?.id);
    set({ items: state.items.filter(({ id }) => id !== item.id) });
  };

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onChanged: (frame, what, listener) => void frames.push({ frame, what, listener }),
    item: () => find(state.selected),
    open(folder) {
      set({ folder });
      select(state.items.find((item) => item.folder === folder)?.id);
    },
    select,
    write(answerTo) {
      const draft = composeDraft(`draft-${++drafts}`, me, answerTo?.kind === 'mail' ? answerTo : undefined);
      set({ items: [draft, ...state.items] });
      select(draft.id);
    },
    send() {
      const draft = find(state.selected);
      if (draft?.kind !== 'draft') return;
      const { id, to, cc, subject, body } = draft;
      const mail: PreviewItem = {
        kind: 'mail',
        folder: 'sent',
        id: `sent-${id}`,
        from: me,
        received: new Date(),
        to,
        cc,
        subject,
        body,
      };
      set({ items: [mail, ...state.items] });
      leave(draft);
    },
    remove() {
      const item = find(state.selected);
      if (item !== undefined) leave(item);
    },
    openPane(place) {
      // Opened at a place, or when there is none: a new frame. Pressed again on an open pane: nothing.
      if (state.pane.open && place === undefined) return;
      pane({ open: true, place, life: state.pane.life + 1 });
    },
    closePane: () => pane({ open: false, place: undefined }),
    pin: (pinned) => pane({ pinned }),
    resize: (width) => pane({ width }),
    setTheme(theme) {
      set({ theme });
      tell('theme');
    },
    // Outlook starts its add-ins anew in another language.
    setLanguage: (language) => set({ language, pane: { ...state.pane, life: state.pane.life + 1 } }),
    setItems(items) {
      const first = items.find(({ folder }) => folder === 'inbox');
      const unread = new Set(items.filter(({ folder }) => folder === 'inbox').map(({ id }) => id));
      if (first) unread.delete(first.id);
      set({ items, unread, folder: 'inbox', selected: first?.id, pane: { ...state.pane, life: state.pane.life + 1 } });
    },
    notify(itemId, key, notification) {
      const all = new Map(state.notifications);
      const mine = new Map(all.get(itemId));
      if (notification) mine.set(key, notification);
      else mine.delete(key);
      all.set(itemId, mine);
      set({ notifications: all });
    },
    run(command) {
      if (state.command === undefined) set({ command });
    },
    associate(name, handler) {
      if (name !== state.command) return;
      const completed = () => set({ command: undefined });
      // Outlook calls once the runtime is ready.
      setTimeout(() => handler({ completed, source: { id: name } }), 0);
    },
  };
}
