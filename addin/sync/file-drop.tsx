/** Contacts from a file: dropped here or chosen, checked first, then imported. */
import {
  Button,
  Field,
  makeStyles,
  mergeClasses,
  MessageBar,
  MessageBarBody,
  Select,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { DocumentArrowUp20Regular } from '@fluentui/react-icons';
import { useRef, useState, type DragEvent } from 'react';
import { useText } from '../shell/i18n/text';
import { ResultView } from './result-view';
import { syncTexts } from './texts';
import { useFileErrorText } from './use-file-error-text';
import { charsets, type FileImport, type ImportResult, useFileImport } from './use-file-import';

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  drop: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    border: `${tokens.strokeWidthThin} dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  over: {
    border: `${tokens.strokeWidthThin} solid ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorBrandBackground2,
  },
  hint: { margin: 0, color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

export function FileDrop() {
  const styles = useStyles();
  const t = useText(syncTexts);
  const files = useFileImport();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    files.offer([...event.dataTransfer.files]);
  };
  return (
    <section className={styles.section} aria-labelledby="file-title">
      <h2 className={styles.title} id="file-title">
        {t.fileTitle}
      </h2>
      {/* Dropping is an extra for the mouse; the button inside does the same by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className={mergeClasses(styles.drop, over && styles.over)}
        data-drop=""
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p className={styles.hint}>{t.fileHint}</p>
        <Button icon={<DocumentArrowUp20Regular />} onClick={() => input.current?.click()}>
          {t.chooseFile}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".csv,.vcf,.vcard,text/csv,text/vcard"
          aria-label={t.chooseFile}
          hidden
          onChange={({ target }) => {
            files.offer([...(target.files ?? [])]);
            // The same file can be chosen again.
            target.value = '';
          }}
        />
      </div>
      <FileState files={files} />
    </section>
  );
}

function FileState({ files }: { readonly files: FileImport }) {
  const styles = useStyles();
  const t = useText(syncTexts);
  const { cancel, close } = useText();
  const errorText = useFileErrorText();
  const { state } = files;
  switch (state.status) {
    case 'idle':
      return null;
    case 'checking':
    case 'importing':
      return (
        <div className={styles.section}>
          <Spinner
            size="tiny"
            labelPosition="after"
            label={state.status === 'checking' ? t.checkingFile(state.name) : t.importingFile(state.name)}
          />
          <div className={styles.actions}>
            <Button onClick={() => files.dismiss()}>{cancel}</Button>
          </div>
        </div>
      );
    case 'planned': {
      const news = state.result.added + state.result.changed + state.result.removed > 0;
      return (
        <div className={styles.section} data-file="planned">
          <strong>{news ? t.filePlan(state.name) : t.nothingToImport}</strong>
          <ImportView result={state.result} />
          <CharsetChoice files={files} />
          <div className={styles.actions}>
            {news && (
              <Button appearance="primary" onClick={() => files.accept()}>
                {t.importFile}
              </Button>
            )}
            <Button onClick={() => files.dismiss()}>{news ? cancel : close}</Button>
          </div>
        </div>
      );
    }
    case 'done':
      return (
        <div className={styles.section} data-file="done">
          <MessageBar intent="success">
            <MessageBarBody>{t.importDone(state.name)}</MessageBarBody>
          </MessageBar>
          <ImportView result={state.result} />
        </div>
      );
    case 'too-large':
    case 'several':
      return (
        <MessageBar intent="error">
          <MessageBarBody>{state.status === 'too-large' ? t.fileTooLarge : t.oneFile}</MessageBarBody>
        </MessageBar>
      );
    case 'failed':
      return (
        <>
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{errorText(state.error)}</MessageBarBody>
          </MessageBar>
          <CharsetChoice files={files} />
        </>
      );
  }
}

function CharsetChoice({ files }: { readonly files: FileImport }) {
  const t = useText(syncTexts);
  return (
    <Field label={t.charset}>
      <Select
        value={files.charset ?? ''}
        onChange={(_event, { value }) => files.setCharset(charsets.find((charset) => charset === value))}
      >
        <option value="">{t.charsetAuto}</option>
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
  const t = useText(syncTexts);
  const { numberProblems } = useText();
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
    />
  );
}
