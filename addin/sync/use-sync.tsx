/** One sync model for the signed-in pane: it keeps the interval whatever place is shown. */
import { createContext, useContext, useEffect, useState, type ReactNode, type RefObject } from 'react';
import type { PastSync } from '../../shared/api/sync-history';
import type { SessionState } from '../api/session-keeper';
import { createStore, type Store } from '../api/store';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import { timerClock } from '../../shared/sync/clock';
import type { FileImportModel } from './file-import-model';
import { createPictureImport, type PictureImport } from './picture-import';
import { createSyncCalls } from './sync-calls';
import { createSyncModel, type SyncModel, type SyncState } from './sync-model';
import { createSyncRunner } from './sync-runner';

interface Provided {
  readonly sync: SyncModel;
  readonly pictures: PictureImport;
  /** The past sync that is open in the place, kept while a contact of it is looked at. */
  readonly pastSync: Store<PastSync | undefined>;
  /** Of the place, which is loaded when it is opened; ends with the session. */
  readonly fileImport: RefObject<FileImportModel | undefined>;
}

const SyncContext = createContext<Provided | undefined>(undefined);

/** Put around everything that a signed-in pane shows. */
export function SyncProvider({ children }: { readonly children: ReactNode }) {
  const { client, host, session, profile, events } = useServices();
  const [value] = useState<Provided>(() => {
    const locks = 'locks' in navigator ? navigator.locks : undefined;
    const calls = createSyncCalls(client);
    const runner = createSyncRunner({ calls, host, locks });
    const ownAddresses = () => ownAddressesOf(session.state.get());
    const sync = createSyncModel({ client, calls, runner, host, ownAddresses, settings: profile.settings });
    const { settings } = profile;
    const pictures = createPictureImport({ client, sync: sync.state, settings, locks, clock: timerClock });
    return {
      sync,
      pictures,
      pastSync: createStore<PastSync | undefined>(undefined),
      fileImport: { current: undefined },
    };
  });
  const { sync: model, pictures, fileImport } = value;
  useEffect(() => model.live(), [model]);
  useEffect(() => pictures.live(), [pictures]);
  useEffect(
    () => () => {
      fileImport.current?.stop();
      fileImport.current = undefined;
    },
    [fileImport],
  );
  // A sync of the ribbon or of another pane shows here as soon as it is done.
  useEffect(
    () =>
      events.subscribe((event) => {
        if (event.type === 'contacts' && model.state.get().run.status !== 'running') void model.refresh();
      }),
    [model, events],
  );
  return <SyncContext value={value}>{children}</SyncContext>;
}

/** The address by which the installation knows his mailbox comes first, as for the sync while Outlook is closed. */
function ownAddressesOf(state: SessionState): readonly string[] {
  if (state.status !== 'signed-in') return [];
  return [state.user.email, state.microsoftAccount].filter((address) => address !== undefined);
}

/** The model of the pane around. */
export function useSyncModel(): SyncModel {
  return useProvided().sync;
}

/** The import of pictures of the pane around. */
export function usePictureImport(): PictureImport {
  return useProvided().pictures;
}

/** The past sync that is open in the place. */
export function usePastSync(): Store<PastSync | undefined> {
  return useProvided().pastSync;
}

/** Where the import of a file is kept. */
export function useKeptFileImport(): RefObject<FileImportModel | undefined> {
  return useProvided().fileImport;
}

function useProvided() {
  const provided = useContext(SyncContext);
  if (!provided) throw new Error('The sync needs a SyncProvider around it.');
  return provided;
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
