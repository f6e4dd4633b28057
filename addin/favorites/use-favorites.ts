/** What a list of favourites shows and does: which groups are closed, which row is open, and moves with what is said of them. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { groupStepByKey, stepByKey, type FavoriteStep } from '../../shared/favorite-order';
import type { Favorite, FavoriteGroup } from '../../shared/favorites';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useNumberText } from '../shell/use-number-text';
import { useStore } from '../shell/use-store';
import { stepOfDrop, type DropPlace } from './favorite-drop';
import { favoriteName } from './favorite-name';
import { favoritesTexts } from './texts';

const closedKey = 'favorites-closed';

export interface FavoritesList {
  readonly groups: readonly FavoriteGroup[] | undefined;
  readonly closed: ReadonlySet<string>;
  readonly toggleGroup: (id: string) => void;
  /** Id of the row that is open. */
  readonly opened: string | undefined;
  readonly toggle: (id: string) => void;
  /** One step up or down, over the edges of groups too. */
  readonly moveByKey: (favorite: Favorite, direction: -1 | 1) => void;
  readonly canMove: (favorite: Favorite, direction: -1 | 1) => boolean;
  readonly moveGroup: (group: FavoriteGroup, direction: -1 | 1) => void;
  readonly canMoveGroup: (group: FavoriteGroup, direction: -1 | 1) => boolean;
  readonly drop: (id: string, place: DropPlace) => void;
}

/** The groups that this browser keeps closed. */
export function useClosedGroups(): readonly [ReadonlySet<string>, (id: string) => void] {
  const { host } = useServices();
  const [closed, setClosed] = useState<ReadonlySet<string>>(
    () => new Set((host.storage.get(closedKey) ?? '').split(' ').filter((id) => id !== '')),
  );
  const toggle = useCallback(
    (id: string) => {
      const next = new Set(closed);
      if (!next.delete(id)) next.add(id);
      // The ids of groups that are gone are forgotten with the oldest.
      host.storage.set(closedKey, [...next].slice(-50).join(' '));
      setClosed(next);
    },
    [closed, host],
  );
  return [closed, toggle];
}

export function useFavorites(): FavoritesList {
  const t = useText(favoritesTexts);
  const numberText = useNumberText();
  const { count } = useFormats();
  const { favorites, announce } = useServices();
  const { groups } = useStore(favorites.state);
  const [closed, toggleGroup] = useClosedGroups();
  const [opened, setOpened] = useState<string>();
  const order = useMemo(
    () => (groups ?? []).map(({ id, items }) => ({ id, items: items.map((item) => item.id) })),
    [groups],
  );
  /** The row that has the focus keeps it when it moves. */
  const focus = useRef<string>(undefined);
  useEffect(() => {
    const id = focus.current;
    focus.current = undefined;
    if (id !== undefined) document.querySelector<HTMLElement>(`[data-favorite-row="${id}"]`)?.focus();
  }, [groups]);

  const make = (step: FavoriteStep | undefined, keepFocus: boolean) => {
    if (step === undefined) return;
    if (keepFocus) focus.current = step.id;
    if (step.type === 'move' && closed.has(step.groupId)) toggleGroup(step.groupId);
    favorites.step(step);
    const now = favorites.state.get().groups ?? [];
    if (step.type === 'move') {
      const group = now.find(({ id }) => id === step.groupId);
      const at = group?.items.findIndex(({ id }) => id === step.id) ?? -1;
      const item = group?.items[at];
      if (group && item)
        announce(t.place(favoriteName(item, numberText), count(at + 1), count(group.items.length), group.name));
    }
    if (step.type === 'move-group') {
      const at = now.findIndex(({ id }) => id === step.id);
      const group = now[at];
      if (group) announce(t.groupPlace(group.name, count(at + 1), count(now.length)));
    }
  };

  return {
    groups,
    closed,
    toggleGroup,
    opened,
    toggle: (id) => setOpened((known) => (known === id ? undefined : id)),
    moveByKey: ({ id }, direction) => make(stepByKey(order, id, direction), true),
    canMove: ({ id }, direction) => stepByKey(order, id, direction) !== undefined,
    moveGroup: ({ id }, direction) => make(groupStepByKey(order, id, direction), true),
    canMoveGroup: ({ id }, direction) => groupStepByKey(order, id, direction) !== undefined,
    drop: (id, place) => make(groups && stepOfDrop(groups, id, place), false),
  };
}
