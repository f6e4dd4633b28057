/** The users of the installation as a list to look through, and what an administrator does with one of them. */
import { useCallback, useEffect, useState } from 'react';
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
  unlinkUserFromMicrosoft,
  type AdministeredUser,
} from '../../shared/api/administration-users';
import { useServices } from '../shell/services';
import { usePages } from './use-pages';

/** Milliseconds without a further letter until the service is asked. */
const typingPauseMs = 200;
const pageSize = '100';

interface UserPage {
  readonly items: readonly AdministeredUser[];
  readonly nextCursor?: string | undefined;
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
  const [sites, setSites] = useState<readonly AdministeredSite[]>([]);
  const [sitesError, setSitesError] = useState<unknown>();
  const [reloads, setReloads] = useState(0);
  const { page, error, more, reload } = usePages<AdministeredUser, UserPage>(
    useCallback(
      (cursor, signal) =>
        client.call(
          listUsers,
          { query: { q: query, limit: pageSize, ...(cursor !== undefined && { cursor }) } },
          { ...(signal && { signal }) },
        ),
      [client, query],
    ),
    query === '' ? 0 : typingPauseMs,
  );

  useEffect(() => {
    const outdated = new AbortController();
    client
      .call(listSites, {}, { signal: outdated.signal })
      .then(({ items }) => {
        setSites(items);
        setSitesError(undefined);
      })
      .catch((failure: unknown) => {
        if (!outdated.signal.aborted) setSitesError(failure);
      });
    return () => outdated.abort();
  }, [client, reloads]);

  return {
    users: page?.items,
    query,
    setQuery,
    error: error ?? sitesError,
    more,
    reload: useCallback(() => {
      reload();
      setReloads((count) => count + 1);
    }, [reload]),
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
  unlinkMicrosoft(id: string): Promise<AdministeredUser>;
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
    unlinkMicrosoft: (id) => client.call(unlinkUserFromMicrosoft, { params: { id } }),
    erase: async (id, userName) => {
      await client.call(eraseUser, { params: { id }, body: { userName } });
    },
    exportData: (id) => client.call(exportUser, { params: { id } }),
  };
}
