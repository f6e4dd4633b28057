import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../../addin/api/live-events';
import { initialLiveState } from '../../../../addin/api/live-state';
import { createStore } from '../../../../addin/api/store';
import { createFavoritesModel, favoriteOf, type FavoritesDeps } from '../../../../addin/favorites/favorites-model';
import { stepOfDrop } from '../../../../addin/favorites/favorite-drop';
import type { LiveEvent } from '../../../../shared/events';
import { afterStep, type FavoriteOrder, type FavoriteStep } from '../../../../shared/favorite-order';
import type { FavoriteGroup } from '../../../../shared/favorites';

const favorite = (id: string) => ({
  id,
  subject: { directory: 'internal' as const, id: `user-${id}` },
  displayName: id,
  numbers: [],
});
const groupsOf = (order: FavoriteOrder): FavoriteGroup[] =>
  order.map(({ id, items }) => ({ id, name: id, items: items.map(favorite) }));
const orderOf = (groups: readonly FavoriteGroup[] | undefined): FavoriteOrder =>
  (groups ?? []).map(({ id, items }) => ({ id, items: items.map((item) => item.id) }));

const start: FavoriteOrder = [
  { id: 'A', items: ['1', '2', '3'] },
  { id: 'B', items: ['4', '5'] },
];

/** A service that answers when the test says so, and tells all panes of each change. */
function createOffice() {
  let order = start;
  const waiting: (() => void)[] = [];
  const listeners = new Set<(event: LiveEvent) => void>();
  const tell = (event: LiveEvent) => [...listeners].forEach((listener) => listener(event));
  const later = <T>(answer: () => T, signal?: AbortSignal) =>
    new Promise<T>((resolve, reject) => {
      waiting.push(() => {
        if (signal?.aborted) reject(new Error('aborted'));
        else resolve(answer());
      });
    });
  type Input = { params?: { id: string }; body?: { groupId?: string; position?: number } };
  const call = ({ name }: { name: string }, { params, body }: Input, options?: { signal?: AbortSignal }) => {
    if (name === 'listFavorites') {
      const now = order;
      return later(() => ({ groups: groupsOf(now) }), options?.signal);
    }
    const step: FavoriteStep =
      name === 'moveFavorite'
        ? { type: 'move', id: params?.id ?? '', groupId: body?.groupId ?? '', position: body?.position ?? 0 }
        : { type: 'remove', id: params?.id ?? '' };
    return later(() => {
      order = afterStep(order, step);
      tell({ type: 'favorites' });
    });
  };
  const pane = () =>
    createFavoritesModel({
      // The test answers each route as its contract says.
      client: { call: call as unknown as FavoritesDeps['client']['call'] },
      live: {
        state: createStore({ ...initialLiveState, telephoneSystem: { state: 'up', since: '' } }),
        connection: createStore<Connection>('connected'),
        subscribe: (listener) => {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
    });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    pane,
    order: () => order,
    /** Answers the question at a place of those that wait. */
    async answer(at = 0) {
      waiting.splice(at % Math.max(1, waiting.length), 1)[0]?.();
      await turn();
    },
    async answerAll() {
      while (waiting.length > 0) {
        waiting.shift()?.();
        await turn();
      }
    },
  };
}

describe('the favourites of a pane', () => {
  it('shows a move at once, and what the service says with it until it is answered', async () => {
    const office = createOffice();
    const pane = office.pane();
    await office.answerAll();
    pane.step({ type: 'move', id: '1', groupId: 'B', position: 0 });
    expect(orderOf(pane.state.get().groups)).toEqual([
      { id: 'A', items: ['2', '3'] },
      { id: 'B', items: ['1', '4', '5'] },
    ]);
    pane.retry();
    await office.answer(1);
    expect(orderOf(pane.state.get().groups)[1]?.items).toEqual(['1', '4', '5']);
    await office.answerAll();
    expect(orderOf(pane.state.get().groups)).toEqual(office.order());
  });

  it('takes somebody out with a word of it', async () => {
    const office = createOffice();
    const pane = office.pane();
    await office.answerAll();
    pane.remove(favorite('2'));
    expect(pane.state.get().removed).toMatchObject({ groupId: 'A', position: 1 });
    await office.answerAll();
    expect(office.order()[0]?.items).toEqual(['1', '3']);
  });

  it('ends the same in two panes, whatever both move and in whatever order the answers come', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.boolean(),
            fc.constantFrom('1', '2', '3', '4', '5'),
            fc.constantFrom('A', 'B'),
            fc.nat(4),
            fc.nat(3),
          ),
          { maxLength: 8 },
        ),
        async (moves) => {
          const office = createOffice();
          const panes = [office.pane(), office.pane()] as const;
          await office.answerAll();
          for (const [first, id, groupId, position, answers] of moves) {
            panes[first ? 0 : 1].step({ type: 'move', id, groupId, position });
            for (let n = 0; n < answers; n += 1) await office.answer(n);
          }
          await office.answerAll();
          for (const pane of panes) {
            expect(orderOf(pane.state.get().groups)).toEqual(office.order());
            pane.stop();
          }
          expect(
            office
              .order()
              .flatMap(({ items }) => items)
              .sort(),
          ).toEqual(['1', '2', '3', '4', '5']);
        },
      ),
      { numRuns: 60 },
    ));
});

describe('where a dropped favourite goes', () => {
  const groups = groupsOf(start);
  it.each([
    ['before another', '3', { groupId: 'A', beside: { id: '1', after: false } }, 0],
    ['behind another', '1', { groupId: 'A', beside: { id: '2', after: true } }, 1],
    ['into another group', '1', { groupId: 'B', beside: { id: '4', after: true } }, 1],
    ['on a heading', '4', { groupId: 'A' }, 0],
    ['on itself', '1', { groupId: 'A', beside: { id: '1', after: true } }, undefined],
    ['where it is', '1', { groupId: 'A', beside: { id: '2', after: false } }, undefined],
    ['beside one that is gone', '1', { groupId: 'A', beside: { id: '9', after: false } }, undefined],
    ['in a group that is gone', '1', { groupId: 'Z' }, undefined],
  ])('%s', (_, id, place, position) => {
    const step = stepOfDrop(groups, id, place);
    expect(step?.type === 'move' ? step.position : undefined).toBe(position);
  });

  it('is the place of the group on which a group is dropped, and nowhere on itself', () => {
    expect(stepOfDrop(groups, 'B', { groupId: 'A' })).toEqual({ type: 'move-group', id: 'B', position: 0 });
    expect(stepOfDrop(groups, 'A', { groupId: 'B' })).toEqual({ type: 'move-group', id: 'A', position: 1 });
    expect(stepOfDrop(groups, 'A', { groupId: 'A' })).toBeUndefined();
    expect(stepOfDrop(groups, 'A', { groupId: 'Z' })).toBeUndefined();
  });

  it('finds the favourite that is a subject', () => {
    expect(favoriteOf(groups, { directory: 'internal', id: 'user-4' })?.group.id).toBe('B');
    expect(favoriteOf(groups, { directory: 'personal', id: 'user-4' })).toBeUndefined();
  });
});
