/** Sites, and the small facts of the installation. */
import type { Selectable } from 'kysely';
import { dialPlanSchema } from '../../shared/dial-plan';
import { readJson } from '../database/database';
import type { Database } from '../database/database';
import type { SitesTable } from '../database/tables/people';
import { telephoneSystemSettingsSchema } from './people-model';
import type { Site } from './people-model';

export interface SiteStore {
  /** In the order of names. */
  list(): Promise<Site[]>;
  find(id: string): Promise<Site | undefined>;
  insert(site: Site): Promise<void>;
  update(site: Site): Promise<void>;
  /** Nothing may belong to it any more. */
  remove(id: string): Promise<void>;
  /** A fact of the installation. */
  fact(key: string): Promise<string | undefined>;
  setFact(key: string, value: string): Promise<void>;
  removeFact(key: string): Promise<void>;
}

export function createSiteStore(database: Database): SiteStore {
  return {
    async list() {
      const rows = await database.selectFrom('sites').selectAll().orderBy('name').orderBy('id').execute();
      return rows.map(siteOf);
    },
    async find(id) {
      const row = await database.selectFrom('sites').selectAll().where('id', '=', id).executeTakeFirst();
      return row && siteOf(row);
    },
    async insert(site) {
      await database.insertInto('sites').values(rowOf(site)).execute();
    },
    async update(site) {
      await database.updateTable('sites').set(rowOf(site)).where('id', '=', site.id).execute();
    },
    async remove(id) {
      await database.deleteFrom('sites').where('id', '=', id).execute();
    },
    async fact(key) {
      const row = await database.selectFrom('installation').select('value').where('key', '=', key).executeTakeFirst();
      return row?.value;
    },
    async setFact(key, value) {
      await database
        .insertInto('installation')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
    },
    async removeFact(key) {
      await database.deleteFrom('installation').where('key', '=', key).execute();
    },
  };
}

function siteOf(row: Selectable<SitesTable>): Site {
  return {
    id: row.id,
    name: row.name,
    timeZone: row.time_zone,
    dialPlan: readJson(dialPlanSchema, row.dial_plan),
    ...(row.telephone_system === null
      ? {}
      : { telephoneSystem: readJson(telephoneSystemSettingsSchema, row.telephone_system) }),
    ...(row.journal_days === null ? {} : { journalDays: row.journal_days }),
  };
}

function rowOf(site: Site): Selectable<SitesTable> {
  return {
    id: site.id,
    name: site.name,
    time_zone: site.timeZone,
    dial_plan: JSON.stringify(site.dialPlan),
    telephone_system: site.telephoneSystem === undefined ? null : JSON.stringify(site.telephoneSystem),
    journal_days: site.journalDays ?? null,
  };
}
