import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventStreamDeps } from '../../../../addin/api/event-stream';
import { createLiveEvents, leaderSilenceMs, type Channel } from '../../../../addin/api/live-events';
import { noJournal } from '../../../fixtures/no-journal';
import { makeCall } from '../make-call';
import { createFakeLocks } from '../fake-locks';
import { plainPresence } from '../../../fixtures/plain-presence';

/** Channels of one browser: what one posts, all others hear. */
function createFakeBrowser() {
  const locks = createFakeLocks();
  const channels = new Set<Channel>();
  const openChannel = (): Channel => {
    const channel: Channel = {
      onmessage: null,
      close: () => void channels.delete(channel),
      postMessage(message) {
        const data: unknown = structuredClone(message);
        for (const other of channels) if (other !== channel) other.onmessage?.({ data } as MessageEvent);
      },
    };
    channels.add(channel);
    return channel;
  };
  return { locks, openChannel };
}

const up = { state: 'up', since: '2026-11-23T08:00:00Z' } as const;
const turn = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Panes of one browser; `streams` are the connections to the service that were opened, in order. */
function setUp() {
  const browser = createFakeBrowser();
  const streams: { deps: EventStreamDeps; end: AbortSignal }[] = [];
  const open = () =>
    createLiveEvents({
      ...browser,
      userId: 'u1',
      client: { open: () => Promise.reject(new Error('not used')) },
      sessionEnded: () => undefined,
      runStream: (deps, end) => {
        streams.push({ deps, end });
        return new Promise((resolve) => end.addEventListener('abort', () => resolve()));
      },
    });
  return { open, streams };
}

describe('Live events of one browser', () => {
  it('opens one stream for all panes and tells all of them', async () => {
    const { open, streams } = setUp();
    const panes = [open(), open(), open()];
    await turn();
    expect(streams).toHaveLength(1);
    expect(panes.map((pane) => pane.leads.get())).toEqual([true, false, false]);
    streams[0]?.deps.listener.opened();
    streams[0]?.deps.listener.event({ type: 'call', call: makeCall() }, 'e-1');
    expect(panes.map((pane) => pane.state.get().calls.length)).toEqual([1, 1, 1]);
    expect(panes.map((pane) => pane.connection.get())).toEqual(['connected', 'connected', 'connected']);
  });

  it('gives a pane that opens later the state at once', async () => {
    const { open, streams } = setUp();
    open();
    await turn();
    streams[0]?.deps.listener.opened();
    streams[0]?.deps.listener.event(
      {
        type: 'snapshot',
        telephoneSystem: up,
        calls: [makeCall()],
        lineStates: [],
        journal: noJournal,
        ...plainPresence,
      },
      'e-1',
    );
    const later = open();
    expect(later.state.get().calls).toHaveLength(1);
    expect(later.connection.get()).toBe('connected');
  });

  it('lets another pane continue the stream when the leading one goes', async () => {
    const { open, streams } = setUp();
    const first = open();
    const second = open();
    await turn();
    streams[0]?.deps.listener.event({ type: 'contacts' }, 'e-7');
    first.stop();
    await turn();
    expect(second.leads.get()).toBe(true);
    expect(streams[1]?.deps.lastEventId).toBe('e-7');
  });

  it('takes the lead from a pane that hangs, which then follows', async () => {
    const { open, streams } = setUp();
    const first = open();
    const second = open();
    await turn();
    await vi.advanceTimersByTimeAsync(leaderSilenceMs + 1);
    expect(streams).toHaveLength(2);
    expect(streams[0]?.end.aborted).toBe(true);
    expect([first.leads.get(), second.leads.get()]).toEqual([false, true]);
  });

  it('leaves a leader alone that is heard', async () => {
    const { open, streams } = setUp();
    open();
    open();
    await turn();
    for (let beat = 0; beat < 20; beat += 1) {
      await vi.advanceTimersByTimeAsync(15_000);
      streams[0]?.deps.listener.heartbeat();
    }
    expect(streams).toHaveLength(1);
  });
});
