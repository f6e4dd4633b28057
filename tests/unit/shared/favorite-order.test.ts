import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterStep, groupStepByKey, stepByKey } from '../../../shared/favorite-order';
import type { FavoriteOrder, FavoriteStep } from '../../../shared/favorite-order';

const order: FavoriteOrder = [
  { id: 'A', items: ['1', '2', '3'] },
  { id: 'B', items: [] },
  { id: 'C', items: ['4'] },
];
const move = (id: string, groupId: string, position: number): FavoriteStep => ({ type: 'move', id, groupId, position });
const written = (of: FavoriteOrder) => of.map(({ id, items }) => `${id}${items.join('')}`).join(' ');

describe('the order of favourites', () => {
  it.each([
    ['within a group', move('1', 'A', 1), 'A213 B C4'],
    ['beyond the end', move('1', 'A', 99), 'A231 B C4'],
    ['into an empty group', move('2', 'B', 0), 'A13 B2 C4'],
    ['before another', move('3', 'C', 0), 'A12 B C34'],
    ['to where it is', move('2', 'A', 1), 'A123 B C4'],
    ['what is not there', move('9', 'A', 0), 'A123 B C4'],
    ['to a group that is not there', move('1', 'Z', 0), 'A123 B C4'],
    ['a group', { type: 'move-group', id: 'C', position: 0 } as const, 'C4 A123 B'],
    ['out', { type: 'remove', id: '2' } as const, 'A13 B C4'],
    ['a group out', { type: 'remove-group', id: 'A' } as const, 'B C4'],
  ])('moves %s', (_, step, after) => {
    expect(written(afterStep(order, step))).toBe(after);
  });

  it('goes by keys through its group and over the edges into the neighbours, and stops at both ends', () => {
    const walked = [written(order)];
    let now = order;
    for (let step = stepByKey(now, '1', 1); step !== undefined; step = stepByKey(now, '1', 1)) {
      now = afterStep(now, step);
      walked.push(written(now));
    }
    expect(walked).toEqual(['A123 B C4', 'A213 B C4', 'A231 B C4', 'A23 B1 C4', 'A23 B C14', 'A23 B C41']);
    for (let step = stepByKey(now, '1', -1); step !== undefined; step = stepByKey(now, '1', -1)) {
      now = afterStep(now, step);
      expect(written(now)).toBe(walked.at(-2));
      walked.pop();
    }
    expect(walked).toHaveLength(1);
    expect(stepByKey(order, 'nobody', 1)).toBeUndefined();
  });

  it('moves groups by keys between the ends', () => {
    expect(groupStepByKey(order, 'A', -1)).toBeUndefined();
    expect(groupStepByKey(order, 'C', 1)).toBeUndefined();
    expect(groupStepByKey(order, 'B', -1)).toEqual({ type: 'move-group', id: 'B', position: 0 });
  });
});

const ids = Array.from({ length: 8 }, (_, n) => `f${n}`);
const groups = ['A', 'B', 'C'];
const anyOrder: fc.Arbitrary<FavoriteOrder> = fc
  .tuple(fc.shuffledSubarray(ids, { minLength: ids.length }), fc.nat(8), fc.nat(8))
  .map(([shuffled, one, other]) => {
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    return [shuffled.slice(0, low), shuffled.slice(low, high), shuffled.slice(high)].map((items, index) => ({
      id: groups[index] ?? '',
      items,
    }));
  });
const anyMove: fc.Arbitrary<FavoriteStep> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...ids), fc.constantFrom(...groups), fc.nat(9))
    .map(([id, groupId, position]) => move(id, groupId, position)),
  fc
    .tuple(fc.constantFrom(...groups), fc.nat(3))
    .map(([id, position]): FavoriteStep => ({ type: 'move-group', id, position })),
);
const anyStep: fc.Arbitrary<FavoriteStep> = fc.oneof(
  { weight: 5, arbitrary: anyMove },
  fc.constantFrom(...ids).map((id): FavoriteStep => ({ type: 'remove', id })),
  fc.constantFrom(...groups).map((id): FavoriteStep => ({ type: 'remove-group', id })),
);
const everybody = (of: FavoriteOrder) => of.flatMap(({ items }) => items).sort();

describe('laws of the order', () => {
  it('a move leaves everybody there, each once', () =>
    fc.assert(
      fc.property(anyOrder, fc.array(anyMove), (start, steps) => {
        const end = steps.reduce(afterStep, start);
        expect(everybody(end)).toEqual(everybody(start));
        expect(end.map(({ id }) => id).sort()).toEqual(groups);
      }),
    ));

  it('nothing comes that was not there, whatever is done', () =>
    fc.assert(
      fc.property(anyOrder, fc.array(anyStep), (start, steps) => {
        const end = everybody(steps.reduce(afterStep, start));
        expect(new Set(end).size).toBe(end.length);
        expect(ids).toEqual(expect.arrayContaining(end));
      }),
    ));

  it('a step done twice is done once, and keeps the order of all others', () =>
    fc.assert(
      fc.property(anyOrder, anyStep, (start, step) => {
        const once = afterStep(start, step);
        expect(afterStep(once, step)).toEqual(once);
        if (step.type !== 'move') return;
        const others = (of: FavoriteOrder) =>
          of.map(({ id, items }) => [id, ...items.filter((item) => item !== step.id)]);
        expect(others(once)).toEqual(others(start));
      }),
    ));
});
