/**
 * Keeps presence and forwarding the same here and at the telephone systems: whenever a link is up, a telephone has changed
 * something, or a user has. What may not be is put back. Nothing is lost while a link is down: the next one settles it.
 */
import type { Logger } from 'pino';
import { TelephoneSystemError } from '../telephone-system/telephone-system';
import type { PublishedState, TelephoneSystem } from '../telephone-system/telephone-system';
import type { Timers } from '../telephone-system/timers';
import type { DialDirectory } from './dial-directory';
import type { ForwardingBook } from './forwarding-book';
import { settleForwarding, settlePresence, wishedForwarding, wishedPresence } from './settle-published';
import type { PresenceBook } from './presence-book';
import type { PresenceUser } from './presence-people';
import { createTurns } from './turns';

export interface PublisherDeps {
  readonly systems: ReadonlyMap<string, Publishing>;
  readonly presence: PresenceBook;
  readonly forwarding: ForwardingBook;
  readonly dialling: DialDirectory;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Extensions at which something was published: what is left there of users who are gone is withdrawn. */
  readonly extensions: PublishedExtensions;
}

/** The part of a telephone system that is used. */
export type Publishing = Pick<TelephoneSystem, 'link' | 'publish' | 'published' | 'withdraw' | 'subscribe'>;

export interface PublishedExtensions {
  all(): Promise<readonly { readonly siteId: string; readonly extension: string }[]>;
  add(siteId: string, extension: string): Promise<void>;
  remove(siteId: string, extension: string): Promise<void>;
}

export interface Publisher {
  start(): Promise<void>;
  /** A user has changed something. */
  changed(userId: string): void;
  /** Users were added, changed or removed. */
  peopleChanged(): void;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
  stop(): void;
}

/** Extensions asked for at once. */
const batch = 100;
/** Rounds after which two places that change faster than they are compared are left to the next change. */
const rounds = 5;
/** Milliseconds until what failed with the link up is tried again. */
const retryMs = 10_000;

export function createPublisher(deps: PublisherDeps): Publisher {
  const { systems, presence, forwarding, dialling, timers, logger, extensions } = deps;
  const turns = createTurns();
  const underWay = new Set<Promise<void>>();
  /** Users whose change waits for its turn: many changes of one user are settled once. */
  const waiting = new Set<string>();
  const known = new Set<string>();
  /** Users as they were last, to know who changed. */
  const seen = new Map<string, string>();
  let unsubscribes: (() => void)[] = [];
  let stopped = false;

  function run(work: () => Promise<void>, siteId: string): void {
    const running = work().catch((error: unknown) => {
      if (error instanceof TelephoneSystemError && error.reason === 'unavailable') {
        // The link that comes next settles all; one that stays up is asked again.
        timers.after(retryMs, () => systems.get(siteId)?.link === 'up' && syncSite(siteId));
        return;
      }
      logger.warn({ err: error }, 'presence could not be brought in line with the telephone system');
    });
    underWay.add(running);
    void running.finally(() => underWay.delete(running));
  }

  async function settle(user: PresenceUser, given?: PublishedState): Promise<void> {
    const system = systems.get(user.siteId);
    const { extension } = user;
    if (system?.link !== 'up' || extension === undefined || stopped) return;
    let state = given ?? (await system.published([extension]))[0];
    for (let round = 0; round < rounds; round += 1) {
      const theirs: PublishedState = state?.userId === user.userId ? state : { extension };
      const numbers = await dialling.numbersOf(user.siteId);
      const writesPresence = await settlePresence(presence, user.userId, theirs.presence, timers.now());
      const writesForwarding = await settleForwarding(forwarding, user, numbers, theirs.forwarding, timers.now());
      if (!writesPresence && !writesForwarding) return;
      const key = `${user.siteId} ${extension}`;
      if (!known.has(key)) await extensions.add(user.siteId, extension);
      known.add(key);
      state = await system.publish({
        extension,
        owner: user.userId,
        ...(writesPresence && { presence: wishedPresence(presence.recordOf(user.userId)) }),
        ...(writesForwarding && { forwarding: wishedForwarding(forwarding, user, numbers) }),
      });
    }
  }

  /** The newest user of this id, in his turn. */
  const settleInTurn = (userId: string, given?: PublishedState) =>
    turns.take(userId, async () => {
      waiting.delete(userId);
      const user = presence.users().find((one) => one.userId === userId);
      if (user !== undefined) await settle(user, given);
    });

  function syncSite(siteId: string): void {
    run(async () => {
      await withdrawStrangers(siteId);
      const users = presence.users().filter((user) => user.siteId === siteId && user.extension !== undefined);
      for (let from = 0; from < users.length; from += batch) {
        const some = users.slice(from, from + batch);
        const states = await systems.get(siteId)?.published(some.flatMap(({ extension }) => extension ?? []));
        // At once, as many as the telephone system takes: one after the other takes minutes in a large office.
        await Promise.all(some.map((user, index) => settleInTurn(user.userId, states?.[index])));
      }
    }, siteId);
  }

  /** Takes away what is left at extensions that are nobody's any more. */
  async function withdrawStrangers(siteId: string): Promise<void> {
    const system = systems.get(siteId);
    if (system?.link !== 'up') return;
    const taken = new Set(presence.users().flatMap((user) => (user.siteId === siteId ? (user.extension ?? []) : [])));
    for (const { siteId: at, extension } of await extensions.all()) {
      if (at !== siteId || taken.has(extension)) continue;
      await system.withdraw(extension);
      await extensions.remove(siteId, extension);
      known.delete(`${siteId} ${extension}`);
    }
  }

  return {
    async start() {
      for (const user of presence.users()) seen.set(user.userId, JSON.stringify(user));
      for (const { siteId, extension } of await extensions.all()) known.add(`${siteId} ${extension}`);
      for (const [siteId, system] of systems) {
        unsubscribes.push(
          system.subscribe((event) => {
            if (event.type === 'link' && event.state === 'up') syncSite(siteId);
            if (event.type !== 'published') return;
            const { userId } = event.state;
            if (userId !== undefined) run(() => settleInTurn(userId, event.state), siteId);
          }),
        );
        if (system.link === 'up') syncSite(siteId);
      }
    },
    changed(userId) {
      const user = presence.users().find((one) => one.userId === userId);
      if (user === undefined || waiting.has(userId)) return;
      waiting.add(userId);
      run(() => settleInTurn(userId), user.siteId);
    },
    peopleChanged() {
      for (const siteId of systems.keys()) run(() => withdrawStrangers(siteId), siteId);
      for (const user of presence.users()) {
        if (seen.get(user.userId) === JSON.stringify(user)) continue;
        seen.set(user.userId, JSON.stringify(user));
        run(() => settleInTurn(user.userId), user.siteId);
      }
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stop() {
      stopped = true;
      for (const unsubscribe of unsubscribes) unsubscribe();
      unsubscribes = [];
    },
  };
}
