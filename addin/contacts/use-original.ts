/** What became of the original in Outlook of a contact that was edited by hand. */
import { useEffect, useState } from 'react';
import {
  followContactOriginal,
  getContactOriginal,
  listChangedOriginals,
  type ContactOriginal,
} from '../../shared/api/contact-originals';
import type { StoredContact } from '../../shared/api/contacts';
import { errorCodeOf } from '../api/api-error';
import { useServices } from '../shell/services';
import { useReloads } from '../shell/use-reloads';

export interface OriginalModel {
  /** Where it is another one today, or gone; undefined for all other contacts. */
  readonly original: ContactOriginal | undefined;
  /**
   * Takes what Outlook says. Undefined where the contact went, as its original did.
   * @throws ApiError `version-conflict` when somebody was faster
   */
  readonly follow: () => Promise<StoredContact | undefined>;
}

export function useOriginal({ id, version, origin }: StoredContact): OriginalModel {
  const { client } = useServices();
  const reloads = useReloads();
  const [found, setFound] = useState<{ readonly id: string; readonly original: ContactOriginal }>();
  const edited = origin.type === 'hand' && origin.detachedFrom !== undefined;
  useEffect(() => {
    if (!edited) return;
    const outdated = new AbortController();
    const { signal } = outdated;
    const read = async () => {
      const { items, more } = await client.call(listChangedOriginals, {}, { signal });
      if (!more && !items.some((item) => item.id === id)) return undefined;
      const original = await client.call(getContactOriginal, { params: { id } }, { signal });
      return original.state === 'same' ? undefined : { id, original };
    };
    read()
      .then(setFound)
      .catch((error: unknown) => {
        // Nothing is known of its original. Any other failure leaves what is shown; it is read again with the contact.
        if (!signal.aborted && errorCodeOf(error) === 'not-found') setFound(undefined);
      });
    return () => outdated.abort();
  }, [client, id, version, edited, reloads]);
  return {
    original: edited && found?.id === id ? found.original : undefined,
    follow: async () => (await client.call(followContactOriginal, { params: { id }, ifMatch: version })).contact,
  };
}
