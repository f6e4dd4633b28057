/** The whole personal directory as a file. */
import { Button, Field, makeStyles, MessageBar, MessageBarBody, Select, tokens } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { exportContacts } from '../../shared/api/contacts';
import { contactFileFormats } from '../../shared/contact-file';
import { useText } from '../shell/i18n/text';
import { saveFile } from '../shell/save-file';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { fileTexts } from './file-texts';

/** Milliseconds that a directory of tens of thousands may take. */
const exportTimeoutMs = 120_000;

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  hint: { margin: 0, color: tokens.colorNeutralForeground2 },
  button: { alignSelf: 'flex-start' },
});

export function ContactExport() {
  const styles = useStyles();
  const t = useText(fileTexts);
  const { client } = useServices();
  const errorText = useErrorText();
  const [format, setFormat] = useState<(typeof contactFileFormats)[number]>('csv');
  const [state, setState] = useState<{ readonly busy?: true; readonly saved?: string; readonly error?: unknown }>({});
  const save = async () => {
    setState({ busy: true });
    try {
      const { fileName, contentType, content } = await client.call(
        exportContacts,
        { query: { format } },
        { timeoutMs: exportTimeoutMs },
      );
      const parts: BlobPart[] = [];
      for await (const part of content) parts.push(Uint8Array.from(part));
      saveFile(fileName, contentType, parts);
      setState({ saved: fileName });
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
      {state.error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(state.error)}</MessageBarBody>
        </MessageBar>
      )}
    </section>
  );
}
