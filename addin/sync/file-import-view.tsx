/** A file under way: how it is read, what it would bring, how far it is, what it has brought. */
import {
  Button,
  Field,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  ProgressBar,
  Select,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useEffect, useRef, type RefObject } from 'react';
import { useFormats, useText } from '../shell/i18n/text';
import { useNumberText } from '../shell/use-number-text';
import { ColumnMapping } from './column-mapping';
import { fileTexts } from './file-texts';
import { SaveRows } from './import-rows';
import { ResultView } from './result-view';
import { syncTexts } from './texts';
import { fileProblemOf, useFileErrorText } from './use-file-error-text';
import { charsets, type ImportResult } from './file-import-model';
import type { FileImport } from './use-file-import';

const useStyles = makeStyles({
  section: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    // Names of files have no blanks, and what stands behind a name must not leave the pane.
    overflowWrap: 'anywhere',
    ':focus': { outline: 'none' },
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  readonly files: FileImport;
  /** What begins anew, where nothing is left of a file. */
  readonly opener: RefObject<HTMLButtonElement | null>;
}

export function FileImportView({ files, opener }: Props) {
  const { status } = files.state;
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef(status);
  useEffect(() => {
    if (shown.current === status) return;
    shown.current = status;
    // What had the focus is gone: one goes on from here and not from the top of the page. Nothing is taken from another page.
    if (document.activeElement !== document.body || !document.hasFocus()) return;
    (status === 'idle' ? opener : box).current?.focus();
  }, [status, opener]);
  return (
    <div ref={box} tabIndex={-1} className={useStyles().section}>
      <Status files={files} />
    </div>
  );
}

function Status({ files }: Pick<Props, 'files'>) {
  const styles = useStyles();
  const t = useText(syncTexts);
  const f = useText(fileTexts);
  const shared = useText();
  const { cancel } = shared;
  const { count } = useFormats();
  const errorText = useFileErrorText();
  const { state } = files;
  const close = (
    <MessageBarActions>
      <Button onClick={() => files.dismiss()}>{shared.close}</Button>
    </MessageBarActions>
  );
  switch (state.status) {
    case 'idle':
      return null;
    case 'checking':
      if (state.result !== undefined) return <Planned files={files} name={state.name} result={state.result} checking />;
      return (
        <div className={styles.section}>
          <Spinner size="tiny" labelPosition="after" label={t.checkingFile(state.name)} />
          <div className={styles.actions}>
            <Button onClick={() => files.dismiss()}>{cancel}</Button>
          </div>
        </div>
      );
    case 'importing': {
      const { progress } = state;
      return (
        <div className={styles.section} data-file="importing">
          <Spinner size="tiny" labelPosition="after" label={t.importingFile(state.name)} />
          {progress !== undefined && (
            <>
              <ProgressBar aria-label={f.importing} value={progress.done / Math.max(1, progress.total)} />
              <Text>{f.progress(count(progress.done), count(progress.total))}</Text>
            </>
          )}
          <div className={styles.actions}>
            <Button onClick={() => files.dismiss()}>{cancel}</Button>
          </div>
        </div>
      );
    }
    case 'planned':
      return <Planned files={files} name={state.name} result={state.result} checking={false} />;
    case 'done': {
      const { skippedCount, problemsCount, pictureProblemsCount, historyId } = state.result;
      return (
        <div className={styles.section} data-file="done">
          <MessageBar intent="success" layout="multiline" role="status">
            <MessageBarBody>{t.importDone(state.name)}</MessageBarBody>
            {close}
          </MessageBar>
          <ImportView result={state.result} />
          {historyId !== undefined && skippedCount + problemsCount + pictureProblemsCount > 0 && (
            <SaveRows importId={historyId} />
          )}
        </div>
      );
    }
    case 'cancelled':
      return (
        <MessageBar intent="info" layout="multiline" role="status">
          <MessageBarBody>{f.cancelled}</MessageBarBody>
          {close}
        </MessageBar>
      );
    case 'too-large':
    case 'several':
      return (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{state.status === 'too-large' ? t.fileTooLarge : t.oneFile}</MessageBarBody>
          {close}
        </MessageBar>
      );
    case 'failed': {
      // What is wrong with the file may be its character set; anything else may be better the next time.
      const isOfFile = fileProblemOf(state.error) !== undefined;
      return (
        <>
          <MessageBar intent="error" layout="multiline" role="alert">
            <MessageBarBody>{errorText(state.error)}</MessageBarBody>
            <MessageBarActions>
              {!isOfFile && <Button onClick={() => files.retry()}>{shared.tryAgain}</Button>}
              <Button onClick={() => files.dismiss()}>{shared.close}</Button>
            </MessageBarActions>
          </MessageBar>
          {isOfFile && <CharsetChoice files={files} />}
        </>
      );
    }
  }
}

interface PlannedProps {
  readonly files: FileImport;
  readonly name: string;
  readonly result: ImportResult;
  /** The file is being checked again: what is shown is of the time before. */
  readonly checking: boolean;
}

function Planned({ files, name, result, checking }: PlannedProps) {
  const styles = useStyles();
  const t = useText(syncTexts);
  const { cancel, close } = useText();
  const { table } = result;
  const chosen = table?.missing === undefined;
  const news = result.added + result.changed + result.removed + result.pictures > 0;
  return (
    <div className={styles.section} data-file={checking ? 'checking' : 'planned'} aria-busy={checking}>
      {chosen && <strong role="status">{news ? t.filePlan(name) : t.nothingToImport}</strong>}
      {chosen && <ImportView result={result} />}
      {table !== undefined && (
        <ColumnMapping
          table={table}
          onUse={(index, use) => files.setColumn(table, index, use)}
          onHeader={(header) => files.setHeader(header)}
        />
      )}
      <CharsetChoice files={files} found={result.charset} />
      <div className={styles.actions}>
        {news && chosen && (
          <Button appearance="primary" disabledFocusable={checking} onClick={() => files.accept()}>
            {t.importFile}
          </Button>
        )}
        <Button onClick={() => files.dismiss()}>{news || !chosen ? cancel : close}</Button>
      </div>
    </div>
  );
}

function CharsetChoice({ files, found }: { readonly files: FileImport; readonly found?: string }) {
  const t = useText(syncTexts);
  return (
    <Field label={t.charset}>
      <Select
        value={files.charset ?? ''}
        onChange={(_event, { value }) => files.setCharset(charsets.find((charset) => charset === value))}
      >
        <option value="">
          {t.charsetAuto}
          {found !== undefined && files.charset === undefined && ` (${found})`}
        </option>
        {charsets.map((charset) => (
          <option key={charset} value={charset}>
            {charset}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function ImportView({ result }: { readonly result: ImportResult }) {
  const numberText = useNumberText();
  const t = useText(syncTexts);
  const { numberProblems } = useText();
  const { pictureProblems } = useText(fileTexts);
  return (
    <ResultView
      counts={result}
      skipped={result.skipped.map(({ position, name, reason }) => ({
        what: [t.record(String(position)), name].filter((part) => part !== undefined).join(', '),
        why: t.skipReasons[reason],
      }))}
      skippedCount={result.skippedCount}
      problems={result.problems.map(({ position, name, field, raw, problem }) => ({
        what: `${[t.record(String(position)), name, field].filter((part) => part !== undefined).join(', ')}: ${raw}`,
        why: numberProblems[problem],
      }))}
      problemsCount={result.problemsCount}
      assumed={{
        rows: result.assumed.map(({ position, name, raw, display }) => ({
          what: `${[t.record(String(position)), name].filter((part) => part !== undefined).join(', ')}: ${raw}`,
          why: numberText(display),
        })),
        count: result.assumedCount,
      }}
      pictures={{
        taken: result.pictures,
        rows: result.pictureProblems.map(({ position, name, picture }) => ({
          what: [t.record(String(position)), name].filter((part) => part !== undefined).join(', '),
          why: pictureProblems[picture],
        })),
        count: result.pictureProblemsCount,
      }}
    />
  );
}
