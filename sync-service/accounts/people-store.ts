/** Users and their devices. */
import type { Insertable, Selectable } from 'kysely';
import { portions } from '../database/database';
import type { Database } from '../database/database';
import type { DevicesTable, UsersTable } from '../database/tables/people';

export type UserRow = Selectable<UsersTable>;
export type DeviceRow = Selectable<DevicesTable>;

/** Which users a piece of work touches: those that any of these names. */
export interface UserTraces {
  readonly userNameKeys?: readonly string[];
  readonly extensions?: readonly string[];
  readonly addresses?: readonly string[];
  readonly ids?: readonly string[];
}

export interface UserStore {
  byId(id: string): Promise<UserRow | undefined>;
  byUserName(key: string): Promise<UserRow | undefined>;
  /** In the order of user names; all sites where none is named. */
  list(siteId?: string): Promise<UserRow[]>;
  /** So many users after this user name, in the order of user names. */
  listAfter(userNameKey: string, limit: number): Promise<UserRow[]>;
  /** Every user that one of the traces leads to, in any site. */
  touched(traces: UserTraces): Promise<UserRow[]>;
  /** Whether another user has this address, by an administrator's word or his own. In any case; compared as emailKey does. */
  hasAddress(key: string, withoutId: string): Promise<boolean>;
  devicesOf(userIds: readonly string[]): Promise<DeviceRow[]>;
  devicesOfSite(siteId: string): Promise<DeviceRow[]>;
  /** Enabled administrators, without the named users. */
  /** Number of users by site id. */
  countBySite(): Promise<Map<string, number>>;
  countAdministrators(withoutIds: readonly string[]): Promise<number>;
  insert(users: readonly Insertable<UsersTable>[]): Promise<void>;
  /** Lets go of extension so that another user may take it in the same transaction. */
  releaseExtensions(ids: readonly string[]): Promise<void>;
  update(id: string, changes: Partial<Omit<UserRow, 'id'>>): Promise<void>;
  /** Removes the user and everything that has his id: devices, sessions, contacts, journal. */
  remove(id: string): Promise<void>;
  insertDevices(devices: readonly DeviceRow[]): Promise<void>;
  updateDevice(
    id: string,
    changes: Pick<DeviceRow, 'site_id' | 'name' | 'is_mine' | 'mulap' | 'intercept'>,
  ): Promise<void>;
  removeDevices(ids: readonly string[]): Promise<void>;
}

export function createUserStore(database: Database): UserStore {
  return {
    byId(id) {
      return database.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
    },
    byUserName(key) {
      return database.selectFrom('users').selectAll().where('user_name_key', '=', key).executeTakeFirst();
    },
    list(siteId) {
      const users = database.selectFrom('users').selectAll().orderBy('user_name_key');
      return (siteId === undefined ? users : users.where('site_id', '=', siteId)).execute();
    },
    listAfter(userNameKey, limit) {
      const users = database.selectFrom('users').selectAll().where('user_name_key', '>', userNameKey);
      return users.orderBy('user_name_key').limit(limit).execute();
    },
    async touched({ userNameKeys = [], extensions = [], addresses = [], ids = [] }) {
      const found = new Map<string, UserRow>();
      const keep = (rows: readonly UserRow[]) => rows.forEach((row) => found.set(row.id, row));
      const users = () => database.selectFrom('users').selectAll();
      for (const chunk of portions(userNameKeys, 1)) keep(await users().where('user_name_key', 'in', chunk).execute());
      for (const chunk of portions(ids, 1)) keep(await users().where('id', 'in', chunk).execute());
      for (const chunk of portions(extensions, 1)) {
        const inAnySite = database.selectFrom('sites').select('id');
        keep(await users().where('site_id', 'in', inAnySite).where('extension', 'in', chunk).execute());
      }
      for (const chunk of portions(addresses, 1)) {
        const owners = database
          .selectFrom('devices')
          .select('user_id')
          .where('site_id', 'in', database.selectFrom('sites').select('id'))
          .where('address', 'in', chunk);
        keep(await users().where('id', 'in', owners).execute());
      }
      return [...found.values()];
    },
    async hasAddress(key, withoutId) {
      const found = await database
        .selectFrom('users')
        .select('id')
        .where('id', '!=', withoutId)
        .where((is) =>
          is.or([is(is.fn('lower', ['email']), '=', key), is(is.fn('lower', ['profile_email']), '=', key)]),
        )
        .limit(1)
        .executeTakeFirst();
      return found !== undefined;
    },
    async devicesOf(userIds) {
      const devices: DeviceRow[] = [];
      for (const chunk of portions(userIds, 1)) {
        const rows = database.selectFrom('devices').selectAll().where('user_id', 'in', chunk);
        devices.push(...(await rows.orderBy('is_mine', 'desc').orderBy('name').orderBy('id').execute()));
      }
      return devices;
    },
    devicesOfSite(siteId) {
      return database.selectFrom('devices').selectAll().where('site_id', '=', siteId).orderBy('address').execute();
    },
    async countBySite() {
      const rows = await database
        .selectFrom('users')
        .select(['site_id', ({ fn }) => fn.countAll().as('users')])
        .groupBy('site_id')
        .execute();
      return new Map(rows.map((row) => [row.site_id, Number(row.users)]));
    },
    async countAdministrators(withoutIds) {
      const rows = await database
        .selectFrom('users')
        .select('id')
        .where('role', '=', 'admin')
        .where('disabled_at', 'is', null)
        .execute();
      const without = new Set(withoutIds);
      return rows.filter((row) => !without.has(row.id)).length;
    },
    async insert(users) {
      for (const chunk of portions(users, 21)) await database.insertInto('users').values(chunk).execute();
    },
    async releaseExtensions(ids) {
      for (const chunk of portions(ids, 1)) {
        await database.updateTable('users').set({ extension: null }).where('id', 'in', chunk).execute();
      }
    },
    async update(id, changes) {
      await database.updateTable('users').set(changes).where('id', '=', id).execute();
    },
    async remove(id) {
      await database.deleteFrom('users').where('id', '=', id).execute();
    },
    async insertDevices(devices) {
      for (const chunk of portions(devices, 6)) await database.insertInto('devices').values(chunk).execute();
    },
    async updateDevice(id, changes) {
      await database.updateTable('devices').set(changes).where('id', '=', id).execute();
    },
    async removeDevices(ids) {
      for (const chunk of portions(ids, 1)) await database.deleteFrom('devices').where('id', 'in', chunk).execute();
    },
  };
}
