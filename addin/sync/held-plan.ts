/**
 * The plan that a person looks at before it is applied: the service keeps it as long as it hears of it, so it is told that
 * somebody still looks. It is applied as it was shown, or not at all.
 */
import type { SyncResult } from '../../shared/contact-sync';
import type { Clock } from '../../shared/sync/clock';
import type { PlannedSync } from '../../shared/sync/push-sync';
import type { SyncCalls } from '../../shared/sync/sync-calls';

/** Milliseconds between two words that somebody still looks; the lease is 2 minutes. */
export const keepPlanMs = 45_000;
/** Milliseconds that a plan is looked at, at most: meanwhile nobody else can sync the mailbox. */
export const longestLookMs = 3_600_000;

export interface HeldPlan extends Pick<PlannedSync, 'id' | 'planHash' | 'result'> {
  /** The directory changed while it was looked at, so this is another plan than the one shown first. */
  readonly renewed: boolean;
}

export interface PlanHolder {
  /** Holds a plan. `end` is called once when it is over. */
  hold(plan: PlannedSync, end: () => void): void;
  /**
   * Applies it; undefined when it has become another plan, which is held and shown in its place, or was lost.
   * @throws what `calls` throws; the plan is still held then
   */
  apply(): Promise<SyncResult | undefined>;
  /** Gives it up; the service is told if it can be reached. */
  discard(): Promise<void>;
  /** Lets it go without a word: the pane ends. */
  leave(): void;
}

export interface PlanHolderDeps {
  readonly calls: SyncCalls;
  readonly clock: Clock;
  /** The plan that is held now. */
  readonly onPlan: (plan: HeldPlan | undefined) => void;
  /** It was held too long, or the service does not know it any more. */
  readonly onLost: () => void;
}

export function createPlanHolder({ calls, clock, onPlan, onLost }: PlanHolderDeps): PlanHolder {
  let held: { plan: HeldPlan; readonly batches: number; readonly over: AbortController; end(): void } | undefined;

  const letGo = () => {
    held?.over.abort();
    held?.end();
    held = undefined;
    onPlan(undefined);
  };
  const lose = () => {
    letGo();
    onLost();
  };
  const isLost = (error: unknown) => ['sync-unknown', 'sync-outdated'].includes(calls.refusal(error)?.code ?? '');

  const keep = async (id: string, n: number, signal: AbortSignal) => {
    const until = clock.now() + longestLookMs;
    for (;;) {
      await clock.pause(keepPlanMs, signal);
      if (clock.now() >= until) {
        lose();
        await calls.cancel(id).catch(() => undefined);
        return;
      }
      try {
        // The same empty batch each time: it replaces itself.
        await calls.putBatch(id, n, { changes: [] }, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (isLost(error)) {
          lose();
          return;
        }
        // The service does not answer just now; the lease outlives two such words.
      }
    }
  };

  return {
    hold({ batches, ...plan }, end) {
      const over = new AbortController();
      held = { plan: { ...plan, renewed: false }, batches, over, end };
      onPlan(held.plan);
      keep(plan.id, batches + 1, over.signal).catch(() => undefined);
    },
    async apply() {
      if (held === undefined) return undefined;
      const { plan } = held;
      try {
        const { result } = await calls.commit(plan.id, { confirm: plan.planHash });
        letGo();
        return result;
      } catch (error) {
        if (isLost(error)) {
          lose();
          return undefined;
        }
        if (calls.refusal(error)?.code !== 'confirmation-outdated') throw error;
        const { planHash = '', result } = await calls.commit(plan.id, { preview: true });
        held.plan = { id: plan.id, planHash, result, renewed: true };
        onPlan(held.plan);
        return undefined;
      }
    },
    async discard() {
      if (held === undefined) return;
      const { id } = held.plan;
      letGo();
      await calls.cancel(id).catch(() => undefined);
    },
    leave() {
      if (held !== undefined) letGo();
    },
  };
}
