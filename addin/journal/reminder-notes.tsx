/** Reminders that are due, in a strip of the pane whatever place is shown. Its look is fetched with the journal's. */
import { lazy, Suspense } from 'react';
import { ErrorBoundary } from '../shell/error-boundary';
import { useStore } from '../shell/use-store';
import { useJournalSession } from './journal-session';

/** In the journal's part of the pane, which is fetched soon after the start. */
const ReminderStrip = lazy(() => import(/* webpackChunkName: "journal" */ './reminder-strip'));

/** Shows nothing while no reminder is due. */
export function ReminderNotes() {
  const { reminders } = useJournalSession();
  const due = useStore(reminders.due);
  const first = due[0];
  if (!first) return null;
  return (
    <ErrorBoundary>
      <Suspense>
        <ReminderStrip first={first} further={due.length - 1} />
      </Suspense>
    </ErrorBoundary>
  );
}
