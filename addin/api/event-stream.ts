/**
 * The live stream of the service, kept open: read with fetch, continued with Last-Event-ID, given up when no heartbeat
 * comes, and opened again by the reconnect policy.
 */
import { streamEvents } from '../../shared/api/events';
import { heartbeatMs, liveEventSchema, type LiveEvent } from '../../shared/events';
import { ApiError } from './api-error';
import type { ApiClient } from './client';
import { reconnectDelay, stableAfterMs } from './reconnect-policy';
import { createStreamParser } from './sse-parser';

/** What the stream tells. */
export interface EventStreamListener {
  /** The service has answered; events follow. */
  opened(): void;
  event(event: LiveEvent, id: string | undefined): void;
  /** The stream is alive although nothing happens. */
  heartbeat(): void;
  /** The connection is gone; it is tried again by itself. */
  lost(): void;
  /** The session is over: the stream ends for good. */
  sessionEnded(): void;
}

export interface EventStreamDeps {
  readonly client: Pick<ApiClient, 'open'>;
  readonly listener: EventStreamListener;
  /** Id of the last event that was heard, by this stream or by the one it takes over from. */
  readonly lastEventId?: string | undefined;
  readonly random?: () => number;
  readonly now?: () => number;
  /** Resolves after the time, or early when there is a sign that the connection is back. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Keeps the stream open until the signal ends it. Resolves then, or when the session is over; never rejects. */
export async function runEventStream(deps: EventStreamDeps, signal: AbortSignal): Promise<void> {
  const { client, listener, random = Math.random, now = Date.now, pause = pauseUntilOnline } = deps;
  let { lastEventId } = deps;
  let failures = 0;

  while (!signal.aborted) {
    let openedAt: number | undefined;
    const attempt = new AbortController();
    const stop = () => attempt.abort(signal.reason);
    signal.addEventListener('abort', stop);
    let watchdog = setTimeout(() => attempt.abort(), 2 * heartbeatMs);
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => attempt.abort(), 2 * heartbeatMs);
    };
    try {
      const headers = { accept: 'text/event-stream', ...(lastEventId ? { 'last-event-id': lastEventId } : {}) };
      const response = await client.open(streamEvents, headers, attempt.signal);
      alive();
      openedAt = now();
      listener.opened();
      for await (const part of partsOf(response)) {
        alive();
        if (part.type === 'heartbeat') {
          listener.heartbeat();
          continue;
        }
        const event = readEvent(part.data);
        lastEventId = part.id ?? lastEventId;
        // A newer service may tell things that this pane does not know.
        if (event) listener.event(event, lastEventId);
        if (event?.type === 'session-ended') {
          listener.sessionEnded();
          return;
        }
      }
    } catch (error) {
      if (error instanceof ApiError && (error.code === 'session-ended' || error.code === 'not-signed-in')) {
        if (!isStopped(signal)) listener.sessionEnded();
        return;
      }
    } finally {
      clearTimeout(watchdog);
      attempt.abort();
      signal.removeEventListener('abort', stop);
    }
    if (isStopped(signal)) return;
    listener.lost();
    failures = openedAt !== undefined && now() - openedAt >= stableAfterMs ? 0 : failures + 1;
    await pause(reconnectDelay(failures, random()), signal);
  }
}

/** Asked anew each time: the signal changes while awaited. */
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted;
}

function readEvent(data: string): LiveEvent | undefined {
  try {
    const parsed = liveEventSchema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

async function* partsOf(response: Response) {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parser = createStreamParser();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parser.push(value);
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** Waits, but not when the browser says that the network is back or that the pane is looked at again. */
function pauseUntilOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finished = new AbortController();
    const finish = () => {
      clearTimeout(timer);
      finished.abort();
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish, { signal: finished.signal });
    window.addEventListener('online', finish, { signal: finished.signal });
    document.addEventListener(
      'visibilitychange',
      () => {
        if (document.visibilityState === 'visible') finish();
      },
      { signal: finished.signal },
    );
  });
}
