/** The whole personal directory as a file. */
import { Button, Field, makeStyles, MessageBar, MessageBarBody, Select, tokens } from '@fluentui/react-components';
import { ArrowDownload20Regular, Checkmark20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { exportContacts, importContacts } from '../../shared/api/contacts';
import { contactFileFormats, maxRecords } from '../../shared/contact-file';
import { useFormats, useText } from '../shell/i18n/text';
import { saveFile } from '../shell/save-file';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { fileTexts } from './file-texts';
import { splitExport } from './split-export';

/** Milliseconds that a directory of tens of thousands may take. */
const exportTimeoutMs = 120_000;

const importLimits = { maxBytes: importContacts.file.maxBytes, maxRecords };

interface ExportedFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: readonly BlobPart[];
}

interface ExportState {
  readonly busy?: true;
  /** The one file that was saved. */
  readonly saved?: string;
  /** Files that wait to be saved one by one: browsers stop pages that save several at once. */
  readonly files?: readonly ExportedFile[];
  readonly error?: unknown;
}

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  hint: { margin: 0, color: tokens.colorNeutralForeground2 },
  button: { alignSelf: 'flex-start' },
  files: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, margin: 0, padding: 0 },
  file: { listStyleType: 'none' },
});

export function ContactExport() {
  const styles = useStyles();
  const t = useText(fileTexts);
  const { client } = useServices();
  const errorText = useErrorText();
  const [format, setFormat] = useState<(typeof contactFileFormats)[number]>('csv');
  const [state, setState] = useState<ExportState>({});
  const save = async () => {
    setState({ busy: true });
    try {
      const { fileName, contentType, content } = await client.call(
        exportContacts,
        { query: { format } },
        { timeoutMs: exportTimeoutMs },
      );
      const parts: Uint8Array<ArrayBuffer>[] = [];
      for await (const part of content) parts.push(Uint8Array.from(part));
      const whole = new Uint8Array(await new Blob(parts).arrayBuffer());
      const pieces = splitExport(format, whole, importLimits);
      if (pieces.length === 1) {
        saveFile(fileName, contentType, parts);
        setState({ saved: fileName });
      } else {
        setState({
          files: pieces.map((piece, n) => ({
            name: fileName.replace(/(?=\.\w+$)/, `-${n + 1}-${pieces.length}`),
            contentType,
            content: piece,
          })),
        });
      }
    } catch (error) {
      setState({ error });
    }
  };
  return (
    <section className={styles.section} aria-labelledby="export-title">
      <h2 className={styles.title} id="export-title">
        {t.exportTitle}
      </h2>
      <p className={styles.hint}>{t.exportHint}</p>
      <Field label={t.exportFormat}>
        <Select
          value={format}
          onChange={(_event, { value }) => {
            setFormat(contactFileFormats.find((known) => known === value) ?? 'csv');
            setState({});
          }}
        >
          {contactFileFormats.map((known) => (
            <option key={known} value={known}>
              {t.formats[known]}
            </option>
          ))}
        </Select>
      </Field>
      <Button
        className={styles.button}
        icon={<ArrowDownload20Regular />}
        disabledFocusable={state.busy === true}
        onClick={() => void save()}
      >
        {state.busy === true ? t.exporting : t.exportButton}
      </Button>
      {state.saved !== undefined && (
        <MessageBar intent="success" layout="multiline" role="status">
          <MessageBarBody>{t.exported(state.saved)}</MessageBarBody>
        </MessageBar>
      )}
      {state.files !== undefined && <ExportedFiles files={state.files} />}
      {state.error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(state.error)}</MessageBarBody>
        </MessageBar>
      )}
    </section>
  );
}

/** Files to be saved, each by its button; which were saved is seen. */
function ExportedFiles({ files }: { readonly files: readonly ExportedFile[] }) {
  const styles = useStyles();
  const t = useText(fileTexts);
  const { count } = useFormats();
  const [saved, setSaved] = useState<ReadonlySet<string>>(new Set());
  return (
    <>
      <MessageBar intent={saved.size === files.length ? 'success' : 'info'} layout="multiline" role="status">
        <MessageBarBody>
          {t.exportedFiles(count(files.length))} {t.filesSaved(count(saved.size), count(files.length))}
        </MessageBarBody>
      </MessageBar>
      <ul className={styles.files}>
        {files.map(({ name, contentType, content }) => (
          <li key={name} className={styles.file}>
            <Button
              icon={saved.has(name) ? <Checkmark20Regular /> : <ArrowDownload20Regular />}
              onClick={() => {
                saveFile(name, contentType, content);
                setSaved((before) => new Set(before).add(name));
              }}
            >
              {saved.has(name) ? t.saveFileAgain(name) : t.saveFile(name)}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
