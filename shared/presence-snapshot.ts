/**
 * Presence of everybody on the wire (`GET /presence`): in columns, and users by the end of their ids. Ids are random and
 * do not compress; whole and in rows, 5,000 users who are away had more than twice the size. Pure.
 */
import * as z from 'zod/mini';
import { colleagueStatuses } from './presence';
import type { ColleaguePresence } from './presence';

export const presenceSnapshotSchema = z
  .object({
    version: z.string(),
    /** A user is named by so many last characters of his id; all users of the installation differ in them. */
    endLength: z.int().check(z.positive()),
    /** Ends of the ids. */
    users: z.array(z.string()),
    /** Of the user at the same place, as the two below. */
    statuses: z.array(z.enum(colleagueStatuses)),
    /** Seconds since 1970; null without a return. */
    returns: z.array(z.nullable(z.int())),
    /** Empty without a text. */
    texts: z.array(z.string()),
  })
  .check(
    z.refine(
      ({ users, statuses, returns, texts }) =>
        [statuses, returns, texts].every((column) => column.length === users.length),
      { error: 'the columns differ in length' },
    ),
  );
export type PresenceSnapshot = z.infer<typeof presenceSnapshotSchema>;

/** Random digits in which no two of 100,000 users are the same, but for once in 50,000 installations. */
const usualEnd = 12;

/** How many last characters of their ids tell these users apart. */
export function endLengthOf(userIds: readonly string[]): number {
  const ends = new Set(userIds.map((userId) => endOf(userId, usualEnd)));
  return ends.size === userIds.length ? usualEnd : Math.max(...userIds.map((userId) => userId.length));
}

export function endOf(userId: string, endLength: number): string {
  return userId.slice(-endLength);
}

export function writePresenceSnapshot(list: {
  readonly version: string;
  readonly items: readonly ColleaguePresence[];
  /** Of `endLengthOf` all users. */
  readonly endLength: number;
}): PresenceSnapshot {
  const { version, items, endLength } = list;
  return {
    version,
    endLength,
    users: items.map(({ userId }) => endOf(userId, endLength)),
    statuses: items.map(({ status }) => status),
    returns: items.map(({ returnAt }) => (returnAt === undefined ? null : Math.ceil(Date.parse(returnAt) / 1000))),
    texts: items.map(({ text }) => text ?? ''),
  };
}

/** By the ends of the users' ids. */
export function readPresenceSnapshot(snapshot: PresenceSnapshot): Map<string, Omit<ColleaguePresence, 'userId'>> {
  const { users, statuses, returns, texts } = snapshot;
  const colleagues = new Map<string, Omit<ColleaguePresence, 'userId'>>();
  statuses.forEach((status, place) => {
    const seconds = returns[place] ?? undefined;
    const text = texts[place] ?? '';
    colleagues.set(users[place] ?? '', {
      status,
      ...(seconds !== undefined && { returnAt: new Date(seconds * 1000).toISOString() }),
      ...(text !== '' && { text }),
    });
  });
  return colleagues;
}
