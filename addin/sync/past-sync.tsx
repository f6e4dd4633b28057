/** One past sync: what it changed, and taking it back while that can be done. Loaded when opened. */
import { Button, makeStyles, MessageBar, MessageBarBody, Spinner, tokens } from '@fluentui/react-components';
import { ArrowLeft20Regular, ArrowUndo20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import type { PastSync } from '../../shared/api/sync-history';
import { fluentRef } from '../shell/fluent-ref';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { useQuestion } from '../shell/use-question';
import { ChangeList } from './change-list';
import { ChangesFrame } from './changes-frame';
import { historyTexts } from './history-texts';
import { ImportRows } from './import-rows';
import { pastSyncText, startOf } from './past-sync-text';
import { useUndo } from './use-sync-history';

const useStyles = makeStyles({
  muted: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  question: { display: 'grid', gap: tokens.spacingVerticalS },
  asked: { margin: 0, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  /** As the list told it. */
  readonly sync: PastSync;
  readonly onBack: () => void;
  /** It was taken back. */
  readonly onUndone: (sync: PastSync) => void;
}

export default function PastSyncView({ sync, onBack, onUndone }: Props) {
  const styles = useStyles();
  const t = useText(historyTexts);
  const shared = useText();
  const { count, dateTime } = useFormats();
  return (
    <ChangesFrame
      title={dateTime(sync.at)}
      back={
        <Button appearance="subtle" icon={<ArrowLeft20Regular />} onClick={onBack}>
          {shared.back}
        </Button>
      }
      list={<ChangeList id={sync.id} version={sync.status} counts={sync} done={sync.status === 'done'} />}
    >
      <p className={styles.muted}>{[...startOf(sync, t), sync.account].join(' · ')}</p>
      <p className={styles.muted}>{pastSyncText(sync, t, count)}</p>
      <Undo sync={sync} onUndone={onUndone} />
      {sync.rows !== undefined && <ImportRows importId={sync.id} total={sync.rows} />}
    </ChangesFrame>
  );
}

/** Asks, takes back, and says what that did. */
function Undo({ sync, onUndone }: Pick<Props, 'sync' | 'onUndone'>) {
  const styles = useStyles();
  const t = useText(historyTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { announce } = useServices();
  const { count, dateTime } = useFormats();
  const undo = useUndo();
  const { asking, ask, close, opener, refusal } = useQuestion();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [done, setDone] = useState<{ readonly restored: number; readonly leftAlone: number }>();
  const message = useRef<HTMLDivElement>(null);
  // The button that had the focus is gone with the question.
  useEffect(() => {
    if (done !== undefined) message.current?.focus();
  }, [done]);

  const confirm = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const outcome = await undo(sync.id);
      setDone(outcome);
      announce(t.undoDone(count(outcome.restored)));
      const { undoUntil: _over, pictures: _old, ...rest } = sync;
      onUndone({
        ...rest,
        status: 'undone',
        undone: { at: new Date().toISOString(), leftAlone: outcome.leftAlone },
      });
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
      close();
    }
  };
  const contacts = sync.added + sync.changed + sync.removed;
  const question = sync.trigger === 'file' ? t.undoQuestionFile : t.undoQuestion;
  if (done !== undefined)
    return (
      <MessageBar ref={fluentRef(message)} tabIndex={-1} intent="success" layout="multiline" role="status">
        <MessageBarBody>
          {t.undoDone(count(done.restored))} {done.leftAlone > 0 && t.undoLeft(count(done.leftAlone))}
        </MessageBarBody>
      </MessageBar>
    );
  return (
    <>
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      {sync.undone !== undefined && (
        <p className={styles.muted}>
          {t.undoneAt(dateTime(sync.undone.at))} {sync.undone.leftAlone > 0 && t.undoLeft(count(sync.undone.leftAlone))}
        </p>
      )}
      {sync.undoUntil !== undefined && !asking && (
        <>
          <Button ref={fluentRef(opener)} icon={<ArrowUndo20Regular />} onClick={ask}>
            {t.undo}
          </Button>
          <p className={styles.muted}>{t.undoUntil(dateTime(sync.undoUntil))}</p>
        </>
      )}
      {asking && (
        <div role="group" className={styles.question} aria-label={t.undo} data-question="">
          <p className={styles.asked}>
            {contacts === 0 ? t.undoQuestionPictures(count(sync.pictures ?? 0)) : question(count(contacts))}
          </p>
          <div className={styles.buttons}>
            <Button
              appearance="primary"
              icon={busy ? <Spinner size="extra-tiny" /> : null}
              disabledFocusable={busy}
              onClick={() => void confirm()}
            >
              {busy ? t.undoing : t.undoConfirm}
            </Button>
            <Button ref={fluentRef(refusal)} disabledFocusable={busy} onClick={close}>
              {shared.cancel}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
