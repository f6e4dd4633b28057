/** The calls of a sync to our service over HTTP. */
import {
  cancelContactSync,
  commitContactSync,
  listContactSyncs,
  openContactSync,
  putSyncBatch,
} from '../../shared/api/contact-syncs';
import type { SyncCalls } from '../../shared/sync/sync-calls';
import { ApiError } from '../api/api-error';
import type { ApiClient } from '../api/client';

/** Milliseconds that a commit may take: thousands of contacts are applied in one transaction. */
const commitTimeoutMs = 60_000;

export function createSyncCalls(client: ApiClient): SyncCalls {
  return {
    accounts: async (signal) => (await client.call(listContactSyncs, {}, options(signal))).items,
    open: (body, signal) => client.call(openContactSync, { body }, options(signal)),
    async putBatch(id, n, body, signal) {
      const call = { params: { id, n: String(n) }, body };
      return (await client.call(putSyncBatch, call, options(signal))).wanted ?? [];
    },
    commit: (id, body, signal) =>
      client.call(commitContactSync, { params: { id }, body }, { ...options(signal), timeoutMs: commitTimeoutMs }),
    async cancel(id, signal, reason) {
      const query = reason === undefined ? {} : { reason };
      await client.call(cancelContactSync, { params: { id }, query }, options(signal));
    },
    refusal: (error) =>
      error instanceof ApiError ? { code: error.code, retryAfterMs: error.problem?.retryAfterMs } : undefined,
  };
}

function options(signal: AbortSignal | undefined) {
  return signal === undefined ? {} : { signal };
}
