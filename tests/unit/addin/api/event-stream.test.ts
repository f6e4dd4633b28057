import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../addin/api/api-error';
import { runEventStream } from '../../../../addin/api/event-stream';

const contacts = (id: string) => `id: ${id}\ndata: {"type":"contacts"}\n\n`;
const ended = 'data: {"type":"session-ended"}\n\n';

/** Runs a stream over the given answers, one for each connection; ends when they are used up. */
async function run(answers: (string | Error)[], lastEventId?: string) {
  const end = new AbortController();
  const told: string[] = [];
  const asked: (string | undefined)[] = [];
  const pauses: number[] = [];
  await runEventStream(
    {
      lastEventId,
      random: () => 0,
      now: () => 0,
      pause: (ms) => {
        pauses.push(ms);
        if (answers.length === 0) end.abort();
        return Promise.resolve();
      },
      client: {
        open: (_route, headers) => {
          asked.push(headers['last-event-id']);
          const answer = answers.shift();
          return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(new Response(answer ?? ''));
        },
      },
      listener: {
        opened: () => told.push('opened'),
        event: (event, id) => told.push(`${event.type} ${id ?? ''}`),
        heartbeat: () => told.push('heartbeat'),
        lost: () => told.push('lost'),
        sessionEnded: () => told.push('over'),
      },
    },
    end.signal,
  );
  return { told, asked, pauses };
}

describe('The event stream', () => {
  it('continues after the last event that it heard', async () => {
    const { told, asked } = await run([contacts('e-1') + contacts('e-2'), contacts('e-3')]);
    expect(asked).toEqual([undefined, 'e-2']);
    expect(told).toEqual(['opened', 'contacts e-1', 'contacts e-2', 'lost', 'opened', 'contacts e-3', 'lost']);
  });

  it('continues where the stream that it takes over from stood', async () => {
    const { asked } = await run([contacts('e-9')], 'e-8');
    expect(asked).toEqual(['e-8']);
  });

  it('passes over what it does not understand, and remembers its id', async () => {
    const { told, asked } = await run(['id: e-4\ndata: {"type":"weather"}\n\nid: e-5\ndata: no json\n\n', '']);
    expect(told).toEqual(['opened', 'lost', 'opened', 'lost']);
    expect(asked).toEqual([undefined, 'e-5']);
  });

  it('waits longer after each failure', async () => {
    const failure = () => new ApiError('unreachable');
    const { pauses } = await run([failure(), failure(), failure()]);
    expect(pauses).toEqual([250, 500, 1000]);
  });

  it('ends for good with the session', async () => {
    expect((await run([ended, contacts('e-1')])).told).toEqual(['opened', 'session-ended ', 'over']);
    expect((await run([new ApiError('session-ended')])).told).toEqual(['over']);
  });
});
