/** What watches over a signed-in pane without being looked at: the trace of what happens, and other versions of the pane. */
import { lazy, Suspense, useEffect } from 'react';
import { ErrorBoundary } from './shell/error-boundary';
import { useServices } from './shell/services';
import { countsOf } from './sync-counts';
import type { SyncRun } from './sync/sync-model';
import { useSyncModel } from './sync/use-sync';
import { useMailboxOwner } from './own-sign-in/use-mailbox-owner';
import { useCalendarWatch } from './presence-calendar/use-calendar-watch';
import { useTraceReminder } from './trace/use-trace-reminder';
import { usePaneUpdate } from './updates/use-pane-update';

export const loadWatchNotices = () => import(/* webpackChunkName: "watch-notices" */ './watch-notices');
const WatchNotices = lazy(loadWatchNotices);

export function Watches() {
  useTracing();
  useCalendarWatch();
  const update = usePaneUpdate();
  const reminder = useTraceReminder();
  const mailbox = useMailboxOwner();
  const told = mailbox.warns || update.advice === 'offer' || update.advice === 'still-old' || reminder.due;
  return told ? (
    <ErrorBoundary>
      <Suspense fallback={null}>
        <WatchNotices update={update} reminder={reminder} mailbox={mailbox} />
      </Suspense>
    </ErrorBoundary>
  ) : null;
}

/** Notes the states of this session in the trace. */
function useTracing() {
  const { trace, events, navigation } = useServices();
  const sync = useSyncModel();
  useEffect(() => {
    const numbers = new Map<string, number>();
    const told = new Map<string, string>();
    const noteConnection = () =>
      trace.note({ kind: 'connection', state: events.connection.get(), leads: events.leads.get() });
    const notePlace = () => {
      const { place, view } = navigation.location.get();
      trace.note({ kind: 'place', place, view: view?.type });
    };
    let link: string | undefined;
    const noteState = () => {
      const { telephoneSystem, calls, ended } = events.state.get();
      if (telephoneSystem?.state !== link) {
        link = telephoneSystem?.state;
        trace.note({ kind: 'telephone-system', state: link });
      }
      for (const { id, state, direction } of [...calls, ...ended]) {
        if (told.get(id) === state) continue;
        if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
        told.set(id, state);
        trace.note({ kind: 'call', call: numbers.get(id) ?? 0, state, direction });
      }
    };
    let noted = '';
    const noteSync = () => {
      const entry = entryOf(sync.state.get().run);
      const what = `${entry.status} ${entry.phase ?? ''}`;
      if (what === noted) return;
      noted = what;
      trace.note({ kind: 'sync', ...entry });
    };
    notePlace();
    noteConnection();
    noteState();
    const ends = [
      events.connection.subscribe(noteConnection),
      events.state.subscribe(noteState),
      navigation.location.subscribe(notePlace),
      sync.state.subscribe(noteSync),
    ];
    return () => ends.forEach((end) => end());
  }, [trace, events, navigation, sync]);
}

function entryOf(run: SyncRun) {
  if (run.status === 'running') {
    const { phase, folders, read, sent } = run.progress;
    return { status: run.status, phase, counts: { folders: folders.total, read, sent } };
  }
  return { status: run.status, counts: run.status === 'done' ? countsOf(run.result) : {} };
}
