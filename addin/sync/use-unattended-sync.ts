/** "Also sync while Outlook is closed": how it stands, and turning it on and off. */
import { useCallback, useEffect, useState } from 'react';
import {
  beginUnattendedSync,
  endUnattendedSync,
  getUnattendedSync,
  runUnattendedSync,
  type OwnUnattendedSync,
} from '../../shared/api/unattended-sync';
import { useServices } from '../shell/services';

/** Milliseconds between two looks while a sign-in or a run is under way. */
const lookEveryMs = 3000;

export interface UnattendedSyncModel {
  /** Undefined until the service has answered. */
  readonly state: OwnUnattendedSync | undefined;
  /** The page at Microsoft on which the user agrees, once it was asked for. */
  readonly signInUrl: string | undefined;
  readonly busy: boolean;
  readonly error: unknown;
  turnOn(): void;
  turnOff(): void;
  runNow(): void;
  /** Forgets the sign-in that was begun. */
  giveUp(): void;
}

export function useUnattendedSync(): UnattendedSyncModel {
  const { client, events } = useServices();
  const [state, setState] = useState<OwnUnattendedSync>();
  const [signInUrl, setSignInUrl] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const look = useCallback(
    async (signal?: AbortSignal) => {
      const answer = await client.call(getUnattendedSync, {}, signal === undefined ? {} : { signal });
      setState(answer);
      // The sign-in has come to its end on the page at Microsoft.
      if (answer.mailbox !== undefined && answer.mailbox.paused?.reason !== 'sign-in-needed') setSignInUrl(undefined);
    },
    [client],
  );

  const waiting = signInUrl !== undefined || state?.mailbox?.running === true;
  useEffect(() => {
    const outdated = new AbortController();
    const ask = () =>
      void look(outdated.signal).catch((failure: unknown) => {
        if (!outdated.signal.aborted && !waiting) setError(failure);
      });
    ask();
    const timer = waiting ? setInterval(ask, lookEveryMs) : undefined;
    window.addEventListener('focus', ask);
    const unsubscribe = events.subscribe((event) => {
      if (event.type === 'contacts') ask();
    });
    return () => {
      outdated.abort();
      clearInterval(timer);
      window.removeEventListener('focus', ask);
      unsubscribe();
    };
  }, [look, waiting, events]);

  const act = (action: () => Promise<unknown>) => {
    setBusy(true);
    setError(undefined);
    action()
      .then(() => look())
      .catch((failure: unknown) => setError(failure))
      .finally(() => setBusy(false));
  };

  return {
    state,
    signInUrl,
    busy,
    error,
    turnOn: () => act(async () => setSignInUrl((await client.call(beginUnattendedSync, {})).signInUrl)),
    turnOff: () => act(() => client.call(endUnattendedSync, {})),
    runNow: () => act(() => client.call(runUnattendedSync, {})),
    giveUp: () => setSignInUrl(undefined),
  };
}
