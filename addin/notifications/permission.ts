/** Whether this browser lets the window show system notifications. It is asked for only when the user presses a button. */
import { createStore, type ReadableStore } from '../api/store';

export type NoticePermission = 'granted' | 'denied' | 'default' | 'unsupported';

export interface NoticeAccess {
  readonly permission: ReadableStore<NoticePermission>;
  /** Lets the browser ask. To be called in a click: browsers refuse it otherwise. */
  ask(): Promise<void>;
  /** The browser has shown that it cannot after all, such as Chrome on Android without a service worker. */
  giveUp(): void;
  stop(): void;
}

/** The parts of the browser that are used. */
export interface NoticePage {
  readonly Notification?: Pick<typeof Notification, 'permission' | 'requestPermission'>;
  readonly navigator: { readonly permissions?: Pick<Permissions, 'query'> };
}

export function createNoticeAccess(page: NoticePage): NoticeAccess {
  const { Notification: api } = page;
  let broken = false;
  const read = (): NoticePermission => (broken || !api ? 'unsupported' : api.permission);
  const permission = createStore(read());
  const refresh = () => permission.set(read());
  let status: PermissionStatus | undefined;
  let stopped = false;

  // Tells when it is changed in the browser's own settings, or by the question of another window.
  if (api)
    page.navigator.permissions?.query({ name: 'notifications' }).then(
      (found) => {
        if (stopped) return;
        status = found;
        status.addEventListener('change', refresh);
      },
      () => {
        // Browsers that cannot be asked tell by the answer to the question alone.
      },
    );

  return {
    permission,
    async ask() {
      try {
        await api?.requestPermission();
      } finally {
        refresh();
      }
    },
    giveUp() {
      broken = true;
      refresh();
    },
    stop() {
      stopped = true;
      status?.removeEventListener('change', refresh);
    },
  };
}
