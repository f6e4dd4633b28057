/** One run: reads one mailbox and brings it to the personal directory, with the same code as a pane. */
import type { SyncOptions } from '../../shared/contact-sync';
import { ServiceError } from '../../shared/errors';
import type { ContactSource } from '../../shared/mailbox/contact-source';
import type { Clock } from '../../shared/sync/clock';
import { pushSync } from '../../shared/sync/push-sync';
import { accountOf, type SyncCalls } from '../../shared/sync/sync-calls';
import type { UnattendedMode } from '../../shared/unattended-sync';
import type { RunOutcome } from './decide-next-run';
import { judgeFailure } from './judge-failure';
import { CredentialError, type MailboxCredentials, type MailboxUse } from './mailbox-credentials';
import type { SecretSeal } from './sealed-secret';
import type { UnattendedMailbox } from './unattended-mailbox-store';
import { waitForStorage } from './wait-for-storage';
import type { Waiting } from './wait-for-storage';

/** The syncs of the personal directory, as far as a run needs them: `contacts/sync.service.ts` stands behind it. */
export interface ContactSyncs {
  list(userId: string): Promise<Awaited<ReturnType<SyncCalls['accounts']>>>;
  open(userId: string, input: Parameters<SyncCalls['open']>[0]): ReturnType<SyncCalls['open']>;
  putBatch(
    userId: string,
    syncId: string,
    n: number,
    batch: Parameters<SyncCalls['putBatch']>[2],
  ): Promise<{ readonly wanted?: readonly number[] }>;
  commit(userId: string, syncId: string, options: Parameters<SyncCalls['commit']>[1]): ReturnType<SyncCalls['commit']>;
  cancel(userId: string, syncId: string, reason?: Parameters<SyncCalls['cancel']>[2]): Promise<void>;
}

export interface RunMailboxDeps {
  readonly syncs: ContactSyncs;
  /** By mode; a mode that the installation is not set up for is missing. */
  readonly credentials: Readonly<Partial<Record<UnattendedMode, MailboxCredentials>>>;
  /** Undefined when the installation has no key. */
  readonly seal: SecretSeal | undefined;
  /** The source of a mailbox: the token's own, or the named one. */
  source(
    mailbox: Pick<UnattendedMailbox, 'mode' | 'address'>,
    token: ReturnType<MailboxCredentials['tokenFor']>,
  ): ContactSource;
  /** Keeps what a run got in exchange for the secret. */
  saveSecret(mailboxId: string, secret: ReturnType<SecretSeal['seal']>): Promise<void>;
  /** What else is read of the mailbox with the same credentials, whatever came of the contacts. */
  readonly alongside?: (
    mailbox: Pick<UnattendedMailbox, 'id' | 'userId' | 'mode' | 'address'>,
    token: ReturnType<MailboxCredentials['tokenFor']>,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Hears why that did not work. */
  readonly alongsideFailed?: (mailboxId: string, failure: ReturnType<typeof judgeFailure>) => void;
  readonly clock: Clock;
}

/** What a secret is sealed for. */
export function secretContext(userId: string, address: string): string {
  return `mailbox ${userId} ${address}`;
}

/** Part of the interval for which a pane's sync is fresh enough. */
const freshShare = 0.8;
/** Shown to whoever finds the account taken. */
const startedBy = 'myContacts';

/**
 * Runs it to its end. Never rejects but with the signal's reason.
 * @param intervalMinutes as of now
 */
export async function runMailbox(
  deps: RunMailboxDeps,
  mailbox: UnattendedMailbox,
  wishes: { readonly intervalMinutes: number; readonly options: SyncOptions },
  signal: AbortSignal,
): Promise<RunOutcome> {
  const held: HeldSecret = { secret: undefined };
  const outcome = await runContacts(deps, mailbox, wishes, held, signal);
  if (deps.alongside) {
    try {
      await deps.alongside(mailbox, openCredentials(deps, mailbox, held, signal, 'calendar'), signal);
    } catch (error) {
      signal.throwIfAborted();
      deps.alongsideFailed?.(mailbox.id, judgeFailure(error));
    }
  }
  return outcome;
}

/** What the owner's sign-in left, as it was kept last in this run. */
interface HeldSecret {
  secret: string | undefined;
}

async function runContacts(
  deps: RunMailboxDeps,
  mailbox: UnattendedMailbox,
  wishes: { readonly intervalMinutes: number; readonly options: SyncOptions },
  held: HeldSecret,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const calls = callsFor(deps, mailbox.userId, signal);
  const account = { kind: 'graph', key: mailbox.address, name: mailbox.address } as const;
  try {
    const known = accountOf(await calls.accounts(), account);
    if (known?.waiting !== undefined) return { kind: 'failed', problem: 'removal-waits' };
    const now = deps.clock.now();
    if (known?.lastSync !== undefined && !mailbox.requested) {
      const since = new Date(known.lastSync.at);
      const fresh = wishes.intervalMinutes * 60_000 * freshShare;
      // A clock that was set back must not make an old sync look fresh for ever.
      if (now >= since.getTime() && now - since.getTime() < fresh) return { kind: 'fresh', since };
    }
    const token = openCredentials(deps, mailbox, held, signal);
    const outcome = await pushSync(
      { source: deps.source(mailbox, token), calls, clock: deps.clock },
      { account, mode: 'delta', options: wishes.options, by: startedBy, trigger: 'unattended' },
      signal,
      () => {},
    );
    if (outcome.kind === 'done') return { kind: 'done' };
    if (outcome.kind === 'needs-confirmation') return { kind: 'failed', problem: 'removal-waits' };
    return { kind: 'fresh', since: new Date(deps.clock.now()) };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failed', ...judgeFailure(error) };
  }
}

function openCredentials(
  deps: RunMailboxDeps,
  mailbox: UnattendedMailbox,
  held: HeldSecret,
  signal: AbortSignal,
  use?: MailboxUse,
) {
  const { mode, address, userId, id } = mailbox;
  const credentials = deps.credentials[mode];
  if (credentials === undefined) {
    throw new CredentialError(
      'application-refused',
      'This installation is not set up for this way of reading mailboxes.',
    );
  }
  const context = secretContext(userId, address);
  if (mode === 'delegated') {
    held.secret ??= mailbox.secret && deps.seal?.open(mailbox.secret, context);
    if (held.secret === undefined) throw new CredentialError('key-unknown', 'What the sign-in left cannot be opened.');
  }
  const access = {
    address,
    secret: held.secret,
    async saveSecret(changed: string) {
      held.secret = changed;
      const { seal } = deps;
      if (seal === undefined) return;
      // Without it the next run could not sign in any more.
      await waitForStorage(() => deps.saveSecret(id, seal.seal(changed, context)), waitingBy(deps.clock), signal);
    },
  };
  return credentials.tokenFor(access, use);
}

function callsFor({ syncs, clock }: RunMailboxDeps, userId: string, signal: AbortSignal): SyncCalls {
  const patiently = <T>(work: () => Promise<T>) => waitForStorage(work, waitingBy(clock), signal);
  return {
    accounts: () => patiently(() => syncs.list(userId)),
    open: (input) => patiently(() => syncs.open(userId, input)),
    putBatch: async (id, n, batch) => (await patiently(() => syncs.putBatch(userId, id, n, batch))).wanted ?? [],
    commit: (id, input) => patiently(() => syncs.commit(userId, id, input)),
    cancel: (id, _signal, reason) => syncs.cancel(userId, id, reason),
    refusal: (error) =>
      error instanceof ServiceError ? { code: error.code, retryAfterMs: error.retryAfterMs } : undefined,
  };
}

function waitingBy(clock: Clock): Waiting {
  return { now: () => clock.now(), pause: (ms, signal) => clock.pause(ms, signal) };
}
