/** Background work on a worker thread: the side that asks (`createWorkerThreadWork`) and the side that does (`serveJobs`). */
import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import * as z from 'zod/mini';
import { errorCodes, problemDetailSchema, ServiceError } from '../../shared/errors';
import { findHandler } from './background-work';
import type { BackgroundWork, JobControl, JobHandler } from './background-work';
import { lendWriteTurns } from './write-turns';
import type { WriteTurns } from './write-turns';

const requestSchema = z.union([
  z.object({ id: z.number(), job: z.string(), payload: z.unknown() }),
  z.object({ cancel: z.number() }),
  z.object({ close: z.literal(true) }),
]);

const answerSchema = z.union([
  z.object({ id: z.number(), done: z.number(), total: z.number() }),
  z.object({ id: z.number(), result: z.unknown() }),
  z.object({
    id: z.number(),
    refusal: z.object({
      code: z.enum(errorCodes),
      detail: z.string(),
      details: z.array(problemDetailSchema),
      retryAfterMs: z.optional(z.number()),
      /** Text of what was behind it, for the log. */
      cause: z.optional(z.string()),
    }),
  }),
  z.object({ id: z.number(), failure: z.string() }),
]);
type Answer = z.infer<typeof answerSchema>;

export interface WorkerThreadOptions {
  /** The built entry of the worker (`sync-service/worker.ts`). */
  readonly file: string | URL;
  /** What the worker starts with, such as the path of the database. */
  readonly workerData: Readonly<Record<string, unknown>>;
  /** Turns of this process at writing; the worker takes part in them, by the port `writeTurns` of its data. */
  readonly turns: WriteTurns;
}

interface Waiting {
  readonly onProgress: ((done: number, total: number) => void) | undefined;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** Starts a thread at the first job; after a breakdown the next job starts another. */
export function createWorkerThreadWork({ file, workerData, turns }: WorkerThreadOptions): BackgroundWork {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let closed = false;
  let thread: { readonly worker: Worker; readonly exited: Promise<void> } | undefined;

  function start() {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(file, { workerData: { ...workerData, writeTurns: port2 }, transferList: [port2] });
    const endTurns = lendWriteTurns(turns, port1);
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    let cause: unknown;
    worker.on('message', (message) => settle(z.parse(answerSchema, message)));
    worker.on('error', (error) => (cause = error));
    worker.once('exit', () => {
      if (thread?.worker === worker) thread = undefined;
      endTurns();
      for (const asked of waiting.values()) asked.reject(brokenDown(cause));
      waiting.clear();
    });
    // Alone it does not keep the process alive; a running job does, by `ref` below.
    worker.unref();
    return { worker, exited };
  }

  function settle(answer: Answer): void {
    const asked = waiting.get(answer.id);
    if ('done' in answer) {
      asked?.onProgress?.(answer.done, answer.total);
      return;
    }
    waiting.delete(answer.id);
    if (waiting.size === 0) thread?.worker.unref();
    if (asked === undefined) return;
    if ('refusal' in answer) {
      const { code, detail, details, retryAfterMs, cause } = answer.refusal;
      asked.reject(
        new ServiceError(code, detail, {
          details,
          ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
          ...(cause === undefined ? {} : { cause: new Error(cause) }),
        }),
      );
    } else if ('failure' in answer) asked.reject(new Error(answer.failure));
    else asked.resolve(answer.result);
  }

  return {
    async run(job, payload, { signal, onProgress } = {}) {
      if (closed) throw new Error('The background work has ended');
      signal?.throwIfAborted();
      thread ??= start();
      const { worker } = thread;
      const id = (lastId += 1);
      const cancel = () => worker.postMessage({ cancel: id });
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        const result = await new Promise((resolve, reject) => {
          waiting.set(id, { resolve, reject, onProgress });
          worker.ref();
          worker.postMessage({ id, job: job.name, payload });
        });
        return z.parse(job.result, result);
      } catch (error) {
        // Whether the job ended by the signal or by a fault at the same time is the same to whoever gave the signal.
        signal?.throwIfAborted();
        throw error;
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
    async close() {
      closed = true;
      if (thread === undefined) return;
      thread.worker.ref();
      thread.worker.postMessage({ close: true });
      await thread.exited;
    },
  };
}

/**
 * Serves the jobs that come through the port: one after the other, and in the pauses of a long one those that are short;
 * calls `close` when no more will come.
 */
export function serveJobs(port: MessagePort, handlers: readonly JobHandler[], close: () => Promise<void>): void {
  const waiting: { readonly id: number; readonly job: string; readonly payload: unknown }[] = [];
  const cancelled = new Set<number>();
  let busy = false;
  let closing = false;
  const isLong = (job: string) => handlers.some((handler) => handler.name === job && handler.isLong === true);

  const controlOf = (id: number): JobControl => ({
    async pause(done, total) {
      port.postMessage({ id, done, total });
      await new Promise((resolve) => setImmediate(resolve));
      for (;;) {
        const next = waiting.findIndex(({ job }) => !isLong(job));
        if (next < 0) break;
        for (const request of waiting.splice(next, 1)) await serve(request);
      }
      if (cancelled.has(id)) throw new Error('The job was cancelled');
    },
  });

  async function serve({ id, job, payload }: (typeof waiting)[number]): Promise<void> {
    port.postMessage(await answer(id, () => findHandler(handlers, job).run(payload, controlOf(id))));
    cancelled.delete(id);
  }

  async function goOn(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await serve(next);
    busy = false;
    if (!closing) return;
    await close();
    port.close();
  }

  port.on('message', (message) => {
    const request = z.parse(requestSchema, message);
    if ('cancel' in request) {
      cancelled.add(request.cancel);
      return;
    }
    if ('close' in request) closing = true;
    else waiting.push({ ...request });
    void goOn();
  });
}

async function answer(id: number, work: () => Promise<unknown>): Promise<Answer> {
  try {
    return { id, result: await work() };
  } catch (error) {
    if (!(error instanceof ServiceError)) return { id, failure: textOf(error) };
    const { code, message: detail, retryAfterMs, cause } = error;
    return {
      id,
      refusal: {
        code,
        detail,
        details: [...error.details],
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        ...(cause === undefined ? {} : { cause: textOf(cause) }),
      },
    };
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function brokenDown(cause: unknown): ServiceError {
  return new ServiceError(
    'storage-unavailable',
    'The background work broke down; what it was at was not saved. Try again.',
    {
      retryAfterMs: 2000,
      ...(cause === undefined ? {} : { cause }),
    },
  );
}
