/** Groups with their members, and speed dials. */
import type { Selectable } from 'kysely';
import { portions } from '../database/database';
import type { Database } from '../database/database';
import type { GroupsTable, SpeedDialsTable } from '../database/tables/people';

export type GroupRow = Selectable<GroupsTable>;
export type SpeedDialRow = Selectable<SpeedDialsTable>;

export interface GroupStore {
  /** In the order of extensions; all sites where none is named. */
  list(siteId?: string): Promise<GroupRow[]>;
  byIds(ids: readonly string[]): Promise<GroupRow[]>;
  /** By extension, in any site. */
  byExtensions(extensions: readonly string[]): Promise<GroupRow[]>;
  /** User ids by group id. */
  members(groupIds: readonly string[]): Promise<Map<string, string[]>>;
  insert(group: GroupRow): Promise<void>;
  update(group: GroupRow): Promise<void>;
  setMembers(groupId: string, userIds: readonly string[]): Promise<void>;
  remove(id: string): Promise<void>;
}

export function createGroupStore(database: Database): GroupStore {
  return {
    list(siteId) {
      const groups = database.selectFrom('groups').selectAll().orderBy('site_id').orderBy('extension');
      return (siteId === undefined ? groups : groups.where('site_id', '=', siteId)).execute();
    },
    async byIds(ids) {
      const groups: GroupRow[] = [];
      for (const chunk of portions(ids, 1)) {
        groups.push(...(await database.selectFrom('groups').selectAll().where('id', 'in', chunk).execute()));
      }
      return groups;
    },
    async byExtensions(extensions) {
      const groups: GroupRow[] = [];
      for (const chunk of portions(extensions, 1)) {
        const inAnySite = database.selectFrom('sites').select('id');
        const rows = database.selectFrom('groups').selectAll().where('site_id', 'in', inAnySite);
        groups.push(...(await rows.where('extension', 'in', chunk).execute()));
      }
      return groups;
    },
    async members(groupIds) {
      const members = new Map<string, string[]>(groupIds.map((id) => [id, []]));
      for (const chunk of portions(groupIds, 1)) {
        const rows = database.selectFrom('group_members').selectAll().where('group_id', 'in', chunk);
        for (const row of await rows.orderBy('user_id').execute()) members.get(row.group_id)?.push(row.user_id);
      }
      return members;
    },
    async insert(group) {
      await database.insertInto('groups').values(group).execute();
    },
    async update({ id, ...changes }) {
      await database.updateTable('groups').set(changes).where('id', '=', id).execute();
    },
    async setMembers(groupId, userIds) {
      await database.deleteFrom('group_members').where('group_id', '=', groupId).execute();
      const rows = userIds.map((userId) => ({ group_id: groupId, user_id: userId }));
      for (const chunk of portions(rows, 2)) await database.insertInto('group_members').values(chunk).execute();
    },
    async remove(id) {
      await database.deleteFrom('groups').where('id', '=', id).execute();
    },
  };
}

export interface SpeedDialStore {
  /** In the order of names; all sites where none is named. */
  list(siteId?: string): Promise<SpeedDialRow[]>;
  byIds(ids: readonly string[]): Promise<SpeedDialRow[]>;
  insert(speedDials: readonly SpeedDialRow[]): Promise<void>;
  update(speedDial: SpeedDialRow): Promise<void>;
  remove(id: string): Promise<void>;
}

export function createSpeedDialStore(database: Database): SpeedDialStore {
  return {
    list(siteId) {
      const speedDials = database.selectFrom('speed_dials').selectAll().orderBy('name').orderBy('id');
      return (siteId === undefined ? speedDials : speedDials.where('site_id', '=', siteId)).execute();
    },
    async byIds(ids) {
      const speedDials: SpeedDialRow[] = [];
      for (const chunk of portions(ids, 1)) {
        speedDials.push(...(await database.selectFrom('speed_dials').selectAll().where('id', 'in', chunk).execute()));
      }
      return speedDials;
    },
    async insert(speedDials) {
      for (const chunk of portions(speedDials, 4)) await database.insertInto('speed_dials').values(chunk).execute();
    },
    async update({ id, ...changes }) {
      await database.updateTable('speed_dials').set(changes).where('id', '=', id).execute();
    },
    async remove(id) {
      await database.deleteFrom('speed_dials').where('id', '=', id).execute();
    },
  };
}
