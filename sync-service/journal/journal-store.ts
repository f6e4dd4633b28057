/**
 * Entries of the journal as their user works with them. Everything is by owner; an entry of somebody else does not exist.
 * Lists go newest first from behind a place, so that they stay the same while entries arrive. Conditions that a partial
 * index was made for are written into the statement, since only then it is used.
 */
import { sql } from 'kysely';
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import { portions } from '../database/database';
import type { Connection } from '../database/database';
import type { Tables } from '../database/tables';
import type { JournalCounts, JournalFolder } from '../../shared/journal';
import { keptEntry } from './journal-row';
import type { JournalRow, KeptEntry } from './journal-row';

/** A place in the list: that of an entry. */
export interface JournalPlace {
  readonly startedAt: string;
  readonly id: string;
}

/** What a user makes of an entry; what is undefined stays. */
export interface EntryChange {
  readonly open?: boolean | undefined;
  readonly note?: string | null | undefined;
  /** ISO 8601 UTC; a new one is told when it is due. */
  readonly remindAt?: string | null | undefined;
}

/** Entries that one statement deletes or changes at most, so that nobody waits for it longer than 20 ms. */
const portionSize = 100;

/** Entries of a folder at the time `now` (ISO 8601 UTC), newest first, from behind a place. */
export async function listEntries(
  db: Connection,
  userId: string,
  folder: JournalFolder,
  now: string,
  limit: number,
  after?: JournalPlace,
): Promise<KeptEntry[]> {
  const rows = await newestFirst(db, userId, limit, after)
    .where((eb) => inFolder(eb, folder, now))
    .execute();
  return rows.map(keptEntry);
}

/** Exact counts of all folders at the time `now`. */
export async function countEntries(db: Connection, userId: string, now: string): Promise<JournalCounts> {
  const count = (condition: (eb: Entries) => Condition) =>
    db
      .selectFrom('journal_entries')
      .select((eb) => eb.fn.countAll().as('entries'))
      .where('user_id', '=', userId)
      .where(condition);
  const row = await db
    .selectNoFrom([
      count((eb) => inFolder(eb, 'missed', now)).as('missed'),
      count((eb) => inFolder(eb, 'answered', now)).as('answered'),
      count((eb) => inFolder(eb, 'open', now)).as('open'),
      count((eb) => inFolder(eb, 'overdue', now)).as('overdue'),
      count((eb) => eb('unseen', '=', sql.lit(1))).as('unseen'),
    ])
    .executeTakeFirstOrThrow();
  const missed = Number(row.missed);
  const answered = Number(row.answered);
  const all = missed + answered;
  return { missed, answered, all, open: Number(row.open), overdue: Number(row.overdue), unseen: Number(row.unseen) };
}

export async function findEntry(db: Connection, userId: string, id: string): Promise<KeptEntry | undefined> {
  const row = await db
    .selectFrom('journal_entries')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row === undefined ? undefined : keptEntry(row);
}

/** Changes what the user makes of an entry; inside a transaction. Only what was not put through opens. */
export async function changeEntry(db: Connection, userId: string, id: string, change: EntryChange): Promise<void> {
  const entry = await findEntry(db, userId, id);
  if (entry === undefined) return;
  const { open, note, remindAt } = change;
  const anew = remindAt !== undefined && remindAt !== (entry.remindAt ?? null);
  const values = {
    ...(open === undefined ? {} : { open: Number(open && entry.call.result === 'not-answered') }),
    ...(note === undefined ? {} : { note }),
    ...(anew ? { remind_at: remindAt, reminded: 0 } : {}),
  };
  if (Object.keys(values).length === 0) return;
  await db.updateTable('journal_entries').set(values).where('id', '=', id).where('user_id', '=', userId).execute();
}

/** Deletes an entry for good; inside a transaction. False: there is none. */
export async function removeEntry(db: Connection, userId: string, id: string): Promise<boolean> {
  const rows = await db
    .selectFrom('journal_entries')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .execute();
  await bury(db, rows);
  return rows.length > 0;
}

/** Deletes a portion of the entries of calls that began before a time; inside a transaction. 0: none is left. */
export async function removePortionBefore(db: Connection, userId: string, before: string): Promise<number> {
  const rows = await db
    .selectFrom('journal_entries')
    .selectAll()
    .where('user_id', '=', userId)
    .where('started_at', '<', before)
    .limit(portionSize)
    .execute();
  await bury(db, rows);
  return rows.length;
}

/** Looks at a portion of the missed calls that began until a time. 0: none is left. */
export async function seePortion(db: Connection, userId: string, until: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('journal_entries')
    .set({ unseen: 0 })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('journal_entries')
        .select('id')
        .where('user_id', '=', userId)
        .where('unseen', '=', sql.lit(1))
        .where('started_at', '<=', until)
        .limit(portionSize),
    )
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** Deletes a portion of what began before a time at a site, marks of deleted entries as well. */
export async function removePortionOfSite(
  db: Connection,
  siteId: string,
  before: string,
): Promise<{ readonly userIds: string[]; readonly more: boolean }> {
  const gone = await db
    .deleteFrom('journal_entries')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('journal_entries')
        .select('id')
        .where('site_id', '=', siteId)
        .where('started_at', '<', before)
        .limit(portionSize),
    )
    .returning('user_id')
    .execute();
  const marks = await db
    .selectFrom('journal_tombstones')
    .select(['call_id', 'user_id', 'direction'])
    .where('site_id', '=', siteId)
    .where('started_at', '<', before)
    .limit(portionSize)
    .execute();
  for (const mark of marks) {
    await db
      .deleteFrom('journal_tombstones')
      .where('call_id', '=', mark.call_id)
      .where('user_id', '=', mark.user_id)
      .where('direction', '=', mark.direction)
      .execute();
  }
  return {
    userIds: [...new Set(gone.map((row) => row.user_id))],
    more: gone.length === portionSize || marks.length === portionSize,
  };
}

/** A portion of the outgoing calls, newest first, from behind a place. */
export async function listDialled(db: Connection, userId: string, limit: number, after?: JournalPlace) {
  const rows = await newestFirst(db, userId, limit, after)
    .where('direction', '=', sql.lit('outgoing' as const))
    .execute();
  return rows.map(keptEntry);
}

/** When the next reminder that was not told is due; of all users. */
export async function nextReminder(db: Connection): Promise<string | undefined> {
  const row = await db
    .selectFrom('journal_entries')
    .select('remind_at')
    .where('remind_at', 'is not', null)
    .where('reminded', '=', sql.lit(0))
    .orderBy('remind_at')
    .limit(1)
    .executeTakeFirst();
  return row?.remind_at ?? undefined;
}

/** Takes a portion of the reminders that are due, each once; inside a transaction. */
export async function takeDueReminders(db: Connection, now: string): Promise<KeptEntry[]> {
  const due = await db
    .selectFrom('journal_entries')
    .selectAll()
    .where('remind_at', 'is not', null)
    .where('remind_at', '<=', now)
    .where('reminded', '=', sql.lit(0))
    .orderBy('remind_at')
    .limit(portionSize)
    .execute();
  if (due.length === 0) return [];
  await db
    .updateTable('journal_entries')
    .set({ reminded: 1 })
    .where(
      'id',
      'in',
      due.map((row) => row.id),
    )
    .execute();
  return due.map(keptEntry);
}

type Entries = ExpressionBuilder<Tables, 'journal_entries'>;
type Condition = ExpressionWrapper<Tables, 'journal_entries', SqlBool>;

function inFolder(eb: Entries, folder: JournalFolder, now: string): Condition {
  switch (folder) {
    case 'all':
      return eb.and([]);
    case 'missed':
    case 'answered':
      return eb('folder', '=', folder);
    case 'open':
      return eb('open', '=', sql.lit(1));
    case 'overdue':
      return eb.and([eb('remind_at', 'is not', null), eb('remind_at', '<=', now)]);
  }
}

function newestFirst(db: Connection, userId: string, limit: number, after: JournalPlace | undefined) {
  const entries = db
    .selectFrom('journal_entries')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (after === undefined) return entries;
  return entries
    .where('started_at', '<=', after.startedAt)
    .where((eb) => eb.or([eb('started_at', '<', after.startedAt), eb('id', '<', after.id)]));
}

/** Deletes entries and marks their calls as deleted. */
async function bury(db: Connection, rows: readonly JournalRow[]): Promise<void> {
  const marks = rows.map(({ user_id, site_id, call_id, direction, started_at }) => ({
    user_id,
    site_id,
    call_id,
    direction,
    started_at,
  }));
  for (const portion of portions(marks, 5)) {
    await db
      .insertInto('journal_tombstones')
      .values(portion)
      .onConflict((oc) => oc.doNothing())
      .execute();
  }
  const ids = rows.map((row) => row.id);
  for (const portion of portions(ids, 1)) {
    await db.deleteFrom('journal_entries').where('id', 'in', portion).execute();
  }
}
