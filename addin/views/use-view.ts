/**
 * Which view the pane shows (SET-5), and whether its work area is open: in the compact and the minimised view that is so
 * from the press on a place, a card or a search until it is closed or a call is over.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { views, type View } from '../../shared/profile';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';

/** Key under which this browser remembers the view until the settings are here. */
const viewKey = 'view';

export interface ShownView {
  readonly view: View;
  /** The work area is shown. */
  readonly full: boolean;
  readonly open: () => void;
  readonly close: () => void;
  /** Kept in the settings. @throws ApiError; the view is shown all the same until the settings are read again. */
  readonly choose: (view: View) => Promise<void>;
}

export function useView(): ShownView {
  const { profile, host, navigation, events } = useServices();
  const known = useStore(profile.profile) !== undefined;
  const chosen = useStore(profile.settings).view;
  const [remembered] = useState(() => views.find((name) => name === host.storage.get(viewKey)));
  const view = known ? chosen : (remembered ?? 'normal');
  // A ribbon command names the place that it wants to be seen.
  const [opened, setOpened] = useState(() => window.location.hash !== '');
  useEffect(() => {
    if (known) host.storage.set(viewKey, chosen);
  }, [known, chosen, host]);

  // Whatever leads somewhere shows it: a notification, a card, a strip above the place.
  useEffect(() => navigation.location.subscribe(() => setOpened(true)), [navigation]);

  const calls = useStore(events.state).calls.length;
  const before = useRef(calls);
  useEffect(() => {
    if (before.current > 0 && calls === 0) setOpened(false);
    before.current = calls;
  }, [calls]);

  const open = useCallback(() => setOpened(true), []);
  const close = useCallback(() => setOpened(false), []);
  const choose = useCallback(
    (next: View) => {
      setOpened(false);
      return profile.change({ view: next });
    },
    [profile],
  );
  return { view, full: view === 'normal' || opened, open, close, choose };
}
