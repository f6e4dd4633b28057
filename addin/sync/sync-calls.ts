/** The calls of a sync to our service, as narrow as the sync needs them. */
import {
  cancelContactSync,
  commitContactSync,
  listContactSyncs,
  openContactSync,
  putSyncBatch,
  type OpenSync,
  type SourceAccount,
} from '../../shared/api/contact-syncs';
import type { RouteCall, RouteResult } from '../../shared/api/route';
import type { SyncBatch } from '../../shared/contact-sync';
import type { ApiClient } from '../api/client';

export type OpenSyncInput = RouteCall<typeof openContactSync>['body'];
export type CommitInput = RouteCall<typeof commitContactSync>['body'];
export type CommitResult = RouteResult<typeof commitContactSync>;

/** Every method throws ApiError, or the reason of its signal. */
export interface SyncCalls {
  accounts(signal?: AbortSignal): Promise<readonly SourceAccount[]>;
  open(input: OpenSyncInput, signal?: AbortSignal): Promise<OpenSync>;
  /** The same batch again replaces itself. */
  putBatch(id: string, n: number, batch: SyncBatch, signal?: AbortSignal): Promise<void>;
  /** Twice is once. */
  commit(id: string, input: CommitInput, signal?: AbortSignal): Promise<CommitResult>;
  cancel(id: string, signal?: AbortSignal): Promise<void>;
}

/** Milliseconds that a commit may take: thousands of contacts are applied in one transaction. */
const commitTimeoutMs = 60_000;

export function createSyncCalls(client: ApiClient): SyncCalls {
  return {
    accounts: async (signal) => (await client.call(listContactSyncs, {}, options(signal))).items,
    open: (body, signal) => client.call(openContactSync, { body }, options(signal)),
    async putBatch(id, n, body, signal) {
      await client.call(putSyncBatch, { params: { id, n: String(n) }, body }, options(signal));
    },
    commit: (id, body, signal) =>
      client.call(commitContactSync, { params: { id }, body }, { ...options(signal), timeoutMs: commitTimeoutMs }),
    async cancel(id, signal) {
      await client.call(cancelContactSync, { params: { id } }, options(signal));
    },
  };
}

function options(signal: AbortSignal | undefined) {
  return signal === undefined ? {} : { signal };
}

/** The account with this kind and key, where the service knows it. */
export function accountOf(
  accounts: readonly SourceAccount[],
  { kind, key }: Pick<SourceAccount, 'kind' | 'key'>,
): SourceAccount | undefined {
  return accounts.find((account) => account.kind === kind && account.key === key);
}
