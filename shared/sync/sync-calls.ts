/** The calls of a sync to the service, as narrow as the sync needs them: over HTTP from a pane, direct inside the service. */
import type { commitContactSync, OpenSync, openContactSync, SourceAccount } from '../api/contact-syncs';
import type { RouteCall, RouteResult } from '../api/route';
import type { SyncBatch } from '../contact-sync';
import type { SyncEndReason } from '../sync-history';

export type OpenSyncInput = RouteCall<typeof openContactSync>['body'];
export type CommitInput = RouteCall<typeof commitContactSync>['body'];
export type CommitResult = RouteResult<typeof commitContactSync>;

/** What the service, or the way to it, said instead of an answer. */
export interface SyncRefusal {
  /** A code of `shared/errors.ts`, or `unreachable`, `timeout` where nothing was answered. */
  readonly code: string;
  /** Milliseconds after which the same request may succeed. */
  readonly retryAfterMs?: number | undefined;
}

/** Every method throws what {@link SyncCalls.refusal} reads, or the reason of its signal. */
export interface SyncCalls {
  accounts(signal?: AbortSignal): Promise<readonly SourceAccount[]>;
  open(input: OpenSyncInput, signal?: AbortSignal): Promise<OpenSync>;
  /** The same batch again replaces itself. Answers which fingerprints of it are wanted, by their places. */
  putBatch(id: string, n: number, batch: SyncBatch, signal?: AbortSignal): Promise<readonly number[]>;
  /** Twice is once. */
  commit(id: string, input: CommitInput, signal?: AbortSignal): Promise<CommitResult>;
  /** `reason` is for the history. */
  cancel(id: string, signal?: AbortSignal, reason?: SyncEndReason): Promise<void>;
  /** Reads an error of these calls; undefined for any other error. */
  refusal(error: unknown): SyncRefusal | undefined;
}

/** The account with this kind and key, where the service knows it. */
export function accountOf(
  accounts: readonly SourceAccount[],
  { kind, key }: Pick<SourceAccount, 'kind' | 'key'>,
): SourceAccount | undefined {
  return accounts.find((account) => account.kind === kind && account.key === key);
}
