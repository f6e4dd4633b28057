/** The table of presence. */
import type { Selectable } from 'kysely';
import * as z from 'zod/mini';
import { presenceAuthors, presenceStatusSchema, presenceVisibilities } from '../../shared/presence';
import { portions } from '../database/database';
import type { Connection, Database } from '../database/database';
import type { PresenceTable } from '../database/tables/presence';
import type { PresenceRecord } from './presence-record';

export interface PresenceStore {
  /** By user id; whoever never set anything is missing. */
  all(): Promise<Map<string, PresenceRecord>>;
  /** The same of some. */
  some(userIds: readonly string[]): Promise<Map<string, PresenceRecord>>;
  /** False when there is no such user any more. */
  save(userId: string, record: PresenceRecord): Promise<boolean>;
}

export function createPresenceStore(database: Database): PresenceStore {
  return {
    async all() {
      const rows = await database.selectFrom('presence').selectAll().execute();
      return new Map(rows.map((row) => [row.user_id, recordOf(row)]));
    },
    async some(userIds) {
      const found = new Map<string, PresenceRecord>();
      for (const portion of portions(userIds, 1)) {
        const rows = await database.selectFrom('presence').selectAll().where('user_id', 'in', portion).execute();
        for (const row of rows) found.set(row.user_id, recordOf(row));
      }
      return found;
    },
    save: (userId, record) =>
      database.transaction().execute(async (transaction) => {
        if (!(await isThere(transaction, userId))) return false;
        const columns = columnsOf(record);
        await transaction
          .insertInto('presence')
          .values({ user_id: userId, ...columns })
          .onConflict((oc) => oc.column('user_id').doUpdateSet(columns))
          .execute();
        return true;
      }),
  };
}

/** Whether the user has not been erased meanwhile. */
export async function isThere(connection: Connection, userId: string): Promise<boolean> {
  const row = await connection.selectFrom('users').select('id').where('id', '=', userId).executeTakeFirst();
  return row !== undefined;
}

function columnsOf(record: PresenceRecord): Omit<PresenceTable, 'user_id'> {
  return {
    status: record.status,
    return_at: record.returnAt === undefined ? null : new Date(record.returnAt).toISOString(),
    return_wall_time: record.returnWall?.wallTime ?? null,
    return_time_zone: record.returnWall?.timeZone ?? null,
    information: record.text ?? null,
    visibility: record.visibility,
    sick_visible: Number(record.sickVisible),
    changed_at: new Date(record.changedAt).toISOString(),
    changed_by: record.changedBy,
    in_force: Number(record.inForce),
  };
}

function recordOf(row: Selectable<PresenceTable>): PresenceRecord {
  const { return_wall_time: wallTime, return_time_zone: timeZone } = row;
  return {
    status: z.parse(presenceStatusSchema, row.status),
    ...(row.return_at !== null && { returnAt: Date.parse(row.return_at) }),
    ...(wallTime !== null && timeZone !== null && { returnWall: { wallTime, timeZone } }),
    ...(row.information !== null && { text: row.information }),
    visibility: z.parse(z.enum(presenceVisibilities), row.visibility),
    sickVisible: row.sick_visible === 1,
    changedAt: Date.parse(row.changed_at),
    changedBy: z.parse(z.enum(presenceAuthors), row.changed_by),
    inForce: row.in_force === 1,
  };
}
