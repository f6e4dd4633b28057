/** An entry in words: who, when, how it went. */
import { useMemo } from 'react';
import type { CallParty } from '../../shared/call';
import type { JournalEntry } from '../../shared/journal';
import { durationText } from '../shell/duration';
import type { TextsOf } from '../shell/i18n/catalogue';
import { useFormats, useText } from '../shell/i18n/text';
import { useNumberText, type NumberText } from '../shell/use-number-text';
import { isOverdue, kindOf, shownNumber } from './entry-kind';
import { dayName } from './journal-days';
import { journalTexts } from './texts';

/** The words for entries, in the pane's language. */
export function useEntryText(): EntryText {
  const t = useText(journalTexts);
  const { language, dateFormat, date } = useFormats();
  const numberText = useNumberText();
  return useMemo(
    () => entryText(t, { language, dateFormat, date }, numberText),
    [t, language, dateFormat, date, numberText],
  );
}

export type EntryText = ReturnType<typeof entryText>;

export function entryText(
  t: TextsOf<typeof journalTexts>,
  { language, dateFormat, date: written }: Pick<ReturnType<typeof useFormats>, 'language' | 'dateFormat' | 'date'>,
  numberText: NumberText,
) {
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  const seconds = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'full' });
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long' });
  const shortWeekday = new Intl.DateTimeFormat(language, { weekday: 'short' });
  const moment = new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  const number = (party: CallParty) => {
    const shown = shownNumber(party);
    return shown === undefined ? undefined : numberText(shown);
  };
  const name = (party: CallParty) => party.name ?? number(party) ?? t.withheld;
  /** What else is worth a line: who took it, whom it was for, which group, the voice box. */
  const aside = ({ takenBy, redirectedFrom, group, voicemail }: JournalEntry) =>
    [
      takenBy && t.takenBy(name(takenBy)),
      redirectedFrom && t.redirectedFrom(name(redirectedFrom)),
      group && t.toGroup(name(group)),
      voicemail && t.voicemail,
    ].filter((text) => typeof text === 'string');
  return {
    name,
    /** The number for people; undefined when it was withheld. */
    number,
    /** The number where the name stands above it. */
    numberBelow: (party: CallParty) => (party.name === undefined ? undefined : number(party)),
    aside,
    time: (iso: string) => time.format(new Date(iso)),
    seconds: (iso: string) => seconds.format(new Date(iso)),
    date(iso: string) {
      const day = new Date(iso);
      return dateFormat === 'auto' ? date.format(day) : `${weekday.format(day)}, ${written(day)}`;
    },
    /** A time of another day, such as a reminder's. */
    moment(day: Date) {
      if (dateFormat === 'auto') return moment.format(day);
      return `${shortWeekday.format(day)}, ${written(day)}, ${time.format(day)}`;
    },
    day: (day: Date, now: Date) => dayName(day, now, language, t, dateFormat),
    result(entry: JournalEntry) {
      const { reason, direction, result } = entry;
      const kind = t.kinds[kindOf(entry)];
      if (result !== 'not-answered' || reason === undefined || reason === 'normal') return kind;
      return `${kind}: ${reason === 'cancelled' && direction === 'outgoing' ? t.gaveUp : t.reasons[reason]}`;
    },
    /** The entry in one sentence, for screen readers. */
    sentence(entry: JournalEntry, now: number) {
      const { party, startedAt, durationSeconds, note, remindAt } = entry;
      return [
        name(party),
        t.kinds[kindOf(entry)],
        time.format(new Date(startedAt)),
        durationSeconds > 0 && `${t.duration} ${durationText(durationSeconds * 1000)}`,
        ...aside(entry),
        note !== undefined && t.hasNote,
        remindAt !== undefined && (isOverdue(entry, now) ? t.isOverdue : t.hasReminder),
      ]
        .filter((text) => typeof text === 'string')
        .join(', ');
    },
  };
}
