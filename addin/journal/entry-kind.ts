/** The nine kinds of entries (JRN-2), and what can be said and done about the other party. */
import type { CallParty } from '../../shared/call';
import type { JournalEntry } from '../../shared/journal';
import type { DialTarget } from '../shell/dialler';
import type { ContactDraft } from '../shell/navigation';

export const entryKinds = [
  'incoming-answered',
  'incoming-missed',
  'group-incoming-answered',
  'group-incoming-missed',
  /** Forwarded, or picked up by a colleague. */
  'incoming-taken-over',
  'outgoing-answered',
  'outgoing-failed',
  'group-outgoing-answered',
  'group-outgoing-failed',
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** The sign and the words of an entry. */
export function kindOf({ direction, result, group }: Pick<JournalEntry, 'direction' | 'result' | 'group'>): EntryKind {
  if (direction === 'outgoing') {
    if (result === 'answered') return group ? 'group-outgoing-answered' : 'outgoing-answered';
    return group ? 'group-outgoing-failed' : 'outgoing-failed';
  }
  if (result === 'taken-over') return 'incoming-taken-over';
  if (result === 'answered') return group ? 'group-incoming-answered' : 'incoming-answered';
  return group ? 'group-incoming-missed' : 'incoming-missed';
}

/** The number for people in its stored form, which is one for all languages; undefined when it was withheld. */
export function shownNumber({ display, e164, number }: CallParty): string | undefined {
  return display ?? e164 ?? number;
}

/** What calls the other party; undefined when the number was withheld. */
export function dialTargetOfParty(party: CallParty): DialTarget | undefined {
  const number = party.e164 ?? party.number;
  if (number === undefined) return undefined;
  const { display, name } = party;
  return { number, ...(display === undefined ? {} : { display }), ...(name === undefined ? {} : { name }) };
}

/** What "save as contact" begins with; undefined where the number was withheld or the party is an own contact (DIR-7). */
export function draftOfParty(party: CallParty): ContactDraft | undefined {
  const number = shownNumber(party);
  if (number === undefined || party.directory === 'personal') return undefined;
  const { name, company, directory } = party;
  return {
    ...(name === undefined ? {} : { displayName: name }),
    ...(company === undefined ? {} : { company }),
    numbers: [{ kind: directory === 'internal' ? 'internal' : 'business', raw: number }],
  };
}

/** The reminder is due. Time in milliseconds. */
export function isOverdue({ remindAt }: Pick<JournalEntry, 'remindAt'>, now: number): boolean {
  return remindAt !== undefined && Date.parse(remindAt) <= now;
}
