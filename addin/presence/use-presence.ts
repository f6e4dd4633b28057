/** Presence of one colleague, and the own one, as a component shows it. */
import { useCallback, useEffect, useReducer, useSyncExternalStore } from 'react';
import type { OwnPresence } from '../../shared/presence';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import type { ColleagueStatement } from './presence-model';

/** `unknown`: no connection, or it has not been read yet. Undefined id: somebody without presence. */
export type KnownPresence = 'unknown' | 'office' | ColleagueStatement;

/** Timers of browsers hold 31 bits of milliseconds. */
const longestTimer = 2 ** 31 - 1;

/** The presence of the internal user with this id; without a return that has passed meanwhile (PRE-2). */
export function usePresence(userId: string | undefined): KnownPresence {
  const { presence, events } = useServices();
  const subscribe = useCallback(
    (listener: () => void) => {
      if (userId === undefined) return () => undefined;
      const ends = [presence.colleagues.subscribe(listener), events.connection.subscribe(listener)];
      return () => ends.forEach((end) => end());
    },
    [presence, events, userId],
  );
  const known = useSyncExternalStore(subscribe, (): KnownPresence => {
    const colleagues = presence.colleagues.get();
    if (userId === undefined || colleagues === undefined || events.connection.get() !== 'connected') return 'unknown';
    return colleagues.of(userId) ?? 'office';
  });
  const returnAt = typeof known === 'string' ? undefined : known.returnAt;
  const passed = usePassed(returnAt);
  if (typeof known === 'string' || !passed) return known;
  const { returnAt: _passed, ...rest } = known;
  return rest;
}

/** The own presence; undefined before it is known. */
export function useOwnPresence(): OwnPresence | undefined {
  const { presence } = useServices();
  return useStore(presence.own);
}

/** Whether the time (ISO 8601) is over; drawn again when it passes. False without a time. */
export function usePassed(time: string | undefined): boolean {
  const { presence } = useServices();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const left = time === undefined ? undefined : Date.parse(time) - presence.now();
  useEffect(() => {
    if (time === undefined) return;
    const ms = Date.parse(time) - presence.now();
    if (ms <= 0) return;
    const timer = setTimeout(redraw, Math.min(ms + 50, longestTimer));
    return () => clearTimeout(timer);
  }, [time, presence]);
  return left !== undefined && left <= 0;
}
