/**
 * What the trace of a pane may hold. Each kind of entry has the fields below and no others, and none of them takes a text
 * that a person, a mailbox or the service wrote: states, counts, names of routes, codes, and ids that we drew ourselves.
 */
import type { RequestRecord } from '../api/client';
import type { ScrubbedError } from './scrub-error';

export type TraceEntry =
  | ({ readonly kind: 'request' } & RequestRecord)
  | { readonly kind: 'session'; readonly status: string; readonly reason?: string | undefined }
  | { readonly kind: 'connection'; readonly state: string; readonly leads: boolean }
  | { readonly kind: 'telephone-system'; readonly state: string | undefined }
  /** `call` counts the calls of this pane from 1: the service's id would lead to the journal. */
  | { readonly kind: 'call'; readonly call: number; readonly state: string; readonly direction: string }
  | { readonly kind: 'sync'; readonly status: string; readonly phase?: string; readonly counts: TraceCounts }
  | { readonly kind: 'place'; readonly place: string; readonly view: string | undefined }
  | { readonly kind: 'update'; readonly advice: string }
  | ({ readonly kind: 'error'; readonly where: string } & ScrubbedError);

export type TraceCounts = Readonly<Record<string, number>>;

/** From nothing to everything. `normal` leaves out what goes well all the time. */
export const traceLevels = ['off', 'errors', 'normal', 'detailed'] as const;
export type TraceLevel = (typeof traceLevels)[number];

/** The lowest level at which an entry is kept. */
export function levelOf(entry: TraceEntry): Exclude<TraceLevel, 'off'> {
  switch (entry.kind) {
    case 'error':
      return 'errors';
    case 'request':
      return entry.status === undefined || entry.status >= 400 ? 'errors' : 'detailed';
    case 'session':
    case 'connection':
    case 'telephone-system':
    case 'update':
      return 'normal';
    case 'call':
    case 'sync':
    case 'place':
      return 'detailed';
  }
}
