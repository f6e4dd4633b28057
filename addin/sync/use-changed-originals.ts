/** Contacts that were edited by hand and whose originals in Outlook are other ones today. */
import { useEffect, useState } from 'react';
import { listChangedOriginals, type ChangedOriginal } from '../../shared/api/contact-originals';
import { useServices } from '../shell/services';
import { useReloads } from '../shell/use-reloads';

export interface ChangedOriginals {
  readonly items: readonly ChangedOriginal[];
  /** There are more than the service lists at once. */
  readonly more: boolean;
}

const none: ChangedOriginals = { items: [], more: false };

/** Empty until they are read; a failure leaves what is shown, they are read again with the next change. */
export function useChangedOriginals(): ChangedOriginals {
  const { client } = useServices();
  const reloads = useReloads();
  const [changed, setChanged] = useState(none);
  useEffect(() => {
    const outdated = new AbortController();
    client
      .call(listChangedOriginals, {}, { signal: outdated.signal })
      .then(setChanged)
      .catch(() => undefined);
    return () => outdated.abort();
  }, [client, reloads]);
  return changed;
}
