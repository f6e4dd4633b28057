/** Notices that the service runs another version than this pane, and reloads when nothing is under way. */
import { useEffect, useState } from 'react';
import { useServices } from '../shell/services';
import { paneVersion } from '../shell/pane-version';
import { useStore } from '../shell/use-store';
import { watchPage } from './page-occupation';
import { reloadMemory } from './reload-memory';
import { adviseUpdate, type UpdateAdvice } from './update-advice';

export interface PaneUpdate {
  readonly advice: UpdateAdvice;
  /** Version of the service; undefined before its first answer. */
  readonly version: string | undefined;
  readonly updateNow: () => void;
  /** Milliseconds until the next reminder. */
  readonly remindIn: (ms: number) => void;
  readonly skip: () => void;
  /** Why an answer could not be kept. */
  readonly error: unknown;
}

/** Milliseconds between two looks while the versions differ. */
const lookEveryMs = 2000;

export function usePaneUpdate(): PaneUpdate {
  const services = useServices();
  const { client, profile, trace } = services;
  const version = useStore(client.serviceVersion);
  const [advice, setAdvice] = useState<UpdateAdvice>('none');
  const [error, setError] = useState<unknown>();

  useEffect(() => {
    const { events, navigation } = services;
    // From the beginning: what was typed before the other version came counts as well.
    const page = watchPage(document);
    let timer: ReturnType<typeof setInterval> | undefined;
    let said: UpdateAdvice = 'none';
    const look = () => {
      const now = Date.now();
      const service = client.serviceVersion.get();
      const occupied = events.state.get().calls.length > 0 || navigation.location.get().view !== undefined;
      const next = adviseUpdate({
        pane: paneVersion,
        service,
        reloadedFor: reloadMemory.get(),
        answer: profile.profile.get() && profile.settings.get().updateAnswer,
        occupation: occupied ? 'under-way' : page.occupation(now),
        connected: events.connection.get() === 'connected',
        now,
      });
      if (next !== said) trace.note({ kind: 'update', advice: next });
      said = next;
      // Without a memory of it the page might reload for ever; then the user decides.
      if (next === 'reload' && !reloadFor(service)) setAdvice('offer');
      else setAdvice(next);
      clearInterval(timer);
      if (next !== 'none') timer = setInterval(look, lookEveryMs);
    };
    const endVersion = client.serviceVersion.subscribe(look);
    look();
    return () => {
      endVersion();
      clearInterval(timer);
      page.stop();
    };
  }, [services, client, profile, trace]);

  const answer = (remindAt: string | null) => {
    if (version === undefined) return;
    setError(undefined);
    setAdvice('put-off');
    profile.change({ updateAnswer: { version, remindAt } }).catch(setError);
  };
  return {
    advice,
    version,
    error,
    updateNow: () => {
      if (!reloadFor(version)) window.location.reload();
    },
    remindIn: (ms) => answer(new Date(Date.now() + ms).toISOString()),
    skip: () => answer(null),
  };
}

/** Loads the page anew; the place stays, it is in the address's hash. False where the browser could not remember it. */
function reloadFor(version: string | undefined): boolean {
  if (version === undefined || !reloadMemory.set(version)) return false;
  window.location.reload();
  return true;
}
