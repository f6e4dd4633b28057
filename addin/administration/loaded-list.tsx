/** A list of Administration: what went wrong, that it is being read, what to do where it is empty, or its rows. */
import { Button, makeStyles, MessageBar, MessageBarBody, Spinner, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useText } from '../shell/i18n/text';
import { useErrorText } from '../shell/use-error-text';
import { VirtualList } from '../shell/virtual-list';

const useStyles = makeStyles({
  text: { padding: tokens.spacingHorizontalL, display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
  muted: { color: tokens.colorNeutralForeground2, margin: 0, overflowWrap: 'anywhere' },
});

interface Props<T> {
  readonly label: string;
  /** Undefined until the service has answered. */
  readonly rows: readonly T[] | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
  /** What is said instead of no rows, and what to do. */
  readonly none: { readonly title: string; readonly hint: string };
  /** Height in pixels until a row has been measured. */
  readonly rowHeight: number;
  readonly render: (row: T) => ReactNode;
  readonly onNearEnd?: () => void;
  /** Nothing in the rows takes the focus. */
  readonly focusable?: boolean;
}

export function LoadedList<T extends { readonly id: string }>(props: Props<T>) {
  const { label, rows, error, onRetry, none, rowHeight, render, onNearEnd, focusable = false } = props;
  const styles = useStyles();
  const shared = useText();
  const errorText = useErrorText();
  return (
    <>
      {error !== undefined && (
        <div className={styles.text}>
          <MessageBar intent="error" layout="multiline" role="alert">
            <MessageBarBody>{errorText(error)}</MessageBarBody>
          </MessageBar>
          <Button onClick={onRetry}>{shared.tryAgain}</Button>
        </div>
      )}
      {rows === undefined && error === undefined && <Spinner size="small" label={shared.loading} />}
      {rows?.length === 0 && (
        <div className={styles.text}>
          <strong>{none.title}</strong>
          <p className={styles.muted}>{none.hint}</p>
        </div>
      )}
      {rows !== undefined && rows.length > 0 && (
        <VirtualList
          label={label}
          rows={rows}
          keyOf={(row) => row.id}
          estimate={() => rowHeight}
          render={render}
          focusable={focusable}
          {...(onNearEnd && { onNearEnd })}
        />
      )}
    </>
  );
}
