/** The note of an entry. What is typed is kept until it is saved, whatever comes in or breaks off meanwhile. */
import { Button, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { noteLimit, type JournalEntry } from '../../shared/journal';
import { useText } from '../shell/i18n/text';
import type { JournalModel } from './journal-model';
import { journalTexts } from './texts';

const useStyles = makeStyles({
  note: { display: 'grid', gap: tokens.spacingVerticalXS, justifyItems: 'stretch' },
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, minHeight: '32px' },
  muted: { color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly entry: JournalEntry;
  readonly draft: string | undefined;
  readonly model: JournalModel;
}

export function NoteEditor({ entry, draft, model }: Props) {
  const styles = useStyles();
  const t = useText(journalTexts);
  const [saving, setSaving] = useState(false);
  const unsaved = draft !== undefined && draft.trim() !== (entry.note ?? '');
  const save = async () => {
    if (!unsaved || saving) return;
    setSaving(true);
    await model.saveNote(entry);
    setSaving(false);
  };
  return (
    <div className={styles.note}>
      <Field label={t.note}>
        <Textarea
          value={draft ?? entry.note ?? ''}
          maxLength={noteLimit}
          rows={2}
          resize="vertical"
          onChange={(_, { value }) => model.type(entry.id, value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            void save();
          }}
        />
      </Field>
      {unsaved && (
        <div className={styles.line}>
          <Button size="small" appearance="primary" disabledFocusable={saving} onClick={() => void save()}>
            {t.saveNote}
          </Button>
          <span className={styles.muted}>{t.unsaved}</span>
        </div>
      )}
    </div>
  );
}
