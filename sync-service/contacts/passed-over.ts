/** What is told of records that are not taken because of what is there already, or because there is nothing to show. */
import type { ImportRow } from './import-row-store';
import type { FileOutcome } from './plan-file';

/** @param names of the records, by position */
export function passedOver(
  { kept, duplicates, nameless }: Pick<FileOutcome, 'kept' | 'duplicates' | 'nameless'>,
  names: ReadonlyMap<number, string>,
): Extract<ImportRow, { readonly reason: unknown }>[] {
  const rows = (positions: readonly number[], reason: 'kept-by-hand' | 'duplicate' | 'no-name') =>
    positions.map((position) => {
      const name = names.get(position)?.trim() ?? '';
      return { position, reason, ...(name === '' ? {} : { name }) };
    });
  return [...rows(kept, 'kept-by-hand'), ...rows(duplicates, 'duplicate'), ...rows(nameless, 'no-name')];
}
