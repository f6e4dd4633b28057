/** "Delete imported contacts" with its question (SYN-8). */
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, tokens } from '@fluentui/react-components';
import { fluentRef } from '../shell/fluent-ref';
import { useFormats, useText } from '../shell/i18n/text';
import { useQuestion } from '../shell/use-question';
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
  const { asking, ask, close, opener, refusal } = useQuestion();
  return (
    <section className={styles.section} aria-labelledby="delete-title">
      <h2 className={styles.title} id="delete-title">
        {t.deleteTitle}
      </h2>
      <p className={styles.hint}>{t.deleteHint}</p>
      {!asking && (
        <Button ref={fluentRef(opener)} disabled={state.run.status === 'running'} onClick={ask}>
          {t.deleteButton}
        </Button>
      )}
      {asking && (
        <MessageBar intent="warning" layout="multiline" data-question="">
          <MessageBarBody>{t.deleteQuestion}</MessageBarBody>
          <MessageBarActions>
            <Button ref={fluentRef(refusal)} onClick={close}>
              {cancel}
            </Button>
            <Button
              onClick={() => {
                close();
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
