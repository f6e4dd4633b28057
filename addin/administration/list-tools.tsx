/** What stands over a list of Administration: the field to search it, and what can be added to it. */
import { Input, makeStyles, tokens } from '@fluentui/react-components';
import { Search20Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    flexShrink: 0,
  },
  search: { flexBasis: '100%', minWidth: 0 },
});

export interface ListSearch {
  readonly label: string;
  readonly query: string;
  readonly setQuery: (query: string) => void;
}

interface Props {
  /** Absent where the list is short and not searched. */
  readonly search?: ListSearch | undefined;
  readonly children: ReactNode;
}

export function ListTools({ search, children }: Props) {
  const styles = useStyles();
  return (
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
      {children}
    </div>
  );
}
