/** The own forwarding: read when it is looked at, kept by events, and changed. */
import { useCallback, useEffect, useState } from 'react';
import { getForwarding, setForwarding } from '../../shared/api/forwarding';
import {
  forwardingProblems,
  type ForwardedStatus,
  type Forwarding,
  type ForwardingProblem,
  type ForwardingTarget,
} from '../../shared/forwarding';
import { ApiError } from '../api/api-error';
import { useServices } from '../shell/services';

export interface OwnForwarding {
  /** Undefined until it is read. */
  readonly forwarding: Forwarding | undefined;
  /** Why it could not be read. */
  readonly error: unknown;
  /** @throws ApiError */
  readonly change: (status: ForwardedStatus, target: ForwardingTarget) => Promise<void>;
}

export function useForwarding(): OwnForwarding {
  const { client, events } = useServices();
  const [forwarding, setShown] = useState<Forwarding>();
  const [error, setError] = useState<unknown>();
  const take = useCallback(
    (next: Forwarding) =>
      // An answer may be here after the event of a later change.
      setShown((before) => (before && Date.parse(before.changedAt) > Date.parse(next.changedAt) ? before : next)),
    [],
  );
  useEffect(() => {
    const ended = new AbortController();
    const read = () =>
      client.call(getForwarding, {}, { signal: ended.signal }).then(
        (next) => {
          setError(undefined);
          take(next);
        },
        (fault: unknown) => {
          if (!ended.signal.aborted) setError(fault);
        },
      );
    void read();
    const unsubscribe = events.subscribe((event) => {
      if (event.type === 'forwarding') take(event.forwarding);
      if (event.type === 'snapshot') void read();
    });
    return () => {
      unsubscribe();
      ended.abort();
    };
  }, [client, events, take]);
  return {
    forwarding,
    error,
    change: async (status, target) => take(await client.call(setForwarding, { body: { rules: { [status]: target } } })),
  };
}

/** Why a target was refused; undefined for other failures. */
export function refusedTarget(error: unknown): ForwardingProblem | undefined {
  if (!(error instanceof ApiError) || error.code !== 'forwarding-refused') return undefined;
  const reason = error.problem?.details?.[0]?.reason;
  return forwardingProblems.find((problem) => problem === reason);
}
