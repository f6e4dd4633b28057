/** Syncing with the mailbox: numbers, Sync now, progress with cancel, result, and the question before a large removal. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  ProgressBar,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ArrowSync20Regular } from '@fluentui/react-icons';
import { useEffect } from 'react';
import type { SyncResult } from '../../shared/contact-sync';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import type { SyncProgress, WaitingRemoval } from '../../shared/sync/push-sync';
import { ResultView } from './result-view';
import type { SyncModel, SyncState } from './sync-model';
import { syncTexts } from './texts';
import { useSyncErrorText } from './use-sync-error-text';

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  muted: { color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  readonly model: SyncModel;
  readonly state: SyncState;
  /** Shows the contacts that the waiting plan is about. */
  readonly onShowWaiting: () => void;
}

export function MailboxSync({ model, state, onShowWaiting }: Props) {
  const styles = useStyles();
  const t = useText(syncTexts);
  const errorText = useSyncErrorText();
  const { mailbox, run, waiting, failure } = state;
  useAnnouncedRun(state);
  const running = run.status === 'running';
  return (
    <section className={styles.section} aria-labelledby="sync-title">
      <h2 className={styles.title} id="sync-title">
        {t.title}
      </h2>
      {mailbox?.kind === 'none' && (
        <MessageBar layout="multiline">
          <MessageBarBody>{t.noMailbox[mailbox.reason]}</MessageBarBody>
        </MessageBar>
      )}
      {mailbox?.kind !== 'none' && <Numbers state={state} />}
      {waiting !== undefined && !running && <Waiting model={model} waiting={waiting} onShow={onShowWaiting} />}
      {waiting === undefined && state.account?.heldSince !== undefined && !running && (
        <MessageBar layout="multiline" data-held="">
          <MessageBarBody>{t.held}</MessageBarBody>
        </MessageBar>
      )}
      {mailbox?.kind !== 'none' && (
        <div className={styles.actions}>
          <Button
            appearance="primary"
            icon={<ArrowSync20Regular />}
            disabled={mailbox === undefined || running}
            onClick={() => void model.start()}
          >
            {t.syncNow}
          </Button>
          {!running && (
            <Button disabled={mailbox === undefined} onClick={() => void model.preview()}>
              {t.preview}
            </Button>
          )}
          {!running && state.account?.lastSync !== undefined && (
            <Button onClick={() => void model.start('full')}>{t.fullSync}</Button>
          )}
        </div>
      )}
      {run.status === 'running' && <Running progress={run.progress} onCancel={() => model.cancel()} />}
      {run.status === 'done' && <Done result={run.result} />}
      {run.status === 'cancelled' && <MessageBar>{<MessageBarBody>{t.cancelled}</MessageBarBody>}</MessageBar>}
      {run.status === 'plan-lost' && (
        <MessageBar layout="multiline">
          <MessageBarBody>{t.planLost}</MessageBarBody>
        </MessageBar>
      )}
      {run.status === 'elsewhere' && <Elsewhere by={run.by} since={run.since} />}
      {run.status === 'failed' && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t.failed}</MessageBarTitle> {errorText(run.error)}
          </MessageBarBody>
        </MessageBar>
      )}
      {failure !== undefined && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{errorText(failure)}</MessageBarBody>
        </MessageBar>
      )}
    </section>
  );
}

function Numbers({ state: { outlookContacts, account, run } }: Pick<Props, 'state'>) {
  const styles = useStyles();
  const t = useText(syncTexts);
  const { count, dateTime } = useFormats();
  const imported = account?.contacts;
  const numbers = [
    outlookContacts === undefined ? undefined : t.outlookContacts(count(outlookContacts)),
    imported === undefined ? undefined : t.importedContacts(count(imported)),
  ].filter((text) => text !== undefined);
  const last = account?.lastSync;
  return (
    <>
      <Text data-numbers="">{numbers.join(' · ')}</Text>
      <Text className={styles.muted}>{last === undefined ? t.neverSynced : t.lastSync(dateTime(last.at))}</Text>
      {last !== undefined && run.status === 'idle' && <Result result={last.result} />}
    </>
  );
}

function Running({ progress, onCancel }: { readonly progress: SyncProgress; readonly onCancel: () => void }) {
  const styles = useStyles();
  const t = useText(syncTexts);
  const { cancel } = useText();
  const { count } = useFormats();
  const { phase, folders, read, sent } = progress;
  const words = { opening: t.starting, reading: t.reading(count(read), count(sent)), committing: t.committing };
  return (
    <div className={styles.section} data-phase={phase}>
      <ProgressBar aria-label={t.title} {...(folders.total > 1 ? { value: folders.done / folders.total } : {})} />
      <Text>{words[phase]}</Text>
      {phase === 'reading' && folders.total > 1 && (
        <Text className={styles.muted}>
          {t.folders(count(Math.min(folders.done + 1, folders.total)), count(folders.total))}
        </Text>
      )}
      <div className={styles.actions}>
        <Button onClick={onCancel}>{cancel}</Button>
      </div>
    </div>
  );
}

function Done({ result }: { readonly result: SyncResult }) {
  const t = useText(syncTexts);
  const news = result.added + result.changed + result.removed;
  return (
    <>
      <MessageBar intent="success">
        <MessageBarBody>{news === 0 ? t.upToDate : t.done}</MessageBarBody>
      </MessageBar>
      <Result result={result} />
    </>
  );
}

function Result({ result }: { readonly result: SyncResult }) {
  const t = useText(syncTexts);
  const { numberKinds, numberProblems } = useText();
  return (
    <ResultView
      counts={result}
      skipped={result.skipped.map(({ name, reason }) => ({ what: name ?? t.unnamed, why: t.skipReasons[reason] }))}
      problems={result.problems.map(({ displayName, kind, raw, problem }) => ({
        what: `${displayName || t.unnamed}, ${numberKinds[kind]}: ${raw}`,
        why: numberProblems[problem],
      }))}
    />
  );
}

function Elsewhere({ by, since }: { readonly by: string | undefined; readonly since: string | undefined }) {
  const t = useText(syncTexts);
  const { dateTime } = useFormats();
  return (
    <MessageBar layout="multiline">
      <MessageBarBody>
        {by === undefined || since === undefined ? t.elsewhereUnknown : t.elsewhere(by, dateTime(since))}
      </MessageBarBody>
    </MessageBar>
  );
}

interface WaitingProps {
  readonly model: SyncModel;
  readonly waiting: WaitingRemoval;
  readonly onShow: () => void;
}

function Waiting({ model, waiting, onShow }: WaitingProps) {
  const t = useText(syncTexts);
  const { count, dateTime } = useFormats();
  const { reason, removed, remaining, until } = waiting;
  const held = reason === 'after-undo';
  return (
    <MessageBar intent="warning" layout="multiline" data-waiting={reason}>
      <MessageBarBody>
        <MessageBarTitle>{held ? t.heldTitle : t.waitingTitle}</MessageBarTitle>{' '}
        {held ? t.heldText(count(removed)) : t.waitingText(count(removed), count(remaining))}{' '}
        {t.waitingUntil(dateTime(until))}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onShow}>{held ? t.showChanges : t.showRemoved}</Button>
        <Button onClick={() => void model.refuseRemoval()}>{held ? t.notNow : t.keepThem}</Button>
        <Button onClick={() => void model.confirmRemoval()}>{held ? t.applyThem : t.removeThem}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}

/** Says beginning and end of a sync that the user has started. */
function useAnnouncedRun({ run }: SyncState): void {
  const { announce } = useServices();
  const t = useText(syncTexts);
  const { status } = run;
  const scheduled = run.status === 'running' && run.scheduled;
  useEffect(() => {
    if (status === 'running' && !scheduled) announce(t.starting);
    if (status === 'done') announce(t.done);
    if (status === 'cancelled') announce(t.cancelled);
    if (status === 'failed') announce(t.failed, true);
  }, [status, scheduled, announce, t]);
}
