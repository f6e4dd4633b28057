/** Table `sign_in_failures`: counts of failed sign-ins under hashed keys. */
import type { Database } from '../database/database';
import type { SignInFailures } from './sign-in-lockout';

export interface SignInFailureStore {
  read(key: string): Promise<SignInFailures | undefined>;
  /** Replaces `seen` by `next`; false when somebody else was faster and nothing was changed. */
  replace(key: string, seen: SignInFailures | undefined, next: SignInFailures): Promise<boolean>;
  /** Takes one failure back. */
  takeBack(key: string): Promise<void>;
  forget(key: string): Promise<void>;
  /** Removes counts whose last failure is before that time. */
  forgetBefore(time: number): Promise<void>;
}

export function createSignInFailureStore(database: Database): SignInFailureStore {
  return {
    async read(key) {
      const row = await database.selectFrom('sign_in_failures').selectAll().where('key', '=', key).executeTakeFirst();
      return row && { failures: row.failures, lastAt: Date.parse(row.last_at) };
    },

    async replace(key, seen, next) {
      const columns = { failures: next.failures, last_at: new Date(next.lastAt).toISOString() };
      if (seen === undefined) {
        const inserted = await database
          .insertInto('sign_in_failures')
          .values({ key, ...columns })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .executeTakeFirst();
        return inserted.numInsertedOrUpdatedRows === 1n;
      }
      const updated = await database
        .updateTable('sign_in_failures')
        .set(columns)
        .where('key', '=', key)
        .where('failures', '=', seen.failures)
        .executeTakeFirst();
      return updated.numUpdatedRows === 1n;
    },

    async takeBack(key) {
      await database
        .updateTable('sign_in_failures')
        .set((eb) => ({ failures: eb('failures', '-', 1) }))
        .where('key', '=', key)
        .where('failures', '>', 0)
        .execute();
    },

    async forget(key) {
      await database.deleteFrom('sign_in_failures').where('key', '=', key).execute();
    },

    async forgetBefore(time) {
      await database.deleteFrom('sign_in_failures').where('last_at', '<', new Date(time).toISOString()).execute();
    },
  };
}
