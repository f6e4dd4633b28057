/** In which order calls stand in the dock, and which of them belong together. */
import type { Call } from '../../shared/call';

export interface PlacedCall {
  readonly call: Call;
  /** Belongs together with the one below or above. */
  readonly pair?: 'upper' | 'lower';
}

/** Whether one is the consultation of the other. */
export const areRelated = (a: Call, b: Call): boolean => a !== b && (a.related === b.id || b.related === a.id);

/**
 * Newest first, so that what rings stands on top, and the order of calls that are there never changes by what is done
 * with them. A consultation stands directly above the call that waits for it.
 */
export function inCardOrder(calls: readonly Call[]): PlacedCall[] {
  const rest = [...calls].sort((a, b) => b.startedAt.localeCompare(a.startedAt) || b.id.localeCompare(a.id));
  const placed: PlacedCall[] = [];
  for (let call = rest.shift(); call !== undefined; call = rest.shift()) {
    const upper = call;
    const partner = rest.findIndex((other) => areRelated(other, upper));
    const [lower] = partner === -1 ? [] : rest.splice(partner, 1);
    placed.push(
      ...(lower ? [{ call: upper, pair: 'upper' } as const, { call: lower, pair: 'lower' } as const] : [{ call }]),
    );
  }
  return placed;
}
