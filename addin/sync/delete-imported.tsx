/** "Delete imported contacts" with its question (SYN-8). */
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useFormats, useText } from '../shell/i18n/text';
import type { SyncModel, SyncState } from './sync-model';
import { syncTexts } from './texts';

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  hint: { margin: 0, color: tokens.colorNeutralForeground2 },
});

export function DeleteImported({ model, state }: { readonly model: SyncModel; readonly state: SyncState }) {
  const styles = useStyles();
  const t = useText(syncTexts);
  const { cancel } = useText();
  const { count } = useFormats();
  const [asking, setAsking] = useState(false);
  return (
    <section className={styles.section} aria-labelledby="delete-title">
      <h2 className={styles.title} id="delete-title">
        {t.deleteTitle}
      </h2>
      <p className={styles.hint}>{t.deleteHint}</p>
      {!asking && (
        <Button disabled={state.run.status === 'running'} onClick={() => setAsking(true)}>
          {t.deleteButton}
        </Button>
      )}
      {asking && (
        <MessageBar intent="warning" layout="multiline" data-question="">
          <MessageBarBody>{t.deleteQuestion}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => setAsking(false)}>{cancel}</Button>
            <Button
              onClick={() => {
                setAsking(false);
                void model.deleteImported();
              }}
            >
              {t.deleteConfirm}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {state.deleted !== undefined && (
        <MessageBar intent="success" role="status">
          <MessageBarBody>{t.deleted(count(state.deleted))}</MessageBarBody>
        </MessageBar>
      )}
    </section>
  );
}
