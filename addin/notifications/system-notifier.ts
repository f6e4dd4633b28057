/**
 * System notifications of the window: calls that ring, missed calls, reminders that are due. Of all windows of a browser
 * one shows them, each once. Only the Notification API of the page, no push: a browser that is closed does not ring.
 */
import { listJournal } from '../../shared/api/journal';
import type { ApiClient } from '../api/client';
import type { LiveEvents } from '../api/live-events';
import type { ReadableStore } from '../api/store';
import {
  freeNotice,
  incomingNotice,
  missedCountNotice,
  missedNotice,
  reminderNotice,
  type Notice,
  type NoticeWords,
} from './notice-content';
import { decideNotifications, maxMissedNotices, untoldMissed } from './notify-decision';

/** Where a click on a notification leads. */
export type NoticeTarget = 'call' | 'journal' | 'notes';

export interface SystemNotifierDeps {
  readonly live: Pick<LiveEvents, 'state' | 'subscribe'>;
  readonly client: Pick<ApiClient, 'call'>;
  /** True while this window is the one that shows them. */
  readonly notifies: ReadableStore<boolean>;
  /** In the language of the moment. */
  readonly words: () => NoticeWords;
  readonly formats: () => { readonly count: (value: number) => string; readonly dateTime: (iso: string) => string };
  /** Shows it; gives what closes it, or undefined where the browser could not. */
  readonly show: (notice: Notice, onClick: () => void) => (() => void) | undefined;
  readonly onOpen: (target: NoticeTarget) => void;
}

/** Ids that are remembered, so that nothing is told twice. */
const remembered = 200;

/** Starts at once; ends with what it returns, which closes the notifications of calls. */
export function startSystemNotifier(deps: SystemNotifierDeps): () => void {
  const { live, client, notifies, words, formats, show, onOpen } = deps;
  /** What closes the notification of each call that rings. */
  const ringing = new Map<string, () => void>();
  let told: readonly string[] = [];
  let before = live.state.get();
  let stopped = false;

  function look() {
    const after = live.state.get();
    const shown = new Set(ringing.keys());
    const { ring, quiet, missed } = decideNotifications(before, after, { notifies: notifies.get(), shown });
    before = after;
    for (const id of quiet) {
      ringing.get(id)?.();
      ringing.delete(id);
    }
    for (const call of ring) {
      const close = show(incomingNotice(call, words()), () => onOpen('call'));
      if (close) ringing.set(call.id, close);
    }
    if (missed > 0) void tellMissed(missed);
  }

  async function tellMissed(count: number): Promise<void> {
    const open = () => onOpen('journal');
    const summary = () => show(missedCountNotice(count, formats().count(count), words()), open);
    if (count > maxMissedNotices) {
      summary();
      return;
    }
    try {
      const { items } = await client.call(listJournal, { query: { folder: 'missed', limit: '20' } });
      // Meanwhile another window may have become the one that shows them.
      if (stopped || !notifies.get()) return;
      const entries = untoldMissed(items, new Set(told), count);
      told = [...told, ...entries.map(({ id }) => id)].slice(-remembered);
      for (const entry of entries) show(missedNotice(entry, formats().dateTime(entry.startedAt), words()), open);
    } catch {
      // Who it was is read in the journal then; that somebody called is told.
      if (!stopped && notifies.get()) summary();
    }
  }

  const ends = [
    live.state.subscribe(look),
    notifies.subscribe(look),
    live.subscribe((event) => {
      if (event.type === 'reminder' && notifies.get())
        show(reminderNotice(event.entry, words()), () => onOpen('journal'));
      // The strip above the place has the button that calls.
      if (event.type === 'colleague-free' && notifies.get())
        show(freeNotice(event.colleague, words()), () => onOpen('notes'));
    }),
  ];
  look();
  return () => {
    stopped = true;
    for (const end of ends) end();
    for (const close of ringing.values()) close();
    ringing.clear();
  };
}
