/** The table of commands that made a call. Its writes wait for no other writer: somebody waits at a telephone. */
import { callSchema } from '../../shared/call';
import { readJson } from '../database/database';
import type { Database } from '../database/database';
import { withoutTurn } from '../database/postgresql-dialect';
import type { CallRequestStore } from './call-requests';

export function createCallRequestStore(database: Database): CallRequestStore {
  return {
    async claim({ request, userId, now, until }) {
      await database.deleteFrom('call_requests').where('until', '<=', now).modifyEnd(withoutTurn).execute();
      const inserted = await database
        .insertInto('call_requests')
        .values({ request, user_id: userId, answer: null, until })
        .onConflict((conflict) => conflict.column('request').doNothing())
        .modifyEnd(withoutTurn)
        .executeTakeFirst();
      return inserted.numInsertedOrUpdatedRows === 1n;
    },
    async answered(request, call) {
      await database
        .updateTable('call_requests')
        .set({ answer: JSON.stringify(call) })
        .where('request', '=', request)
        .modifyEnd(withoutTurn)
        .execute();
    },
    async forget(request) {
      await database.deleteFrom('call_requests').where('request', '=', request).modifyEnd(withoutTurn).execute();
    },
    async find(request) {
      const row = await database
        .selectFrom('call_requests')
        .select('answer')
        .where('request', '=', request)
        .executeTakeFirst();
      return row && { call: row.answer === null ? undefined : readJson(callSchema, row.answer) };
    },
  };
}
