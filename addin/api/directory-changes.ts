/** When what is shown of contacts and of the directory is to be read again. */
import type { LiveEvents } from './live-events';

/**
 * Calls `read` at once when the user's contacts changed, and when users, groups or speed dials did at a time of its own
 * within the spread that the service names: several such changes until then are one. @returns what ends it
 */
export function onDirectoryChange(live: Pick<LiveEvents, 'subscribe'>, read: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = live.subscribe((event) => {
    if (event.type === 'contacts') read();
    if (event.type !== 'directory') return;
    clearTimeout(timer);
    timer = setTimeout(read, Math.random() * event.spreadMs);
  });
  return () => {
    clearTimeout(timer);
    end();
  };
}
