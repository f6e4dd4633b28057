/** The mailboxes that the service reads by itself, page by page, and what an administrator does with one of them. */
import { useCallback } from 'react';
import {
  listMailboxes,
  pauseMailbox,
  resumeMailbox,
  runMailboxNow,
  type AdministeredMailbox,
} from '../../shared/api/unattended-sync';
import type { UnattendedMode } from '../../shared/unattended-sync';
import { useServices } from '../shell/services';
import { useAttempt } from '../shell/use-attempt';
import { usePages } from './use-pages';

export type MailboxAct = 'run' | 'pause' | 'resume';

const pageSize = '100';
const routes = { run: runMailboxNow, pause: pauseMailbox, resume: resumeMailbox };

interface MailboxPage {
  readonly items: readonly AdministeredMailbox[];
  readonly nextCursor?: string | undefined;
  readonly mode?: UnattendedMode | undefined;
}

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

export function useMailboxes(): MailboxesModel {
  const { client } = useServices();
  const { page, more, reload, replace, ...reading } = usePages<AdministeredMailbox, MailboxPage>(
    useCallback(
      (cursor, signal) =>
        client.call(
          listMailboxes,
          { query: { limit: pageSize, ...(cursor !== undefined && { cursor }) } },
          { ...(signal && { signal }) },
        ),
      [client],
    ),
  );
  const acting = useAttempt();
  return {
    mailboxes: page?.items,
    mode: page?.mode,
    error: acting.error ?? reading.error,
    busy: acting.busy,
    more,
    reload() {
      acting.forget();
      reload();
    },
    act: (act, id) => void acting.attempt(async () => replace(await client.call(routes[act], { params: { id } }))),
  };
}
