/** The mailboxes that the service reads by itself, page by page, and what an administrator does with one of them. */
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  listMailboxes,
  pauseMailbox,
  resumeMailbox,
  runMailboxNow,
  type AdministeredMailbox,
} from '../../shared/api/unattended-sync';
import type { UnattendedMode } from '../../shared/unattended-sync';
import { useServices } from '../shell/services';

export type MailboxAct = 'run' | 'pause' | 'resume';

const pageSize = '100';
const routes = { run: runMailboxNow, pause: pauseMailbox, resume: resumeMailbox };

export interface MailboxesModel {
  /** Undefined until the service has answered. */
  readonly mailboxes: readonly AdministeredMailbox[] | undefined;
  /** Absent where this installation reads no mailboxes by itself. */
  readonly mode: UnattendedMode | undefined;
  readonly error: unknown;
  readonly busy: boolean;
  readonly more: () => void;
  readonly reload: () => void;
  readonly act: (act: MailboxAct, id: string) => void;
}

interface Loaded {
  readonly items: readonly AdministeredMailbox[];
  readonly mode: UnattendedMode | undefined;
  readonly next: string | undefined;
}

export function useMailboxes(): MailboxesModel {
  const { client } = useServices();
  const [loaded, setLoaded] = useState<Loaded>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [reloads, setReloads] = useState(0);
  const fetching = useRef(false);

  useEffect(() => {
    const outdated = new AbortController();
    client
      .call(listMailboxes, { query: { limit: pageSize } }, { signal: outdated.signal })
      .then(({ items, mode, nextCursor }) => {
        setLoaded({ items, mode, next: nextCursor });
        setError(undefined);
      })
      .catch((failure: unknown) => {
        if (!outdated.signal.aborted) setError(failure);
      });
    return () => outdated.abort();
  }, [client, reloads]);

  const next = loaded?.next;
  const more = useCallback(() => {
    if (next === undefined || fetching.current) return;
    fetching.current = true;
    client
      .call(listMailboxes, { query: { cursor: next, limit: pageSize } })
      .then(({ items, nextCursor }) =>
        setLoaded((known) =>
          known?.next === next ? { ...known, items: [...known.items, ...items], next: nextCursor } : known,
        ),
      )
      .catch((failure: unknown) => setError(failure))
      .finally(() => {
        fetching.current = false;
      });
  }, [client, next]);

  return {
    mailboxes: loaded?.items,
    mode: loaded?.mode,
    error,
    busy,
    more,
    reload: useCallback(() => setReloads((count) => count + 1), []),
    act(act, id) {
      setBusy(true);
      client
        .call(routes[act], { params: { id } })
        .then((changed) => {
          setError(undefined);
          setLoaded(
            (known) => known && { ...known, items: known.items.map((item) => (item.id === id ? changed : item)) },
          );
        })
        .catch((failure: unknown) => setError(failure))
        .finally(() => setBusy(false));
    },
  };
}
