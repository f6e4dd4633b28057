/** A list to search, and over it the form of the object that is added or opened. */
import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { Add20Regular, Search20Regular } from '@fluentui/react-icons';
import { useState, type ReactNode } from 'react';
import { useText } from '../shell/i18n/text';
import { LoadedList } from './loaded-list';
import { administrationTexts } from './texts';

const useStyles = makeStyles({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    flexShrink: 0,
  },
  search: { flexGrow: 1, flexBasis: '160px', minWidth: 0 },
  row: {
    display: 'grid',
    width: '100%',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: 'none',
    background: 'none',
    font: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    color: tokens.colorNeutralForeground1,
    overflowWrap: 'anywhere',
    ':hover': { boxShadow: `inset 0 0 0 ${tokens.strokeWidthThin} ${tokens.colorNeutralStroke1Hover}` },
    ':focus-visible': {
      outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: '-2px',
    },
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  second: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

interface Props<T> {
  readonly label: string;
  readonly add: string;
  readonly rows: readonly T[] | undefined;
  readonly error: unknown;
  readonly reload: () => void;
  readonly more?: () => void;
  /** Absent where the list is short and not searched. */
  readonly search?: { readonly label: string; readonly query: string; readonly setQuery: (query: string) => void };
  readonly none: { readonly title: string; readonly hint: string };
  /** First and second line of a row. */
  readonly lines: (row: T) => readonly [string, string];
  /** The form for an object, or for a new one. */
  readonly form: (row: T | undefined, close: () => void) => ReactNode;
}

export function ObjectsTab<T extends { readonly id: string }>(props: Props<T>) {
  const { label, add, rows, error, reload, more, search, none, lines, form } = props;
  const styles = useStyles();
  const t = useText(administrationTexts);
  const [opened, setOpened] = useState<{ readonly row: T | undefined }>();
  if (opened !== undefined) {
    return form(opened.row, () => {
      setOpened(undefined);
      reload();
    });
  }
  const searching = search !== undefined && search.query !== '';
  return (
    <>
      <div className={styles.tools}>
        {search && (
          <Input
            className={styles.search}
            type="search"
            aria-label={search.label}
            placeholder={search.label}
            contentBefore={<Search20Regular />}
            value={search.query}
            maxLength={200}
            autoComplete="off"
            onChange={(_, data) => search.setQuery(data.value)}
          />
        )}
        <Button icon={<Add20Regular />} onClick={() => setOpened({ row: undefined })}>
          {add}
        </Button>
      </div>
      <LoadedList
        label={label}
        rows={rows}
        error={error}
        onRetry={reload}
        none={searching ? { title: t.nothingFits, hint: t.nothingFitsHint } : none}
        rowHeight={52}
        render={(row) => {
          const [name, second] = lines(row);
          return (
            <button type="button" className={styles.row} onClick={() => setOpened({ row })}>
              <span className={styles.name}>{name}</span>
              <span className={styles.second}>{second}</span>
            </button>
          );
        }}
        {...(more && { onNearEnd: more })}
      />
    </>
  );
}
