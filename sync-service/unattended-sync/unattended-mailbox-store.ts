/** The mailboxes that the service reads by itself. Several instances of the service may work on one table. */
import * as z from 'zod/mini';
import type { Connection } from '../database/database';
import { pauseReasons, unattendedModes, unattendedProblems } from '../../shared/unattended-sync';
import type { PauseReason, UnattendedMode, UnattendedProblem, UnattendedState } from '../../shared/unattended-sync';
import type { UnattendedMailboxesTable } from '../database/tables/unattended-sync';
import type { SealedSecret } from './sealed-secret';

/** A mailbox with what a run needs. */
export interface UnattendedMailbox {
  readonly id: string;
  readonly userId: string;
  readonly mode: UnattendedMode;
  readonly address: string;
  readonly secret: SealedSecret | undefined;
  readonly intervalMinutes: number;
  readonly nextRunAt: string | undefined;
  readonly requested: boolean;
  readonly lastRunAt: string | undefined;
  readonly lastSuccessAt: string | undefined;
  readonly problem: UnattendedProblem | undefined;
  readonly failures: number;
  readonly paused: { readonly reason: PauseReason; readonly at: string } | undefined;
  readonly leaseUntil: string | undefined;
}

/** What a run leaves behind. */
export interface RunEnd {
  readonly at: string;
  readonly succeeded: boolean;
  readonly problem: UnattendedProblem | undefined;
  readonly intervalMinutes: number;
  readonly nextRunAt: string | undefined;
  readonly failures: number;
  readonly pause: PauseReason | undefined;
}

/** Adds the mailbox or takes it over with a new secret: then it begins anew, without its failures. */
export async function putMailbox(
  db: Connection,
  mailbox: {
    readonly id: string;
    readonly userId: string;
    readonly mode: UnattendedMode;
    readonly address: string;
    readonly secret: SealedSecret | undefined;
    readonly intervalMinutes: number;
    readonly nextRunAt: string | undefined;
    readonly at: string;
  },
): Promise<void> {
  const fresh = {
    mode: mailbox.mode,
    secret: mailbox.secret?.sealed ?? null,
    key_id: mailbox.secret?.keyId ?? null,
    interval_minutes: mailbox.intervalMinutes,
    next_run_at: mailbox.nextRunAt ?? null,
    last_problem: null,
    failures: 0,
    paused_reason: null,
    paused_at: null,
    // A run with what was there before has nothing to say any more.
    lease_owner: null,
    lease_until: null,
  };
  await db
    .insertInto('unattended_mailboxes')
    .values({
      id: mailbox.id,
      user_id: mailbox.userId,
      address: mailbox.address,
      ...fresh,
      requested: 0,
      last_run_at: null,
      last_success_at: null,
      created_at: mailbox.at,
    })
    .onConflict((oc) => oc.columns(['user_id', 'address']).doUpdateSet(fresh))
    .execute();
}

/** The user's mailboxes by address. */
export async function mailboxesOf(db: Connection, userId: string): Promise<UnattendedMailbox[]> {
  const rows = await db
    .selectFrom('unattended_mailboxes')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('address')
    .execute();
  return rows.map(mailboxOf);
}

export async function findMailbox(db: Connection, id: string): Promise<UnattendedMailbox | undefined> {
  const row = await db.selectFrom('unattended_mailboxes').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : mailboxOf(row);
}

/** Mailboxes of that address, in lower case: those of one user, unless two of them have the same one. */
export async function mailboxesAt(db: Connection, address: string): Promise<UnattendedMailbox[]> {
  const rows = await db.selectFrom('unattended_mailboxes').selectAll().where('address', '=', address).execute();
  return rows.map(mailboxOf);
}

/** Mailboxes by address after the cursor, at most `limit`. */
export async function pageOfMailboxes(
  db: Connection,
  after: { readonly address: string; readonly id: string } | undefined,
  limit: number,
): Promise<UnattendedMailbox[]> {
  let query = db.selectFrom('unattended_mailboxes').selectAll();
  if (after !== undefined) {
    query = query.where((eb) =>
      eb.or([eb('address', '>', after.address), eb.and([eb('address', '=', after.address), eb('id', '>', after.id)])]),
    );
  }
  return (await query.orderBy('address').orderBy('id').limit(limit).execute()).map(mailboxOf);
}

/** Takes the mailboxes of a user away, with their secrets. */
export async function removeMailboxes(db: Connection, userId: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('unattended_mailboxes')
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

export async function removeMailbox(db: Connection, id: string): Promise<void> {
  await db.deleteFrom('unattended_mailboxes').where('id', '=', id).execute();
}

/** Ids of mailboxes whose time has come and that nobody runs, the one that waits longest first. */
export async function dueMailboxes(db: Connection, now: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('unattended_mailboxes')
    .select('id')
    .where('next_run_at', '<=', now)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
    .orderBy('next_run_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Mailboxes whose time has come: how many, and since when the one waits that waits longest. */
export async function backlog(db: Connection, now: string): Promise<{ due: number; oldest: string | undefined }> {
  const row = await db
    .selectFrom('unattended_mailboxes')
    .select((eb) => [eb.fn.countAll().as('due'), eb.fn.min('next_run_at').as('oldest')])
    .where('next_run_at', '<=', now)
    .executeTakeFirstOrThrow();
  return { due: Number(row.due), oldest: row.oldest ?? undefined };
}

/**
 * Takes the lease of a mailbox that is due, by one conditional update: of several instances one gets it.
 * Undefined when another one was quicker or it is not due any more.
 */
export async function claimMailbox(
  db: Connection,
  id: string,
  lease: { readonly owner: string; readonly until: string; readonly now: string },
): Promise<UnattendedMailbox | undefined> {
  const row = await db
    .updateTable('unattended_mailboxes')
    .set({ lease_owner: lease.owner, lease_until: lease.until })
    .where('id', '=', id)
    .where('next_run_at', '<=', lease.now)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', lease.now)]))
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : mailboxOf(row);
}

/** False when the lease is not the owner's any more. */
export async function renewLease(db: Connection, id: string, owner: string, until: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('unattended_mailboxes')
    .set({ lease_until: until })
    .where('id', '=', id)
    .where('lease_owner', '=', owner)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Gives the lease back with what came of the run; without it, the mailbox is as due as before. */
export async function releaseLease(db: Connection, id: string, owner: string, end?: RunEnd): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('unattended_mailboxes')
    .set({
      lease_owner: null,
      lease_until: null,
      ...(end === undefined
        ? {}
        : {
            last_run_at: end.at,
            ...(end.succeeded ? { last_success_at: end.at } : {}),
            last_problem: end.problem ?? null,
            interval_minutes: end.intervalMinutes,
            next_run_at: end.nextRunAt ?? null,
            requested: 0,
            failures: end.failures,
            paused_reason: end.pause ?? null,
            paused_at: end.pause === undefined ? null : end.at,
          }),
    })
    .where('id', '=', id)
    .where('lease_owner', '=', owner)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Keeps what a run got in exchange for the secret. False when the lease is not the owner's any more. */
export async function saveSecret(db: Connection, id: string, owner: string, secret: SealedSecret): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('unattended_mailboxes')
    .set({ secret: secret.sealed, key_id: secret.keyId })
    .where('id', '=', id)
    .where('lease_owner', '=', owner)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Makes the mailbox due now, at somebody's word, whatever paused it. */
export async function requestRun(db: Connection, id: string, now: string): Promise<void> {
  await db
    .updateTable('unattended_mailboxes')
    .set({ next_run_at: now, requested: 1, paused_reason: null, paused_at: null })
    .where('id', '=', id)
    .execute();
}

/** Takes it up again without its failures. */
export async function resumeMailbox(db: Connection, id: string, nextRunAt: string | undefined): Promise<void> {
  await db
    .updateTable('unattended_mailboxes')
    .set({ next_run_at: nextRunAt ?? null, failures: 0, paused_reason: null, paused_at: null })
    .where('id', '=', id)
    .execute();
}

/** No more runs; one that is under way loses its lease and ends. */
export async function pauseMailbox(db: Connection, id: string, reason: PauseReason, at: string): Promise<void> {
  await db
    .updateTable('unattended_mailboxes')
    .set({
      next_run_at: null,
      requested: 0,
      paused_reason: reason,
      paused_at: at,
      lease_owner: null,
      lease_until: null,
    })
    .where('id', '=', id)
    .execute();
}

/** Another interval of the user's settings; a mailbox that is paused stays so. */
export async function setInterval(
  db: Connection,
  id: string,
  intervalMinutes: number,
  nextRunAt: string | undefined,
): Promise<void> {
  await db
    .updateTable('unattended_mailboxes')
    .set({ interval_minutes: intervalMinutes, next_run_at: nextRunAt ?? null })
    .where('id', '=', id)
    .where('paused_reason', 'is', null)
    .execute();
}

/** As people are told of it. */
export function stateOf(mailbox: UnattendedMailbox, now: string): UnattendedState {
  const { mode, address, intervalMinutes, nextRunAt, lastRunAt, lastSuccessAt, problem, failures, paused } = mailbox;
  return {
    mode,
    address,
    intervalMinutes,
    running: mailbox.leaseUntil !== undefined && mailbox.leaseUntil > now,
    ...(nextRunAt === undefined ? {} : { nextRunAt }),
    ...(lastRunAt === undefined ? {} : { lastRunAt }),
    ...(lastSuccessAt === undefined ? {} : { lastSuccessAt }),
    ...(problem === undefined ? {} : { problem }),
    failures,
    ...(paused === undefined ? {} : { paused }),
  };
}

const modeSchema = z.enum(unattendedModes);
const problemSchema = z.enum(unattendedProblems);
const pauseSchema = z.enum(pauseReasons);

function mailboxOf(row: UnattendedMailboxesTable): UnattendedMailbox {
  return {
    id: row.id,
    userId: row.user_id,
    mode: z.parse(modeSchema, row.mode),
    address: row.address,
    secret: row.secret === null || row.key_id === null ? undefined : { sealed: row.secret, keyId: row.key_id },
    intervalMinutes: row.interval_minutes,
    nextRunAt: row.next_run_at ?? undefined,
    requested: row.requested === 1,
    lastRunAt: row.last_run_at ?? undefined,
    lastSuccessAt: row.last_success_at ?? undefined,
    problem: row.last_problem === null ? undefined : z.parse(problemSchema, row.last_problem),
    failures: row.failures,
    paused:
      row.paused_reason === null || row.paused_at === null
        ? undefined
        : { reason: z.parse(pauseSchema, row.paused_reason), at: row.paused_at },
    leaseUntil: row.lease_until ?? undefined,
  };
}
