/** The last syncs: when, where, and what each did. One opens. */
import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { ChevronRight16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { PastSync } from '../../shared/api/sync-history';
import { useFormats, useText } from '../shell/i18n/text';
import { useErrorText } from '../shell/use-error-text';
import { historyTexts } from './history-texts';
import { pastSyncText, startOf } from './past-sync-text';
import { useSyncHistory } from './use-sync-history';

/** Syncs that are shown until all are wanted. */
const fewSyncs = 5;

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', alignItems: 'stretch', gap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  muted: { margin: 0, color: tokens.colorNeutralForeground2 },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    width: '100%',
    justifyContent: 'space-between',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    paddingInline: tokens.spacingHorizontalXS,
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  more: { alignSelf: 'flex-start' },
});

interface Props {
  /** Another value when a sync of this pane has ended. */
  readonly version: unknown;
  readonly onOpen: (sync: PastSync) => void;
}

export function SyncHistory({ version, onOpen }: Props) {
  const styles = useStyles();
  const t = useText(historyTexts);
  const errorText = useErrorText();
  const { count } = useFormats();
  const { syncs, error } = useSyncHistory(version);
  const [all, setAll] = useState(false);
  const severalAccounts = new Set(syncs?.map(({ account }) => account)).size > 1;
  return (
    <section className={styles.section} aria-labelledby="history-title" data-history="">
      <h2 className={styles.title} id="history-title">
        {t.title}
      </h2>
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      {syncs?.length === 0 && <p className={styles.muted}>{t.none}</p>}
      {syncs !== undefined && syncs.length > 0 && (
        <ul className={styles.list}>
          {(all ? syncs : syncs.slice(0, fewSyncs)).map((sync) => (
            <li key={sync.id}>
              <Row sync={sync} withAccount={severalAccounts} onOpen={() => onOpen(sync)} />
            </li>
          ))}
        </ul>
      )}
      {syncs !== undefined && syncs.length > fewSyncs && (
        <Button className={styles.more} appearance="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t.showFewer : t.showAll(count(syncs.length))}
        </Button>
      )}
    </section>
  );
}

interface RowProps {
  readonly sync: PastSync;
  readonly withAccount: boolean;
  readonly onOpen: () => void;
}

function Row({ sync, withAccount, onOpen }: RowProps) {
  const styles = useStyles();
  const t = useText(historyTexts);
  const { count, dateTime } = useFormats();
  const what = pastSyncText(sync, t, count);
  const about = [dateTime(sync.at), ...startOf(sync, t), ...(withAccount ? [sync.account] : [])];
  return (
    <Button
      className={styles.row}
      appearance="subtle"
      icon={<ChevronRight16Regular />}
      iconPosition="after"
      aria-label={t.open(about.join(', '), what)}
      onClick={onOpen}
    >
      <span className={styles.words}>
        <span>{what}</span>
        <span className={styles.small}>{about.join(' · ')}</span>
      </span>
    </Button>
  );
}
