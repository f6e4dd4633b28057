/** The users of the installation as a list to look through, and what an administrator does with one of them. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { listSites, type AdministeredSite } from '../../shared/api/administration-sites';
import {
  addUser,
  changeUser,
  disableUser,
  enableUser,
  eraseUser,
  exportUser,
  listUsers,
  resetUserPassword,
  type AdministeredUser,
} from '../../shared/api/administration-users';
import { useServices } from '../shell/services';

/** Milliseconds without a further letter until the service is asked. */
const typingPauseMs = 200;
const pageSize = '100';

interface Page {
  readonly query: string;
  readonly users: readonly AdministeredUser[];
  readonly next: string | undefined;
}

export interface UsersModel {
  /** Undefined until the service has answered. */
  readonly users: readonly AdministeredUser[] | undefined;
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly error: unknown;
  /** Fetches the next page, where there is one. */
  readonly more: () => void;
  readonly reload: () => void;
  readonly sites: readonly AdministeredSite[];
}

export function useUsers(): UsersModel {
  const { client } = useServices();
  const [query, setQuery] = useState('');
  const [page, setPage] = useState<Page>();
  const [sites, setSites] = useState<readonly AdministeredSite[]>([]);
  const [error, setError] = useState<unknown>();
  const [reloads, setReloads] = useState(0);
  const fetching = useRef(false);

  useEffect(() => {
    const outdated = new AbortController();
    client
      .call(listSites, {}, { signal: outdated.signal })
      .then(({ items }) => setSites(items))
      .catch((failure: unknown) => {
        if (!outdated.signal.aborted) setError(failure);
      });
    return () => outdated.abort();
  }, [client, reloads]);

  useEffect(() => {
    const outdated = new AbortController();
    const timer = setTimeout(
      () => {
        client
          .call(listUsers, { query: { q: query, limit: pageSize } }, { signal: outdated.signal })
          .then(({ items, nextCursor }) => {
            setPage({ query, users: items, next: nextCursor });
            setError(undefined);
          })
          .catch((failure: unknown) => {
            if (!outdated.signal.aborted) setError(failure);
          });
      },
      query === '' ? 0 : typingPauseMs,
    );
    return () => {
      clearTimeout(timer);
      outdated.abort();
    };
  }, [client, query, reloads]);

  const more = useCallback(() => {
    const cursor = page?.next;
    if (cursor === undefined || fetching.current) return;
    fetching.current = true;
    client
      .call(listUsers, { query: { q: page?.query ?? '', cursor, limit: pageSize } })
      .then(({ items, nextCursor }) =>
        setPage((known) =>
          // Another query was typed in the meantime: this page belongs to an older list.
          known?.next === cursor ? { ...known, users: [...known.users, ...items], next: nextCursor } : known,
        ),
      )
      .catch((failure: unknown) => setError(failure))
      .finally(() => {
        fetching.current = false;
      });
  }, [client, page?.next, page?.query]);

  // A page may hold nobody and still have a next one: the list would not ask for it by itself.
  useEffect(() => {
    if (page?.users.length === 0 && page.next !== undefined) more();
  }, [page, more]);

  return {
    users: page?.users,
    query,
    setQuery,
    error,
    more,
    reload: useCallback(() => setReloads((count) => count + 1), []),
    sites,
  };
}

/** What is said of a user: in the words of the contract. */
export type UserFields = Parameters<UserActions['add']>[0];

export interface UserActions {
  add(fields: {
    userName: string;
    displayName: string;
    site?: string;
    givenName?: string | null;
    surname?: string | null;
    extension?: string | null;
    email?: string | null;
    role?: 'user' | 'admin';
    inDirectory?: boolean;
    devices?: { address: string; name?: string }[];
  }): Promise<{ user: AdministeredUser; initialPassword: string }>;
  change(id: string, fields: UserFields): Promise<AdministeredUser>;
  setDisabled(id: string, disabled: boolean): Promise<AdministeredUser>;
  /** Gives the new initial password, which is shown this once. */
  resetPassword(id: string): Promise<string>;
  erase(id: string, userName: string): Promise<void>;
  exportData(id: string): Promise<Record<string, unknown>>;
}

export function useUserActions(): UserActions {
  const { client } = useServices();
  return {
    add: (fields) => client.call(addUser, { body: fields }),
    change: (id, fields) => client.call(changeUser, { params: { id }, body: fields }),
    setDisabled: (id, disabled) => client.call(disabled ? disableUser : enableUser, { params: { id } }),
    resetPassword: async (id) => (await client.call(resetUserPassword, { params: { id } })).initialPassword,
    erase: async (id, userName) => {
      await client.call(eraseUser, { params: { id }, body: { userName } });
    },
    exportData: (id) => client.call(exportUser, { params: { id } }),
  };
}
