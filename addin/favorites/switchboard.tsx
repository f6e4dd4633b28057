/** The minimised view (SET-5): favourites with what they do, dialled by a click, and the sign for missed calls. */
import { Button, makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components';
import { CallMissed20Regular, ChevronDown16Regular, ChevronRight16Regular } from '@fluentui/react-icons';
import { useMemo } from 'react';
import type { Favorite, FavoriteGroup } from '../../shared/favorites';
import { LineSign, PickUpQuestion, useLine } from '../shell/colleague-line';
import { useFormats, useText } from '../shell/i18n/text';
import { PersonAvatar } from '../shell/person-avatar';
import { PresenceLine, PresencePicture } from '../shell/presence';
import { useRowCover } from '../shell/row-cover';
import { useServices } from '../shell/services';
import { useNumberText } from '../shell/use-number-text';
import { useStore } from '../shell/use-store';
import { VirtualList } from '../shell/virtual-list';
import { firstTargetOf } from './dial-target';
import { favoriteName } from './favorite-name';
import { favoritesTexts } from './texts';
import { useClosedGroups } from './use-favorites';

const useStyles = makeStyles({
  board: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  signs: {
    display: 'flex',
    flexShrink: 0,
    flexWrap: 'wrap',
    padding: `0 ${tokens.spacingHorizontalXS} ${tokens.spacingVerticalXS}`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  quiet: { fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground2 },
  heading: { margin: 0, fontSize: tokens.fontSizeBase200, backgroundColor: tokens.colorNeutralBackground3 },
  title: { justifyContent: 'flex-start', width: '100%', overflowWrap: 'anywhere', textAlign: 'left' },
  tile: {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    minHeight: '32px',
    padding: `1px ${tokens.spacingHorizontalM}`,
  },
  text: { display: 'flex', flexDirection: 'column', overflowWrap: 'anywhere' },
  muted: { color: tokens.colorNeutralForeground2 },
  wide: { gridColumn: '1 / -1' },
  empty: { padding: tokens.spacingHorizontalL, display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
  hint: { color: tokens.colorNeutralForeground2, margin: 0 },
});

type Row =
  { readonly type: 'group'; readonly group: FavoriteGroup } | { readonly type: 'item'; readonly favorite: Favorite };

export default function Switchboard() {
  const styles = useStyles();
  const t = useText(favoritesTexts);
  const shared = useText();
  const { count } = useFormats();
  const { favorites, events, navigation } = useServices();
  const { groups } = useStore(favorites.state);
  const missed = useStore(events.state).journal?.unseen ?? 0;
  const [closed, toggle] = useClosedGroups();
  const rows = useMemo(() => rowsOf(groups ?? [], closed), [groups, closed]);
  return (
    <div className={styles.board}>
      <div className={styles.signs}>
        <Button
          appearance="subtle"
          size="small"
          className={missed === 0 ? styles.quiet : undefined}
          icon={<CallMissed20Regular />}
          data-missed={missed}
          onClick={() => navigation.goTo('journal')}
        >
          {missed === 0 ? t.noMissed : t.missed(count(missed))}
        </Button>
      </div>
      {groups === undefined ? (
        <div className={styles.empty}>
          <Spinner size="small" label={shared.loading} />
        </div>
      ) : groups.length === 0 ? (
        <div className={styles.empty}>
          <strong>{t.empty}</strong>
          <p className={styles.hint}>{t.emptyHint}</p>
          <Button appearance="primary" onClick={() => navigation.goTo('directory')}>
            {t.goToDirectory}
          </Button>
        </div>
      ) : (
        <VirtualList
          label={t.switchboard}
          rows={rows}
          keyOf={(row) => (row.type === 'group' ? row.group.id : `${row.favorite.id} ${row.favorite.item?.id ?? ''}`)}
          estimate={({ type }) => (type === 'group' ? 28 : 34)}
          render={(row) =>
            row.type === 'item' ? (
              <Tile favorite={row.favorite} />
            ) : (
              <h2 className={styles.heading}>
                <Button
                  className={styles.title}
                  appearance="transparent"
                  size="small"
                  icon={closed.has(row.group.id) ? <ChevronRight16Regular /> : <ChevronDown16Regular />}
                  aria-expanded={!closed.has(row.group.id)}
                  onClick={() => toggle(row.group.id)}
                >
                  {`${row.group.name} (${count(row.group.items.length)})`}
                </Button>
              </h2>
            )
          }
        />
      )}
    </div>
  );
}

function rowsOf(groups: readonly FavoriteGroup[], closed: ReadonlySet<string>): Row[] {
  return groups.flatMap((group): Row[] => [
    { type: 'group', group },
    ...(closed.has(group.id) ? [] : group.items.map((favorite) => ({ type: 'item', favorite }) as const)),
  ]);
}

function Tile({ favorite }: { readonly favorite: Favorite }) {
  const styles = useStyles();
  const cover = useRowCover();
  const t = useText(favoritesTexts);
  const { dialler } = useServices();
  const { id, displayName, item } = favorite;
  const colleague = useLine(item ?? { id, directory: 'personal', displayName, numbers: [], emails: [] });
  const numberText = useNumberText();
  const shownName = favoriteName(favorite, numberText);
  const target = firstTargetOf(favorite);
  return (
    <div className={styles.tile} data-tile={id}>
      {target && (
        <button
          type="button"
          className={cover.button}
          aria-label={t.dial(shownName, numberText(target.display ?? target.number))}
          onClick={() => dialler.dial(target)}
        />
      )}
      <span className={cover.content}>
        {item ? (
          <PresencePicture item={item} size={24} />
        ) : (
          <PersonAvatar name={displayName} picture={undefined} size={24} />
        )}
      </span>
      <span className={mergeClasses(cover.content, styles.text)}>
        <span className={target ? undefined : styles.muted} aria-hidden={target !== undefined}>
          {shownName}
        </span>
        {item?.directory === 'internal' && <PresenceLine userId={item.id} />}
      </span>
      <span className={cover.content}>{colleague && <LineSign colleague={colleague} />}</span>
      {colleague?.pickUp && (
        <div className={mergeClasses(cover.content, styles.wide)}>
          <PickUpQuestion name={colleague.name} pickUp={colleague.pickUp} />
        </div>
      )}
    </div>
  );
}
