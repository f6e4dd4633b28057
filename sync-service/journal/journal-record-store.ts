/**
 * Putting call records into the journal: entries and the place up to which was read change together, so that after a
 * crash either both are there or neither. Putting the same calls once more changes nothing (`merge-record.ts`), and what
 * was deleted stays away.
 */
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Insertable } from 'kysely';
import { portions } from '../database/database';
import type { Connection } from '../database/database';
import type { JournalEntriesTable } from '../database/tables/journal';
import { callColumns, callOfRow } from './journal-row';
import type { JournalRow } from './journal-row';
import { mergeCalls } from './merge-record';
import type { JournalCall } from './merge-record';
import { opens, staysOpen } from './open-entries';

/** A call of a user. */
export interface UserCall {
  readonly userId: string;
  readonly call: JournalCall;
}

/** Where reading a site's call records goes on; undefined: from their beginning. */
export async function cursorOf(db: Connection, siteId: string): Promise<string | undefined> {
  const row = await db.selectFrom('journal_cursors').select('cursor').where('site_id', '=', siteId).executeTakeFirst();
  return row?.cursor;
}

export async function saveCursor(db: Connection, siteId: string, cursor: string): Promise<void> {
  await db
    .insertInto('journal_cursors')
    .values({ site_id: siteId, cursor })
    .onConflict((oc) => oc.column('site_id').doUpdateSet({ cursor }))
    .execute();
}

/** Puts calls into the journals of their users; inside a transaction. Returns the users whose journal changed. */
export async function putCalls(
  db: Connection,
  siteId: string,
  calls: readonly UserCall[],
  newId: () => string,
): Promise<Set<string>> {
  const told = mergeEqual(calls);
  const known = await findKnown(db, told);
  const fresh: UserCall[] = [];
  const changed: { readonly row: JournalRow; readonly userCall: UserCall }[] = [];
  for (const [key, { userId, call }] of told) {
    const row = known.rows.get(key);
    if (known.deleted.has(key)) continue;
    if (row === undefined) {
      fresh.push({ userId, call });
      continue;
    }
    const before = callOfRow(row);
    const merged = mergeCalls(before, call);
    if (!isDeepStrictEqual(before, merged)) changed.push({ row, userCall: { userId, call: merged } });
  }
  const touched = [...fresh, ...changed.map(({ userCall }) => userCall)];
  const reached = await lastReached(db, touched);
  const reachedOf = ({ userId, call }: UserCall) => ({ reachedAt: reached.get(partyOf(userId, call)) });

  const rows = fresh.map(({ userId, call }): Insertable<JournalEntriesTable> => ({
    id: newId(),
    user_id: userId,
    site_id: siteId,
    call_id: call.callId,
    direction: call.direction,
    ...callColumns(call),
    open: Number(opens(call, reachedOf({ userId, call }))),
    unseen: Number(isMissedCall(call)),
    note: null,
    remind_at: null,
    reminded: 0,
  }));
  for (const portion of portions(rows, 26)) await db.insertInto('journal_entries').values(portion).execute();
  for (const { row, userCall } of changed) {
    const open = staysOpen({ open: row.open === 1, startedAt: row.started_at }, userCall.call, reachedOf(userCall));
    await db
      .updateTable('journal_entries')
      .set({
        ...callColumns(userCall.call),
        open: Number(open),
        unseen: Number(row.unseen === 1 && isMissedCall(userCall.call)),
      })
      .where('id', '=', row.id)
      .execute();
  }
  await closeReached(db, touched);
  return new Set(touched.map(({ userId }) => userId));
}

/** Sides of the same call as one. */
function mergeEqual(calls: readonly UserCall[]): Map<string, UserCall> {
  const merged = new Map<string, UserCall>();
  for (const { userId, call } of calls) {
    const key = keyOf(userId, call.callId, call.direction);
    const before = merged.get(key)?.call;
    merged.set(key, { userId, call: before === undefined ? call : mergeCalls(before, call) });
  }
  return merged;
}

/** What the journal knows of calls already: entries, and entries that were deleted. */
async function findKnown(db: Connection, told: ReadonlyMap<string, UserCall>) {
  const callIds = [...new Set([...told.values()].map(({ call }) => call.callId))];
  const rows = new Map<string, JournalRow>();
  const deleted = new Set<string>();
  for (const portion of portions(callIds, 1)) {
    for (const row of await db.selectFrom('journal_entries').selectAll().where('call_id', 'in', portion).execute()) {
      rows.set(keyOf(row.user_id, row.call_id, row.direction), row);
    }
    const tombstones = await db
      .selectFrom('journal_tombstones')
      .select(['user_id', 'call_id', 'direction'])
      .where('call_id', 'in', portion)
      .execute();
    for (const row of tombstones) deleted.add(keyOf(row.user_id, row.call_id, row.direction));
  }
  return { rows, deleted };
}

/** When the parties of calls were reached last, by the journal and by these calls themselves. */
async function lastReached(db: Connection, calls: readonly UserCall[]): Promise<Map<string, string>> {
  const reached = new Map<string, string>();
  const note = (party: string, at: string) => {
    const before = reached.get(party);
    if (before === undefined || before < at) reached.set(party, at);
  };
  for (const { userId, call } of calls) {
    if (call.partyKey !== undefined && call.reachedAt !== undefined) note(partyOf(userId, call), call.reachedAt);
  }
  const attempts = calls.filter(({ call }) => call.result === 'not-answered' && call.partyKey !== undefined);
  for (const userId of new Set(attempts.map((attempt) => attempt.userId))) {
    const own = attempts.filter((attempt) => attempt.userId === userId);
    const keys = [...new Set(own.flatMap(({ call }) => call.partyKey ?? []))];
    for (const portion of portions(keys, 1)) {
      const rows = await db
        .selectFrom('journal_entries')
        .select((eb) => ['party_key', eb.fn.max('reached_at').as('at')])
        .where('user_id', '=', userId)
        .where('party_key', 'in', portion)
        .where('reached_at', 'is not', null)
        .groupBy('party_key')
        .execute();
      for (const { party_key: key, at } of rows) if (key !== null && at !== null) note(`${userId} ${key}`, at);
    }
  }
  return reached;
}

/** Closes earlier attempts to whom these calls have reached. */
async function closeReached(db: Connection, calls: readonly UserCall[]): Promise<void> {
  const answers = new Map<string, { userId: string; partyKey: string; reachedAt: string }>();
  for (const { userId, call } of calls) {
    const { partyKey, reachedAt } = call;
    if (partyKey === undefined || reachedAt === undefined) continue;
    const before = answers.get(partyOf(userId, call));
    if (before === undefined || before.reachedAt < reachedAt) {
      answers.set(partyOf(userId, call), { userId, partyKey, reachedAt });
    }
  }
  for (const { userId, partyKey, reachedAt } of answers.values()) {
    await db
      .updateTable('journal_entries')
      .set({ open: 0 })
      .where('user_id', '=', userId)
      .where('party_key', '=', partyKey)
      .where('open', '=', sql.lit(1))
      .where('started_at', '<', reachedAt)
      .execute();
  }
}

const isMissedCall = (call: JournalCall): boolean => call.direction === 'incoming' && call.result === 'not-answered';
const keyOf = (userId: string, callId: string, direction: string): string => `${userId} ${direction} ${callId}`;
const partyOf = (userId: string, call: JournalCall): string => `${userId} ${call.partyKey ?? ''}`;
