/** Sign-ins at Microsoft that were begun and have not come back. In the database, because another instance may hear the answer. */
import type { Connection } from '../database/database';

export interface BegunSignIn {
  readonly stateHash: string;
  readonly userId: string;
  readonly address: string;
  /** PKCE verifier, sealed. */
  readonly verifier: { readonly sealed: string; readonly keyId: string };
  readonly until: string;
}

/** Notes it; of one user only the last one counts. */
export async function addSignIn(db: Connection, signIn: BegunSignIn, now: string): Promise<void> {
  await db
    .deleteFrom('unattended_sign_ins')
    .where((eb) => eb.or([eb('user_id', '=', signIn.userId), eb('until', '<=', now)]))
    .execute();
  await db
    .insertInto('unattended_sign_ins')
    .values({
      state_hash: signIn.stateHash,
      user_id: signIn.userId,
      address: signIn.address,
      verifier: signIn.verifier.sealed,
      key_id: signIn.verifier.keyId,
      until: signIn.until,
    })
    .execute();
}

/** Takes it: it can be answered once. */
export async function takeSignIn(db: Connection, stateHash: string, now: string): Promise<BegunSignIn | undefined> {
  const row = await db
    .deleteFrom('unattended_sign_ins')
    .where('state_hash', '=', stateHash)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined || row.until <= now) return undefined;
  return {
    stateHash: row.state_hash,
    userId: row.user_id,
    address: row.address,
    verifier: { sealed: row.verifier, keyId: row.key_id },
    until: row.until,
  };
}

export async function removeSignIns(db: Connection, userId: string): Promise<void> {
  await db.deleteFrom('unattended_sign_ins').where('user_id', '=', userId).execute();
}
