/** A list to search, and over it the form of the object that is added or opened. */
import { Button } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { useState, type ReactNode } from 'react';
import { useText } from '../shell/i18n/text';
import { ListTools, type ListSearch } from './list-tools';
import { LoadedList } from './loaded-list';
import { ObjectRow } from './object-row';
import { administrationTexts } from './texts';

interface Props<T> {
  readonly label: string;
  readonly add: string;
  readonly rows: readonly T[] | undefined;
  readonly error: unknown;
  readonly reload: () => void;
  readonly more?: () => void;
  /** Absent where the list is short and not searched. */
  readonly search?: ListSearch;
  readonly none: { readonly title: string; readonly hint: string };
  /** First and second line of a row. */
  readonly lines: (row: T) => readonly [string, string];
  /** The form for an object, or for a new one. */
  readonly form: (row: T | undefined, close: () => void) => ReactNode;
}

export function ObjectsTab<T extends { readonly id: string }>(props: Props<T>) {
  const { label, add, rows, error, reload, more, search, none, lines, form } = props;
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
      <ListTools search={search}>
        <Button icon={<Add20Regular />} onClick={() => setOpened({ row: undefined })}>
          {add}
        </Button>
      </ListTools>
      <LoadedList
        label={label}
        rows={rows}
        error={error}
        onRetry={reload}
        none={searching ? { title: t.nothingFits, hint: t.nothingFitsHint } : none}
        rowHeight={52}
        render={(row) => {
          const [name, second] = lines(row);
          return <ObjectRow name={name} second={second} onOpen={() => setOpened({ row })} />;
        }}
        {...(more && { onNearEnd: more })}
      />
    </>
  );
}
