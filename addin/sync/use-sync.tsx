/** One sync model for the signed-in pane: it keeps the interval whatever place is shown. */
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import { createSyncCalls } from './sync-calls';
import { createSyncModel, type SyncModel, type SyncState } from './sync-model';
import { createSyncRunner } from './sync-runner';

const SyncContext = createContext<SyncModel | undefined>(undefined);

/** Put around everything that a signed-in pane shows. */
export function SyncProvider({ children }: { readonly children: ReactNode }) {
  const { client, host, profile, events } = useServices();
  const [model] = useState(() => {
    const calls = createSyncCalls(client);
    const runner = createSyncRunner({ calls, host, locks: 'locks' in navigator ? navigator.locks : undefined });
    return createSyncModel({ client, calls, runner, host, settings: profile.settings });
  });
  useEffect(() => model.live(), [model]);
  // A sync of the ribbon or of another pane shows here as soon as it is done.
  useEffect(
    () =>
      events.subscribe((event) => {
        if (event.type === 'contacts' && model.state.get().run.status !== 'running') void model.refresh();
      }),
    [model, events],
  );
  return <SyncContext value={model}>{children}</SyncContext>;
}

/** The model of the pane around. */
export function useSyncModel(): SyncModel {
  const model = useContext(SyncContext);
  if (!model) throw new Error('useSyncModel needs a SyncProvider around it.');
  return model;
}

/** State of syncing; also asks how many contacts Outlook has. */
export function useSync(model: SyncModel): SyncState {
  const state = useStore(model.state);
  const ready = state.mailbox?.kind === 'mailbox';
  useEffect(() => {
    if (ready) void model.countOutlook();
  }, [model, ready]);
  return state;
}
