/** Ids of what is stored in great numbers. */
import { randomUUID } from 'node:crypto';

/**
 * A UUID of version 7 (RFC 9562): it begins with the time in milliseconds, so that rows written together lie together in every
 * index. Random ids touch pages all over an index, and the larger the database, the fewer of them are in memory.
 */
export function newOrderedId(now = Date.now()): string {
  const time = now.toString(16).padStart(12, '0');
  // The rest of a random one: 12 bits behind the version, and all from the variant on.
  const random = randomUUID().slice(15);
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${random}`;
}
