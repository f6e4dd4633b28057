/** Contacts from a file: dropped here or chosen, checked first, then imported. */
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DocumentArrowUp20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { fluentRef } from '../shell/fluent-ref';
import { useFormats, useText } from '../shell/i18n/text';
import { saveFile } from '../shell/save-file';
import { FileImportView } from './file-import-view';
import { csvTemplate, xmlTemplate } from './file-templates';
import { fileTexts } from './file-texts';
import { syncTexts } from './texts';
import { useFileImport } from './use-file-import';

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
  templates: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalXS },
});

export function FileDrop() {
  const styles = useStyles();
  const t = useText(syncTexts);
  const f = useText(fileTexts);
  const { language } = useFormats();
  const files = useFileImport();
  const input = useRef<HTMLInputElement>(null);
  const chooser = useRef<HTMLButtonElement>(null);
  const busy = files.state.status === 'importing';
  useStrayFiles();
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
          setOver(!busy);
        }}
        onDragLeave={({ currentTarget, relatedTarget }) => {
          // Onto the words or the button inside it is no leaving.
          if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
        }}
        onDrop={drop}
      >
        <p className={styles.hint}>{busy ? f.oneAtATime : t.fileHint}</p>
        <Button
          ref={fluentRef(chooser)}
          icon={<DocumentArrowUp20Regular />}
          disabledFocusable={busy}
          onClick={() => input.current?.click()}
        >
          {t.chooseFile}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".csv,.vcf,.vcard,.xml,text/csv,text/vcard,text/xml,application/xml"
          aria-label={t.chooseFile}
          hidden
          onChange={({ target }) => {
            files.offer([...(target.files ?? [])]);
            // The same file can be chosen again.
            target.value = '';
          }}
        />
      </div>
      <div className={styles.templates}>
        <span>{f.templates}</span>
        <Button
          size="small"
          appearance="transparent"
          onClick={() => saveFile('contacts-template.csv', 'text/csv', [csvTemplate(language)])}
        >
          {f.csvTemplate}
        </Button>
        <Button
          size="small"
          appearance="transparent"
          onClick={() => saveFile('contacts-template.xml', 'application/xml', [xmlTemplate])}
        >
          {f.xmlTemplate}
        </Button>
      </div>
      <FileImportView files={files} opener={chooser} />
    </section>
  );
}

/** A file that is dropped beside its place would be opened by the browser, in the place of the pane. */
function useStrayFiles() {
  useEffect(() => {
    const keep = (event: globalThis.DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    window.addEventListener('dragover', keep);
    window.addEventListener('drop', keep);
    return () => {
      window.removeEventListener('dragover', keep);
      window.removeEventListener('drop', keep);
    };
  }, []);
}
