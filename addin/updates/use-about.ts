/** What the service tells of itself, read when it is looked at. */
import { useEffect, useState } from 'react';
import { getReleaseNotes, listThirdParties, type ThirdParty } from '../../shared/api/updates';
import type { Release } from '../../shared/release';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';

/** Undefined `value` while it is on its way. */
export interface Reading<T> {
  readonly value: T | undefined;
  readonly error: unknown;
}

/** Version of the service; undefined before its first answer. */
export function useServiceVersion(): string | undefined {
  return useStore(useServices().client.serviceVersion);
}

export function useReleases(): Reading<readonly Release[]> {
  const { client } = useServices();
  return useReading(async (signal) => (await client.call(getReleaseNotes, {}, { signal })).releases);
}

export function useThirdParties(): Reading<readonly ThirdParty[]> {
  const { client } = useServices();
  return useReading(async (signal) => (await client.call(listThirdParties, {}, { signal })).items);
}

/** Reads once, as long as the component is there. */
function useReading<T>(read: (signal: AbortSignal) => Promise<T>): Reading<T> {
  const [reading, setReading] = useState<Reading<T>>({ value: undefined, error: undefined });
  const [firstRead] = useState(() => read);
  useEffect(() => {
    const gone = new AbortController();
    firstRead(gone.signal).then(
      (value) => setReading({ value, error: undefined }),
      (error: unknown) => {
        if (!gone.signal.aborted) setReading({ value: undefined, error });
      },
    );
    return () => gone.abort();
  }, [firstRead]);
  return reading;
}
