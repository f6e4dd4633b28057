/**
 * What the pane knows of the Outlook around it, or of the plain browser window that it runs in. Everything above
 * Mailbox 1.5 is asked at run time. The pane renders without waiting; what is not known yet is told by a change.
 */
import { hostFacts, type HostFacts } from './host-facts';
import { createHostStorage, type HostStorage } from './host-storage';
import { createItemWatch } from './item-watch';
import type { MailboxAccess } from './mailbox-access';
import { createMailboxAccess, createOwnMailboxAccess } from './mailbox-access';
import { createDialogAccess, createMicrosoftAccess } from './microsoft-access';
import type { MicrosoftAccess, MicrosoftSignInSettings } from './microsoft-access';
import { createNestedApplication, createOwnApplication, oneApplication } from './microsoft-application';
import type { MicrosoftSettings } from './microsoft-application';
import { createItemNotification, type ItemMessage } from './notify-item';
import { officeContext, supports } from './office-context';
import { waitForOffice } from './office-ready';
import type { OpenItem } from './open-item';
import { decideTheme, type HostTheme } from './theme';

export type { HostFacts } from './host-facts';
export type { HostStorage } from './host-storage';
export type { MailboxAccess } from './mailbox-access';
export type { MicrosoftAccess, MicrosoftSignInSettings } from './microsoft-access';
export type { ItemMessage } from './notify-item';
export type { ItemPerson, OpenItem, PersonRole } from './open-item';
export type { HostTheme } from './theme';

export interface OutlookHost {
  /** `window` until {@link ready}, and for good where no Outlook is around the page. */
  readonly kind: 'outlook' | 'window';
  /** Settled once Outlook has answered or the time for it is over. Never rejects. Do not hold rendering back for it. */
  readonly ready: Promise<void>;
  /** The open item; undefined with an empty selection, in a window, and before {@link ready}. */
  openItem(): OpenItem | undefined;
  /** Calls at each change of {@link openItem}, also to none. Returns what ends it. */
  onItemChanged(listener: () => void): () => void;
  theme(): HostTheme;
  onThemeChanged(listener: () => void): () => void;
  /** Display language of Outlook, else of the browser, as BCP 47 tag such as `de-DE`. */
  readonly language: string;
  readonly storage: HostStorage;
  /** Address of the mailbox that is open, where Outlook tells it. */
  readonly mailboxAddress: string | undefined;
  /** A name for people of where the pane runs, such as `Outlook on the web`. */
  readonly name: string;
  /** For diagnostics; asks Outlook, so only when it is wanted. */
  facts(): HostFacts;
  /**
   * A way to the mailbox's contacts; undefined where this host has none. Ask after {@link ready}.
   * @param ownAddresses In a window of its own: whose mailbox is read. Absent where no window of Microsoft may be opened.
   */
  mailboxAccess(
    settings: MicrosoftSettings,
    ownAddresses?: readonly string[],
    /** Rights that are asked for; reading contacts where absent. */
    scopes?: readonly string[],
  ): MailboxAccess | undefined;
  /** How people sign in with Microsoft here; undefined where this host cannot open a window for it. Ask after {@link ready}. */
  microsoftAccess(settings: MicrosoftSignInSettings): MicrosoftAccess | undefined;
  /** A notification on the open item, replaced by the next one; nothing happens where there is no item. */
  notifyItem(message: ItemMessage): void;
}

/** Milliseconds that {@link OutlookHost.ready} waits for Outlook at most. */
const officeTimeoutMs = 5000;

/** The host of this page. Call once per page. */
export function createOutlookHost(): OutlookHost {
  const themeListeners = new Set<() => void>();
  const tellTheme = () => themeListeners.forEach((listener) => listener());
  const queries = ['(forced-colors: active)', '(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((query) =>
    window.matchMedia(query),
  );
  queries.forEach((query) => query.addEventListener('change', tellTheme));
  const [forced, dark, contrast] = queries;

  const watch = createItemWatch();
  const notification = createItemNotification();
  const nestedApplication = oneApplication(createNestedApplication);
  const ownApplication = oneApplication((settings) => createOwnApplication(settings));
  let mailbox: Office.Mailbox | undefined;
  let ended = false;

  const attach = () => {
    mailbox = ended ? undefined : officeContext().mailbox;
    if (mailbox === undefined) return;
    watch.attach(mailbox);
    if (supports('Mailbox', '1.14')) mailbox.addHandlerAsync(Office.EventType.OfficeThemeChanged, tellTheme);
    tellTheme();
  };
  // Outlook may answer after the limit; then the pane has rendered as a window and becomes Outlook's by a change.
  const office = waitForOffice(window).then((found) => (found ? attach() : undefined));
  const limit = new Promise<void>((resolve) => setTimeout(resolve, officeTimeoutMs));
  window.addEventListener('pagehide', () => {
    ended = true;
  });

  return {
    get kind() {
      return mailbox === undefined ? 'window' : 'outlook';
    },
    ready: Promise.race([office, limit]),
    openItem: () => watch.current(),
    onItemChanged: (listener) => watch.onChanged(listener),
    theme: () =>
      decideTheme({
        background: officeContext().officeTheme?.bodyBackgroundColor,
        foreground: officeContext().officeTheme?.bodyForegroundColor,
        forcedColors: forced?.matches ?? false,
        prefersDark: dark?.matches ?? false,
        prefersContrast: contrast?.matches ?? false,
      }),
    onThemeChanged: (listener) => {
      themeListeners.add(listener);
      return () => themeListeners.delete(listener);
    },
    get language() {
      return officeContext().displayLanguage || navigator.language;
    },
    storage: createHostStorage(
      () => window.localStorage,
      () => officeContext().partitionKey ?? '',
    ),
    get mailboxAddress() {
      return mailbox?.userProfile.emailAddress;
    },
    get name() {
      return mailbox === undefined ? 'myContacts window' : outlookName(mailbox.diagnostics.hostName);
    },
    facts: hostFacts,
    mailboxAccess(settings, ownAddresses = [], scopes) {
      if (mailbox === undefined) {
        return ownAddresses.length === 0
          ? undefined
          : createOwnMailboxAccess(settings, ownAddresses, ownApplication, scopes);
      }
      return supports('NestedAppAuth', '1.1')
        ? createMailboxAccess(settings, mailbox.userProfile.emailAddress, nestedApplication, scopes)
        : undefined;
    },
    microsoftAccess(settings) {
      if (mailbox === undefined) return createMicrosoftAccess(settings, undefined, ownApplication);
      if (supports('NestedAppAuth', '1.1')) {
        return createMicrosoftAccess(settings, mailbox.userProfile.emailAddress, nestedApplication);
      }
      return supports('DialogApi', '1.1') ? createDialogAccess(settings) : undefined;
    },
    notifyItem: (message) => notification.show(mailbox?.item, message),
  };
}

function outlookName(hostName: string): string {
  if (hostName === 'OutlookWebApp') return 'Outlook on the web';
  if (hostName === 'newOutlookWindows') return 'Outlook for Windows';
  return hostName === 'Outlook' ? 'Outlook (classic)' : 'Outlook';
}
