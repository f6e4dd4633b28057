/** The table of extensions at which something is published. */
import type { Database } from '../database/database';
import type { PublishedExtensions } from './publisher';

export function createPublishedExtensions(database: Database): PublishedExtensions {
  return {
    async all() {
      const rows = await database.selectFrom('published_extensions').selectAll().execute();
      return rows.map(({ site_id: siteId, extension }) => ({ siteId, extension }));
    },
    async add(siteId, extension) {
      await database
        .insertInto('published_extensions')
        .values({ site_id: siteId, extension })
        .onConflict((oc) => oc.doNothing())
        .execute();
    },
    async remove(siteId, extension) {
      await database
        .deleteFrom('published_extensions')
        .where('site_id', '=', siteId)
        .where('extension', '=', extension)
        .execute();
    },
  };
}
