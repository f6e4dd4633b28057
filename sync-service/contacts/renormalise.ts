/**
 * Reading the numbers of a user's contacts anew, after the rules, the library or the dial plan have changed (DESIGN §4).
 * `raw` is the truth, so nothing is lost; done in portions, so that others get their turn between two.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ContactNumber } from '../../shared/contact';
import type { DialPlan } from '../../shared/dial-plan';
import type { Database } from '../database/database';
import { contentOf, readNumbers } from './contact-record';
import type { NumberRules } from './contact-record';
import { outdatedReadings, replaceReading } from './contact-store';

export interface RenormaliseRequest {
  readonly userId: string;
  readonly dialPlan: DialPlan;
  /** Contacts of this portion at most. */
  readonly limit: number;
  /** Id of the last contact of the portion before; empty at first. */
  readonly afterId: string;
}

/** What a portion brought. */
export interface RenormalisePortion {
  /** Contacts looked at. */
  contacts: number;
  /** Numbers that are read otherwise now. */
  changed: number;
  /** Of these: numbers that had a problem and have none now, and the other way round. */
  nowReadable: number;
  nowUnreadable: number;
  /** Where the next portion goes on; absent after the last. */
  nextAfterId?: string | undefined;
}

/** Reads one portion anew, in a transaction. */
export async function renormalisePortion(
  { database, rules }: { readonly database: Database; readonly rules: NumberRules },
  { userId, dialPlan, limit, afterId }: RenormaliseRequest,
): Promise<RenormalisePortion> {
  const rulesVersion = rules.version(dialPlan);
  // Looked at first, as it keeps no writer waiting: at most starts of the service nothing is outdated.
  const [outdated] = await outdatedReadings(database, userId, rulesVersion, 1, afterId);
  if (outdated === undefined) return { contacts: 0, changed: 0, nowReadable: 0, nowUnreadable: 0 };
  return database.transaction().execute(async (db) => {
    const portion: RenormalisePortion = { contacts: 0, changed: 0, nowReadable: 0, nowUnreadable: 0 };
    const contacts = await outdatedReadings(db, userId, rulesVersion, limit, afterId);
    for (const { id, fields, numbers: before } of contacts) {
      const numbers = readNumbers(fields, rules, dialPlan);
      await replaceReading(db, userId, id, contentOf(fields, numbers, rulesVersion));
      portion.contacts += 1;
      count(portion, before, numbers);
    }
    const last = contacts.at(-1);
    return last !== undefined && contacts.length === limit ? { ...portion, nextAfterId: last.id } : portion;
  });
}

function count(portion: RenormalisePortion, before: readonly ContactNumber[], after: readonly ContactNumber[]): void {
  after.forEach((number, index) => {
    const old = before[index];
    if (isDeepStrictEqual(old, number)) return;
    portion.changed += 1;
    if (old?.problem !== undefined && number.problem === undefined) portion.nowReadable += 1;
    if (old?.problem === undefined && number.problem !== undefined) portion.nowUnreadable += 1;
  });
}
