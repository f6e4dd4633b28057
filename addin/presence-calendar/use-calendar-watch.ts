/** Keeps presence by the calendar while the pane is open: one page of the browser reads it every few minutes. */
import { useEffect } from 'react';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import { ownAddressesOf } from './own-addresses';

/** Milliseconds between two readings. */
const readEveryMs = 5 * 60_000;

export function useCalendarWatch(): void {
  const { client, host, session, profile, events } = useServices();
  const wanted = useStore(profile.settings).presenceFromCalendar;
  const leads = useStore(events.leads);
  useEffect(() => {
    if (!wanted || !leads) return;
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = async () => {
      // Fetched by those who want it only.
      const { createCalendarReader } = await import(/* webpackChunkName: "calendar" */ './calendar-reader');
      const reader = createCalendarReader({ client, host, ownAddresses: ownAddressesOf(session.state.get()) });
      const again = async (): Promise<void> => {
        await reader.read(gone.signal).catch(() => {
          // Whoever opens the settings sees when it was read last, and is told why when he has it read there.
        });
        if (!gone.signal.aborted) timer = setTimeout(() => void again(), readEveryMs);
      };
      await again();
    };
    run().catch(() => {
      // A part of the pane that could not be fetched is fetched when the pane is opened again.
    });
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
  }, [client, host, session, wanted, leads]);
}
