/** The notes above the place; their look is fetched when there is the first. */
import { lazy, Suspense } from 'react';
import { ErrorBoundary } from '../shell/error-boundary';
import { useStore } from '../shell/use-store';
import type { PaneNotes as Notes } from './pane-notes-model';

const loadStrips = () => import(/* webpackChunkName: "notes" */ './pane-note-strips');
const PaneNoteStrips = lazy(loadStrips);

interface Props {
  readonly notes: Notes;
  /** A card says already which call was missed. */
  readonly missedOnCard: boolean;
  readonly onJournal: () => void;
}

export function PaneNotes({ notes, missedOnCard, onJournal }: Props) {
  const free = useStore(notes.free);
  const missed = useStore(notes.missed);
  const shown = missedOnCard ? undefined : missed;
  if (free.length === 0 && shown === undefined) return null;
  return (
    <ErrorBoundary>
      <Suspense>
        <PaneNoteStrips notes={notes} free={free} missed={shown} onJournal={onJournal} />
      </Suspense>
    </ErrorBoundary>
  );
}
