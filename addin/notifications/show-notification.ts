/** A system notification through the browser's own API. */
import type { Notice } from './notice-content';

/** Relative to the window's page. */
const icon = 'assets/icon-128.png';

/**
 * Shows it; a click closes it and brings the window to the front, the only moment at which browsers allow that.
 * @returns what closes it
 * @throws TypeError where the browser shows notifications for service workers only
 */
export function showNotification({ tag, title, body, stays }: Notice, language: string, onClick: () => void) {
  const notification = new Notification(title, { tag, body, icon, lang: language, requireInteraction: stays });
  notification.onclick = () => {
    window.focus();
    notification.close();
    onClick();
  };
  return () => notification.close();
}
