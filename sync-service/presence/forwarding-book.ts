/** Forwarding of all users, in memory and in the table, told to its user when it changes. */
import type { Audience, LiveEvent } from '../../shared/events';
import type { ForwardedStatus, Forwarding, ForwardingProblem, ForwardingTarget } from '../../shared/forwarding';
import { forwardedStatuses } from '../../shared/forwarding';
import type { DialDirectory, SiteNumbers } from './dial-directory';
import { initialForwarding } from './forwarding-store';
import type { ForwardingRecord, ForwardingStore } from './forwarding-store';
import { resolveTarget, ringThrough, targetOf } from './forwarding-target';
import type { ResolvedTarget, TargetsByStatus } from './forwarding-target';
import type { PresenceBook } from './presence-book';
import type { PresenceUser } from './presence-people';
import { userUnknown } from './presence.errors';
import { createTurns } from './turns';

/** A change at the telephone that was put back, and why. */
export type PutBack = NonNullable<Forwarding['putBack']>;

export interface ForwardingBook {
  load(): Promise<void>;
  /** Reads the forwarding of these users anew; what is different is told. */
  refresh(userIds: readonly string[]): Promise<void>;
  recordOf(userId: string): ForwardingRecord;
  /** Resolves each status of a user, rings included. */
  resolver(
    user: PresenceUser,
    numbers: SiteNumbers,
    targets?: TargetsByStatus,
  ): (status: ForwardedStatus) => ResolvedTarget;
  own(userId: string): Promise<Forwarding>;
  /** As `PresenceBook.change`; `putBack` is told with it until the next change. */
  change(
    userId: string,
    change: (record: ForwardingRecord, user: PresenceUser) => ForwardingRecord | Promise<ForwardingRecord>,
    putBack?: PutBack,
  ): Promise<ForwardingRecord>;
  /** The first status of these targets that may not be, and why. */
  problemOf(
    user: PresenceUser,
    numbers: SiteNumbers,
    targets: TargetsByStatus,
  ): { status: ForwardedStatus; problem: ForwardingProblem } | undefined;
}

export function createForwardingBook({
  store,
  presence,
  dialling,
  publish,
}: {
  readonly store: ForwardingStore;
  readonly presence: PresenceBook;
  readonly dialling: DialDirectory;
  readonly publish: (audience: Audience, event: LiveEvent) => void;
}): ForwardingBook {
  const turns = createTurns();
  const records = new Map<string, ForwardingRecord>();
  const putBacks = new Map<string, PutBack>();
  const recordOf = (userId: string): ForwardingRecord => records.get(userId) ?? initialForwarding;

  /** Where calls to an extension of the site may go on, by the forwarding of everybody but this user. */
  function edgesOf(siteId: string, numbers: SiteNumbers, but: string): (extension: string) => readonly string[] {
    let byExtension: Map<string, PresenceUser> | undefined;
    return (extension) => {
      // Made for the first who asks: most forward to the voice box.
      byExtension ??= new Map(
        presence.users().flatMap((user) => {
          const others = user.siteId === siteId && user.userId !== but && user.extension !== undefined;
          return others ? [[user.extension, user] as const] : [];
        }),
      );
      const user = byExtension.get(extension);
      if (user === undefined) return [];
      return Object.values(recordOf(user.userId).targets).flatMap((target: ForwardingTarget) => {
        const resolved = resolveTarget(target, user, numbers.read);
        return resolved.kind === 'dial' && resolved.extension !== undefined ? [resolved.extension] : [];
      });
    };
  }

  function resolver(user: PresenceUser, numbers: SiteNumbers, targets = recordOf(user.userId).targets) {
    const next = edgesOf(user.siteId, numbers, user.userId);
    return (status: ForwardedStatus): ResolvedTarget => {
      const resolved = resolveTarget(targetOf(targets, status), user, numbers.read);
      if (resolved.kind !== 'dial' || resolved.extension === undefined || user.extension === undefined) return resolved;
      const ring = ringThrough(user.extension, resolved.extension, next);
      return ring === undefined ? resolved : { kind: 'problem', problem: 'ring' };
    };
  }

  async function own(userId: string): Promise<Forwarding> {
    const user = presence.userOf(userId);
    const numbers = await dialling.numbersOf(user.siteId);
    const { targets, changedAt, changedBy, inForce } = recordOf(userId);
    const resolve = resolver(user, numbers);
    const putBack = putBacks.get(userId);
    const ruleOf = (status: ForwardedStatus) => {
      const resolved = resolve(status);
      return {
        target: targetOf(targets, status),
        ...(resolved.kind === 'dial' && { display: resolved.display }),
        ...(resolved.kind === 'problem' && { problem: resolved.problem }),
      };
    };
    return {
      rules: {
        office: ruleOf('office'),
        meeting: ruleOf('meeting'),
        sick: ruleOf('sick'),
        break: ruleOf('break'),
        'out-of-office': ruleOf('out-of-office'),
        vacation: ruleOf('vacation'),
        lunch: ruleOf('lunch'),
        home: ruleOf('home'),
      },
      changedAt: new Date(changedAt).toISOString(),
      changedBy,
      inForce,
      ...(putBack && { putBack }),
    };
  }

  return {
    async load() {
      const rows = await store.all();
      for (const userId of records.keys()) if (!rows.has(userId)) records.delete(userId);
      for (const [userId, row] of rows) if (row.changedAt >= recordOf(userId).changedAt) records.set(userId, row);
    },
    async refresh(userIds) {
      for (const [userId, row] of await store.some(userIds)) {
        const before = recordOf(userId);
        if (row.changedAt < before.changedAt || JSON.stringify(row) === JSON.stringify(before)) continue;
        records.set(userId, row);
        if (row.changedAt !== before.changedAt) putBacks.delete(userId);
        if (presence.users().some((user) => user.userId === userId))
          publish({ user: userId }, { type: 'forwarding', forwarding: await own(userId) });
      }
    },
    recordOf,
    resolver,
    own,
    change: (userId, change, putBack) =>
      turns.take(userId, async () => {
        const before = recordOf(userId);
        const after = await change(before, presence.userOf(userId));
        if (after === before) return before;
        if (!(await store.save(userId, after))) throw userUnknown();
        records.set(userId, after);
        if (putBack) putBacks.set(userId, putBack);
        else if (after.changedAt !== before.changedAt) putBacks.delete(userId);
        publish({ user: userId }, { type: 'forwarding', forwarding: await own(userId) });
        return after;
      }),
    problemOf(user, numbers, targets) {
      const resolve = resolver(user, numbers, targets);
      for (const status of forwardedStatuses) {
        const resolved = resolve(status);
        if (resolved.kind === 'problem') return { status, problem: resolved.problem };
      }
      return undefined;
    },
  };
}
