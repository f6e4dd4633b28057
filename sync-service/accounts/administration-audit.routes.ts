/** Handler of `shared/api/administration-audit.ts`. */
import { listAuditTrail } from '../../shared/api/administration-audit';
import type { Database } from '../database/database';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import { listActs } from './audit-trail';

/** Entries in a page where no number is named. */
const usualPage = 100;

export function administrationAuditRoutes(database: Database): BoundRoute[] {
  return [
    bind(listAuditTrail, async ({ query: { cursor, limit = usualPage } }) => {
      const acts = await listActs(database, cursor, limit + 1);
      const items = acts.slice(0, limit);
      const last = items.at(-1);
      return { items, ...(acts.length > limit && last ? { nextCursor: `${last.at} ${last.id}` } : {}) };
    }),
  ];
}
