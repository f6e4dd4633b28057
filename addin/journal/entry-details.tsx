/** The details of an entry below it: all that is known, note, reminder, and what can be done (JRN-3). */
import { Button, Field, makeStyles, Select, tokens } from '@fluentui/react-components';
import {
  Call20Regular,
  CheckmarkCircle20Regular,
  ContactCard20Regular,
  Delete20Regular,
  PersonAdd20Regular,
} from '@fluentui/react-icons';
import { useRef } from 'react';
import type { JournalEntry } from '../../shared/journal';
import { durationText } from '../shell/duration';
import { fluentRef } from '../shell/fluent-ref';
import { favoriteSubjectOf, useFavoriteStar } from '../shell/favorite-star';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useQuestion } from '../shell/use-question';
import { DeleteQuestion } from './delete-question';
import { dialTargetOfParty, draftOfParty, isOverdue } from './entry-kind';
import type { JournalModel } from './journal-model';
import { reminderSpans, reminderTime } from './journal-times';
import { NoteEditor } from './note-editor';
import { neighbourOf } from './row-focus';
import { journalTexts } from './texts';
import { useEntryText } from './use-entry-text';
import { useOpenCard } from './use-journal';

const useStyles = makeStyles({
  details: {
    display: 'grid',
    // A long choice in the list of reminders does not make it wider than the pane.
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalL}`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderLeft: `${tokens.strokeWidthThicker} solid ${tokens.colorCompoundBrandStroke}`,
  },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    margin: 0,
    overflowWrap: 'anywhere',
  },
  reminder: { gridTemplateColumns: 'minmax(0, 1fr)', '& > *': { minWidth: 0 }, '& select': { minWidth: 0 } },
  term: { color: tokens.colorNeutralForeground2 },
  fact: { margin: 0 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  readonly id: string;
  readonly entry: JournalEntry;
  readonly model: JournalModel;
  readonly draft: string | undefined;
  readonly now: number;
}

export function EntryDetails({ id, entry, model, draft, now }: Props) {
  const styles = useStyles();
  const t = useText(journalTexts);
  const text = useEntryText();
  const { dialler, navigation } = useServices();
  const openCard = useOpenCard();
  const { asking, ask, close, opener } = useQuestion();
  const section = useRef<HTMLElement>(null);
  const { party } = entry;
  const target = dialTargetOfParty(party);
  const contact = draftOfParty(party);
  const favorite = useFavoriteStar(favoriteSubjectOf(party), text.name(party));
  /** What has the focus will be gone: the next entry gets it, or the one before. */
  const leave = () => {
    const here = section.current;
    if (here) (neighbourOf(here, 1) ?? neighbourOf(here, -1))?.focus();
  };
  return (
    <section ref={section} id={id} className={styles.details} aria-label={t.details(text.name(party))}>
      <Facts entry={entry} />
      <NoteEditor entry={entry} draft={draft} model={model} />
      <Reminder entry={entry} model={model} now={now} />
      <div className={styles.buttons}>
        {target && (
          <Button appearance="primary" icon={<Call20Regular />} onClick={() => dialler.dial(target)}>
            {t.dial}
          </Button>
        )}
        {entry.open && (
          <Button
            icon={<CheckmarkCircle20Regular />}
            onClick={() => {
              if (model.state.get().folder === 'open') leave();
              void model.change(entry, { done: true });
            }}
          >
            {t.markDone}
          </Button>
        )}
        {party.itemId !== undefined && (
          <Button icon={<ContactCard20Regular />} onClick={() => openCard(party)}>
            {t.openCard}
          </Button>
        )}
        {contact && (
          <Button icon={<PersonAdd20Regular />} onClick={() => navigation.addContact(contact)}>
            {t.saveContact}
          </Button>
        )}
        {favorite?.star}
        {!asking && (
          <Button ref={fluentRef(opener)} icon={<Delete20Regular />} onClick={ask}>
            {t.delete}
          </Button>
        )}
      </div>
      {favorite?.chooser}
      {asking && (
        <DeleteQuestion
          question={t.deleteQuestion}
          onCancel={close}
          onDelete={() => {
            leave();
            void model.delete(entry);
          }}
        />
      )}
    </section>
  );
}

function Facts({ entry }: { readonly entry: JournalEntry }) {
  const styles = useStyles();
  const t = useText(journalTexts);
  const text = useEntryText();
  const { party, group, takenBy, redirectedFrom, voicemail, durationSeconds, startedAt } = entry;
  const dialled = party.e164 === undefined && party.number !== party.display ? party.number : undefined;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t.result, text.result(entry)],
    [t.date, text.date(startedAt)],
    [t.time, text.seconds(startedAt)],
    [t.duration, durationSeconds > 0 ? durationText(durationSeconds * 1000) : undefined],
    [
      t.number,
      [text.number(party) ?? t.withheld, dialled].filter((one) => one !== undefined && one !== '').join(' · '),
    ],
    [t.company, party.company],
    [t.group, group && text.name(group)],
    [t.takenByLabel, takenBy && text.name(takenBy)],
    [t.redirectedFromLabel, redirectedFrom && text.name(redirectedFrom)],
    [t.voicemail, voicemail ? '✓' : undefined],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([term, fact]) =>
          fact !== undefined && (
            // A pair of the list: its place in the grid is the grid's business.
            <div key={term} style={{ display: 'contents' }}>
              <dt className={styles.term}>{term}</dt>
              <dd className={styles.fact}>{fact}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** The list of spans; what is set stands there as its first choice. */
function Reminder({ entry, model, now }: { entry: JournalEntry; model: JournalModel; now: number }) {
  const styles = useStyles();
  const t = useText(journalTexts);
  const text = useEntryText();
  const { client } = useServices();
  const { remindAt } = entry;
  const shown = remindAt === undefined ? undefined : text.moment(new Date(remindAt));
  const choose = (value: string) => {
    if (value === 'none') void model.change(entry, { remindAt: null });
    const span = reminderSpans.find((known) => known === value);
    if (span) void model.change(entry, { remindAt: reminderTime(span, new Date(client.serverNow())).toISOString() });
  };
  return (
    <Field label={t.reminder} className={styles.reminder}>
      <Select value={shown === undefined ? 'none' : 'set'} onChange={(_, { value }) => choose(value)}>
        {shown !== undefined && (
          <option value="set">{isOverdue(entry, now) ? t.overdueSince(shown) : t.remindAt(shown)}</option>
        )}
        <option value="none">{t.noReminder}</option>
        {reminderSpans.map((span) => (
          <option key={span} value={span}>
            {t.spanAt(t.spans[span], text.moment(reminderTime(span, new Date(now))))}
          </option>
        ))}
      </Select>
    </Field>
  );
}
