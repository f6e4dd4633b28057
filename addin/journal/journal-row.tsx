/** An entry in the list. A click or Enter opens its details below it, a double click or the number dials. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ClockAlarm16Filled, Clock16Regular, Edit16Regular } from '@fluentui/react-icons';
import { useId, type KeyboardEvent } from 'react';
import type { JournalEntry } from '../../shared/journal';
import { durationText } from '../shell/duration';
import { useText } from '../shell/i18n/text';
import { useRowCover } from '../shell/row-cover';
import { useServices } from '../shell/services';
import { EntryDetails } from './entry-details';
import { dialTargetOfParty, isOverdue, kindOf } from './entry-kind';
import type { JournalModel } from './journal-model';
import { KindIcon } from './kind-icon';
import { neighbourOf } from './row-focus';
import { journalTexts } from './texts';
import { useEntryText } from './use-entry-text';

const useStyles = makeStyles({
  row: {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  opened: { borderLeft: `${tokens.strokeWidthThicker} solid ${tokens.colorCompoundBrandStroke}` },
  text: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', minWidth: 0 },
  line: { maxWidth: '100%', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  name: { color: tokens.colorNeutralForeground1 },
  semibold: { fontWeight: tokens.fontWeightSemibold },
  muted: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  number: {
    maxWidth: '100%',
    minHeight: '24px',
    padding: `0 ${tokens.spacingHorizontalXS}`,
    marginLeft: `calc(-1 * ${tokens.spacingHorizontalXS})`,
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    background: 'none',
    font: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    pointerEvents: 'auto',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: tokens.colorBrandForegroundLink,
    ':hover': { color: tokens.colorBrandForegroundLinkHover, textDecorationLine: 'underline' },
    ':focus-visible': { outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}` },
  },
  side: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-end',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: 'tabular-nums',
  },
  signs: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, minHeight: '24px' },
  overdue: { color: tokens.colorStatusDangerForeground1 },
});

interface Props {
  readonly entry: JournalEntry;
  readonly model: JournalModel;
  readonly opened: boolean;
  /** The unsaved note; undefined when none is typed. */
  readonly draft: string | undefined;
  /** Now, in milliseconds. */
  readonly now: number;
}

export function JournalRow({ entry, model, opened, draft, now }: Props) {
  const styles = useStyles();
  const cover = useRowCover();
  const t = useText(journalTexts);
  const text = useEntryText();
  const { dialler } = useServices();
  const detailsId = useId();
  const { party, note, remindAt, durationSeconds } = entry;
  const number = text.number(party);
  const target = dialTargetOfParty(party);
  const name = text.name(party);
  const aside = text.aside(entry);
  const dial = () => {
    if (target) dialler.dial(target);
  };
  return (
    <>
      <div className={mergeClasses(styles.row, opened && styles.opened)}>
        <button
          type="button"
          className={cover.button}
          data-entry={entry.id}
          aria-label={text.sentence(entry, now)}
          aria-expanded={opened}
          aria-controls={opened ? detailsId : undefined}
          // The second half of a double click does not close what the first one opened.
          onClick={({ detail }) => {
            if (detail < 2) model.toggle(entry.id);
          }}
          onDoubleClick={dial}
          onKeyDown={goAlong}
        />
        <span className={cover.content}>
          <KindIcon kind={kindOf(entry)} />
        </span>
        <div className={mergeClasses(cover.content, styles.text)}>
          {(party.name !== undefined || number === undefined) && (
            <span className={mergeClasses(styles.line, styles.name, entry.open && styles.semibold)} aria-hidden>
              {name}
            </span>
          )}
          {number !== undefined && (
            <button
              type="button"
              className={mergeClasses(styles.number, party.name === undefined && entry.open && styles.semibold)}
              aria-label={t.call(name, number)}
              data-number=""
              onClick={dial}
            >
              {number}
            </button>
          )}
          {aside.length > 0 && (
            <span className={mergeClasses(styles.line, styles.muted)} aria-hidden title={aside.join(' · ')}>
              {aside.join(' · ')}
            </span>
          )}
        </div>
        <div className={mergeClasses(cover.content, styles.side)} aria-hidden>
          <span>{text.time(entry.startedAt)}</span>
          <span className={styles.signs}>
            {note !== undefined && <Edit16Regular />}
            {remindAt !== undefined &&
              (isOverdue(entry, now) ? <ClockAlarm16Filled className={styles.overdue} /> : <Clock16Regular />)}
            {durationSeconds > 0 && durationText(durationSeconds * 1000)}
          </span>
        </div>
      </div>
      {opened && <EntryDetails id={detailsId} entry={entry} model={model} draft={draft} now={now} />}
    </>
  );
}

/** Arrow keys lead from entry to entry. */
function goAlong(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const next = step === 0 ? undefined : neighbourOf(event.currentTarget, step);
  if (!next) return;
  event.preventDefault();
  next.focus();
}
