/** What sources last said of items whose imports were edited by hand, and marks of sources without delta. */
import type { ContactFields } from '../../shared/contact';
import { portions, readJson } from '../database/database';
import type { Connection } from '../database/database';
import { storedFieldsSchema } from './contact-record';
import type { DetachedItem, DetachedNews, ItemMark } from './plan-sync';

/** The original of an edited import. */
export interface DetachedSource {
  readonly accountId: string;
  readonly itemId: string;
  readonly folderId: string | undefined;
  /** Undefined when the source does not have it any more. */
  readonly fields: ContactFields | undefined;
  readonly fingerprint: string | undefined;
  /** True when it is not any more what the import was made from. */
  readonly changed: boolean;
  readonly changedAt: string;
}

/** The items of the account whose imports were edited by hand. */
export async function detachedItemsOf(db: Connection, accountId: string): Promise<DetachedItem[]> {
  const rows = await db
    .selectFrom('contacts')
    .leftJoin('detached_sources', (join) =>
      join
        .onRef('detached_sources.account_id', '=', 'contacts.detached_account_id')
        .onRef('detached_sources.item_id', '=', 'contacts.detached_item_id'),
    )
    .select(['contacts.detached_item_id', 'detached_sources.folder_id', 'detached_sources.fingerprint'])
    .where('contacts.detached_account_id', '=', accountId)
    .execute();
  return rows.flatMap(({ detached_item_id: itemId, folder_id, fingerprint }) =>
    itemId === null ? [] : [{ itemId, folderId: folder_id ?? undefined, fingerprint: fingerprint ?? undefined }],
  );
}

/** Remembers what an import was made from, at the moment in which it is edited. */
export async function rememberOriginal(
  db: Connection,
  original: {
    readonly accountId: string;
    readonly itemId: string;
    readonly folderId: string;
    readonly fields: ContactFields;
    readonly fingerprint: string;
  },
  at: string,
) {
  const row = {
    folder_id: original.folderId,
    fields: JSON.stringify(original.fields),
    fingerprint: original.fingerprint,
    base_fingerprint: original.fingerprint,
    changed_at: at,
  };
  await db
    .insertInto('detached_sources')
    .values({ account_id: original.accountId, item_id: original.itemId, ...row })
    .onConflict((oc) => oc.columns(['account_id', 'item_id']).doUpdateSet(row))
    .execute();
}

/** Notes what a sync said of edited imports. What is heard of for the first time counts as what the import was made from. */
export async function noteNews(db: Connection, accountId: string, news: readonly DetachedNews[], at: string) {
  for (const { itemId, folderId, fields, fingerprint } of news) {
    const row = {
      folder_id: folderId ?? null,
      fields: fields === undefined ? null : JSON.stringify(fields),
      fingerprint: fingerprint ?? null,
      changed_at: at,
    };
    await db
      .insertInto('detached_sources')
      .values({ account_id: accountId, item_id: itemId, ...row, base_fingerprint: fingerprint ?? null })
      .onConflict((oc) => oc.columns(['account_id', 'item_id']).doUpdateSet(row))
      .execute();
  }
}

/** The original of one edited import. */
export async function findOriginal(
  db: Connection,
  accountId: string,
  itemId: string,
): Promise<DetachedSource | undefined> {
  const row = await db
    .selectFrom('detached_sources')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('item_id', '=', itemId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    accountId: row.account_id,
    itemId: row.item_id,
    folderId: row.folder_id ?? undefined,
    fields: row.fields === null ? undefined : readJson(storedFieldsSchema, row.fields),
    fingerprint: row.fingerprint ?? undefined,
    changed: row.fingerprint === null || row.fingerprint !== row.base_fingerprint,
    changedAt: row.changed_at,
  };
}

/** Contacts whose originals are other ones today, in the order of names. */
export async function changedOriginals(
  db: Connection,
  userId: string,
  limit: number,
): Promise<{ readonly id: string; readonly displayName: string; readonly gone: boolean }[]> {
  const rows = await db
    .selectFrom('contacts')
    .innerJoin('detached_sources', (join) =>
      join
        .onRef('detached_sources.account_id', '=', 'contacts.detached_account_id')
        .onRef('detached_sources.item_id', '=', 'contacts.detached_item_id'),
    )
    .select(['contacts.id', 'contacts.fields', 'detached_sources.fingerprint'])
    .where('contacts.user_id', '=', userId)
    .where((eb) =>
      eb.or([
        eb('detached_sources.fingerprint', 'is', null),
        eb('detached_sources.base_fingerprint', 'is', null),
        eb('detached_sources.fingerprint', '!=', eb.ref('detached_sources.base_fingerprint')),
      ]),
    )
    .orderBy('contacts.sort_key')
    .orderBy('contacts.id')
    .limit(limit)
    .execute();
  return rows.map(({ id, fields, fingerprint }) => ({
    id,
    displayName: readJson(storedFieldsSchema, fields).displayName,
    gone: fingerprint === null,
  }));
}

/** Forgets an original: its import is followed again or was deleted. */
export async function forgetOriginal(db: Connection, accountId: string, itemId: string) {
  await db.deleteFrom('detached_sources').where('account_id', '=', accountId).where('item_id', '=', itemId).execute();
}

/** Marks of the account's items; empty for a source with delta. */
export async function marksOf(db: Connection, accountId: string): Promise<Map<string, ItemMark>> {
  const rows = await db.selectFrom('source_marks').selectAll().where('account_id', '=', accountId).execute();
  return new Map(rows.map(({ item_id, folder_id, mark }) => [item_id, { folderId: folder_id, mark }]));
}

/** Sets marks and takes those of other items away. */
export async function changeMarks(
  db: Connection,
  accountId: string,
  {
    set,
    drop,
  }: { readonly set: readonly (ItemMark & { readonly itemId: string })[]; readonly drop: readonly string[] },
) {
  const old = [...drop, ...set.map(({ itemId }) => itemId)];
  for (const portion of portions(old, 1)) {
    await db.deleteFrom('source_marks').where('account_id', '=', accountId).where('item_id', 'in', portion).execute();
  }
  const rows = set.map(({ itemId, folderId, mark }) => ({
    account_id: accountId,
    item_id: itemId,
    folder_id: folderId,
    mark,
  }));
  for (const portion of portions(rows, 4)) await db.insertInto('source_marks').values(portion).execute();
}
