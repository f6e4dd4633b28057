/**
 * What administrators did: who, when, what, to whom. No contents: an entry says that a user was changed, not what his
 * number was. Written in the transaction of the act, so that neither is without the other.
 */
import { portions } from '../database/database';
import type { Database } from '../database/database';
import type { Actor } from './people-model';

/** `user.added`, `site.changed` …: object and what happened to it. */
export type AuditAction =
  | `${'site' | 'user' | 'group' | 'speed-dial'}.${'added' | 'changed' | 'removed'}`
  | 'user.disabled'
  | 'user.enabled'
  | 'user.password-reset'
  | 'user.exported'
  | 'user.microsoft-linked'
  | 'user.microsoft-unlinked'
  | `mailbox.${'added' | 'removed' | 'run' | 'paused' | 'resumed'}`
  | 'log-level.changed'
  | 'sign-in.failed'
  | 'sign-in.refused'
  | 'first-administrator.code-printed'
  | 'first-administrator.added';

export interface AuditEntry {
  readonly action: AuditAction;
  /** Id of the object; `installation` where there is none. */
  readonly subject: string;
}

/** Writes entries, all at the same moment. */
export async function recordActs(
  database: Database,
  { actor, at, newId }: { actor: Actor; at: Date; newId: () => string },
  acts: readonly AuditEntry[],
): Promise<void> {
  const rows = acts.map((act) => ({ id: newId(), at: at.toISOString(), actor, ...act }));
  for (const chunk of portions(rows, 5)) await database.insertInto('audit_trail').values(chunk).execute();
}

/** An entry as it is listed, with the names of today; a name is absent where there is nobody of this id any more. */
export interface ListedAct {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly times: number;
  readonly actor: { readonly id: string; readonly name?: string };
  readonly subject: { readonly id: string; readonly name?: string };
}

/** Entries before that place, the newest first. A place is `AT ID` of an entry. */
export async function listActs(database: Database, before: string | undefined, limit: number): Promise<ListedAct[]> {
  const [at = '', id = ''] = before?.split(' ') ?? [];
  const all = database.selectFrom('audit_trail').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(limit);
  const some = all.where((is) => is.or([is('at', '<', at), is.and([is('at', '=', at), is('id', '<', id)])]));
  const rows = await (before === undefined ? all : some).execute();
  const names = await namesOf(database, [...new Set(rows.flatMap((row) => [row.actor, row.subject]))]);
  const named = (who: string) => {
    const name = names.get(who);
    return { id: who, ...(name === undefined ? {} : { name }) };
  };
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    action: row.action,
    times: row.times ?? 1,
    actor: named(row.actor),
    subject: named(row.subject),
  }));
}

async function namesOf(database: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const chunk of portions(ids, 1)) {
    const found = [
      ...(await database.selectFrom('users').select(['id', 'display_name as name']).where('id', 'in', chunk).execute()),
      ...(await database.selectFrom('sites').select(['id', 'name']).where('id', 'in', chunk).execute()),
      ...(await database.selectFrom('groups').select(['id', 'name']).where('id', 'in', chunk).execute()),
      ...(await database.selectFrom('speed_dials').select(['id', 'name']).where('id', 'in', chunk).execute()),
    ];
    for (const { id, name } of found) names.set(id, name);
  }
  return names;
}
