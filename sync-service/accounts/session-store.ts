/** Tables `sessions` and `access_tokens`. */
import { sql } from 'kysely';
import * as z from 'zod/mini';
import type { Database } from '../database/database';
import { readJson } from '../database/database';
import { createOftenAsked } from '../database/often-asked';
import type { Account } from './account-directory';
import { accountOf } from './people-account-directory';
import type { UserRow } from './people-store';
import type { RenewalState } from './session-renewal';

/** A session that was neither revoked nor has run out. Times are milliseconds since 1970. */
export interface StoredSession {
  readonly id: string;
  readonly userId: string;
  readonly signedInBy: SignIn;
  readonly renewal: RenewalState;
  readonly expiresAt: number;
}

/** What proved who the user is. */
export type SignInMethod = 'password' | 'microsoft';

/** How a session began. */
export type SignIn =
  | { readonly method: 'password' }
  /** Nothing is known of the account of a session from before accounts were noted. */
  | { readonly method: 'microsoft'; readonly account?: SignedInAccount };

/** The account of Microsoft that a session began with. */
export interface SignedInAccount {
  readonly tenantId: string;
  readonly objectId: string;
  /** As it is called today. */
  readonly name: string;
}

/** An access token to store. */
export interface NewAccessToken {
  readonly tokenHash: string;
  readonly renewalHash: string;
  readonly expiresAt: number;
}

/** What a token stands for. */
export interface TokenSession {
  readonly id: string;
  /** The user as he is now. */
  readonly account: Account;
  readonly signedInBy: SignInMethod;
  readonly renewalHash: string;
  readonly confirms: boolean;
}

export interface SessionStore {
  create(session: {
    id: string;
    userId: string;
    signedInBy: SignIn;
    familyHash: string;
    renewalHash: string;
    now: number;
    expiresAt: number;
  }): Promise<void>;
  findByFamily(familyHash: string, now: number): Promise<StoredSession | undefined>;
  /**
   * Replaces the renewal state `from` by `to` and lets the session live until `expiresAt`; false when another renewal
   * was faster and nothing was changed.
   */
  rotate(id: string, from: RenewalState, to: RenewalState, now: number, expiresAt: number): Promise<boolean>;
  /** Notes that the client received the renewal cookie of that hash, if that is still the one that is valid. */
  confirm(id: string, renewalHash: string): Promise<void>;
  /** Keeps the `keep` newest tokens of the session. */
  addToken(sessionId: string, token: NewAccessToken, now: number, keep: number): Promise<void>;
  /** The session of a token that has not run out; `confirms`: its use shows that the renewal cookie was received. */
  findByToken(tokenHash: string, now: number): Promise<TokenSession | undefined>;
  revoke(id: string, now: number): Promise<void>;
  /** Gives a session new secrets and makes every token and cookie of it void; it stays the same session, now begun by password. */
  restart(
    id: string,
    secrets: { familyHash: string; renewalHash: string },
    now: number,
    expiresAt: number,
  ): Promise<void>;
  /** Ends every session of the user but one; the ids of those that were alive. */
  revokeAllOf(userId: string, except: string | undefined, now: number): Promise<string[]>;
  /** Of these sessions those that have ended: revoked, run out, or their user was disabled or removed. */
  endedAmong(ids: readonly string[], now: number): Promise<string[]>;
  /** Removes sessions that have run out before that time. */
  removeBefore(time: number): Promise<void>;
}

const recentSchema = z.array(z.object({ hash: z.string(), replacedAt: z.number() }));

/** Bound parameters per statement stay under the least limit of the databases. */
const idsPerStatement = 500;

interface TokenRow extends UserRow {
  readonly session_id: string;
  readonly signed_in_by: string;
  readonly renewal_confirmed: number;
  readonly current_renewal_hash: string;
  readonly renewal_hash: string;
}

export function createSessionStore(database: Database): SessionStore {
  const statements = createOftenAsked(database);
  return {
    async create({ id, userId, signedInBy, familyHash, renewalHash, now, expiresAt }) {
      await database
        .insertInto('sessions')
        .values({
          id,
          user_id: userId,
          signed_in_by: signedInBy.method,
          microsoft_tenant_id: accountIn(signedInBy)?.tenantId ?? null,
          microsoft_object_id: accountIn(signedInBy)?.objectId ?? null,
          family_hash: familyHash,
          renewal_hash: renewalHash,
          previous_renewal_hash: null,
          renewal_confirmed: 0,
          recent_renewals: '[]',
          created_at: iso(now),
          renewed_at: iso(now),
          expires_at: iso(expiresAt),
          revoked_at: null,
        })
        .execute();
    },

    async findByFamily(familyHash, now) {
      const row = await database
        .selectFrom('sessions')
        .leftJoin('microsoft_identities', (join) =>
          join
            .onRef('microsoft_identities.tenant_id', '=', 'sessions.microsoft_tenant_id')
            .onRef('microsoft_identities.object_id', '=', 'sessions.microsoft_object_id'),
        )
        .selectAll('sessions')
        .select('microsoft_identities.account_name')
        .where('family_hash', '=', familyHash)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', iso(now))
        .executeTakeFirst();
      return (
        row && {
          id: row.id,
          userId: row.user_id,
          signedInBy: signInOf(row),
          renewal: {
            current: row.renewal_hash,
            previous: row.previous_renewal_hash,
            confirmed: row.renewal_confirmed === 1,
            recent: readJson(recentSchema, row.recent_renewals),
          },
          expiresAt: Date.parse(row.expires_at),
        }
      );
    },

    async rotate(id, from, to, now, expiresAt) {
      const updated = await database
        .updateTable('sessions')
        .set({
          renewal_hash: to.current,
          previous_renewal_hash: to.previous,
          renewal_confirmed: to.confirmed ? 1 : 0,
          recent_renewals: JSON.stringify(to.recent),
          renewed_at: iso(now),
          expires_at: iso(expiresAt),
        })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .where('renewal_hash', '=', from.current)
        .where('renewal_confirmed', '=', from.confirmed ? 1 : 0)
        .executeTakeFirst();
      return updated.numUpdatedRows === 1n;
    },

    async confirm(id, renewalHash) {
      await database
        .updateTable('sessions')
        .set({ renewal_confirmed: 1 })
        .where('id', '=', id)
        .where('renewal_hash', '=', renewalHash)
        .execute();
    },

    async addToken(sessionId, token, now, keep) {
      await database.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('access_tokens')
          .values({
            token_hash: token.tokenHash,
            session_id: sessionId,
            renewal_hash: token.renewalHash,
            expires_at: iso(token.expiresAt),
          })
          .execute();
        const kept = await transaction
          .selectFrom('access_tokens')
          .select('token_hash')
          .where('session_id', '=', sessionId)
          .where('expires_at', '>', iso(now))
          .orderBy('expires_at', 'desc')
          .limit(keep)
          .execute();
        await transaction
          .deleteFrom('access_tokens')
          .where('session_id', '=', sessionId)
          // PostgreSQL knows no empty list.
          .$if(kept.length > 0, (tokens) =>
            tokens.where(
              'token_hash',
              'not in',
              kept.map((row) => row.token_hash),
            ),
          )
          .execute();
      });
    },

    async findByToken(tokenHash, now) {
      // Asked at each request: session and user in one go.
      const [row] = await statements.ask<TokenRow>(
        'session of token',
        [tokenHash, iso(now)],
        (at) => sql`
          select users.*, sessions.id as session_id, sessions.signed_in_by, sessions.renewal_confirmed,
            sessions.renewal_hash as current_renewal_hash, access_tokens.renewal_hash
          from access_tokens join sessions on sessions.id = access_tokens.session_id
            join users on users.id = sessions.user_id
          where access_tokens.token_hash = ${at(0)} and access_tokens.expires_at > ${at(1)}
            and sessions.revoked_at is null and sessions.expires_at > ${at(1)}`,
      );
      return (
        row && {
          id: row.session_id,
          account: accountOf(row),
          signedInBy: methodOf(row.signed_in_by),
          renewalHash: row.renewal_hash,
          confirms: row.renewal_confirmed === 0 && row.renewal_hash === row.current_renewal_hash,
        }
      );
    },

    async revoke(id, now) {
      await database
        .updateTable('sessions')
        .set({ revoked_at: iso(now) })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .execute();
    },

    async restart(id, { familyHash, renewalHash }, now, expiresAt) {
      await database.transaction().execute(async (transaction) => {
        await transaction
          .updateTable('sessions')
          .set({
            signed_in_by: 'password',
            microsoft_tenant_id: null,
            microsoft_object_id: null,
            family_hash: familyHash,
            renewal_hash: renewalHash,
            previous_renewal_hash: null,
            renewal_confirmed: 0,
            recent_renewals: '[]',
            renewed_at: iso(now),
            expires_at: iso(expiresAt),
          })
          .where('id', '=', id)
          .execute();
        await transaction.deleteFrom('access_tokens').where('session_id', '=', id).execute();
      });
    },

    async revokeAllOf(userId, except, now) {
      const ended = await database
        .updateTable('sessions')
        .set({ revoked_at: iso(now) })
        .where('user_id', '=', userId)
        .where('revoked_at', 'is', null)
        .$if(except !== undefined, (update) => update.where('id', '!=', except ?? ''))
        .returning('id')
        .execute();
      return ended.map((row) => row.id);
    },

    async endedAmong(ids, now) {
      const alive = new Set<string>();
      for (let start = 0; start < ids.length; start += idsPerStatement) {
        const rows = await database
          .selectFrom('sessions')
          .innerJoin('users', 'users.id', 'sessions.user_id')
          .select('sessions.id')
          .where('sessions.id', 'in', ids.slice(start, start + idsPerStatement))
          .where('sessions.revoked_at', 'is', null)
          .where('sessions.expires_at', '>', iso(now))
          .where('users.disabled_at', 'is', null)
          .execute();
        for (const row of rows) alive.add(row.id);
      }
      return ids.filter((id) => !alive.has(id));
    },

    async removeBefore(time) {
      await database.deleteFrom('sessions').where('expires_at', '<', iso(time)).execute();
    },
  };
}

function methodOf(stored: string | null): SignInMethod {
  return stored === 'microsoft' ? 'microsoft' : 'password';
}

function accountIn(signIn: SignIn): SignedInAccount | undefined {
  return signIn.method === 'microsoft' ? signIn.account : undefined;
}

function signInOf(row: {
  signed_in_by: string | null;
  microsoft_tenant_id: string | null;
  microsoft_object_id: string | null;
  account_name: string | null;
}): SignIn {
  if (methodOf(row.signed_in_by) === 'password') return { method: 'password' };
  const { microsoft_tenant_id: tenantId, microsoft_object_id: objectId, account_name: name } = row;
  if (tenantId === null || objectId === null || name === null) return { method: 'microsoft' };
  return { method: 'microsoft', account: { tenantId, objectId, name } };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
