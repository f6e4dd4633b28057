/** What of the journal lives as long as the user is signed in: due reminders, and the lists once they were opened. */
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { journalFolders, type JournalFolder } from '../../shared/journal';
import { useServices } from '../shell/services';
import type { ListPlace } from '../shell/virtual-list';
import type { JournalModel } from './journal-model';
import { createRemindersModel, type RemindersModel } from './reminders-model';

export interface JournalSession {
  readonly reminders: RemindersModel;
  /** Opens a folder: at once where the journal is shown, else with it, also in panes to come. */
  readonly choose: (folder: JournalFolder) => void;
  /** The one model of the lists, made with the first call: its code comes with the place. */
  readonly model: (create: (folder: JournalFolder) => JournalModel) => JournalModel;
  /** Where the lists of the folders stand; absent at their top. */
  readonly places: Map<JournalFolder, ListPlace | undefined>;
  readonly stop: () => void;
}

const JournalContext = createContext<JournalSession | undefined>(undefined);
const folderKey = 'journal-folder';

/** Put around everything that a signed-in pane shows. */
export function JournalProvider({ children }: { readonly children: ReactNode }) {
  const { client, events, host } = useServices();
  const [session] = useState(() => createSession(createRemindersModel({ client, live: events }), host.storage));
  useEffect(() => () => session.stop(), [session]);
  return <JournalContext value={session}>{children}</JournalContext>;
}

/** The journal of the pane around. */
export function useJournalSession(): JournalSession {
  const session = useContext(JournalContext);
  if (!session) throw new Error('useJournalSession needs a JournalProvider around it.');
  return session;
}

interface FolderStorage {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

function createSession(reminders: RemindersModel, storage: FolderStorage): JournalSession {
  let model: JournalModel | undefined;
  const kept = () => journalFolders.find((folder) => folder === storage.get(folderKey));
  let current: JournalFolder = kept() ?? 'open';
  return {
    reminders,
    places: new Map(),
    choose(folder) {
      current = folder;
      storage.set(folderKey, folder);
      model?.choose(folder);
    },
    model(create) {
      model ??= create(current);
      return model;
    },
    stop() {
      reminders.stop();
      model?.stop();
    },
  };
}
