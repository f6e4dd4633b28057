/** Reads a store in a component and renders again when it changes. */
import { useSyncExternalStore } from 'react';
import type { ReadableStore } from '../api/store';

export function useStore<T>(store: ReadableStore<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
