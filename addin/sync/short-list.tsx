/** A few rows under a title, each of which opens something, and a button for the rest. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronRight16Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useFormats, useText } from '../shell/i18n/text';
import { historyTexts } from './history-texts';

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    width: '100%',
    justifyContent: 'space-between',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    paddingInline: tokens.spacingHorizontalXS,
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  more: { alignSelf: 'flex-start' },
});

export interface ShortRow {
  readonly id: string;
  readonly first: string;
  readonly second: string;
  /** What the row is called for a screen reader. */
  readonly name: string;
  readonly onOpen: () => void;
}

interface Props {
  readonly id: string;
  readonly title: string;
  /** Between the title and the rows. */
  readonly children?: ReactNode;
  readonly rows: readonly ShortRow[];
  /** Rows that are shown until all are wanted. */
  readonly few: number;
  /** The row that was opened and left just now: it gets the focus back, once. */
  readonly left?: string | undefined;
}

export function ShortList({ id, title, children, rows, few, left }: Props) {
  const styles = useStyles();
  const t = useText(historyTexts);
  const { count } = useFormats();
  const [chosen, setAll] = useState<boolean>();
  const list = useRef<HTMLUListElement>(null);
  const focused = useRef(false);
  const leftAt = rows.findIndex((row) => row.id === left);
  const all = chosen ?? leftAt >= few;
  useEffect(() => {
    if (leftAt < 0 || focused.current) return;
    focused.current = true;
    if (document.activeElement === document.body) list.current?.querySelectorAll('button')[leftAt]?.focus();
  }, [leftAt]);
  return (
    <section className={styles.section} aria-labelledby={`${id}-title`} {...{ [`data-${id}`]: '' }}>
      <h2 className={styles.title} id={`${id}-title`}>
        {title}
      </h2>
      {children}
      {rows.length > 0 && (
        <ul ref={list} className={styles.list}>
          {(all ? rows : rows.slice(0, few)).map((row) => (
            <li key={row.id}>
              <Button
                className={styles.row}
                appearance="subtle"
                icon={<ChevronRight16Regular />}
                iconPosition="after"
                aria-label={row.name}
                onClick={row.onOpen}
              >
                <span className={styles.words}>
                  <span>{row.first}</span>
                  <span className={styles.small}>{row.second}</span>
                </span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {rows.length > few && (
        <Button className={styles.more} appearance="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t.showFewer : t.showAll(count(rows.length))}
        </Button>
      )}
    </section>
  );
}
