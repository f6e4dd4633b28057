import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../addin/api/api-error';
import { isReminderDue } from '../../../../addin/trace/is-reminder-due';
import { scrubError, scrubText } from '../../../../addin/trace/scrub-error';
import { createTrace, traceCapacity } from '../../../../addin/trace/trace';

function storage() {
  const kept = new Map<string, string>();
  return {
    get: (key: string) => kept.get(key),
    set: (key: string, value: string) => void kept.set(key, value),
    remove: (key: string) => void kept.delete(key),
  };
}
const request = { kind: 'request', route: 'dial', method: 'POST', correlationId: 'c-1', status: 201, ms: 12 } as const;

describe('the trace', () => {
  it('keeps what its level lets in, and the last requests whatever the level', () => {
    const trace = createTrace(storage());
    trace.note(request);
    trace.note({ ...request, status: 500 });
    expect(trace.entries().map((entry) => entry.kind === 'request' && entry.status)).toEqual([500]);
    trace.choose('off');
    trace.note({ ...request, status: 503 });
    expect(trace.entries()).toHaveLength(1);
    trace.choose('detailed');
    trace.note(request);
    expect(trace.entries()).toHaveLength(2);
    expect(trace.requests()).toHaveLength(4);
  });

  it('is bounded: the oldest go first', () => {
    const trace = createTrace(storage());
    for (let ms = 0; ms < traceCapacity + 10; ms += 1) trace.note({ ...request, status: undefined, ms });
    const kept = trace.entries().map((entry) => (entry.kind === 'request' ? entry.ms : -1));
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([traceCapacity, 10, traceCapacity + 9]);
  });

  it('remembers its level for the next pane, with the moment at which it was raised', () => {
    const memory = storage();
    createTrace(memory, () => 1000).choose('detailed');
    const next = createTrace(memory);
    next.recall();
    expect(next.setting.get()).toEqual({ level: 'detailed', raisedAt: 1000 });
    memory.set('trace', '{"level":"everything"}');
    next.recall();
    expect(next.setting.get().level).toBe('detailed');
  });
});

it('reminds of a raised level after a day, or in a pane opened an hour later', () => {
  const hour = 3_600_000;
  const due = (raisedAt: number | undefined, paneOpenedAt: number, now: number) =>
    isReminderDue({ raisedAt, paneOpenedAt, now });
  expect(due(undefined, 0, 100 * hour)).toBe(false);
  expect(due(0, 0, 23 * hour)).toBe(false);
  expect(due(0, 0, 24 * hour)).toBe(true);
  expect(due(0, 0.5 * hour, 5 * hour)).toBe(false);
  expect(due(0, hour, hour)).toBe(true);
});

describe('an error in the trace', () => {
  it('keeps what the browser says of our code, without what is quoted in it', () => {
    expect(scrubError(new TypeError("Cannot read properties of undefined (reading 'Weber')")).text).toBe(
      'Cannot read properties of undefined (reading …)',
    );
    expect(scrubText('Failed to fetch https://pbx.example/u?q=Anna for anna@example.com +49 (89) 7007-98765')).toBe(
      'Failed to fetch … for … …',
    );
  });

  it('keeps type and code alone of all other errors, because their text may be somebody’s', () => {
    const told = JSON.stringify([
      scrubError(new Error('Anna Bergström is gone')),
      scrubError(new SyntaxError('Unexpected token in "Anna Bergström"')),
      scrubError('Anna Bergström'),
      scrubError(new ApiError('not-found', undefined, undefined, 'c-2')),
    ]);
    expect(told).not.toContain('Bergström');
    expect(told).toContain('"code":"not-found","correlationId":"c-2"');
  });

  it('keeps function, file and line of each frame, without addresses', () => {
    const error = new TypeError('x is not a function');
    error.stack =
      'TypeError: x\n    at pick (https://pbx.example/uc/pane.1a2b3c.js:10:5)\n    at https://pbx.example/vendor.js:1:2';
    expect(scrubError(error).stack).toEqual(['pick pane.1a2b3c.js:10:5', 'vendor.js:1:2']);
    error.stack = 'pick@https://pbx.example/pane.js:3:4';
    expect(scrubError(error).stack).toEqual(['pick pane.js:3:4']);
  });
});
