/** What a sync or an import did, in numbers, with lists that say why something was left out. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronRight16Regular } from '@fluentui/react-icons';
import { useId, useState, type ReactNode } from 'react';
import { useFormats, useText } from '../shell/i18n/text';
import { fileTexts } from './file-texts';
import { syncTexts } from './texts';

/** Rows that one list shows; the rest is counted. */
export const maxRows = 100;

export interface ResultRow {
  /** Whom or what it is about. */
  readonly what: string;
  /** Why, for people. */
  readonly why: string;
}

export interface ResultViewProps {
  readonly counts: {
    readonly added: number;
    readonly changed: number;
    readonly removed: number;
    readonly unchanged: number;
  };
  readonly skipped: readonly ResultRow[];
  /** How many there are, where not all are listed. */
  readonly skippedCount?: number;
  readonly problems: readonly ResultRow[];
  readonly problemsCount?: number;
  /** Numbers whose country is assumed, with what they are taken for. */
  readonly assumed?: { readonly rows: readonly ResultRow[]; readonly count: number };
  /** Pictures that a file brings, and those of them that are not taken. */
  readonly pictures?: {
    readonly taken: number;
    readonly rows: readonly ResultRow[];
    readonly count: number;
  };
}

const useStyles = makeStyles({
  counts: {
    display: 'grid',
    // As wide as the words: four equal columns break "Unverändert" at 320 pixels.
    gridTemplateColumns: 'repeat(4, minmax(min-content, 1fr))',
    gap: tokens.spacingHorizontalS,
    margin: 0,
    // What is around it may break names anywhere: these words are as wide as they are.
    overflowWrap: 'normal',
  },
  count: { display: 'flex', flexDirection: 'column-reverse', margin: 0 },
  number: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500 },
  label: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  pictures: { marginBlock: tokens.spacingVerticalXS, color: tokens.colorNeutralForeground2 },
  toggle: { paddingInline: 0, justifyContent: 'flex-start', textAlign: 'start', minWidth: 0 },
  rows: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL, maxHeight: '240px', overflowY: 'auto' },
  row: { overflowWrap: 'anywhere', marginBlockEnd: tokens.spacingVerticalXS },
  why: { color: tokens.colorNeutralForeground2 },
});

export function ResultView({
  counts,
  skipped,
  skippedCount = skipped.length,
  problems,
  problemsCount = problems.length,
  pictures,
  assumed,
}: ResultViewProps) {
  const styles = useStyles();
  const t = useText(syncTexts);
  const f = useText(fileTexts);
  const { count } = useFormats();
  const numbers = [
    ['added', t.added, counts.added],
    ['changed', t.changed, counts.changed],
    ['removed', t.removed, counts.removed],
    ['unchanged', t.unchanged, counts.unchanged],
  ] as const;
  return (
    <div data-result="">
      <dl className={styles.counts}>
        {numbers.map(([name, label, value]) => (
          <div key={name} className={styles.count} data-count={name}>
            <dt className={styles.label}>{label}</dt>
            <dd className={styles.number}>{count(value)}</dd>
          </div>
        ))}
      </dl>
      {pictures !== undefined && pictures.taken > 0 && (
        <p className={styles.pictures} data-count="pictures">
          {f.pictures(count(pictures.taken))}
        </p>
      )}
      {skipped.length > 0 && <Rows title={t.skipped(count(skippedCount))} rows={skipped} total={skippedCount} />}
      {problems.length > 0 && (
        <Rows title={t.problems(count(problemsCount))} hint={t.problemsHint} rows={problems} total={problemsCount} />
      )}
      {assumed !== undefined && assumed.rows.length > 0 && (
        <Rows title={f.assumed(count(assumed.count))} hint={f.assumedHint} rows={assumed.rows} total={assumed.count} />
      )}
      {pictures !== undefined && pictures.rows.length > 0 && (
        <Rows
          title={f.picturesNotTaken(count(pictures.count))}
          hint={f.picturesHint}
          rows={pictures.rows}
          total={pictures.count}
        />
      )}
    </div>
  );
}

interface RowsProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly rows: readonly ResultRow[];
  readonly total: number;
}

function Rows({ title, hint, rows, total }: RowsProps) {
  const styles = useStyles();
  const t = useText(syncTexts);
  const { count } = useFormats();
  const [open, setOpen] = useState(false);
  const id = useId();
  const more = total - Math.min(rows.length, maxRows);
  return (
    <div>
      <Button
        appearance="transparent"
        className={styles.toggle}
        icon={open ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {title}
      </Button>
      <div id={id} hidden={!open}>
        {open && hint !== undefined && <p className={styles.why}>{hint}</p>}
        {open && (
          // A scrollable list must be reachable with the keyboard.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <ul className={styles.rows} tabIndex={0} aria-label={title}>
            {rows.slice(0, maxRows).map((row, index) => (
              <li key={index} className={styles.row}>
                {row.what} <span className={styles.why}>– {row.why}</span>
              </li>
            ))}
            {more > 0 && <li className={styles.why}>{t.andMore(count(more))}</li>}
          </ul>
        )}
      </div>
    </div>
  );
}
