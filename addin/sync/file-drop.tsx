/** Contacts from a file: dropped here or chosen, checked first, then imported. */
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DocumentArrowUp20Regular } from '@fluentui/react-icons';
import { useRef, useState, type DragEvent } from 'react';
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
      <FileImportView files={files} />
    </section>
  );
}
