/** Table `microsoft_identities`, and the users that a rule of the installation finds. */
import { sql } from 'kysely';
import { portions } from '../database/database';
import type { Database } from '../database/database';
import type { MicrosoftAccount } from './microsoft-token-claims';

type AccountKey = Pick<MicrosoftAccount, 'tenantId' | 'objectId'>;

export interface LinkedIdentity {
  readonly userId: string;
  readonly name: string;
  readonly linkedBy: 'rule' | 'user';
  readonly linkedAt: string;
  /** The account belongs to nobody until it is linked again. */
  readonly unlinked: boolean;
}

export interface MicrosoftIdentityStore {
  find(account: AccountKey): Promise<LinkedIdentity | undefined>;
  /** Makes the account the user's; in place of an unlinked one. False where it is somebody's already. */
  link(account: MicrosoftAccount, userId: string, by: 'rule' | 'user', at: string): Promise<boolean>;
  rename(account: MicrosoftAccount): Promise<void>;
  /** Linked ones, by name. */
  listOf(userId: string): Promise<LinkedIdentity[]>;
  /** Which of these users have linked ones. */
  linkedAmong(userIds: readonly string[]): Promise<Set<string>>;
  /** How many were linked. */
  unlinkAllOf(userId: string, at: string): Promise<number>;
  /** Ids of the users with this e-mail address, in any case: at most two. */
  usersWithEmail(email: string): Promise<string[]>;
}

export function createMicrosoftIdentityStore(database: Database): MicrosoftIdentityStore {
  const identity = ({ tenantId, objectId }: AccountKey) =>
    database
      .selectFrom('microsoft_identities')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('object_id', '=', objectId);
  return {
    async find(account) {
      const row = await identity(account).executeTakeFirst();
      return row && identityOf(row);
    },
    async link(account, userId, by, at) {
      const values = {
        user_id: userId,
        account_name: account.name,
        linked_by: by,
        linked_at: at,
        unlinked_at: null,
      };
      const result = await database
        .insertInto('microsoft_identities')
        .values({ tenant_id: account.tenantId, object_id: account.objectId, ...values })
        .onConflict((conflict) =>
          conflict
            .columns(['tenant_id', 'object_id'])
            .doUpdateSet(values)
            .where('microsoft_identities.unlinked_at', 'is not', null),
        )
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },
    async rename(account) {
      await database
        .updateTable('microsoft_identities')
        .set({ account_name: account.name })
        .where('tenant_id', '=', account.tenantId)
        .where('object_id', '=', account.objectId)
        .execute();
    },
    async listOf(userId) {
      const rows = await database
        .selectFrom('microsoft_identities')
        .selectAll()
        .where('user_id', '=', userId)
        .where('unlinked_at', 'is', null)
        .orderBy('account_name')
        .execute();
      return rows.map(identityOf);
    },
    async linkedAmong(userIds) {
      const linked = new Set<string>();
      for (const chunk of portions(userIds, 1)) {
        const rows = database.selectFrom('microsoft_identities').select('user_id').where('user_id', 'in', chunk);
        for (const row of await rows.where('unlinked_at', 'is', null).execute()) linked.add(row.user_id);
      }
      return linked;
    },
    async unlinkAllOf(userId, at) {
      const result = await database
        .updateTable('microsoft_identities')
        .set({ unlinked_at: at })
        .where('user_id', '=', userId)
        .where('unlinked_at', 'is', null)
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },
    async usersWithEmail(email) {
      const rows = await database
        .selectFrom('users')
        .select('id')
        .where(sql`lower(email)`, '=', email.toLowerCase())
        .limit(2)
        .execute();
      return rows.map((row) => row.id);
    },
  };
}

function identityOf(row: {
  user_id: string;
  account_name: string;
  linked_by: string;
  linked_at: string;
  unlinked_at: string | null;
}): LinkedIdentity {
  return {
    userId: row.user_id,
    name: row.account_name,
    linkedBy: row.linked_by === 'rule' ? 'rule' : 'user',
    linkedAt: row.linked_at,
    unlinked: row.unlinked_at !== null,
  };
}
