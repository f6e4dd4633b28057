/**
 * The order of favourites. Pure: the service decides with it, and the pane shows with it what the service is going to say.
 * A step changes what it names and nothing else; done twice it changes nothing more, so that a pane may do its own steps
 * again over what it hears.
 */

/** Groups in their order, each with the ids of its favourites in their order. */
export type FavoriteOrder = readonly FavoriteOrderGroup[];
export interface FavoriteOrderGroup {
  readonly id: string;
  readonly items: readonly string[];
}

export type FavoriteStep =
  /** To a place in a group, counted without the favourite itself; beyond the end: the end. */
  | { readonly type: 'move'; readonly id: string; readonly groupId: string; readonly position: number }
  | { readonly type: 'move-group'; readonly id: string; readonly position: number }
  | { readonly type: 'remove'; readonly id: string }
  /** With all that is in it. */
  | { readonly type: 'remove-group'; readonly id: string };

/** The order after a step; the same object where nothing changes, such as for what is not there any more. */
export function afterStep(order: FavoriteOrder, step: FavoriteStep): FavoriteOrder {
  switch (step.type) {
    case 'move':
      return move(order, step);
    case 'move-group': {
      const group = order.find(({ id }) => id === step.id);
      if (group === undefined) return order;
      const others = order.filter((other) => other !== group);
      return sameIfEqual(order, inserted(others, group, step.position));
    }
    case 'remove':
      return order.some(({ items }) => items.includes(step.id)) ? without(order, step.id) : order;
    case 'remove-group':
      return order.some(({ id }) => id === step.id) ? order.filter(({ id }) => id !== step.id) : order;
  }
}

function move(order: FavoriteOrder, step: Extract<FavoriteStep, { type: 'move' }>): FavoriteOrder {
  const from = order.find(({ items }) => items.includes(step.id));
  const to = order.find(({ id }) => id === step.groupId);
  if (from === undefined || to === undefined) return order;
  const items = inserted(
    to.items.filter((id) => id !== step.id),
    step.id,
    step.position,
  );
  if (from === to && items.every((id, index) => to.items[index] === id)) return order;
  return without(order, step.id).map((group) => (group.id === to.id ? { ...group, items } : group));
}

function without(order: FavoriteOrder, id: string): FavoriteOrder {
  return order.map((group) =>
    group.items.includes(id) ? { ...group, items: group.items.filter((item) => item !== id) } : group,
  );
}

function inserted<T>(list: readonly T[], one: T, position: number): T[] {
  return [...list.slice(0, Math.max(0, position)), one, ...list.slice(Math.max(0, position))];
}

function sameIfEqual(before: FavoriteOrder, after: FavoriteOrder): FavoriteOrder {
  return after.every((group, index) => before[index] === group) ? before : after;
}

/** Where a favourite goes by one press of an arrow key: within its group, and over its edges into the neighbours. */
export function stepByKey(order: FavoriteOrder, id: string, direction: -1 | 1): FavoriteStep | undefined {
  const at = order.findIndex(({ items }) => items.includes(id));
  const group = order[at];
  if (group === undefined) return undefined;
  const position = group.items.indexOf(id) + direction;
  if (position >= 0 && position < group.items.length) return { type: 'move', id, groupId: group.id, position };
  const next = order[at + direction];
  if (next === undefined) return undefined;
  return { type: 'move', id, groupId: next.id, position: direction === 1 ? 0 : next.items.length };
}

/** Where a group goes by one press of an arrow key. */
export function groupStepByKey(order: FavoriteOrder, id: string, direction: -1 | 1): FavoriteStep | undefined {
  const at = order.findIndex((group) => group.id === id);
  const position = at + direction;
  return at === -1 || position < 0 || position >= order.length ? undefined : { type: 'move-group', id, position };
}
