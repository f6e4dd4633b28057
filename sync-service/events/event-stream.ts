/**
 * The live stream (DESIGN §3): every published event gets an id `epoch-seq` and is told to the streams of its audience.
 * The newest are kept, so that a client that was away goes on behind its last id; one that was away too long, or whose
 * id is of an earlier life of the service, begins with a snapshot. There is never a gap.
 */
import type { Logger } from 'pino';
import { heartbeatMs } from '../../shared/events';
import type { Audience, LiveEvent } from '../../shared/events';
import type { ServerSentEvents } from '../http/binding';
import type { EventBus } from './event-bus';

/** The state that a client starts from. */
export type Snapshot = Extract<LiveEvent, { type: 'snapshot' }>;

/** What the stream needs to know of sessions. */
export interface StreamSessions {
  /** Of these those that have ended, whichever process ended them. */
  endedAmong(sessionIds: readonly string[]): Promise<string[]>;
  /** Hears at once of sessions that this process ends. */
  onEnded(listener: (sessionId: string) => void): () => void;
}

export interface EventStreamDeps {
  readonly bus: EventBus;
  readonly snapshotOf: (userId: string) => Promise<Snapshot>;
  readonly sessions: StreamSessions;
  /** Names this life of the service; letters and digits. */
  readonly epoch: string;
  readonly logger: Logger;
  /** A client of this user hears everything from now on. */
  readonly attached?: (userId: string) => void;
  /** Events kept for those who were away. */
  readonly bufferSize?: number;
}

export interface EventStream {
  /**
   * Tells one client everything for its user, until it goes, its session ends or the service closes. Rejects when there
   * is no snapshot to begin with; nothing has been sent then.
   */
  attach(client: {
    readonly userId: string;
    readonly sessionId: string;
    readonly lastEventId: string | undefined;
    readonly stream: ServerSentEvents;
    readonly signal: AbortSignal;
  }): Promise<void>;
  /** Whether anybody reads a stream of this user. */
  isHeard(userId: string): boolean;
  /** Events may have been missed: ends all streams, and every client begins anew with a snapshot. */
  beginAnew(): void;
  /** Ends all streams and takes no new ones. */
  close(): void;
  /** Streams that are open. */
  readonly size: number;
}

/**
 * Streams of one user at most. A browser profile has one; those of machines that fell asleep are noticed late. With one
 * more the oldest ends, so that nobody can use up the connections of all.
 */
export const streamsOfOneUser = 50;

/** Milliseconds between two looks at whether the sessions of open streams still live: a stream ends within 5 s. */
export const sessionCheckMs = 3000;

const defaultBufferSize = 10_000;

/** Events that may wait for a client's snapshot. A snapshot that takes longer than so many events is given up. */
const waitingLimit = 1000;

interface Kept {
  readonly seq: number;
  readonly audience: Audience;
  readonly event: LiveEvent;
}

interface Client {
  readonly userId: string;
  readonly sessionId: string;
  /** Told in order; false when the stream is over. */
  tell(kept: Kept): boolean;
  heartbeat(): void;
  end(last?: LiveEvent): void;
}

export function createEventStream(deps: EventStreamDeps): EventStream {
  const { bus, snapshotOf, sessions, logger } = deps;
  let epoch = deps.epoch;
  let beginnings = 0;
  const bufferSize = deps.bufferSize ?? defaultBufferSize;
  /** A ring: the event `seq` stands at `seq % bufferSize`. */
  const ring: Kept[] = [];
  const clients = new Set<Client>();
  const clientsOfUser = new Map<string, Set<Client>>();
  let newest = 0;
  let closed = false;

  const unsubscribe = bus.subscribe(({ audience, event }) => {
    newest += 1;
    const kept: Kept = { seq: newest, audience, event };
    ring[newest % bufferSize] = kept;
    const hearers = 'user' in audience ? clientsOfUser.get(audience.user) : clients;
    for (const client of [...(hearers ?? [])]) client.tell(kept);
  });

  const stopHearing = sessions.onEnded((sessionId) => endSessions(new Set([sessionId])));
  const heartbeats = setInterval(() => {
    for (const client of [...clients]) client.heartbeat();
  }, heartbeatMs);
  const checks = setInterval(() => void checkSessions(), sessionCheckMs);
  // A service that has nothing else to do may end.
  heartbeats.unref();
  checks.unref();

  async function checkSessions(): Promise<void> {
    if (clients.size === 0) return;
    try {
      const ids = new Set([...clients].map((client) => client.sessionId));
      endSessions(new Set(await sessions.endedAmong([...ids])));
    } catch (error) {
      logger.warn({ err: error }, 'sessions of open streams could not be checked; tried again');
    }
  }

  function endSessions(ended: ReadonlySet<string>): void {
    if (ended.size === 0) return;
    for (const client of [...clients]) if (ended.has(client.sessionId)) client.end({ type: 'session-ended' });
  }

  /** The events behind an id that this user may hear; undefined when they are not all kept any more. */
  function keptSince(lastEventId: string, userId: string): Kept[] | undefined {
    const [, idEpoch, digits] = /^([A-Za-z0-9]{1,64})-(\d{1,15})$/.exec(lastEventId) ?? [];
    if (idEpoch !== epoch || digits === undefined) return undefined;
    const seq = Number(digits);
    if (seq > newest || seq < newest - bufferSize) return undefined;
    const missed: Kept[] = [];
    for (let next = seq + 1; next <= newest; next += 1) {
      const kept = ring[next % bufferSize];
      if (kept !== undefined && mayHear(kept.audience, userId)) missed.push(kept);
    }
    return missed;
  }

  function add(client: Client): void {
    clients.add(client);
    const ofUser = clientsOfUser.get(client.userId) ?? new Set();
    clientsOfUser.set(client.userId, ofUser.add(client));
    const [oldest] = ofUser;
    if (ofUser.size > streamsOfOneUser) oldest?.end();
  }

  function remove(client: Client): void {
    clients.delete(client);
    const ofUser = clientsOfUser.get(client.userId);
    ofUser?.delete(client);
    if (ofUser?.size === 0) clientsOfUser.delete(client.userId);
  }

  return {
    async attach({ userId, sessionId, lastEventId, stream, signal }) {
      if (closed || signal.aborted) {
        stream.close();
        return;
      }
      let finish: () => void = () => undefined;
      const over = new Promise<void>((resolve) => (finish = resolve));
      /** While the snapshot is made, events wait behind it. Undefined once it was told. */
      let waiting: Kept[] | undefined = [];
      const idOf = (seq: number) => `${epoch}-${seq}`;
      const client: Client = {
        userId,
        sessionId,
        tell(kept) {
          if (waiting !== undefined) {
            waiting.push(kept);
            if (waiting.length > waitingLimit) client.end();
            return true;
          }
          const told = stream.send({ id: idOf(kept.seq), data: kept.event });
          if (!told) client.end();
          return told;
        },
        heartbeat: () => {
          if (waiting === undefined) stream.comment('heartbeat');
        },
        end(last) {
          remove(client);
          if (last !== undefined && !stream.closed) stream.send({ data: last });
          stream.close();
          finish();
        },
      };
      const gone = () => client.end();
      signal.addEventListener('abort', gone);
      try {
        const missed = lastEventId === undefined ? undefined : keptSince(lastEventId, userId);
        const begin = newest;
        add(client);
        if (missed === undefined) {
          const snapshot = await snapshotOf(userId);
          // What happened meanwhile follows, and may be in the snapshot already: events tell whole states.
          if (!stream.closed) stream.send({ id: idOf(begin), data: snapshot });
        } else {
          // A comment opens the answer at once, even when nothing was missed.
          stream.comment('continued');
        }
        const behind = [...(missed ?? []), ...waiting];
        waiting = undefined;
        for (const kept of behind) if (!client.tell(kept)) break;
        deps.attached?.(userId);
        await over;
      } finally {
        signal.removeEventListener('abort', gone);
        remove(client);
      }
    },

    isHeard: (userId) => clientsOfUser.has(userId),

    beginAnew() {
      beginnings += 1;
      epoch = `${deps.epoch}x${beginnings}`;
      for (const client of [...clients]) client.end();
    },

    close() {
      closed = true;
      unsubscribe();
      stopHearing();
      clearInterval(heartbeats);
      clearInterval(checks);
      for (const client of [...clients]) client.end();
    },

    get size() {
      return clients.size;
    },
  };
}

function mayHear(audience: Audience, userId: string): boolean {
  return !('user' in audience) || audience.user === userId;
}
