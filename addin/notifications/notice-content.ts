/** What system notifications say. */
import type { Call, CallParty } from '../../shared/call';
import type { DirectoryItem } from '../../shared/directory';
import type { JournalEntry } from '../../shared/journal';
import type { NotificationTexts } from './texts';

export interface Notice {
  /** One notification per tag: a later one replaces it in silence. */
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  /** Stays until somebody or something closes it. */
  readonly stays: boolean;
}

/** Characters of a note that a notification shows. */
const noteShown = 160;

const nameOf = (party: CallParty): string | undefined => party.name ?? party.display ?? party.number;
/** The number, where the title has the name. */
const numberOf = (party: CallParty): string | undefined =>
  party.name === undefined ? undefined : (party.display ?? party.number);
const lines = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n');

/** A call that rings. Its tag is its id. */
export function incomingNotice({ id, party, redirectedFrom }: Call, t: NotificationTexts): Notice {
  const first = redirectedFrom && nameOf(redirectedFrom);
  return {
    tag: id,
    title: t.incomingFrom(nameOf(party) ?? t.unknownCaller),
    body: lines(numberOf(party), party.company, first === undefined ? undefined : t.redirected(first)),
    stays: true,
  };
}

/** A missed call; `time` is when it began, as the user reads it. */
export function missedNotice({ id, party, group }: JournalEntry, time: string, t: NotificationTexts): Notice {
  const called = group && nameOf(group);
  return {
    tag: `missed ${id}`,
    title: t.missedFrom(nameOf(party) ?? t.unknownCaller),
    body: lines(numberOf(party), called === undefined ? undefined : t.redirected(called), time),
    stays: false,
  };
}

/** Missed calls of which no more is known, or that are too many to be told one by one. */
export function missedCountNotice(count: number, shown: string, t: NotificationTexts): Notice {
  return { tag: 'missed', title: count === 1 ? t.missed : t.missedCount(shown), body: '', stays: false };
}

/** A colleague is free for whom the user waited. */
export function freeNotice({ id, displayName, numbers }: DirectoryItem, t: NotificationTexts): Notice {
  const [number] = numbers;
  return { tag: `free ${id}`, title: t.free(displayName), body: number?.display ?? number?.raw ?? '', stays: false };
}

/** The reminder of a journal entry is due. */
export function reminderNotice({ id, party, note }: JournalEntry, t: NotificationTexts): Notice {
  const text = note === undefined ? undefined : note.length > noteShown ? `${note.slice(0, noteShown)} …` : note;
  return {
    tag: `reminder ${id}`,
    title: t.reminder(nameOf(party) ?? t.unknownParty),
    body: lines(text, numberOf(party)),
    stays: true,
  };
}
