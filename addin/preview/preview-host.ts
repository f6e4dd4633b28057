/**
 * What the fake office.js (inside the pane's frame) and the preview page around it say to each other. Both are of one
 * origin, so it is a plain object on the page: `window.parent.myContactsPreview`.
 */
import type { PreviewItem, PreviewPerson } from './items';

export interface PreviewNotification {
  readonly type: string;
  readonly message: string;
}

/** The handler of a ribbon button without a page (manifest: ExecuteFunction). */
export type CommandHandler = (event: { completed(): void; source: { id: string } }) => void;

export interface PreviewHost {
  readonly me: PreviewPerson;
  item(): PreviewItem | undefined;
  /** `#rrggbb` background and foreground of the page. */
  colours(): { readonly background: string; readonly foreground: string; readonly dark: boolean };
  /** BCP 47 tag. */
  language(): string;
  /** Calls at each change until the frame goes away. */
  onChanged(frame: Window, what: 'item' | 'theme', listener: () => void): void;
  notify(itemId: string, key: string, notification: PreviewNotification | undefined): void;
  /** A frame of the function file tells what its ribbon buttons do. */
  associate(frame: Window, name: string, handler: CommandHandler): void;
  /** The add-in asks to be closed. */
  closePane(frame: Window): void;
  /** A token for the mailbox, as Outlook gets it from Microsoft. */
  mailboxToken(scope: string): Promise<MailboxToken>;
  roamingSettings: Map<string, unknown>;
}

export interface MailboxToken {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly account: {
    readonly username: string;
    readonly homeAccountId: string;
    readonly localAccountId: string;
    readonly tenantId: string;
    readonly environment: string;
  };
}

declare global {
  interface Window {
    myContactsPreview?: PreviewHost;
  }
}
