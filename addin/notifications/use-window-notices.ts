/** Notifications and the count of missed calls, as long as somebody is signed in in this window. */
import { useEffect, useRef, useState } from 'react';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useNumberText } from '../shell/use-number-text';
import { useStore } from '../shell/use-store';
import type { AnnouncingRole } from './announcing-role';
import type { PaneNotes } from './pane-notes-model';
import { createNoticeAccess, type NoticeAccess } from './permission';
import { showNotification } from './show-notification';
import { startSystemNotifier, type NoticeTarget } from './system-notifier';
import { notificationTexts } from './texts';
import { showUnseen } from './unseen-badge';

/** Highest number in the title. */
const maxInTitle = 99;

/** Shows notifications while the browser allows it and this window is the one that does. */
export function useWindowNotices(role: AnnouncingRole, onOpen: (target: NoticeTarget) => void): NoticeAccess {
  const t = useText(notificationTexts);
  const formats = useFormats();
  const number = useNumberText();
  const { events, client } = useServices();
  const [access] = useState(() => createNoticeAccess(window));
  const permission = useStore(access.permission);
  // The notifier lives longer than one language and one rendering.
  const now = useRef({ words: { texts: t, number }, formats, onOpen });
  useEffect(() => {
    now.current = { words: { texts: t, number }, formats, onOpen };
  });

  useEffect(() => role.stand(permission === 'granted'), [role, permission]);
  useEffect(
    () =>
      startSystemNotifier({
        live: events,
        client,
        notifies: role.notifies,
        words: () => now.current.words,
        formats: () => now.current.formats,
        show: (notice, onClick) => {
          try {
            return showNotification(notice, now.current.formats.language, onClick);
          } catch {
            access.giveUp();
            return undefined;
          }
        },
        onOpen: (target) => now.current.onOpen(target),
      }),
    [events, client, role, access],
  );
  useEffect(
    () => () => {
      role.stand(false);
      access.stop();
    },
    [role, access],
  );
  return access;
}

/** The count of unseen missed calls and of colleagues that have become free, in the title and on the icon; gone when nobody is signed in any more. */
export function useUnseenBadge(notes: PaneNotes): void {
  const t = useText(notificationTexts);
  const { productName } = useText();
  const { count } = useFormats();
  const { events } = useServices();
  const calls = useStore(events.state).journal?.unseen;
  const free = useStore(notes.free).length;
  const unseen = calls === undefined ? undefined : calls + free;
  useEffect(() => {
    if (unseen === undefined) return;
    const shown = unseen > maxInTitle ? `${count(maxInTitle)}+` : count(unseen);
    showUnseen(window, unseen, t.titleWithCount(shown, productName), productName);
  }, [unseen, t, count, productName]);
  useEffect(() => () => showUnseen(window, 0, productName, productName), [productName]);
}
