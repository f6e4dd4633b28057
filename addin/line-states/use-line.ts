/** The line of one colleague, and picking up what rings there. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { DirectoryItem } from '../../shared/directory';
import { useServices } from '../shell/services';
import { knownLine, ringingOf, type KnownLine } from './known-line';
import { createPickUp, type PickUpModel } from './pick-up-model';

export interface ColleagueLine {
  readonly name: string;
  readonly line: KnownLine;
  /** Absent for oneself: the own call is answered, not picked up. */
  readonly pickUp: PickUpModel | undefined;
}

/** The line of an entry of the internal directory; undefined for other entries, which have none that we see. */
export function useLine({ id, directory, displayName }: DirectoryItem): ColleagueLine | undefined {
  const { client, events, session } = useServices();
  const internal = directory === 'internal';
  const subscribe = useCallback(
    (listener: () => void) => {
      if (!internal) return () => {};
      const ends = [events.state.subscribe(listener), events.connection.subscribe(listener)];
      return () => ends.forEach((end) => end());
    },
    [internal, events],
  );
  const line = useSyncExternalStore(subscribe, () =>
    internal ? knownLine(events.state.get(), events.connection.get(), id) : 'unknown',
  );
  const me = session.state.get();
  const own = me.status === 'signed-in' && me.user.id === id;
  // A row is of one person for good: its key is the person's id.
  const [pickUp] = useState(() =>
    internal && !own ? createPickUp({ client, live: events, userId: id, newId: () => crypto.randomUUID() }) : undefined,
  );
  const ringing = ringingOf(line);
  useEffect(() => pickUp?.rings(ringing), [pickUp, ringing]);
  useEffect(() => () => pickUp?.stop(), [pickUp]);
  return internal ? { name: displayName, line, pickUp } : undefined;
}
