/**
 * A favourite in its group: who, what his telephone does, and opened his numbers. A double click dials the first number
 * (FAV-3). It is moved by dragging, by Alt with the arrow keys, and by the buttons in the opened row.
 */
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowDown16Regular, ArrowUp16Regular, ContactCard16Regular } from '@fluentui/react-icons';
import { useId, useState, type DragEvent, type KeyboardEvent } from 'react';
import { isGone, type Favorite } from '../../shared/favorites';
import { LineSign, PickUpQuestion, useLine, WatchButton } from '../shell/colleague-line';
import { useText } from '../shell/i18n/text';
import { NumberButton } from '../shell/number-button';
import { PersonAvatar } from '../shell/person-avatar';
import { PresenceLine, PresencePicture } from '../shell/presence';
import { useRowCover } from '../shell/row-cover';
import { useServices } from '../shell/services';
import { useNumberText } from '../shell/use-number-text';
import { firstTargetOf } from './dial-target';
import { useFavoriteStar } from './favorite-button';
import { isGroup } from './favorite-drop';
import { favoriteName } from './favorite-name';
import { favoritesTexts } from './texts';
import type { FavoritesList } from './use-favorites';

const useStyles = makeStyles({
  row: {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalM,
    alignItems: 'center',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
  },
  opened: { borderLeft: `${tokens.strokeWidthThicker} solid ${tokens.colorCompoundBrandStroke}` },
  dragged: { opacity: 0.5 },
  before: { boxShadow: `inset 0 ${tokens.strokeWidthThicker} 0 0 ${tokens.colorCompoundBrandStroke}` },
  after: { boxShadow: `inset 0 calc(-1 * ${tokens.strokeWidthThicker}) 0 0 ${tokens.colorCompoundBrandStroke}` },
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', minWidth: 0, flexWrap: 'wrap' },
  name: { overflowWrap: 'anywhere', fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  muted: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  details: {
    display: 'grid',
    gap: tokens.spacingVerticalXS,
    justifyItems: 'start',
    padding: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS} 60px`,
    borderLeft: `${tokens.strokeWidthThicker} solid ${tokens.colorCompoundBrandStroke}`,
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  chooser: { padding: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS}` },
});

/** Id of the sentence that says how a row is used. */
export const rowHintId = 'favorite-row-hint';

interface Props {
  readonly favorite: Favorite;
  readonly groupId: string;
  readonly list: FavoritesList;
  /** Id of the favourite that is dragged over the list. */
  readonly dragged: string | undefined;
  readonly onDrag: (id: string | undefined) => void;
}

export function FavoriteRow({ favorite, groupId, list, dragged, onDrag }: Props) {
  const styles = useStyles();
  const cover = useRowCover();
  const t = useText(favoritesTexts);
  const { dialler, navigation } = useServices();
  const detailsId = useId();
  const [edge, setEdge] = useState<'before' | 'after'>();
  const shownName = favoriteName(favorite, useNumberText());
  const star = useFavoriteStar(favorite.subject, shownName);
  const { id, displayName, item, numbers } = favorite;
  const colleague = useLine(item ?? { id, directory: 'personal', displayName, numbers: [], emails: [] });
  const opened = list.opened === id;
  const gone = isGone(favorite);
  const target = firstTargetOf(favorite);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    if (event.altKey) list.moveByKey(favorite, step);
    else neighbourOf(event.currentTarget, step)?.focus();
  };
  const onDragOver = (event: DragEvent<HTMLElement>) => {
    // A group finds its place among the headings.
    if (dragged === undefined || dragged === id || isGroup(list.groups, dragged)) return;
    event.preventDefault();
    const { top, height } = event.currentTarget.getBoundingClientRect();
    setEdge(event.clientY > top + height / 2 ? 'after' : 'before');
  };
  return (
    <>
      {/* Moving by keys is the button's; dragging is the same with a mouse. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className={mergeClasses(
          styles.row,
          opened && styles.opened,
          dragged === id && styles.dragged,
          edge !== undefined && styles[edge],
        )}
        draggable
        data-favorite-item={id}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', displayName);
          onDrag(id);
        }}
        onDragEnd={() => onDrag(undefined)}
        onDragOver={onDragOver}
        onDragLeave={() => setEdge(undefined)}
        onDrop={(event) => {
          event.preventDefault();
          setEdge(undefined);
          if (dragged !== undefined) list.drop(dragged, { groupId, beside: { id, after: edge === 'after' } });
          onDrag(undefined);
        }}
      >
        <button
          type="button"
          className={cover.button}
          data-favorite-row={id}
          aria-label={t.row(shownName)}
          aria-describedby={rowHintId}
          aria-expanded={opened}
          aria-controls={opened ? detailsId : undefined}
          // The second half of a double click does not close what the first one opened.
          onClick={({ detail }) => {
            if (detail < 2) list.toggle(id);
          }}
          onDoubleClick={() => {
            if (target) dialler.dial(target);
          }}
          onKeyDown={onKeyDown}
        />
        <span className={cover.content}>
          {item ? (
            <PresencePicture item={item} size={32} />
          ) : (
            <PersonAvatar name={displayName} picture={undefined} size={32} />
          )}
        </span>
        <div className={cover.content}>
          <div className={styles.head}>
            <span className={styles.name} aria-hidden>
              {shownName}
            </span>
            {colleague && <LineSign colleague={colleague} />}
          </div>
          {item?.directory === 'internal' && <PresenceLine userId={item.id} />}
          {gone && <span className={styles.muted}>{t.gone}</span>}
          {colleague?.pickUp && <PickUpQuestion name={colleague.name} pickUp={colleague.pickUp} />}
        </div>
        <span className={cover.content}>{star?.star}</span>
      </div>
      {star?.chooser && <div className={styles.chooser}>{star.chooser}</div>}
      {opened && (
        <div id={detailsId} className={styles.details}>
          {numbers.map((number, index) => (
            <NumberButton key={`${index} ${number.raw}`} number={number} name={displayName} />
          ))}
          {item && colleague && <WatchButton item={item} line={colleague.line} />}
          {numbers.length === 0 && !gone && <span className={styles.muted}>{t.noNumber}</span>}
          <div className={styles.buttons}>
            {item && (
              <Button size="small" icon={<ContactCard16Regular />} onClick={() => navigation.openEntry(item)}>
                {t.details}
              </Button>
            )}
            <Button
              size="small"
              icon={<ArrowUp16Regular />}
              disabledFocusable={!list.canMove(favorite, -1)}
              onClick={() => list.moveByKey(favorite, -1)}
            >
              {t.moveUp}
            </Button>
            <Button
              size="small"
              icon={<ArrowDown16Regular />}
              disabledFocusable={!list.canMove(favorite, 1)}
              onClick={() => list.moveByKey(favorite, 1)}
            >
              {t.moveDown}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}

/** The row above or below, as far as it is in the page. */
function neighbourOf(own: HTMLElement, step: 1 | -1): HTMLElement | undefined {
  const rows = [...(own.closest('[role=list]')?.querySelectorAll<HTMLElement>('[data-favorite-row]') ?? [])];
  const index = rows.indexOf(own);
  return index < 0 ? undefined : rows[index + step];
}
