/** The audit trail, newest first, page by page. */
import { useCallback } from 'react';
import { listAuditTrail, type AuditEntry } from '../../shared/api/administration-audit';
import { useServices } from '../shell/services';
import { usePages } from './use-pages';

const pageSize = '100';

export function useAuditTrail() {
  const { client } = useServices();
  return usePages<AuditEntry, { items: AuditEntry[]; nextCursor?: string | undefined }>(
    useCallback(
      (cursor, signal) =>
        client.call(
          listAuditTrail,
          { query: { limit: pageSize, ...(cursor !== undefined && { cursor }) } },
          { ...(signal && { signal }) },
        ),
      [client],
    ),
  );
}
