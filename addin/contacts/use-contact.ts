/** One own contact: read, added, changed, deleted. */
import { useEffect, useState } from 'react';
import { changeContact, createContact, deleteContact, getContact, type StoredContact } from '../../shared/api/contacts';
import type { ContactFields } from '../../shared/contact';
import { useServices } from '../shell/services';
import { useReloads } from '../shell/use-reloads';

export interface ContactModel {
  /** Undefined until it has been read, and for entries of other directories. */
  readonly contact: StoredContact | undefined;
  readonly error: unknown;
  /** Takes over what the service answered to an edit. */
  readonly accept: (contact: StoredContact) => void;
}

/** Reads the contact; undefined reads nothing. */
export function useContact(id: string | undefined): ContactModel {
  const { client } = useServices();
  const reloads = useReloads();
  const [contact, setContact] = useState<StoredContact>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    if (id === undefined) return;
    const outdated = new AbortController();
    client
      .call(getContact, { params: { id } }, { signal: outdated.signal })
      .then((found) => {
        setContact(found);
        setError(undefined);
      })
      .catch((failure: unknown) => {
        if (!outdated.signal.aborted) setError(failure);
      });
    return () => outdated.abort();
  }, [client, id, reloads]);
  return { contact: contact?.id === id ? contact : undefined, error, accept: setContact };
}

export interface ContactActions {
  /** @throws ApiError */
  readonly create: (fields: ContactFields) => Promise<StoredContact>;
  /** @throws ApiError `version-conflict` when somebody was faster */
  readonly change: (before: StoredContact, fields: Partial<ContactFields>) => Promise<StoredContact>;
  /** Reads it again, whatever is shown. @throws ApiError */
  readonly read: (id: string) => Promise<StoredContact>;
  /** @throws ApiError `version-conflict` when somebody was faster */
  readonly remove: (contact: StoredContact) => Promise<void>;
}

export function useContactActions(): ContactActions {
  const { client } = useServices();
  return {
    create: (fields) => client.call(createContact, { body: fields }),
    change: ({ id, version }, fields) => client.call(changeContact, { params: { id }, body: fields, ifMatch: version }),
    read: (id) => client.call(getContact, { params: { id } }),
    async remove({ id, version }) {
      await client.call(deleteContact, { params: { id }, ifMatch: version });
    },
  };
}
