/** A notification bar on the open item: the only voice of a ribbon command, which has no page of its own. */

export interface ItemMessage {
  /** `progress` turns; `info` stays until it is dismissed or replaced; `error` is red. */
  readonly kind: 'progress' | 'info' | 'error';
  readonly text: string;
}

/** Key of the one notification that is ours; a new message replaces the old one. */
const key = 'mycontacts';
/** Outlook refuses a longer text. */
const maxLength = 150;
/** Id of the icon in the manifest. */
const icon = 'icon.16';

export interface ItemNotification {
  show(item: Office.Mailbox['item'] | null | undefined, message: ItemMessage): void;
}

export function createItemNotification(): ItemNotification {
  return {
    show(item, message) {
      const messages = item?.notificationMessages;
      if (!messages) return;
      const text = message.text.length <= maxLength ? message.text : `${message.text.slice(0, maxLength - 1)}…`;
      try {
        messages.replaceAsync(key, details(message.kind, text));
      } catch {
        // Outlook on Windows throws for an item that has just been closed.
      }
    },
  };
}

function details(kind: ItemMessage['kind'], message: string): Office.NotificationMessageDetails {
  const types = Office.MailboxEnums.ItemNotificationMessageType;
  if (kind === 'progress') return { type: types.ProgressIndicator, message };
  if (kind === 'error') return { type: types.ErrorMessage, message };
  return { type: types.InformationalMessage, message, icon, persistent: false };
}
