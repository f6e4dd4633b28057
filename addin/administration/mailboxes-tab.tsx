/** Mailboxes that the service reads by itself: how each stands, and running, pausing, resuming it. Nothing of what is in it. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { AdministeredMailbox } from '../../shared/api/unattended-sync';
import { useText } from '../shell/i18n/text';
import { MailboxState } from '../shell/mailbox-state';
import { LoadedList } from './loaded-list';
import { administrationTexts } from './texts';
import { useMailboxes, type MailboxAct } from './use-mailboxes';

const useStyles = makeStyles({
  tools: { padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`, flexShrink: 0 },
  muted: { color: tokens.colorNeutralForeground2, margin: 0, overflowWrap: 'anywhere' },
  row: {
    display: 'grid',
    gap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    minWidth: 0,
  },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

export function MailboxesTab() {
  const styles = useStyles();
  const t = useText(administrationTexts);
  const { mailboxes, mode, error, busy, more, reload, act } = useMailboxes();
  return (
    <>
      {mailboxes !== undefined && mailboxes.length > 0 && (
        <div className={styles.tools}>
          <Button onClick={reload}>{t.refresh}</Button>
        </div>
      )}
      <LoadedList
        label={t.tabs.mailboxes}
        rows={mailboxes}
        error={error}
        onRetry={reload}
        none={{ title: t.noMailboxes, hint: mode === undefined ? t.mailboxesOff : t.noMailboxesHint }}
        rowHeight={120}
        render={(mailbox) => <MailboxRow mailbox={mailbox} busy={busy} act={act} />}
        onNearEnd={more}
      />
    </>
  );
}

function MailboxRow(props: {
  readonly mailbox: AdministeredMailbox;
  readonly busy: boolean;
  readonly act: (act: MailboxAct, id: string) => void;
}) {
  const styles = useStyles();
  const t = useText(administrationTexts);
  const { mailbox, busy, act } = props;
  const { id, address, paused, running } = mailbox;
  return (
    <div className={styles.row}>
      <span className={styles.name}>{mailbox.displayName}</span>
      <span className={styles.muted}>{`${mailbox.userName} · ${address}`}</span>
      <MailboxState state={mailbox} />
      <div className={styles.buttons}>
        <Button
          size="small"
          disabled={busy || running}
          aria-label={`${t.runMailbox}: ${address}`}
          onClick={() => act('run', id)}
        >
          {t.runMailbox}
        </Button>
        <Button
          size="small"
          disabled={busy}
          aria-label={`${paused === undefined ? t.pauseMailbox : t.resumeMailbox}: ${address}`}
          onClick={() => act(paused === undefined ? 'pause' : 'resume', id)}
        >
          {paused === undefined ? t.pauseMailbox : t.resumeMailbox}
        </Button>
      </div>
    </div>
  );
}
