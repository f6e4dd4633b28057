/**
 * Runs mailboxes whose time has come: some at once, each under a lease that is renewed while it runs, so that several
 * instances of the service share the work and one that dies leaves nothing behind but a lease that runs out.
 */
import type { Logger } from 'pino';
import type { Database } from '../database/database';
import type { SyncOptions } from '../../shared/contact-sync';
import { decideNextRun, type RunOutcome } from './decide-next-run';
import * as store from './unattended-mailbox-store';
import type { UnattendedMailbox } from './unattended-mailbox-store';
import { waitForStorage } from './wait-for-storage';

/** What the user has set, for one run. */
export interface MailboxWishes {
  readonly intervalMinutes: number;
  readonly options: SyncOptions;
}

/** Hears of every run, for metrics. */
export interface RunObserver {
  /** @param outcome `done`, `fresh`, `aborted`, or the problem @param ms how long it took */
  ended(outcome: string, ms: number): void;
}

export interface MailboxSchedulerDeps {
  readonly database: Database;
  now(): Date;
  /** From 0 to below 1. */
  random(): number;
  newId(): string;
  /** Runs one mailbox; rejects only when aborted. @param owner of the lease, for what is written meanwhile */
  run(mailbox: UnattendedMailbox, owner: string, wishes: MailboxWishes, signal: AbortSignal): Promise<RunOutcome>;
  /** Undefined when the user is gone or disabled: then no run is made. */
  wishesOf(userId: string): Promise<MailboxWishes | undefined>;
  /** Calls back after that many milliseconds, until it is cancelled. */
  every(ms: number, callback: () => void): () => void;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly observer?: RunObserver | undefined;
  readonly logger: Logger;
  /** Mailboxes read at once by this instance. */
  readonly concurrency: number;
}

export interface MailboxScheduler {
  /** Takes up what is due; call it at every tick and whenever something became due. */
  look(): void;
  /** Resolves when nothing that was due at the last look is left and nothing runs. */
  idle(): Promise<void>;
  /** Ends the runs; each mailbox is as due as before. */
  stop(): Promise<void>;
}

/** Milliseconds for which a lease is taken, and after which it is renewed. */
export const leaseMs = 120_000;
const renewEveryMs = 30_000;
/** Milliseconds that one run may take. */
const longestRunMs = 30 * 60_000;
/** What counts for a mailbox whose owner cannot sign in any more: it is looked at again after this time. */
const disabledOwnerMs = 6 * 3_600_000;

export function createMailboxScheduler(deps: MailboxSchedulerDeps): MailboxScheduler {
  const { database, logger } = deps;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let looking: Promise<void> | undefined;
  let again = false;

  const at = () => deps.now().toISOString();
  const inMs = (ms: number) => new Date(deps.now().getTime() + ms).toISOString();

  const waiting = { now: () => deps.now().getTime(), pause: deps.pause };
  const patiently = <T>(work: () => Promise<T>) => waitForStorage(work, waiting, stopping.signal);

  const runOne = async (mailbox: UnattendedMailbox, owner: string): Promise<void> => {
    const began = deps.now().getTime();
    const lost = new AbortController();
    const late = new AbortController();
    const signal = AbortSignal.any([stopping.signal, lost.signal, late.signal]);
    const cancelRenewal = deps.every(renewEveryMs, () => {
      if (deps.now().getTime() - began > longestRunMs) late.abort(new Error('The run takes too long.'));
      store.renewLease(database, mailbox.id, owner, inMs(leaseMs)).then(
        (mine) => mine || lost.abort(new Error('Another instance has taken the mailbox, or it was paused.')),
        (error: unknown) => logger.warn({ err: error, mailbox: mailbox.id }, 'a lease could not be renewed'),
      );
    });
    let told = 'aborted';
    const end = async (outcome: RunOutcome, intervalMinutes: number): Promise<void> => {
      told = outcome.kind === 'failed' ? outcome.problem : outcome.kind;
      const next = decideNextRun({ intervalMinutes, failures: mailbox.failures }, outcome, deps.now(), deps.random());
      if (next.pause !== undefined) {
        const more = { mailbox: mailbox.id, problem: told, failures: next.failures, reason: next.pause };
        logger.warn(more, 'a mailbox is paused until somebody acts');
      }
      const end = {
        at: at(),
        succeeded: outcome.kind !== 'failed',
        problem: outcome.kind === 'failed' ? outcome.problem : undefined,
        intervalMinutes,
        nextRunAt: next.at?.toISOString(),
        failures: next.failures,
        pause: next.pause,
      };
      await patiently(() => store.releaseLease(database, mailbox.id, owner, end));
    };
    try {
      const wishes = await deps.wishesOf(mailbox.userId);
      if (wishes === undefined) {
        await store.releaseLease(database, mailbox.id, owner, {
          at: at(),
          succeeded: false,
          problem: undefined,
          intervalMinutes: mailbox.intervalMinutes,
          nextRunAt: inMs(disabledOwnerMs),
          failures: mailbox.failures,
          pause: undefined,
        });
        return;
      }
      let outcome: RunOutcome;
      try {
        outcome = await deps.run(mailbox, owner, wishes, signal);
      } catch (error) {
        if (!late.signal.aborted || stopping.signal.aborted || lost.signal.aborted) throw error;
        outcome = { kind: 'failed', problem: 'unreachable' };
      }
      await end(outcome, wishes.intervalMinutes);
    } catch (error) {
      // Aborted: as due as before. Anything else counts as a failure, or it would be tried again at once and for ever.
      // Where not even that can be written, the lease runs out by itself.
      if (signal.aborted) await store.releaseLease(database, mailbox.id, owner).catch(() => undefined);
      else {
        logger.error({ err: error, mailbox: mailbox.id }, 'a run of unattended sync broke off');
        const fault = { kind: 'failed', problem: 'service-fault' } as const;
        await end(fault, mailbox.intervalMinutes).catch(() => undefined);
      }
    } finally {
      cancelRenewal();
      deps.observer?.ended(told, Math.max(0, deps.now().getTime() - began));
    }
  };

  const fill = async (): Promise<void> => {
    while (!stopping.signal.aborted && running.size < deps.concurrency) {
      const due = await store.dueMailboxes(database, at(), deps.concurrency - running.size);
      let claimed = 0;
      for (const id of due) {
        const owner = deps.newId();
        const mailbox = await patiently(() =>
          store.claimMailbox(database, id, { owner, until: inMs(leaseMs), now: at() }),
        );
        // Another instance was quicker.
        if (mailbox === undefined) continue;
        claimed += 1;
        const run = runOne(mailbox, owner).finally(() => {
          running.delete(run);
          look();
        });
        running.add(run);
      }
      if (claimed === 0) return;
    }
  };

  const lookOn = async (): Promise<void> => {
    do {
      again = false;
      try {
        await fill();
      } catch (error) {
        logger.warn({ err: error }, 'the mailboxes that are due could not be read; the next tick tries again');
      }
      // `look` sets it while `fill` waits.
    } while (again as boolean);
  };

  function look(): void {
    if (stopping.signal.aborted) return;
    if (looking !== undefined) {
      again = true;
      return;
    }
    looking = lookOn().finally(() => (looking = undefined));
  }

  const idle = async (): Promise<void> => {
    while (looking !== undefined || running.size > 0) await Promise.allSettled([looking, ...running]);
  };

  return {
    look,
    idle,
    async stop() {
      stopping.abort(new Error('The service ends.'));
      await idle();
    },
  };
}
