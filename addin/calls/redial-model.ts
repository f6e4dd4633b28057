/**
 * The redial list (CAL-1): whom the journal knows to have been dialled last, and on top of it what was dialled here and is
 * not in the journal: not yet, or never, because the own phone was not lifted.
 */
import { listRedial } from '../../shared/api/journal';
import type { ApiClient } from '../api/client';
import type { LiveEvents } from '../api/live-events';
import { createStore, type ReadableStore } from '../api/store';
import { redialLength, type DialTarget } from '../shell/dialler';
import { addToRedial, targetOf } from './call-cards';

export interface RedialModel {
  readonly list: ReadableStore<readonly DialTarget[]>;
  /** Stands on top at once; the journal has it when the call is over. */
  add(target: DialTarget): void;
  stop(): void;
}

export interface RedialDeps {
  readonly client: Pick<ApiClient, 'call'>;
  readonly live: Pick<LiveEvents, 'state' | 'connection' | 'subscribe'>;
}

/** The journal is read again when it rests for so long, in milliseconds: a call writes more than once. */
export const redialDelayMs = 500;

export function createRedialModel({ client, live }: RedialDeps): RedialModel {
  const list = createStore<readonly DialTarget[]>([]);
  /** Dialled here and not found in the journal, newest first. */
  let own: readonly DialTarget[] = [];
  const stopped = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function read(): Promise<void> {
    // What is dialled just now is not in the journal yet.
    if (live.state.get().calls.some(({ direction }) => direction === 'outgoing')) return;
    const before = list.get();
    try {
      const { items } = await client.call(listRedial, {}, { signal: stopped.signal });
      if (list.get() !== before) return;
      own = own.filter(({ number }) => !items.some((party) => party.number === number || party.e164 === number));
      list.set([...own, ...items.flatMap((party) => targetOf({ party }) ?? [])].slice(0, redialLength));
    } catch {
      // The list of this pane stands until the journal can be read.
    }
  }

  const plan = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void read(), redialDelayMs);
  };
  let connection = live.connection.get();
  const endConnection = live.connection.subscribe(() => {
    const now = live.connection.get();
    if (now === 'connected' && connection !== 'connected') void read();
    connection = now;
  });
  const endEvents = live.subscribe((event) => {
    if (event.type === 'journal' || (event.type === 'call' && event.call.state === 'ended')) plan();
  });
  if (connection === 'connected') void read();

  return {
    list,
    add(target) {
      own = addToRedial(own, target);
      list.set(addToRedial(list.get(), target));
    },
    stop() {
      clearTimeout(timer);
      stopped.abort();
      endConnection();
      endEvents();
    },
  };
}
