/**
 * A small office.js for the preview page: the same calls and shapes as Microsoft's, held to `@types/office-js`, answered by the
 * page around the pane. Like the real one it takes `pushState` and `replaceState` away. Only the demo serves it.
 */
import type { PreviewItem, PreviewPerson } from './items';
import { createNestedAppAuthBridge } from './nested-app-auth';
import type { PreviewHost } from './preview-host';

/** The real one does this in every add-in; whoever navigates with the history must notice it here already. */
Object.defineProperty(history, 'pushState', { value: null });
Object.defineProperty(history, 'replaceState', { value: null });

const host = window.parent === window ? undefined : window.parent.myContactsPreview;

/** Enumerations with the texts that Outlook uses at run time. */
const enumerations = {
  EventType: {
    ItemChanged: 'olkItemSelectedChanged',
    OfficeThemeChanged: 'officeThemeChanged',
    RecipientsChanged: 'olkRecipientsChanged',
  },
  AsyncResultStatus: { Succeeded: 'succeeded', Failed: 'failed' },
  HostType: { Outlook: 'Outlook' },
  PlatformType: { OfficeOnline: 'OfficeOnline' },
  MailboxEnums: {
    ItemNotificationMessageType: {
      ProgressIndicator: 'progressIndicator',
      InformationalMessage: 'informationalMessage',
      ErrorMessage: 'errorMessage',
      InsightMessage: 'insightMessage',
    },
    ItemType: { Message: 'message', Appointment: 'appointment' },
  },
};

type Callback = (
  result: Pick<Office.AsyncResult<unknown>, 'value' | 'asyncContext' | 'error'> & { status: string },
) => void;

/** Outlook answers later, never at once. The options before the callback may be left out. */
function answer(value: unknown, rest: readonly unknown[]): void {
  const callback = rest.find((argument): argument is Callback => typeof argument === 'function');
  if (callback === undefined) return;
  const error = { name: '', message: '', code: 0 };
  setTimeout(() => callback({ status: 'succeeded', value, asyncContext: undefined, error }), 5);
}

const field = (value: unknown) => ({ getAsync: (...rest: unknown[]) => answer(value, rest) });

function person({ name, email }: PreviewPerson) {
  return { displayName: name, emailAddress: email, appointmentResponse: 'none', recipientType: 'user' };
}

const persons = (people: readonly PreviewPerson[]) => people.map(person);

function notificationMessages(outlook: PreviewHost, itemId: string) {
  const put = (key: string, details: { type: string; message: string }, ...rest: unknown[]) => {
    outlook.notify(itemId, key, { type: details.type, message: details.message });
    answer(undefined, rest);
  };
  return {
    addAsync: put,
    replaceAsync: put,
    removeAsync: (key: string, ...rest: unknown[]) => {
      outlook.notify(itemId, key, undefined);
      answer(undefined, rest);
    },
  };
}

/** The item in the shape of its kind; null for none, as in a pinned pane with an empty selection. */
function itemOf(outlook: PreviewHost, item: PreviewItem | undefined) {
  if (item === undefined) return null;
  const common = {
    notificationMessages: notificationMessages(outlook, item.id),
    itemType: item.kind === 'appointment' ? 'appointment' : 'message',
    addHandlerAsync: (_type: string, _handler: unknown, ...rest: unknown[]) => answer(undefined, rest),
  };
  if (item.kind === 'draft')
    return {
      ...common,
      subject: field(item.subject),
      from: field(person(outlook.me)),
      to: field(persons(item.to)),
      cc: field(persons(item.cc)),
    };
  if (item.kind === 'mail')
    return {
      ...common,
      itemId: item.id,
      subject: item.subject,
      from: person(item.from),
      to: persons(item.to),
      cc: persons(item.cc),
    };
  return {
    ...common,
    itemId: item.id,
    subject: item.subject,
    organizer: person(item.organizer),
    requiredAttendees: persons(item.required),
    optionalAttendees: persons(item.optional),
    start: item.start,
    end: item.end,
    location: item.location,
  };
}

function theme(outlook: PreviewHost) {
  const { background, foreground, dark } = outlook.colours();
  return {
    bodyBackgroundColor: background,
    bodyForegroundColor: foreground,
    controlBackgroundColor: background,
    controlForegroundColor: foreground,
    isDarkTheme: dark,
  } satisfies Omit<Office.OfficeTheme, 'themeId'>;
}

/** What Outlook on the web supports today, in the newest version of each set. */
const supported: Readonly<Record<string, string>> = { mailbox: '1.15', nestedappauth: '1.1', addincommands: '1.3' };

function contextOf(outlook: PreviewHost) {
  const settings = outlook.roamingSettings;
  return {
    host: enumerations.HostType.Outlook,
    platform: enumerations.PlatformType.OfficeOnline,
    partitionKey: 'preview.',
    get displayLanguage() {
      return outlook.language();
    },
    get contentLanguage() {
      return outlook.language();
    },
    get officeTheme() {
      return theme(outlook);
    },
    requirements: {
      isSetSupported: (name: string, version?: string | number) => {
        const newest = supported[name.toLowerCase()];
        const [major = 0, minor = 0] = String(version ?? '1.1')
          .split('.')
          .map(Number);
        const [newestMajor = 0, newestMinor = 0] = (newest ?? '0').split('.').map(Number);
        return newestMajor > major || (newestMajor === major && newestMinor >= minor);
      },
    } satisfies Record<keyof Office.RequirementSetSupport, unknown>,
    roamingSettings: {
      get: (name: string): unknown => settings.get(name),
      set: (name: string, value: unknown) => void settings.set(name, value),
      remove: (name: string) => void settings.delete(name),
      saveAsync: (...rest: unknown[]) => answer(undefined, rest),
    } satisfies Record<keyof Office.RoamingSettings, unknown>,
    ui: {
      closeContainer: () => outlook.closePane(window),
      openBrowserWindow: (url: string) => void window.open(url, '_blank', 'noopener'),
    } satisfies Partial<Record<keyof Office.UI, unknown>>,
    mailbox: {
      userProfile: {
        displayName: outlook.me.name,
        emailAddress: outlook.me.email,
        timeZone: 'W. Europe Standard Time',
        accountType: 'office365',
      } satisfies Office.UserProfile,
      diagnostics: {
        hostName: 'OutlookWebApp',
        hostVersion: '16.0.0.0',
        OWAView: 'ThreeColumns',
      } satisfies Partial<Record<keyof Office.Diagnostics, string>>,
      get item() {
        return itemOf(outlook, outlook.item());
      },
      addHandlerAsync: (type: string, handler: (event: { type: string }) => void, ...rest: unknown[]) => {
        if (type === enumerations.EventType.ItemChanged) outlook.onChanged(window, 'item', () => handler({ type }));
        if (type === enumerations.EventType.OfficeThemeChanged)
          outlook.onChanged(window, 'theme', () => handler({ type }));
        answer(undefined, rest);
      },
      removeHandlerAsync: (_type: string, ...rest: unknown[]) => answer(undefined, rest),
    } satisfies Partial<Record<keyof Office.Mailbox, unknown>>,
  } satisfies Partial<Record<keyof Office.Context, unknown>>;
}

const ready = {
  host: host ? enumerations.HostType.Outlook : null,
  platform: host ? enumerations.PlatformType.OfficeOnline : null,
};

const office = {
  ...enumerations,
  context: host ? contextOf(host) : {},
  onReady: (callback?: (info: typeof ready) => unknown) =>
    new Promise<typeof ready>((resolve) => {
      // The real one answers after a message to its host and back.
      setTimeout(() => {
        callback?.(ready);
        resolve(ready);
      }, 30);
    }),
  actions: {
    associate: (name: string, handler: Parameters<PreviewHost['associate']>[2]) =>
      host?.associate(window, name, handler),
  } satisfies Partial<Record<keyof typeof Office.actions, unknown>>,
} satisfies Partial<Record<keyof typeof Office, unknown>>;

Object.assign(window, { Office: office }, host ? { nestedAppAuthBridge: createNestedAppAuthBridge(host) } : {});
