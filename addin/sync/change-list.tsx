/** What a sync changed or would change, contact by contact, by kind and by name: a list of any length. */
import {
  Button,
  Input,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { useId, useState } from 'react';
import type { SyncChange } from '../../shared/api/sync-history';
import { syncChangeKinds } from '../../shared/sync-history';
import type { SyncChangeKind } from '../../shared/sync-history';
import { errorCodeOf } from '../api/api-error';
import { ContactDifferences } from '../shell/contact-differences';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { Tabs } from '../shell/tabs';
import { useErrorText } from '../shell/use-error-text';
import { VirtualList } from '../shell/virtual-list';
import { historyTexts } from './history-texts';
import { useSyncChanges } from './use-sync-history';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: '220px' },
  bar: { flexShrink: 0, margin: `0 ${tokens.spacingHorizontalL} ${tokens.spacingVerticalS}` },
  search: { margin: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}` },
  tab: { display: 'flex', flexDirection: 'column', alignItems: 'center' },
  row: {
    display: 'grid',
    justifyItems: 'start',
    gap: tokens.spacingVerticalXXS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
  },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  link: {
    paddingInline: 0,
    minWidth: 0,
    textAlign: 'start',
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  kind: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  text: { margin: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`, color: tokens.colorNeutralForeground2 },
});

interface Props {
  /** Id of the sync. */
  readonly id: string;
  /** Another value when the plan is another one. */
  readonly version: string;
  /** How many of each kind; absent where that is not known. */
  readonly counts?: Readonly<Record<SyncChangeKind, number>>;
  /** Which kind is shown first; all where absent. */
  readonly first?: SyncChangeKind;
  /** The changes have been made, so the contacts that are there can be opened. */
  readonly done: boolean;
}

export function ChangeList({ id, version, counts, first, done }: Props) {
  const styles = useStyles();
  const t = useText(historyTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { count } = useFormats();
  const listId = useId();
  const [kind, setKind] = useState<SyncChangeKind | 'all'>(first ?? 'all');
  const [text, setText] = useState('');
  const { items, error, more, retry } = useSyncChanges(id, version, { kind: kind === 'all' ? undefined : kind, text });
  const gone = errorCodeOf(error) === 'not-found';
  const kinds = counts === undefined ? [] : kindsOf(counts);
  if (counts !== undefined && kinds.length < 2) return <p className={styles.text}>{t.noChanges}</p>;
  return (
    <div className={styles.list}>
      {kinds.length > 2 && (
        <Tabs
          label={t.kinds}
          idPrefix="changes"
          controls={listId}
          value={kind}
          onChange={setKind}
          options={kinds.map(({ value, number }) => ({
            value,
            content: (
              <span className={styles.tab}>
                {t[value]}
                <span>{count(number)}</span>
              </span>
            ),
            name: t.kindCount(t[value], count(number)),
          }))}
        />
      )}
      <Input
        className={styles.search}
        type="search"
        aria-label={t.search}
        placeholder={t.search}
        value={text}
        onChange={(_event, { value }) => setText(value)}
      />
      {error !== undefined && (
        <MessageBar className={styles.bar} intent="error" layout="multiline" role="alert">
          <MessageBarBody>{gone ? t.gone : errorText(error)}</MessageBarBody>
          {!gone && (
            <MessageBarActions>
              <Button onClick={retry}>{shared.tryAgain}</Button>
            </MessageBarActions>
          )}
        </MessageBar>
      )}
      <div id={listId} className={styles.list} data-changes="">
        {items === undefined && error === undefined && <Spinner size="small" label={shared.loading} />}
        {items?.length === 0 && <p className={styles.text}>{t.noHits}</p>}
        {items !== undefined && items.length > 0 && (
          <VirtualList
            key={kind}
            label={t.changes}
            focusable
            rows={items.map((change, place) => ({ change, key: String(place) }))}
            keyOf={({ key }) => key}
            estimate={() => 96}
            onNearEnd={more}
            render={({ change }) => <Change change={change} done={done} />}
          />
        )}
      </div>
    </div>
  );
}

/** All, and the kinds that there are. */
function kindsOf(counts: Readonly<Record<SyncChangeKind, number>>) {
  return [
    { value: 'all' as const, number: counts.added + counts.changed + counts.removed },
    ...syncChangeKinds.map((value) => ({ value, number: counts[value] })).filter(({ number }) => number > 0),
  ];
}

function Change({ change, done }: { readonly change: SyncChange; readonly done: boolean }) {
  const styles = useStyles();
  const t = useText(historyTexts);
  const { navigation } = useServices();
  const { kind, contactId, before, after } = change;
  const name = change.name === '' ? t.unnamed : change.name;
  const image = after ?? before;
  const open = () =>
    contactId !== undefined &&
    navigation.openEntry({
      id: contactId,
      directory: 'personal',
      displayName: name,
      numbers: image?.numbers ?? [],
      emails: image?.emails ?? [],
    });
  return (
    <div className={styles.row} data-change={kind}>
      {done && kind !== 'removed' && contactId !== undefined ? (
        <Button
          className={styles.link}
          appearance="transparent"
          size="small"
          aria-label={t.openContact(name)}
          onClick={open}
        >
          {name}
        </Button>
      ) : (
        <span className={styles.name}>{name}</span>
      )}
      <span className={styles.kind}>{t[kind]}</span>
      <ContactDifferences before={before} after={after} />
    </div>
  );
}
