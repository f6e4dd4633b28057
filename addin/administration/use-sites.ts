/** The sites of the installation. */
import { useCallback } from 'react';
import { listSites, type AdministeredSite } from '../../shared/api/administration-sites';
import { useServices } from '../shell/services';
import { usePages } from './use-pages';

interface Sites {
  readonly items: readonly AdministeredSite[];
  /** All of them are one page. */
  readonly nextCursor?: undefined;
}

export function useSites() {
  const { client } = useServices();
  const { page, error, reload } = usePages<AdministeredSite, Sites>(
    useCallback((_cursor, signal) => client.call(listSites, {}, { ...(signal && { signal }) }), [client]),
  );
  return { sites: page?.items, error, reload };
}
