/** The table of forwarding. */
import type { Selectable } from 'kysely';
import * as z from 'zod/mini';
import { forwardedStatusSchema, forwardingTargetSchema } from '../../shared/forwarding';
import { presenceAuthors } from '../../shared/presence';
import type { PresenceAuthor } from '../../shared/presence';
import { portions, readJson } from '../database/database';
import type { ForwardingTable } from '../database/tables/presence';
import type { Database } from '../database/database';
import type { TargetsByStatus } from './forwarding-target';
import { isThere } from './presence-store';

export interface ForwardingRecord {
  /** What was chosen; the default holds for what is absent. */
  readonly targets: TargetsByStatus;
  /** Milliseconds since 1970; each change of a user is later than the one before. */
  readonly changedAt: number;
  readonly changedBy: PresenceAuthor;
  /** The telephone system has confirmed it. */
  readonly inForce: boolean;
}

/** Of whoever has never chosen anything. */
export const initialForwarding: ForwardingRecord = { targets: {}, changedAt: 0, changedBy: 'system', inForce: true };

export interface ForwardingStore {
  /** By user id; whoever never chose anything is missing. */
  all(): Promise<Map<string, ForwardingRecord>>;
  /** The same of some. */
  some(userIds: readonly string[]): Promise<Map<string, ForwardingRecord>>;
  /** False when there is no such user any more. */
  save(userId: string, record: ForwardingRecord): Promise<boolean>;
}

const targetsSchema = z.partialRecord(forwardedStatusSchema, forwardingTargetSchema);

export function createForwardingStore(database: Database): ForwardingStore {
  return {
    async all() {
      const rows = await database.selectFrom('forwarding').selectAll().execute();
      return new Map(rows.map((row) => [row.user_id, recordOf(row)]));
    },
    async some(userIds) {
      const found = new Map<string, ForwardingRecord>();
      for (const portion of portions(userIds, 1)) {
        const rows = await database.selectFrom('forwarding').selectAll().where('user_id', 'in', portion).execute();
        for (const row of rows) found.set(row.user_id, recordOf(row));
      }
      return found;
    },
    save: (userId, { targets, changedAt, changedBy, inForce }) =>
      database.transaction().execute(async (transaction) => {
        if (!(await isThere(transaction, userId))) return false;
        const columns = {
          rules: JSON.stringify(targets),
          changed_at: new Date(changedAt).toISOString(),
          changed_by: changedBy,
          in_force: Number(inForce),
        };
        await transaction
          .insertInto('forwarding')
          .values({ user_id: userId, ...columns })
          .onConflict((oc) => oc.column('user_id').doUpdateSet(columns))
          .execute();
        return true;
      }),
  };
}

function recordOf(row: Selectable<ForwardingTable>): ForwardingRecord {
  return {
    targets: readJson(targetsSchema, row.rules),
    changedAt: Date.parse(row.changed_at),
    changedBy: z.parse(z.enum(presenceAuthors), row.changed_by),
    inForce: row.in_force === 1,
  };
}
