/** Who waits for whom to be free. */
import type { Connection } from '../database/database';

export interface PresenceWatch {
  readonly userId: string;
  readonly watchedId: string;
  /** ISO 8601 UTC. */
  readonly since: string;
}

/** All of everybody, or of one user, oldest first. */
export async function allWatches(db: Connection, userId?: string): Promise<PresenceWatch[]> {
  const rows = await db
    .selectFrom('presence_watches')
    .selectAll()
    .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? ''))
    .orderBy('created_at')
    .execute();
  return rows.map(({ user_id, watched_id, created_at }) => ({
    userId: user_id,
    watchedId: watched_id,
    since: created_at,
  }));
}

/** Begins to wait; waiting already changes nothing. */
export async function putWatch(db: Connection, { userId, watchedId, since }: PresenceWatch): Promise<void> {
  await db
    .insertInto('presence_watches')
    .values({ user_id: userId, watched_id: watchedId, created_at: since })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** Ends waiting; false when nobody waited (any more), such as after one of the two was removed. */
export async function takeWatch(db: Connection, userId: string, watchedId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('presence_watches')
    .where('user_id', '=', userId)
    .where('watched_id', '=', watchedId)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows) > 0;
}
