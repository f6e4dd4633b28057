/** The users of the installation as a list to look through, and what an administrator does with one of them. */
import { useCallback } from 'react';
import type { AdministeredSite } from '../../shared/api/administration-sites';
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
import { useSearchedPages, type ReadPage, type SearchedPages } from './use-searched-pages';
import { useSites } from './use-sites';

const readPage: ReadPage<AdministeredUser> = (client, query, options) => client.call(listUsers, { query }, options);

export interface UsersModel extends SearchedPages<AdministeredUser> {
  readonly sites: readonly AdministeredSite[];
}

export function useUsers(): UsersModel {
  const users = useSearchedPages(readPage);
  const { sites = [], error: sitesError, reload: reloadSites } = useSites();
  const { error, reload } = users;
  return {
    ...users,
    error: error ?? sitesError,
    reload: useCallback(() => {
      reload();
      reloadSites();
    }, [reload, reloadSites]),
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
    mobileNumber?: string | null;
    externalNumber?: string | null;
    role?: 'user' | 'admin';
    inDirectory?: boolean;
    mulap?: boolean;
    intercept?: boolean;
    mobility?: boolean;
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
