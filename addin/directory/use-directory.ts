/** The directories as lists to look through: the personal one complete, page by page; the others up to the limit. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { listContacts, type StoredContact } from '../../shared/api/contacts';
import { searchDirectory } from '../../shared/api/directory';
import type { DirectoryItem, DirectoryName, DirectorySearch } from '../../shared/directory';
import { useServices } from '../shell/services';
import { useReloads } from '../shell/use-reloads';

export interface DirectoryList {
  /** Undefined until the service has answered. */
  readonly items: readonly DirectoryItem[] | undefined;
  /** Fetches the next page, where there is one. */
  readonly more: () => void;
  readonly error: unknown;
}

export interface Directories {
  /** Counts of all three; undefined until the service has answered. */
  readonly counts: DirectorySearch | undefined;
  readonly list: DirectoryList;
}

const pageSize = '200';

/** The entry of the directory for an own contact. */
export function itemOfContact(contact: StoredContact): DirectoryItem {
  const { id, displayName, numbers, emails, company } = contact;
  return { id, directory: 'personal', displayName, numbers, emails, ...(company === undefined ? {} : { company }) };
}

interface Pages {
  readonly items: readonly DirectoryItem[];
  readonly nextCursor: string | undefined;
}

/** The three counts, and the list of one directory. */
export function useDirectories(directory: DirectoryName): Directories {
  const { client } = useServices();
  const reloads = useReloads();
  const [all, setAll] = useState<DirectorySearch>();
  const [personal, setPersonal] = useState<Pages>();
  const [error, setError] = useState<unknown>();
  const fetching = useRef(false);

  useEffect(() => {
    const outdated = new AbortController();
    const options = { signal: outdated.signal };
    fetching.current = true;
    Promise.all([
      client.call(searchDirectory, { query: { limit: pageSize } }, options),
      client.call(listContacts, { query: { limit: pageSize } }, options),
    ])
      .then(([found, first]) => {
        setAll(found);
        setPersonal({ items: first.items.map(itemOfContact), nextCursor: first.nextCursor });
        setError(undefined);
      })
      .catch((failure: unknown) => {
        if (!outdated.signal.aborted) setError(failure);
      })
      .finally(() => {
        if (!outdated.signal.aborted) fetching.current = false;
      });
    return () => outdated.abort();
  }, [client, reloads]);

  const more = useCallback(() => {
    const cursor = personal?.nextCursor;
    if (directory !== 'personal' || cursor === undefined || fetching.current) return;
    fetching.current = true;
    client
      .call(listContacts, { query: { cursor, limit: pageSize } })
      .then((page) => {
        setPersonal((known) =>
          // Read from the start in the meantime: this page belongs to an older list.
          known?.nextCursor === cursor
            ? { items: [...known.items, ...page.items.map(itemOfContact)], nextCursor: page.nextCursor }
            : known,
        );
      })
      .catch((failure: unknown) => setError(failure))
      .finally(() => {
        fetching.current = false;
      });
  }, [client, directory, personal?.nextCursor]);

  const items = directory === 'personal' ? personal?.items : all?.[directory].items;
  return { counts: all, list: { items, more, error } };
}
