/** The people of the open item with their entries in the directories. Follows the item of a pinned pane. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { lookUpDirectory } from '../../shared/api/directory';
import type { DirectoryItem } from '../../shared/directory';
import type { ItemPerson, OpenItem } from '../outlook/host';
import { useServices } from '../shell/services';
import { useReloads } from '../shell/use-reloads';
import { peopleOf } from './item-people';

export interface People {
  readonly item: OpenItem | undefined;
  readonly people: readonly ItemPerson[];
  /** The entry for an address: `null` when no directory has it, undefined until that is known. */
  readonly entryOf: (email: string) => DirectoryItem | null | undefined;
  readonly error: unknown;
}

/** The open item; changes with it. */
function useOpenItem(): OpenItem | undefined {
  const { host } = useServices();
  const subscribe = useCallback(
    (listener: () => void) => {
      void host.ready.then(listener);
      return host.onItemChanged(listener);
    },
    [host],
  );
  return useSyncExternalStore(subscribe, () => host.openItem());
}

const nothingKnown: ReadonlyMap<string, DirectoryItem | null> = new Map();

export function usePeople(): People {
  const { client, host } = useServices();
  const item = useOpenItem();
  const reloads = useReloads();
  const people = useMemo(() => peopleOf(item, host.mailboxAddress), [item, host]);
  const [entries, setEntries] = useState(nothingKnown);
  const [error, setError] = useState<unknown>();

  useEffect(() => {
    const emails = people.map(({ email }) => email).filter((email) => email !== '' && email.length <= 320);
    if (emails.length === 0) return;
    const outdated = new AbortController();
    client
      .call(lookUpDirectory, { body: { emails, numbers: [] } }, { signal: outdated.signal })
      .then((found) => {
        setEntries(new Map(emails.map((email, index) => [email.toLowerCase(), found.emails[index] ?? null])));
        setError(undefined);
      })
      .catch((failure: unknown) => {
        if (!outdated.signal.aborted) setError(failure);
      });
    return () => outdated.abort();
  }, [client, people, reloads]);

  return { item, people, error, entryOf: (email) => (email === '' ? null : entries.get(email.toLowerCase())) };
}
