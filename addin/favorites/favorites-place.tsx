/** The place Favourites: groups of people with what they do (FAV-1 to FAV-4). */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import type { Favorite, FavoriteGroup } from '../../shared/favorites';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { useNumberText } from '../shell/use-number-text';
import { useStore } from '../shell/use-store';
import { VirtualList } from '../shell/virtual-list';
import { favoriteName } from './favorite-name';
import { FavoriteRow, rowHintId } from './favorite-row';
import { GroupHeading } from './group-heading';
import { favoritesTexts } from './texts';
import { useFavorites } from './use-favorites';

const useStyles = makeStyles({
  place: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  text: { padding: tokens.spacingHorizontalL, display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
  muted: { color: tokens.colorNeutralForeground2, margin: 0 },
  hint: {
    color: tokens.colorNeutralForeground2,
    margin: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  message: { flexShrink: 0 },
});

type Row =
  | { readonly type: 'group'; readonly group: FavoriteGroup }
  | { readonly type: 'item'; readonly favorite: Favorite; readonly groupId: string }
  | { readonly type: 'nobody'; readonly groupId: string };

export default function FavoritesPlace() {
  const styles = useStyles();
  const t = useText(favoritesTexts);
  const list = useFavorites();
  const [dragged, setDragged] = useState<string>();
  const { groups, closed } = list;
  const rows = useMemo(() => rowsOf(groups ?? [], closed), [groups, closed]);
  return (
    <div className={styles.place}>
      <Message />
      <p id={rowHintId} hidden>
        {t.rowHint}
      </p>
      {groups === undefined || groups.length === 0 ? (
        <NoList known={groups !== undefined} />
      ) : (
        <VirtualList
          label={t.title}
          rows={rows}
          keyOf={keyOf}
          estimate={({ type }) => (type === 'item' ? 42 : 36)}
          render={(row) => {
            if (row.type === 'nobody') return <p className={styles.hint}>{t.emptyGroup}</p>;
            if (row.type === 'group')
              return <GroupHeading group={row.group} list={list} dragged={dragged} onDrag={setDragged} />;
            return (
              <FavoriteRow
                favorite={row.favorite}
                groupId={row.groupId}
                list={list}
                dragged={dragged}
                onDrag={setDragged}
              />
            );
          }}
        />
      )}
    </div>
  );
}

function rowsOf(groups: readonly FavoriteGroup[], closed: ReadonlySet<string>): Row[] {
  return groups.flatMap((group): Row[] => {
    const heading = { type: 'group', group } as const;
    if (closed.has(group.id)) return [heading];
    if (group.items.length === 0) return [heading, { type: 'nobody', groupId: group.id }];
    return [heading, ...group.items.map((favorite) => ({ type: 'item', favorite, groupId: group.id }) as const)];
  });
}

/** A row is of one person for good: with another entry behind it, it is another row. */
function keyOf(row: Row): string {
  if (row.type === 'item') return `${row.favorite.id} ${row.favorite.item?.id ?? ''}`;
  return row.type === 'group' ? row.group.id : `nobody ${row.groupId}`;
}

/** What the last change did or why it was not made. */
function Message() {
  const styles = useStyles();
  const t = useText(favoritesTexts);
  const numberText = useNumberText();
  const shared = useText();
  const errorText = useErrorText();
  const { favorites, events } = useServices();
  const { failure, removed, error, groups } = useStore(favorites.state);
  const lost = useStore(events.connection) === 'lost';
  const failed = failure ?? (groups === undefined ? undefined : error);
  if (failed !== undefined)
    return (
      <MessageBar className={styles.message} intent="error" layout="multiline" role="alert">
        <MessageBarBody>{errorText(failed)}</MessageBarBody>
        <MessageBarActions>
          <Button size="small" onClick={() => (failure === undefined ? favorites.retry() : favorites.dismiss())}>
            {failure === undefined ? shared.tryAgain : shared.close}
          </Button>
        </MessageBarActions>
      </MessageBar>
    );
  if (removed !== undefined)
    return (
      <MessageBar className={styles.message} intent="success" layout="multiline" role="status">
        <MessageBarBody>{t.removed(favoriteName(removed.favorite, numberText))}</MessageBarBody>
        <MessageBarActions>
          <Button size="small" onClick={() => void favorites.undoRemove()}>
            {t.undo}
          </Button>
          <Button size="small" appearance="subtle" onClick={favorites.dismiss}>
            {shared.close}
          </Button>
        </MessageBarActions>
      </MessageBar>
    );
  return lost && groups !== undefined ? (
    <p role="status" className={styles.hint}>
      {t.offline}
    </p>
  ) : null;
}

/** In place of the list: it is not here yet, it cannot be read, or there are no favourites. */
function NoList({ known }: { readonly known: boolean }) {
  const styles = useStyles();
  const t = useText(favoritesTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { favorites, navigation } = useServices();
  const { error } = useStore(favorites.state);
  if (known)
    return (
      <div className={styles.text}>
        <strong>{t.empty}</strong>
        <p className={styles.muted}>{t.emptyHint}</p>
        <Button appearance="primary" onClick={() => navigation.goTo('directory')}>
          {t.goToDirectory}
        </Button>
      </div>
    );
  if (error === undefined)
    return (
      <div className={styles.text}>
        <Spinner size="small" label={shared.loading} />
      </div>
    );
  return (
    <div className={styles.text}>
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>{errorText(error)}</MessageBarBody>
      </MessageBar>
      <Button onClick={favorites.retry}>{shared.tryAgain}</Button>
    </div>
  );
}
