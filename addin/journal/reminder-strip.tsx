/** One due reminder with what to do about it, and how many more wait. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Call20Regular, ClockAlarm20Regular, Dismiss20Regular } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { dialTargetOfParty } from './entry-kind';
import { useJournalSession } from './journal-session';
import type { DueReminder } from './reminders-model';
import { journalTexts } from './texts';
import { useEntryText } from './use-entry-text';

const snoozeMinutes = 15;

const useStyles = makeStyles({
  strip: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    flexShrink: 0,
    columnGap: tokens.spacingHorizontalS,
    rowGap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorStatusWarningBackground1,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorStatusWarningBorder1}`,
  },
  icon: { color: tokens.colorStatusWarningForeground1, display: 'inline-flex', paddingTop: tokens.spacingVerticalXXS },
  text: { overflowWrap: 'anywhere', minWidth: 0 },
  title: { fontWeight: tokens.fontWeightSemibold },
  // About three lines are enough to know what it is about; the rest is reached by scrolling.
  note: { maxHeight: '60px', overflowY: 'auto', whiteSpace: 'pre-wrap' },
  buttons: { gridColumn: '1 / -1', display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  error: { color: tokens.colorStatusDangerForeground1 },
  more: { gridColumn: '1 / -1', display: 'flex', alignItems: 'center', justifyContent: 'space-between' },
});

interface Props {
  readonly first: DueReminder;
  /** Reminders that wait besides. */
  readonly further: number;
}

export default function ReminderStrip({ first, further }: Props) {
  const styles = useStyles();
  const t = useText(journalTexts);
  const shared = useText();
  const { count } = useFormats();
  const text = useEntryText();
  const { dialler, navigation } = useServices();
  const { reminders, choose } = useJournalSession();
  const { entry, failure } = first;
  const { party, note } = entry;
  const target = dialTargetOfParty(party);
  const number = text.numberBelow(party);
  useAnnouncement(first, t.reminderOf(text.name(party)));
  return (
    <section className={styles.strip} aria-label={t.reminders} data-reminder={entry.id}>
      <span className={styles.icon} aria-hidden>
        <ClockAlarm20Regular />
      </span>
      <div className={styles.text}>
        <div className={styles.title}>{t.reminderOf(text.name(party))}</div>
        {number !== undefined && <div>{number}</div>}
        {note !== undefined && <div className={styles.note}>{note}</div>}
        {failure !== undefined && (
          <div className={styles.error} role="alert">
            {shared.errors[failure]}
          </div>
        )}
      </div>
      <Button
        appearance="subtle"
        size="small"
        icon={<Dismiss20Regular />}
        aria-label={t.dismiss}
        onClick={() => reminders.dismiss(entry.id)}
      />
      <div className={styles.buttons}>
        {target && (
          <Button
            size="small"
            appearance="primary"
            icon={<Call20Regular />}
            onClick={() => {
              dialler.dial(target);
              reminders.dismiss(entry.id);
            }}
          >
            {t.dial}
          </Button>
        )}
        <Button size="small" onClick={() => reminders.done(entry)}>
          {t.done}
        </Button>
        <Button size="small" aria-label={t.snoozeName} onClick={() => reminders.snooze(entry, snoozeMinutes)}>
          {t.snooze}
        </Button>
      </div>
      {further > 0 && (
        <div className={styles.more}>
          {t.moreReminders(count(further))}
          <Button
            size="small"
            appearance="subtle"
            onClick={() => {
              choose('overdue');
              navigation.goTo('journal');
            }}
          >
            {t.showReminders}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Tells screen readers once; of the panes of one browser only the leading one speaks. */
function useAnnouncement({ entry }: DueReminder, words: string) {
  const { announce, events } = useServices();
  const told = useRef('');
  useEffect(() => {
    const reminder = `${entry.id} ${entry.remindAt ?? ''}`;
    if (told.current === reminder) return;
    told.current = reminder;
    if (events.leads.get()) announce(words);
  }, [entry, words, announce, events]);
}
