/** Users' own pictures in the database. The hash stands at the user too, so that lists need no second table. */
import type { Connection } from '../database/database';
import { readBytes } from '../database/database';

/** Keeps the picture in place of the one before. Call inside a transaction. */
export async function saveUserPicture(db: Connection, userId: string, hash: string, bytes: Uint8Array): Promise<void> {
  await db
    .insertInto('user_pictures')
    .values({ user_id: userId, hash, bytes })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ hash, bytes }))
    .execute();
  await db.updateTable('users').set({ picture: hash }).where('id', '=', userId).execute();
}

/** Call inside a transaction. */
export async function removeUserPicture(db: Connection, userId: string): Promise<void> {
  await db.deleteFrom('user_pictures').where('user_id', '=', userId).execute();
  await db.updateTable('users').set({ picture: null }).where('id', '=', userId).execute();
}

/** The picture of that hash, if it is the viewer's own or one of a user whom the viewer's internal directory shows. */
export async function visibleUserPicture(
  db: Connection,
  viewerId: string,
  hash: string,
): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('user_pictures')
    .innerJoin('users as owner', 'owner.id', 'user_pictures.user_id')
    .innerJoin('users as viewer', 'viewer.site_id', 'owner.site_id')
    .select('user_pictures.bytes')
    .where('user_pictures.hash', '=', hash)
    .where('viewer.id', '=', viewerId)
    .where((is) =>
      is.or([
        is('owner.id', '=', viewerId),
        is.and([is('owner.in_directory', '=', 1), is('owner.disabled_at', 'is', null)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row && readBytes(row.bytes);
}
