/**
 * Work on the database that takes over 20 ms: applying a sync, an import, reading numbers anew. libsql is synchronous, so
 * in the main thread it would hold up every call and every event; on a worker thread with a connection of its own it does
 * not (DESIGN §6). A capability defines jobs and their handlers, `app.ts` and `worker.ts` say where they run.
 */
import * as z from 'zod/mini';

/** A kind of work: its name and what goes in and out, all of it plain data. */
export interface Job<Payload extends z.ZodMiniType = z.ZodMiniType, Result extends z.ZodMiniType = z.ZodMiniType> {
  readonly name: string;
  readonly payload: Payload;
  readonly result: Result;
}

/** Where jobs run. */
export interface BackgroundWork {
  /**
   * Runs a job. One after the other where they run on a thread, short ones also in the pauses of a long one.
   * @throws ServiceError what the handler threw; `storage-unavailable` when the worker broke down. The signal's reason,
   * when the job was ended by it: what it was at is undone then.
   */
  run<P extends z.ZodMiniType, R extends z.ZodMiniType>(
    job: Job<P, R>,
    payload: z.input<P>,
    watch?: JobWatch,
  ): Promise<z.output<R>>;
  /** Waits for the running jobs and ends; nothing can be run any more. */
  close(): Promise<void>;
}

/** How somebody follows a job that he asked for. */
export interface JobWatch {
  /** Ends the job at its next pause; one that is about to finish may finish. */
  readonly signal?: AbortSignal;
  /** Hears how far the job is. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A job as it sees itself. */
export interface JobControl {
  /**
   * A pause in long work: tells how far it is, lets others have a turn, and throws when the job is to end. Whoever lets the
   * error through undoes what was begun.
   */
  pause(done: number, total: number): Promise<void>;
}

/** The control of a job that nobody follows. */
export const unwatched: JobControl = { pause: () => Promise.resolve() };

/** A job with what does it. Both sides are parsed, as they may come from another thread. */
export interface JobHandler {
  readonly name: string;
  /** Others are done in its pauses; while it pauses it holds neither a transaction nor a lock. */
  readonly isLong?: boolean;
  run(payload: unknown, control: JobControl): Promise<unknown>;
}

export function defineJob<P extends z.ZodMiniType, R extends z.ZodMiniType>(
  name: string,
  payload: P,
  result: R,
): Job<P, R> {
  return { name, payload, result };
}

export function handleJob<P extends z.ZodMiniType, R extends z.ZodMiniType>(
  job: Job<P, R>,
  handle: (payload: z.output<P>, control: JobControl) => Promise<z.input<R>>,
): JobHandler {
  return { name: job.name, run: async (payload, control) => handle(z.parse(job.payload, payload), control) };
}

/** As {@link handleJob}, for a job that takes many seconds: it pauses again and again, and others are done meanwhile. */
export function handleLongJob<P extends z.ZodMiniType, R extends z.ZodMiniType>(
  job: Job<P, R>,
  handle: (payload: z.output<P>, control: JobControl) => Promise<z.input<R>>,
): JobHandler {
  return { ...handleJob(job, handle), isLong: true };
}

/** Finds the handler of a job by its name. */
export function findHandler(handlers: readonly JobHandler[], name: string): JobHandler {
  const handler = handlers.find((candidate) => candidate.name === name);
  if (handler === undefined) throw new Error(`Nobody handles the job ${name}`);
  return handler;
}

/** Runs jobs where they are asked for: for tests, and for a database that does not hold up the process. */
export function createInlineWork(handlers: readonly JobHandler[]): BackgroundWork {
  const running = new Set<Promise<unknown>>();
  let closed = false;
  return {
    async run(job, payload, { signal, onProgress } = {}) {
      if (closed) throw new Error('The background work has ended');
      const done = findHandler(handlers, job.name).run(payload, {
        async pause(sofar, total) {
          onProgress?.(sofar, total);
          await new Promise((resolve) => setImmediate(resolve));
          signal?.throwIfAborted();
        },
      });
      running.add(done);
      try {
        return z.parse(job.result, await done);
      } finally {
        running.delete(done);
      }
    },
    async close() {
      closed = true;
      await Promise.allSettled(running);
    },
  };
}
