/** What an import told of the rows of its file: the list, and the same as a file. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { type ImportRow, listImportRows } from '../../shared/api/sync-history';
import { writeCell } from '../../shared/csv-cell';
import type { ApiClient } from '../api/client';
import { useFormats, useText } from '../shell/i18n/text';
import { saveFile } from '../shell/save-file';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { fileTexts } from './file-texts';
import { maxRows } from './result-view';
import { syncTexts } from './texts';

/** Rows that are asked for at once. */
const pageSize = '200';

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', alignItems: 'stretch', gap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  rows: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL, maxHeight: '240px', overflowY: 'auto' },
  row: { overflowWrap: 'anywhere', marginBlockEnd: tokens.spacingVerticalXS },
  muted: { margin: 0, color: tokens.colorNeutralForeground2 },
  button: { alignSelf: 'flex-start' },
});

/** Saves all rows of an import as a table. */
export function SaveRows({ importId }: { readonly importId: string }) {
  const styles = useStyles();
  const t = useText(fileTexts);
  const words = useWords();
  const { client } = useServices();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const rows = await allRows(client, importId);
      const cells = rows.map((row) => {
        const [field, raw] = 'problem' in row ? [row.field, row.raw] : ['', ''];
        return [String(row.position), row.name ?? '', field, raw, words(row)];
      });
      const { position, name, field: column, raw: number, reason } = t.rowColumns;
      const lines = [[position, name, column, number, reason], ...cells].map((line) =>
        line.map((cell) => `"${writeCell(cell).replaceAll('"', '""')}"`).join(','),
      );
      saveFile(`${t.rowsFile}.csv`, 'text/csv', [`\ufeff${lines.join('\r\n')}\r\n`]);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        className={styles.button}
        icon={<ArrowDownload20Regular />}
        disabled={busy}
        disabledFocusable={busy}
        onClick={() => void save()}
      >
        {t.saveRows}
      </Button>
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}

/** The first rows of a past import, and saving all of them. */
export function ImportRows({ importId, total }: { readonly importId: string; readonly total: number }) {
  const styles = useStyles();
  const t = useText(fileTexts);
  const sync = useText(syncTexts);
  const words = useWords();
  const { count } = useFormats();
  const { loading, tryAgain } = useText();
  const errorText = useErrorText();
  const { client } = useServices();
  const [rows, setRows] = useState<readonly ImportRow[]>();
  const [error, setError] = useState<unknown>();
  const [attempts, setAttempts] = useState(0);
  useEffect(() => {
    const outdated = new AbortController();
    client
      .call(
        listImportRows,
        { params: { id: importId }, query: { limit: String(maxRows) } },
        { signal: outdated.signal },
      )
      .then(({ items }) => setRows(items))
      .catch((failure: unknown) => {
        if (!outdated.signal.aborted) setError(failure);
      });
    return () => outdated.abort();
  }, [client, importId, attempts]);
  const retry = () => {
    setError(undefined);
    setAttempts(attempts + 1);
  };
  const more = total - (rows?.length ?? 0);
  return (
    <section className={styles.section} aria-labelledby="import-rows-title" data-import-rows="">
      <h3 className={styles.title} id="import-rows-title">
        {t.rows(count(total))}
      </h3>
      <p className={styles.muted}>{t.rowsHint}</p>
      {rows === undefined && error === undefined && <Spinner size="tiny" label={loading} />}
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={retry}>{tryAgain}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {rows !== undefined && (
        // A scrollable list must be reachable with the keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <ul className={styles.rows} tabIndex={0} aria-label={t.rowsTitle}>
          {rows.map((row, index) => (
            <li key={index} className={styles.row}>
              {[sync.record(String(row.position)), row.name, 'problem' in row ? `${row.field}: ${row.raw}` : undefined]
                .filter((part) => part !== undefined)
                .join(', ')}{' '}
              <span className={styles.muted}>– {words(row)}</span>
            </li>
          ))}
          {more > 0 && <li className={styles.muted}>{sync.andMore(count(more))}</li>}
        </ul>
      )}
      <SaveRows importId={importId} />
    </section>
  );
}

/** Why, for people. */
function useWords(): (row: ImportRow) => string {
  const { skipReasons } = useText(syncTexts);
  const { pictureProblems } = useText(fileTexts);
  const { numberProblems } = useText();
  return (row) => {
    if ('problem' in row) return numberProblems[row.problem];
    return 'picture' in row ? pictureProblems[row.picture] : skipReasons[row.reason];
  };
}

async function allRows(client: ApiClient, id: string): Promise<ImportRow[]> {
  const rows: ImportRow[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) };
    const page = await client.call(listImportRows, { params: { id }, query });
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return rows;
}
