/** In which portions a file's contacts are saved: others write between two of them. */
import type { FilePlan } from './plan-file';

export type Portion = { readonly add: FilePlan['add'] } | { readonly change: FilePlan['change'] };

/** Contacts that are saved at once: some 80 ms of writing, after which others have their turn. */
const portionSize = 400;
/**
 * Where they have pictures: making these takes 20 ms each, and meanwhile it is told how far the import is. Were each as
 * hard to decode as is allowed (5 s, two at once), the import would still be renewed well before its lease is over.
 */
export const portionWithPictures = 25;

export function portionsOf({ add, change }: FilePlan): Portion[] {
  const size = add.some(({ picture }) => picture !== undefined) ? portionWithPictures : portionSize;
  return [
    ...slices(add, size).map((portion) => ({ add: portion })),
    ...slices(change, portionSize).map((portion) => ({ change: portion })),
  ];
}

export function sizeOf(portion: Portion): number {
  return 'add' in portion ? portion.add.length : portion.change.length;
}

function slices<T>(all: readonly T[], size: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}
