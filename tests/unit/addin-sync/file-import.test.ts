import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../addin/api/api-error';
import { createFileImport, type FileImportDeps, type ImportResult } from '../../../addin/sync/file-import-model';
import { importContacts } from '../../../shared/api/contacts';
import type { LiveEvent } from '../../../shared/events';

const result: ImportResult = {
  added: 1,
  changed: 0,
  removed: 0,
  unchanged: 0,
  skipped: [],
  skippedCount: 0,
  problems: [],
  problemsCount: 0,
  assumed: [],
  assumedCount: 0,
  pictures: 0,
  pictureProblems: [],
  pictureProblemsCount: 0,
  charset: 'utf-8',
};
const file = (name: string, size = 3) => new File(['x'.repeat(size)], name);

/** What the model asks, each question answered by the test. */
function setUp() {
  const asked: {
    query: Record<string, string>;
    signal: AbortSignal;
    answer: (result: ImportResult) => Promise<void>;
    fail: (error: Error) => Promise<void>;
  }[] = [];
  const listeners = new Set<(event: LiveEvent) => void>();
  const call = (_route: unknown, { query }: { query: Record<string, string> }, { signal }: { signal: AbortSignal }) =>
    new Promise<ImportResult>((resolve, reject) => {
      const reason = () => (signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      signal.addEventListener('abort', () => reject(reason()));
      const settled = async (act: () => void) => {
        act();
        await vi.advanceTimersByTimeAsync(0);
      };
      asked.push({
        query,
        signal,
        answer: (given) => settled(() => resolve(given)),
        fail: (error) => settled(() => reject(error)),
      });
    });
  const model = createFileImport({
    // The fake answers as the one route does that is called here.
    client: { call: call as unknown as FileImportDeps['client']['call'] },
    live: {
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  });
  const tell = (event: LiveEvent) => listeners.forEach((listener) => listener(event));
  const status = () => model.view.get().state.status;
  const offer = async (...files: File[]) => {
    model.offer(files);
    await vi.advanceTimersByTimeAsync(0);
  };
  const planned = async () => {
    await offer(file('a.csv'));
    await asked.at(-1)?.answer(result);
    model.accept();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { model, asked, tell, status, offer, planned, listeners };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('The import of a file', () => {
  it('shows what the file would bring, and brings it when that is wanted, with how far it is', async () => {
    const { model, asked, tell, status, offer } = setUp();
    await offer(file('a.csv'));
    expect([status(), asked[0]?.query.preview]).toEqual(['checking', 'true']);
    await asked[0]?.answer(result);
    expect(status()).toBe('planned');
    model.accept();
    await vi.advanceTimersByTimeAsync(0);
    const requestId = asked[1]?.query.requestId ?? '';
    tell({ type: 'import-progress', requestId, done: 5, total: 9 });
    expect(model.view.get().state).toMatchObject({ status: 'importing', progress: { done: 5, total: 9 } });
    await asked[1]?.answer(result);
    expect(model.view.get().state).toMatchObject({ status: 'done', name: 'a.csv' });
    model.dismiss();
    expect(status()).toBe('idle');
  });

  it('is not broken off by another file, which is not taken meanwhile', async () => {
    const { asked, status, offer, planned } = setUp();
    await planned();
    await offer(file('b.csv'));
    await offer(file('c.csv'), file('d.csv'));
    expect([status(), asked.length, asked[1]?.signal.aborted]).toEqual(['importing', 2, false]);
    await asked[1]?.answer(result);
    expect(status()).toBe('done');
  });

  it('hears nothing of a file any more when another is offered that cannot be taken', async () => {
    const { asked, status, offer } = setUp();
    await offer(file('a.csv'));
    await offer(file('b.csv', importContacts.file.maxBytes + 1));
    await asked[0]?.answer(result);
    expect([status(), asked[0]?.signal.aborted]).toEqual(['too-large', true]);
    await offer(file('a.csv'), file('b.csv'));
    expect(status()).toBe('several');
  });

  it('is cancelled at a wish, and one that is not answered is given up', async () => {
    const { model, asked, status, planned } = setUp();
    await planned();
    model.dismiss();
    expect([status(), asked[1]?.signal.aborted]).toEqual(['cancelled', true]);
    await planned();
    await vi.advanceTimersByTimeAsync(121_000);
    expect(model.view.get().state).toMatchObject({ status: 'failed', error: { code: 'timeout' } });
  });

  it('that has failed is tried again with the same file, read as it was chosen to be', async () => {
    const { model, asked, status, offer } = setUp();
    model.setCharset('macintosh');
    await offer(file('a.csv'));
    await asked[0]?.fail(new ApiError('unreachable'));
    expect(status()).toBe('failed');
    model.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked[1]?.query).toMatchObject({ preview: 'true', charset: 'macintosh' });
    await asked[1]?.answer(result);
    expect(status()).toBe('planned');
  });

  it('ends with the session', async () => {
    const { model, asked, planned, listeners } = setUp();
    await planned();
    model.stop();
    expect([asked[1]?.signal.aborted, listeners.size]).toEqual([true, 0]);
  });
});
