/**
 * Live events with one stream per browser profile: of all panes and windows of a user one leads (Web Locks), reads the
 * stream and passes everything on (BroadcastChannel). When the leader goes, the lock passes to the next, which continues
 * the stream after the last event heard. A leader that hangs loses the lock to whoever has heard nothing for too long.
 */
import { heartbeatMs, type LiveEvent } from '../../shared/events';
import type { Call } from '../../shared/call';
import type { ApiClient } from './client';
import { runEventStream } from './event-stream';
import { applyCall, applyEvent, snapshotOf, initialLiveState, type LiveState } from './live-state';
import type { Locks } from './session-keeper';
import { createStore, type ReadableStore } from './store';

/** `connecting` only before the first answer; afterwards `connected` or `lost`. */
export type Connection = 'connecting' | 'connected' | 'lost';

export interface LiveEvents {
  readonly state: ReadableStore<LiveState>;
  readonly connection: ReadableStore<Connection>;
  /** True in the one pane that announces calls for all of this browser. */
  readonly leads: ReadableStore<boolean>;
  /** Calls for each event, after {@link state} has changed. Returns what ends it. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
  /** Takes the answer of a command, which may be here before its event. */
  accept(call: Call): void;
  stop(): void;
}

/** The part of BroadcastChannel that is used. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

/** What leader and followers say to each other. */
type Message =
  | { readonly type: 'hello' }
  | { readonly type: 'event'; readonly event: LiveEvent; readonly id: string | undefined }
  | { readonly type: 'alive'; readonly connection: Connection };

export interface LiveEventsDeps {
  readonly client: Pick<ApiClient, 'open'>;
  /** Events are one user's: the lock and the channel carry the id. */
  readonly userId: string;
  readonly locks: Locks | undefined;
  readonly openChannel: ((name: string) => Channel) | undefined;
  readonly sessionEnded: () => void;
  /** Replaced in tests. */
  readonly runStream?: typeof runEventStream;
}

/**
 * Milliseconds of silence after which a follower takes the lead. Hidden pages get a timer only once a minute, so less
 * would depose leaders that are well.
 */
export const leaderSilenceMs = 60_000 + 2 * heartbeatMs;

/** Starts listening; ends with `stop`. */
export function createLiveEvents(deps: LiveEventsDeps): LiveEvents {
  const { client, userId, locks, openChannel, sessionEnded, runStream = runEventStream } = deps;
  const name = `mycontacts.events.${userId}`;
  const state = createStore<LiveState>(initialLiveState);
  const connection = createStore<Connection>('connecting');
  const leads = createStore(false);
  const listeners = new Set<(event: LiveEvent) => void>();
  const stopped = new AbortController();
  const channel = openChannel?.(name);
  let lastEventId: string | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  function take(event: LiveEvent, id: string | undefined) {
    lastEventId = id ?? lastEventId;
    state.set(applyEvent(state.get(), event));
    for (const listener of [...listeners]) listener(event);
    if (event.type === 'session-ended') sessionEnded();
  }

  const tell = (message: Message) => {
    if (!stopped.signal.aborted) channel?.postMessage(message);
  };
  const tellAlive = () => tell({ type: 'alive', connection: connection.get() });
  const become = (next: Connection) => {
    connection.set(next);
    tellAlive();
  };

  /** Reads the stream until the lock is taken away or this pane goes. */
  async function lead(end: AbortSignal): Promise<void> {
    leads.set(true);
    clearTimeout(silence);
    try {
      await runStream(
        {
          client,
          lastEventId,
          listener: {
            opened: () => become('connected'),
            heartbeat: tellAlive,
            lost: () => become('lost'),
            sessionEnded,
            event(event, id) {
              take(event, id);
              tell({ type: 'event', event, id });
            },
          },
        },
        end,
      );
    } finally {
      leads.set(false);
    }
  }

  async function standFor(steal: boolean): Promise<void> {
    const end = new AbortController();
    const stop = () => end.abort();
    stopped.signal.addEventListener('abort', stop);
    try {
      if (!locks) {
        await lead(end.signal);
        return;
      }
      // `signal` and `steal` exclude each other.
      await locks.request(name, steal ? { steal } : { signal: stopped.signal }, () => lead(end.signal));
    } catch {
      // Stopped while waiting, or the lock was taken away: another one leads, this one follows again.
      end.abort();
      leads.set(false);
      if (isStopped()) return;
      listen();
      // Whoever took the lead stands in the queue as well since its start.
      if (!steal) void standFor(false);
    } finally {
      stopped.signal.removeEventListener('abort', stop);
    }
  }

  const isStopped = () => stopped.signal.aborted;

  /** The leader has been heard, or is given its time. */
  function listen() {
    clearTimeout(silence);
    if (leads.get() || isStopped()) return;
    silence = setTimeout(() => void standFor(true), leaderSilenceMs);
  }

  function hear(message: Message) {
    if (message.type === 'hello') {
      if (!leads.get()) return;
      const snapshot = snapshotOf(state.get());
      if (snapshot !== undefined) tell({ type: 'event', event: snapshot, id: lastEventId });
      tellAlive();
      return;
    }
    if (leads.get()) return;
    listen();
    if (message.type === 'alive') connection.set(message.connection);
    else take(message.event, message.id);
  }

  // Only panes of this origin can speak on the channel, and they speak these types.
  if (channel) channel.onmessage = (event) => hear(event.data as Message);
  listen();
  tell({ type: 'hello' });
  void standFor(false);

  return {
    state,
    connection,
    leads,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    accept: (call) => state.set(applyCall(state.get(), call)),
    stop() {
      clearTimeout(silence);
      stopped.abort();
      channel?.close();
    },
  };
}
