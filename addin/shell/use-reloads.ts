/** When views read their data again: contacts or the directory changed, or the connection is back after a loss. */
import { useEffect, useState } from 'react';
import { onDirectoryChange } from '../api/directory-changes';
import { useServices } from './services';

/** A number that grows whenever the connection is back after a loss; a dependency of the effect that reads. */
export function useReconnections(): number {
  const { events } = useServices();
  const [reconnections, setReconnections] = useState(0);
  useEffect(() => {
    let before = events.connection.get();
    return events.connection.subscribe(() => {
      const now = events.connection.get();
      if (now === 'connected' && before === 'lost') setReconnections((count) => count + 1);
      before = now;
    });
  }, [events]);
  return reconnections;
}

/** A number that grows with each reason to read the contacts again; a dependency of the effect that reads. */
export function useReloads(): number {
  const { events } = useServices();
  const [changes, setChanges] = useState(0);
  useEffect(() => onDirectoryChange(events, () => setChanges((count) => count + 1)), [events]);
  return changes + useReconnections();
}
