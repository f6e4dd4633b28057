/** "Sync now" of the ribbon (SYN-4): no pane needed; start and result show as a notification on the open item. */
import { getProfile } from '../../shared/api/profile';
import type { ApiClient } from '../api/client';
import type { Locks, SessionKeeper, SessionState } from '../api/session-keeper';
import type { OutlookHost } from '../outlook/host';
import { languageFor } from '../shell/i18n/catalogue';
import type { SyncOutcome } from '../../shared/sync/push-sync';
import { createSyncCalls } from './sync-calls';
import { createSyncRunner, findMailbox } from './sync-runner';
import { syncTexts } from './texts';

export interface SyncCommandDeps {
  readonly host: OutlookHost;
  readonly session: Pick<SessionKeeper, 'state' | 'start'>;
  readonly client: ApiClient;
  readonly locks: Locks | undefined;
  /** Signs in without asking anybody, where the session cannot be renewed: whether it did, or what keeps it from doing so. */
  readonly signInSilently: () => Promise<'signed-in' | 'consent' | 'unreachable' | 'refused'>;
}

/** Runs to its end and says it; never rejects. */
export async function runSyncCommand(
  { host, session, client, locks, signInSilently }: SyncCommandDeps,
  signal: AbortSignal,
): Promise<void> {
  await host.ready;
  let language = languageFor(host.language);
  const text = () => syncTexts[language];
  host.notifyItem({ kind: 'progress', text: text().commandStarted });
  try {
    session.start();
    const { status } = await settled(session, signal);
    const silently = status === 'signed-out' ? await signInSilently() : 'refused';
    if (status !== 'signed-in' && silently !== 'signed-in') {
      const said = { consent: text().commandConsent, unreachable: text().commandMicrosoftAway };
      host.notifyItem({ kind: 'error', text: silently === 'refused' ? text().commandSignIn : said[silently] });
      return;
    }
    const { settings } = await client.call(getProfile, {}, { signal });
    if (settings.language !== 'auto') language = settings.language;
    const mailbox = await findMailbox(host, client);
    if (mailbox.kind === 'none') {
      host.notifyItem({ kind: 'error', text: text().commandNoMailbox });
      return;
    }
    const runner = createSyncRunner({ calls: createSyncCalls(client), host, locks });
    await runner.takeUpOrphan(mailbox.account);
    const { skipContactsWithoutNumber } = settings;
    const request = {
      mailbox,
      mode: 'delta',
      options: { skipContactsWithoutNumber },
      interactive: true,
      trigger: 'ribbon',
    } as const;
    const outcome = await runner.run(request, signal, () => {});
    host.notifyItem({ kind: 'info', text: outcomeText(outcome, text(), language) });
  } catch {
    // There is no place for details here; the pane shows why when the sync is started there.
    host.notifyItem({ kind: 'error', text: text().commandFailed });
  }
}

/** Waits until it is known whether there is a session. */
function settled(session: Pick<SessionKeeper, 'state'>, signal: AbortSignal): Promise<SessionState> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const state = session.state.get();
      if (state.status === 'starting') return;
      unsubscribe();
      resolve(state);
    };
    const unsubscribe = session.state.subscribe(look);
    signal.addEventListener('abort', () => reject(new Error('Out of time')), { once: true });
    look();
  });
}

function outcomeText(outcome: SyncOutcome, t: typeof syncTexts.en | typeof syncTexts.de, language: string): string {
  if (outcome.kind === 'running') return t.commandRunning;
  if (outcome.kind === 'needs-confirmation' && outcome.waiting.reason === 'after-undo') return t.commandHeld;
  if (outcome.kind !== 'done') return t.commandWaiting;
  const { added, changed, removed } = outcome.result;
  if (added + changed + removed === 0) return t.commandUpToDate;
  const count = (value: number) => new Intl.NumberFormat(language).format(value);
  return t.commandDone(count(added), count(changed), count(removed));
}
