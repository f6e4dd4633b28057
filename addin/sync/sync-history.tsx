/** The last syncs: when, where, and what each did. One opens. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import type { PastSync } from '../../shared/api/sync-history';
import { useFormats, useText } from '../shell/i18n/text';
import { useErrorText } from '../shell/use-error-text';
import { historyTexts } from './history-texts';
import { pastSyncText, startOf } from './past-sync-text';
import { ShortList } from './short-list';
import { useSyncHistory } from './use-sync-history';

const useStyles = makeStyles({ muted: { margin: 0, color: tokens.colorNeutralForeground2 } });

interface Props {
  /** Another value when a sync of this pane has ended. */
  readonly version: unknown;
  /** The one that was closed just now: it gets the focus back, once. */
  readonly left: string | undefined;
  readonly onOpen: (sync: PastSync) => void;
}

export function SyncHistory({ version, left, onOpen }: Props) {
  const styles = useStyles();
  const t = useText(historyTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { count, dateTime } = useFormats();
  const { syncs, error, retry } = useSyncHistory(version);
  const severalAccounts = new Set(syncs?.map(({ account }) => account)).size > 1;
  return (
    <ShortList
      id="history"
      title={t.title}
      few={5}
      left={left}
      rows={(syncs ?? []).map((sync) => {
        const first = pastSyncText(sync, t, count);
        const about = [dateTime(sync.at), ...startOf(sync, t), ...(severalAccounts ? [sync.account] : [])];
        return {
          id: sync.id,
          first,
          second: about.join(' · '),
          name: t.open(about.join(', '), first),
          onOpen: () => onOpen(sync),
        };
      })}
    >
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={retry}>{shared.tryAgain}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {syncs === undefined && error === undefined && <Spinner size="tiny" label={shared.loading} />}
      {syncs?.length === 0 && <p className={styles.muted}>{t.none}</p>}
    </ShortList>
  );
}
