/** When views read their data again: the contacts changed, or the connection is back after a loss. */
import { useEffect, useState } from 'react';
import { useServices } from './services';

/** A number that grows with each reason to read again; a dependency of the effect that reads. */
export function useReloads(): number {
  const { events } = useServices();
  const [reloads, setReloads] = useState(0);
  useEffect(() => {
    const again = () => setReloads((count) => count + 1);
    let before = events.connection.get();
    const endEvents = events.subscribe((event) => {
      if (event.type === 'contacts') again();
    });
    const endConnection = events.connection.subscribe(() => {
      const now = events.connection.get();
      if (now === 'connected' && before === 'lost') again();
      before = now;
    });
    return () => {
      endEvents();
      endConnection();
    };
  }, [events]);
  return reloads;
}
