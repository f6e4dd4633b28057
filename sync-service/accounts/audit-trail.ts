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
