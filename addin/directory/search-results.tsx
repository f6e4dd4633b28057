/** Hits of the quick search in three groups, each with its count. */
import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import { directoryNames, type DirectoryHits, type DirectoryItem, type DirectorySearch } from '../../shared/directory';
import { EntryRow } from '../shell/entry-row';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { VirtualList } from '../shell/virtual-list';
import { directoryTexts } from './texts';
import { typedNumber } from '../shell/typed-number';
import { searchLimits, type QuickSearch } from './use-quick-search';

const useStyles = makeStyles({
  group: {
    display: 'flex',
    justifyContent: 'space-between',
    margin: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: tokens.lineHeightBase300,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  text: { padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`, margin: 0 },
  muted: { color: tokens.colorNeutralForeground2 },
  fill: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
});

interface Props {
  readonly id: string;
  readonly typed: string;
  readonly search: QuickSearch;
  readonly limit: number;
  readonly onMore: () => void;
  readonly onOpen: (item: DirectoryItem) => void;
}

type Row =
  | { readonly type: 'group'; readonly directory: (typeof directoryNames)[number]; readonly hits: DirectoryHits }
  | { readonly type: 'item'; readonly item: DirectoryItem }
  | { readonly type: 'more'; readonly directory: (typeof directoryNames)[number] };

export default function SearchResults({ id, typed, search, limit, onMore, onOpen }: Props) {
  const styles = useStyles();
  const t = useText(directoryTexts);
  const shared = useText();
  const errorText = useErrorText();
  const countText = useCountText();
  const { hits, hitsFor, error } = search;
  useCountAnnouncement(search);

  if (error !== undefined)
    return (
      <div id={id} className={styles.text}>
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      </div>
    );
  if (!hits)
    return (
      <p id={id} className={styles.text}>
        {t.searching}
      </p>
    );
  if (directoryNames.every((name) => hits[name].count === 0))
    return (
      <div id={id} className={styles.text}>
        <strong>{t.nothing(hitsFor)}</strong>
        <p className={styles.muted}>{typedNumber(typed) === undefined ? t.nothingHint : t.nothingNumberHint}</p>
      </div>
    );
  const rows = rowsOf(hits, limit);
  return (
    <section id={id} className={styles.fill} aria-label={t.results}>
      <VirtualList
        label={t.results}
        rows={rows}
        keyOf={(row) => (row.type === 'item' ? `${row.item.directory} ${row.item.id}` : `${row.type} ${row.directory}`)}
        estimate={(row) => (row.type === 'item' ? 88 : 36)}
        render={(row) => {
          if (row.type === 'item') return <EntryRow item={row.item} onOpen={onOpen} />;
          if (row.type === 'more')
            return (
              <Button appearance="subtle" onClick={onMore}>
                {t.showMore(shared.directories[row.directory])}
              </Button>
            );
          return (
            <h2 className={styles.group}>
              <span>{shared.directories[row.directory]}</span>
              <span>{countText(row.hits)}</span>
            </h2>
          );
        }}
      />
    </section>
  );
}

function rowsOf(hits: DirectorySearch, limit: number): Row[] {
  return directoryNames.flatMap((directory): Row[] => {
    const { items, count, more } = hits[directory];
    const rest = (more || count > items.length) && limit < searchLimits.many;
    return [
      { type: 'group', directory, hits: hits[directory] },
      ...items.map((item): Row => ({ type: 'item', item })),
      ...(rest ? [{ type: 'more', directory } as const] : []),
    ];
  });
}

function useCountText(): (hits: DirectoryHits) => string {
  const shared = useText();
  const { count } = useFormats();
  return (hits) => (hits.more ? shared.more(count(hits.count)) : count(hits.count));
}

/** Tells screen readers the counts once the typing pauses. */
function useCountAnnouncement({ hits, hitsFor }: QuickSearch) {
  const t = useText(directoryTexts);
  const countText = useCountText();
  const { announce } = useServices();
  const text = !hits
    ? undefined
    : directoryNames.every((name) => hits[name].count === 0)
      ? t.nothing(hitsFor)
      : t.counts(countText(hits.personal), countText(hits.internal), countText(hits.system));
  useEffect(() => {
    if (text === undefined) return;
    const timer = setTimeout(() => announce(text), 600);
    return () => clearTimeout(timer);
  }, [text, announce]);
}
