/**
 * Failed sign-ins in the audit trail: each is counted, and an attacker cannot fill the disk with them. Of one account an
 * hour's failures are one entry; those under names that nobody has are one entry together, and the name that was typed is not
 * kept: people type their password into the wrong field.
 */
import type { Database } from '../database/database';
import type { AuditAction } from './audit-trail';

/** `sign-in.failed`: the password was wrong. `sign-in.refused`: it was not looked at, because there were too many before. */
export type SignInAct = Extract<AuditAction, `sign-in.${string}`>;
const acts: readonly SignInAct[] = ['sign-in.failed', 'sign-in.refused'];

/** Who the entries are by; the subject where nobody has the name. */
const actor = 'sign-in';
const unknownName = 'unknown';

const windowMs = 60 * 60_000;
/** So many entries of failed sign-ins are kept, and none for longer. */
const entriesKept = 50_000;
const keptForMs = 90 * 24 * 60 * 60_000;

export interface SignInAudit {
  /** `userId`: whose name was given; undefined where nobody has it. */
  note(act: SignInAct, userId: string | undefined): Promise<void>;
  /** Removes what is older or more than is kept. */
  forgetOld(): Promise<void>;
}

export function createSignInAudit(database: Database, now: () => Date): SignInAudit {
  return {
    async note(action, userId) {
      const at = now();
      const subject = userId ?? unknownName;
      const id = `${action}:${subject}:${Math.floor(at.getTime() / windowMs)}`;
      await database
        .insertInto('audit_trail')
        .values({ id, at: at.toISOString(), actor, action, subject, times: 1 })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet((is) => ({ times: is('audit_trail.times', '+', 1) })),
        )
        .execute();
    },

    async forgetOld() {
      const oldest = await database
        .selectFrom('audit_trail')
        .select('at')
        .where('action', 'in', acts)
        .orderBy('at', 'desc')
        .offset(entriesKept)
        .limit(1)
        .executeTakeFirst();
      const tooOld = new Date(now().getTime() - keptForMs).toISOString();
      const before = oldest === undefined || oldest.at < tooOld ? tooOld : oldest.at;
      await database.deleteFrom('audit_trail').where('action', 'in', acts).where('at', '<=', before).execute();
    },
  };
}
