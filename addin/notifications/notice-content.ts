/** What system notifications say. */
import type { Call } from '../../shared/call';
import type { DirectoryItem } from '../../shared/directory';
import type { JournalEntry } from '../../shared/journal';
import type { NumberText } from '../shell/use-number-text';
import { nameOf, numberBesideName } from '../shell/party-words';
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

/** What a notice is written with, in the language of the moment. */
export interface NoticeWords {
  readonly texts: NotificationTexts;
  readonly number: NumberText;
}

const lines = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n');

/** A call that rings. Its tag is its id. */
export function incomingNotice({ id, party, redirectedFrom }: Call, words: NoticeWords): Notice {
  const { texts: t } = words;
  const first = redirectedFrom && nameOf(redirectedFrom, words.number);
  return {
    tag: id,
    title: t.incomingFrom(nameOf(party, words.number) ?? t.unknownCaller),
    body: lines(
      numberBesideName(party, words.number),
      party.company,
      first === undefined ? undefined : t.redirected(first),
    ),
    stays: true,
  };
}

/** A missed call; `time` is when it began, as the user reads it. */
export function missedNotice({ id, party, group }: JournalEntry, time: string, words: NoticeWords): Notice {
  const { texts: t } = words;
  const called = group && nameOf(group, words.number);
  return {
    tag: `missed ${id}`,
    title: t.missedFrom(nameOf(party, words.number) ?? t.unknownCaller),
    body: lines(numberBesideName(party, words.number), called === undefined ? undefined : t.redirected(called), time),
    stays: false,
  };
}

/** Missed calls of which no more is known, or that are too many to be told one by one. */
export function missedCountNotice(count: number, shown: string, { texts: t }: NoticeWords): Notice {
  return { tag: 'missed', title: count === 1 ? t.missed : t.missedCount(shown), body: '', stays: false };
}

/** A colleague is free for whom the user waited. */
export function freeNotice({ id, displayName, numbers }: DirectoryItem, words: NoticeWords): Notice {
  const [number] = numbers;
  // What was written stands as it was written.
  const body = number?.display === undefined ? (number?.raw ?? '') : words.number(number.display);
  return { tag: `free ${id}`, title: words.texts.free(displayName), body, stays: false };
}

/** The reminder of a journal entry is due. */
export function reminderNotice({ id, party, note }: JournalEntry, words: NoticeWords): Notice {
  const { texts: t } = words;
  const text = note === undefined ? undefined : note.length > noteShown ? `${note.slice(0, noteShown)} …` : note;
  return {
    tag: `reminder ${id}`,
    title: t.reminder(nameOf(party, words.number) ?? t.unknownParty),
    body: lines(text, numberBesideName(party, words.number)),
    stays: true,
  };
}
