/** Reads the calendar of the open mailbox, with the user's own token, and brings to the service what presence needs of it. */
import { getInstallation } from '../../shared/api/installation';
import { putCalendarReading, type CalendarState } from '../../shared/api/presence-calendar';
import type { GraphCalendar } from '../../shared/mailbox/graph-calendar';
import { calendarScopes, createGraphCalendar } from '../../shared/mailbox/graph-calendar';
import type { ApiClient } from '../api/client';
import type { MailboxAccess, OutlookHost } from '../outlook/host';
import { NoCalendar } from './no-calendar';

export interface CalendarReaderDeps {
  readonly client: Pick<ApiClient, 'call'>;
  readonly host: Pick<OutlookHost, 'ready' | 'kind' | 'mailboxAddress' | 'mailboxAccess'>;
  /** Addresses of whoever is signed in: no other calendar is read. */
  readonly ownAddresses: readonly string[];
}

export interface CalendarReader {
  /**
   * Asks for the right to read. `interactive`: the user has pressed something and may be asked.
   * @throws NoCalendar, SourceError, MicrosoftFailure, ApiError
   */
  allow(interactive: boolean, signal: AbortSignal): Promise<void>;
  /** Reads without asking and brings it to the service. @throws as {@link allow} */
  read(signal: AbortSignal): Promise<CalendarState>;
}

export function createCalendarReader({ client, host, ownAddresses }: CalendarReaderDeps): CalendarReader {
  let opened: { readonly access: MailboxAccess; readonly calendar: GraphCalendar } | undefined;

  async function open() {
    if (opened !== undefined) return opened;
    await host.ready;
    const { microsoft } = await client.call(getInstallation, {});
    if (microsoft === undefined) throw new NoCalendar('This installation is not connected to Microsoft 365.');
    const { mailboxAddress } = host;
    const isOwn = ownAddresses.some((own) => own.toLowerCase() === mailboxAddress?.toLowerCase());
    if (mailboxAddress !== undefined && !isOwn) throw new NoCalendar('The open mailbox is somebody else’s.');
    const mayOpenWindow = host.kind === 'window' && microsoft.signIn !== undefined;
    const access = host.mailboxAccess(microsoft, mayOpenWindow ? ownAddresses : [], calendarScopes);
    if (access === undefined) throw new NoCalendar('This window has no access to the mailbox.');
    const calendar = createGraphCalendar({
      fetch: (url, init) => window.fetch(url, init),
      baseUrl: microsoft.graphBaseUrl,
      token: (signal, refused) => access.token(signal, refused === undefined ? {} : { refused }),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    opened = { access, calendar };
    return opened;
  }

  return {
    async allow(interactive, signal) {
      const { access } = await open();
      await access.token(signal, { interactive });
    },
    async read(signal) {
      const { calendar } = await open();
      return client.call(putCalendarReading, { body: await calendar.read(signal) }, { signal });
    },
  };
}
