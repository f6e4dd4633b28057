/**
 * Who announces a call in this browser profile, where several panes and windows of a user are open (DESIGN §3): one window
 * that may show system notifications, and without such a window the page that leads tells screen readers. Never both.
 * The window holds a lock, so that its crash frees the place; it tells the others by the channel that it has it.
 */
import type { Channel } from '../api/live-events';
import type { Locks } from '../api/session-keeper';
import { createStore, type ReadableStore } from '../api/store';

export interface AnnouncingRole {
  /** True in the one page that tells screen readers of a call. */
  readonly speaks: ReadableStore<boolean>;
  /** True in the one window that shows system notifications. */
  readonly notifies: ReadableStore<boolean>;
  /** Whether this window may show notifications: then it stands for doing so. */
  stand(may: boolean): void;
  stop(): void;
}

export interface AnnouncingRoleDeps {
  /** True in the one page that reads the events. */
  readonly leads: ReadableStore<boolean>;
  readonly userId: string;
  /** Absent where the browser has none: then this page knows of itself only. */
  readonly locks: Locks | undefined;
  readonly openChannel: ((name: string) => Channel) | undefined;
}

type Message = 'who' | 'here';

export function createAnnouncingRole({ leads, userId, locks, openChannel }: AnnouncingRoleDeps): AnnouncingRole {
  const name = `mycontacts.notify.${userId}`;
  const notifies = createStore(false);
  const speaks = createStore(leads.get());
  const stopped = new AbortController();
  const channel = openChannel?.(name);
  /** Another window notifies. */
  let other = false;
  let standing: AbortController | undefined;

  const decide = () => speaks.set(leads.get() && !other && !notifies.get());
  const unsubscribe = leads.subscribe(decide);
  const tell = (message: Message) => {
    if (!stopped.signal.aborted) channel?.postMessage(message);
  };

  /** Another window has the place. Once the lock is to be had it is gone; the next one says so itself. */
  async function heedOther(): Promise<void> {
    if (other || !locks) return;
    other = true;
    decide();
    try {
      await locks.request(name, { mode: 'shared', signal: stopped.signal }, () => Promise.resolve());
    } catch {
      // This page goes.
    }
    other = false;
    decide();
  }

  /** Has the place until `end`. */
  function hold(end: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (end.aborted) {
        resolve();
        return;
      }
      notifies.set(true);
      decide();
      tell('here');
      end.addEventListener('abort', () => {
        notifies.set(false);
        decide();
        resolve();
      });
    });
  }

  async function take(end: AbortSignal): Promise<void> {
    try {
      await (locks ? locks.request(name, { signal: end }, () => hold(end)) : hold(end));
    } catch {
      // It does not stand any more.
    }
  }

  if (channel)
    channel.onmessage = ({ data }) => {
      // Only pages of this origin can speak on the channel, and they speak these words.
      if (data === 'here' && !notifies.get()) void heedOther();
      if (data === 'who' && notifies.get()) tell('here');
    };
  tell('who');

  const withdraw = () => {
    standing?.abort();
    standing = undefined;
  };
  return {
    speaks,
    notifies,
    stand(may) {
      if (!may) withdraw();
      else if (!standing && !stopped.signal.aborted) {
        standing = new AbortController();
        void take(standing.signal);
      }
    },
    stop() {
      withdraw();
      unsubscribe();
      stopped.abort();
      channel?.close();
    },
  };
}
