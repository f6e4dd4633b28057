/** Turning presence from the calendar on and off, and having it read. */
import { useEffect, useRef, useState } from 'react';
import { getCalendarState, type CalendarState } from '../../shared/api/presence-calendar';
import { useServices } from '../shell/services';
import { useAttempt } from '../shell/use-attempt';
import { useStore } from '../shell/use-store';
import type { CalendarReader } from './calendar-reader';
import { ownAddressesOf } from './own-addresses';

export interface CalendarSetting {
  readonly wanted: boolean;
  /** Undefined until the service has answered. */
  readonly state: CalendarState | undefined;
  readonly busy: boolean;
  readonly error: unknown;
  /** With the right to read asked for first: without it the setting stays off. `done` is called when it has been read. */
  readonly turnOn: (done: () => void) => void;
  readonly turnOff: () => void;
  readonly readNow: (done: () => void) => void;
}

export function useCalendarSetting(): CalendarSetting {
  const { client, host, session, profile } = useServices();
  const wanted = useStore(profile.settings).presenceFromCalendar;
  const [state, setState] = useState<CalendarState>();
  const { busy, error, attempt } = useAttempt();
  const reader = useRef<CalendarReader>(undefined);
  useEffect(() => {
    const left = new AbortController();
    client.call(getCalendarState, {}, { signal: left.signal }).then(setState, () => undefined);
    return () => left.abort();
  }, [client, wanted]);

  const opened = async (): Promise<CalendarReader> => {
    const { createCalendarReader } = await import(/* webpackChunkName: "calendar" */ './calendar-reader');
    return (reader.current ??= createCalendarReader({
      client,
      host,
      ownAddresses: ownAddressesOf(session.state.get()),
    }));
  };
  return {
    wanted,
    state,
    busy,
    error,
    turnOn: (done) =>
      void attempt(async () => {
        const { signal } = new AbortController();
        const calendar = await opened();
        await calendar.allow(true, signal);
        await profile.change({ presenceFromCalendar: true });
        setState(await calendar.read(signal));
        done();
      }),
    turnOff: () => void attempt(() => profile.change({ presenceFromCalendar: false })),
    readNow: (done) =>
      void attempt(async () => {
        const { signal } = new AbortController();
        const calendar = await opened();
        await calendar.allow(true, signal);
        setState(await calendar.read(signal));
        done();
      }),
  };
}
