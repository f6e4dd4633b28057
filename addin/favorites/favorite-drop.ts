/** Where a favourite goes that is dropped on another one or on the heading of a group, and a group on another's heading. Pure. */
import type { FavoriteStep } from '../../shared/favorite-order';
import type { FavoriteGroup } from '../../shared/favorites';

export interface DropPlace {
  readonly groupId: string;
  /** The favourite beside which it lands; absent: the beginning of the group. */
  readonly beside?: { readonly id: string; readonly after: boolean };
}

/**
 * The step for a drop: of a favourite, or of a group, which takes the place of the one on which it is dropped. Undefined
 * where it is already there or something is gone.
 */
export function stepOfDrop(groups: readonly FavoriteGroup[], id: string, place: DropPlace): FavoriteStep | undefined {
  const group = groups.find((one) => one.id === place.groupId);
  if (group !== undefined && isGroup(groups, id)) {
    return group.id === id ? undefined : { type: 'move-group', id, position: groups.indexOf(group) };
  }
  if (group === undefined || !groups.some(({ items }) => items.some((item) => item.id === id))) return undefined;
  const { beside } = place;
  const others = group.items.filter((item) => item.id !== id);
  if (beside?.id === id) return undefined;
  const at = beside === undefined ? 0 : others.findIndex((item) => item.id === beside.id);
  if (at === -1) return undefined;
  const position = beside?.after === true ? at + 1 : at;
  if (group.items[position]?.id === id) return undefined;
  return { type: 'move', id, groupId: group.id, position };
}

/** Whether what is dragged is a group. */
export function isGroup(groups: readonly FavoriteGroup[] | undefined, id: string): boolean {
  return groups?.some((group) => group.id === id) ?? false;
}
