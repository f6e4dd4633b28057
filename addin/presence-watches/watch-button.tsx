/** "Tell me when free", beside a colleague who is not; pressed again it is taken back. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Alert16Regular, AlertOn16Filled } from '@fluentui/react-icons';
import { unwatchPresence, watchPresence } from '../../shared/api/presence-watches';
import { isFree } from '../../shared/colleague-free';
import type { DirectoryItem } from '../../shared/directory';
import { useText } from '../shell/i18n/text';
import { usePresence } from '../shell/presence';
import { useServices } from '../shell/services';
import { useAttempt } from '../shell/use-attempt';
import { useErrorText } from '../shell/use-error-text';
import { useStore } from '../shell/use-store';
import { watchTexts } from './texts';

const useStyles = makeStyles({
  button: { minWidth: 0, paddingLeft: tokens.spacingHorizontalXS, fontWeight: tokens.fontWeightRegular },
  error: { color: tokens.colorStatusDangerForeground1 },
});

interface Props {
  readonly item: DirectoryItem;
  /** What his line does, as the row knows it. */
  readonly line: 'unknown' | 'idle' | { readonly state: 'ringing' | 'calling' | 'in-call' };
}

/** Nothing for oneself, for groups, for who hides his presence, and for who is free. */
export function WatchButton({ item, line }: Props) {
  const styles = useStyles();
  const t = useText(watchTexts);
  const errorText = useErrorText();
  const { client, events, session, announce } = useServices();
  const colleague = item.directory === 'internal' && item.isGroup !== true;
  const known = usePresence(colleague ? item.id : undefined);
  const watching = useStore(events.state).watches.has(item.id);
  const { busy, error, attempt } = useAttempt();
  const me = session.state.get();
  if (!colleague || known === 'unknown' || (me.status === 'signed-in' && me.user.id === item.id)) return null;
  const status = known === 'office' ? known : known.status;
  const free = line !== 'unknown' && isFree(status, line === 'idle' ? 'idle' : line.state);
  if (!watching && (free || line === 'unknown' || status === 'not-visible')) return null;
  const press = () =>
    attempt(async () => {
      await client.call(watching ? unwatchPresence : watchPresence, { params: { userId: item.id } });
      announce(watching ? t.waitsNoMore(item.displayName) : t.waits(item.displayName));
    });
  const label = watching ? t.stopWatching(item.displayName) : t.watchFor(item.displayName);
  return (
    <>
      <Button
        className={styles.button}
        appearance="subtle"
        size="small"
        icon={watching ? <AlertOn16Filled /> : <Alert16Regular />}
        aria-label={label}
        title={label}
        disabledFocusable={busy}
        data-watching={watching}
        onClick={() => void press()}
      >
        {watching ? t.watching : t.watch}
      </Button>
      {error !== undefined && (
        <span role="alert" className={styles.error}>
          {errorText(error)}
        </span>
      )}
    </>
  );
}
