/**
 * "Tell me when free": who waits for a colleague is told once, as soon as that one is in the office and on no call, and
 * somebody hears it: a pane or window of his is connected. What waits is in the database and outlives the service.
 */
import type { Logger } from 'pino';
import { isFree, watchLimit } from '../../shared/colleague-free';
import type { DirectoryItem } from '../../shared/directory';
import type { LineState } from '../../shared/line-state';
import type { ColleagueStatus } from '../../shared/presence';
import type { Database } from '../database/database';
import type { EventBus } from '../events/event-bus';
import type { Timers } from '../telephone-system/timers';
import * as store from './presence-watches-store';
import * as errors from './presence-watches.errors';

export interface PresenceWatchesDeps {
  readonly database: Database;
  readonly events: EventBus;
  /** What everybody may see of the colleague: `not-visible` is never free. */
  readonly statusOf: (userId: string) => ColleagueStatus;
  /** What his telephone does; undefined while nobody can say. */
  readonly lineOf: (userId: string) => Promise<LineState['state'] | undefined>;
  /** The colleague as this user's internal directory has him; undefined where it has none of this id. */
  readonly colleagueOf: (userId: string, colleagueId: string) => Promise<DirectoryItem | undefined>;
  /** Tells the clients of this instance alone; as `events` where absent. */
  readonly eventsHere?: Pick<EventBus, 'publish'>;
  /** Whether a pane or window of the user is connected. */
  readonly isHeard: (userId: string) => boolean;
  readonly timers: Timers;
  readonly logger: Logger;
}

export interface PresenceWatchesService {
  /** Reads who waits, and looks from then on. */
  start(): Promise<void>;
  stop(): void;
  /** Whom the user waits for. */
  watchedBy(userId: string): readonly { readonly userId: string; readonly since: string }[];
  /** @throws ServiceError `not-found` for whoever is no colleague, `watches-full` */
  watch(userId: string, colleagueId: string): Promise<void>;
  unwatch(userId: string, colleagueId: string): Promise<void>;
  /** Another instance has changed whom the user waits for, or, without a name, may have changed it for everybody: it is read anew. */
  refresh(userId?: string): Promise<void>;
  /** A pane or window of the user has connected: those who were free meanwhile and still are can be told. */
  heard(userId: string): void;
}

/**
 * Milliseconds that a colleague has to be free: between two calls of a consultation a line is idle for a moment, and when
 * a link comes up, what its telephones do is known a moment later.
 */
const settleMs = 700;

export function createPresenceWatches(deps: PresenceWatchesDeps): PresenceWatchesService {
  const { database, events, timers, logger } = deps;
  /** Since when, by who waits, by whom he waits for. */
  const watchers = new Map<string, Map<string, string>>();
  /** What ends the pause before a colleague is looked at. */
  const pauses = new Map<string, () => void>();
  let unsubscribe: (() => void) | undefined;

  const watchedBy = (userId: string) =>
    [...watchers].flatMap(([watchedId, waiting]) => {
      const since = waiting.get(userId);
      return since === undefined ? [] : [{ userId: watchedId, since }];
    });
  const tell = (bus: Pick<EventBus, 'publish'>, userId: string) =>
    bus.publish(
      { user: userId },
      { type: 'presence-watches', watches: watchedBy(userId).map((watch) => watch.userId) },
    );
  const tellOwn = (userId: string) => tell(events, userId);
  const tellHere = (userId: string) => tell(deps.eventsHere ?? events, userId);

  function forget(userId: string, watchedId: string): boolean {
    const waiting = watchers.get(watchedId);
    const known = waiting?.delete(userId) ?? false;
    if (waiting?.size === 0) watchers.delete(watchedId);
    return known;
  }

  function lookSoon(watchedId: string): void {
    if (!watchers.has(watchedId)) return;
    pauses.get(watchedId)?.();
    pauses.set(
      watchedId,
      timers.after(settleMs, () => {
        pauses.delete(watchedId);
        look(watchedId).catch((error: unknown) => {
          // Whoever waits goes on waiting; the next change looks again.
          logger.warn({ err: error }, 'who waits for a colleague could not be told');
        });
      }),
    );
  }

  async function look(watchedId: string): Promise<void> {
    const line = await deps.lineOf(watchedId);
    if (line === undefined || !isFree(deps.statusOf(watchedId), line)) return;
    for (const userId of [...(watchers.get(watchedId)?.keys() ?? [])]) {
      if (!deps.isHeard(userId)) continue;
      const colleague = await deps.colleagueOf(userId, watchedId);
      const waited = await store.takeWatch(database, userId, watchedId);
      forget(userId, watchedId);
      tellOwn(userId);
      if (waited && colleague) events.publish({ user: userId }, { type: 'colleague-free', colleague });
    }
  }

  return {
    async start() {
      for (const { userId, watchedId, since } of await store.allWatches(database)) add(userId, watchedId, since);
      unsubscribe = events.subscribe(({ event }) => {
        if (event.type === 'line-states') for (const { userId } of event.lineStates) lookSoon(userId);
        if (event.type === 'presence') for (const { userId } of event.items) lookSoon(userId);
        if (event.type === 'telephone-system') for (const watchedId of watchers.keys()) lookSoon(watchedId);
      });
      for (const watchedId of watchers.keys()) lookSoon(watchedId);
    },
    stop() {
      unsubscribe?.();
      for (const end of pauses.values()) end();
      pauses.clear();
    },
    watchedBy,
    async watch(userId, colleagueId) {
      const colleague = userId === colleagueId ? undefined : await deps.colleagueOf(userId, colleagueId);
      if (colleague === undefined || colleague.isGroup === true) throw errors.colleagueUnknown();
      const mine = watchedBy(userId);
      if (!mine.some((watch) => watch.userId === colleagueId)) {
        if (mine.length >= watchLimit) throw errors.tooManyWatches();
        const since = new Date(timers.now()).toISOString();
        await store.putWatch(database, { userId, watchedId: colleagueId, since });
        add(userId, colleagueId, since);
        tellOwn(userId);
      }
      lookSoon(colleagueId);
    },
    async unwatch(userId, colleagueId) {
      await store.takeWatch(database, userId, colleagueId);
      if (forget(userId, colleagueId)) tellOwn(userId);
    },
    async refresh(userId) {
      const kept = await store.allWatches(database, userId);
      for (const [watchedId, waiting] of [...watchers]) {
        for (const waiter of [...waiting.keys()])
          if (userId === undefined || waiter === userId) forget(waiter, watchedId);
      }
      for (const watch of kept) add(watch.userId, watch.watchedId, watch.since);
      if (userId !== undefined) tellHere(userId);
      for (const { watchedId } of kept) lookSoon(watchedId);
    },
    heard(userId) {
      for (const watch of watchedBy(userId)) lookSoon(watch.userId);
    },
  };

  function add(userId: string, watchedId: string, since: string): void {
    const waiting = watchers.get(watchedId) ?? new Map<string, string>();
    watchers.set(watchedId, waiting.set(userId, since));
  }
}
