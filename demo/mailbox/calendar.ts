/** The calendar of a mailbox in memory, and the part of Graph that reads it: calendar view with delta, automatic replies. */
import * as z from 'zod/mini';
import { badRequest, GraphError } from './graph-error';
import type { TokenSeal } from './sealed-tokens';

/** An appointment as Graph names its properties; times are ISO 8601 UTC. */
export interface AppointmentContent {
  readonly subject: string;
  readonly start: string;
  readonly end: string;
  readonly showAs?: 'free' | 'tentative' | 'busy' | 'oof' | 'workingElsewhere';
  readonly sensitivity?: 'normal' | 'personal' | 'private' | 'confidential';
  readonly isCancelled?: boolean;
  readonly isAllDay?: boolean;
  /** Repeats of it: further times, told as occurrences of a series. */
  readonly repeats?: readonly { readonly start: string; readonly end: string }[];
}

export interface AutomaticReplies {
  readonly status: 'disabled' | 'alwaysEnabled' | 'scheduled';
  readonly start?: string;
  readonly end?: string;
}

export interface Calendar {
  add(content: AppointmentContent): string;
  edit(id: string, patch: Partial<AppointmentContent>): void;
  remove(id: string): void;
  setReplies(replies: AutomaticReplies): void;
  /** States handed out so far answer 410 from now on. */
  expireStates(): void;
  /** Answers a GET below the owner; undefined for another path. @throws GraphError */
  answer(request: CalendarRequest): Record<string, unknown> | undefined;
}

export interface CalendarRequest {
  readonly path: readonly string[];
  readonly params: URLSearchParams;
  readonly prefer: ReadonlyMap<string, string>;
  readonly ownerUrl: string;
  readonly seal: TokenSeal;
}

interface Stored {
  readonly id: string;
  readonly content: AppointmentContent | undefined;
  readonly seq: number;
}

const stateSchema = z.object({
  use: z.literal('calendar'),
  from: z.string(),
  to: z.string(),
  cursor: z.number(),
  generation: z.number(),
  first: z.boolean(),
});

/** Options that Graph refuses on the delta of a calendar view. */
const refused = ['$expand', '$filter', '$orderby', '$search', '$select', '$top'];

export function createCalendar(address: string): Calendar {
  const items = new Map<string, Stored>();
  let replies: AutomaticReplies = { status: 'disabled' };
  let seq = 0;
  let made = 0;
  let generation = 0;

  const remember = (id: string, content: AppointmentContent | undefined): void => {
    if (!items.has(id) && made === 0) throw new Error('The calendar has no such appointment.');
    seq += 1;
    items.delete(id);
    items.set(id, { id, content, seq });
  };

  function delta({ params, prefer, ownerUrl, seal }: CalendarRequest): Record<string, unknown> {
    if (prefer.get('outlook.timezone') !== 'UTC') throw badRequest('The demo answers in UTC only: Prefer it.');
    for (const name of refused) {
      if (params.has(name)) throw badRequest(`The query parameter '${name}' is not supported.`);
    }
    const token = params.get('$deltatoken') ?? params.get('$skiptoken');
    if (token !== null && params.size > 1) throw badRequest('A state token cannot be combined with other options.');
    const state = token === null ? begin(params) : stateSchema.safeParse(seal.open(token)).data;
    if (state === undefined) throw new GraphError(400, 'BadRequest', 'Badly formed token.');
    if (state.generation < generation) throw new GraphError(410, 'SyncStateNotFound', 'The sync state is not found.');
    const size = Math.max(1, Number(prefer.get('odata.maxpagesize') ?? 10));
    const waiting = [...items.values()].filter(
      (item) => item.seq > state.cursor && (!state.first || item.content !== undefined),
    );
    const sent = waiting.slice(0, size);
    const more = waiting.length > sent.length;
    const next = { ...state, cursor: sent.at(-1)?.seq ?? state.cursor, first: state.first && more };
    const name = more ? 'skiptoken' : 'deltatoken';
    return {
      value: sent.flatMap((item) => eventsOf(item, state)),
      [more ? '@odata.nextLink' : '@odata.deltaLink']: `${ownerUrl}/calendarView/delta?$${name}=${seal.seal(next)}`,
    };
  }

  function begin(params: URLSearchParams): z.infer<typeof stateSchema> {
    const [from, to] = [params.get('startDateTime'), params.get('endDateTime')];
    if (from === null || to === null || !(Date.parse(from) < Date.parse(to))) {
      throw new GraphError(400, 'ErrorInvalidParameter', 'startDateTime and endDateTime are required.');
    }
    return { use: 'calendar', from, to, cursor: 0, generation, first: true };
  }

  return {
    add(content) {
      made += 1;
      const id = `${address}-appointment-${String(made)}`;
      remember(id, content);
      return id;
    },
    edit(id, patch) {
      const known = items.get(id)?.content;
      if (known === undefined) throw new Error('The calendar has no such appointment.');
      remember(id, { ...known, ...patch });
    },
    remove: (id) => remember(id, undefined),
    setReplies: (now) => void (replies = now),
    expireStates: () => void (generation += 1),
    answer(request) {
      const path = request.path.join('/');
      if (path === 'calendarView/delta') return delta(request);
      if (path === 'mailboxSettings/automaticRepliesSetting') return repliesJson(replies);
      return undefined;
    },
  };
}

function eventsOf({ id, content }: Stored, { from, to }: z.infer<typeof stateSchema>): Record<string, unknown>[] {
  if (content === undefined) return [{ id, '@removed': { reason: 'deleted' } }];
  const { start, end, repeats, showAs, sensitivity, isCancelled, isAllDay, ...more } = content;
  const full = {
    id,
    ...more,
    showAs: showAs ?? 'busy',
    sensitivity: sensitivity ?? 'normal',
    isCancelled: isCancelled ?? false,
    isAllDay: isAllDay ?? false,
    start: time(start),
    end: time(end),
  };
  if (repeats === undefined) {
    // What has left the window is told as removed.
    const within = Date.parse(start) < Date.parse(to) && Date.parse(end) > Date.parse(from);
    return [within ? { ...full, type: 'singleInstance' } : { id, '@removed': { reason: 'deleted' } }];
  }
  const occurrences = [{ start, end }, ...repeats].map((times, index) => ({
    id: `${id}-${String(index)}`,
    type: 'occurrence',
    seriesMasterId: id,
    start: time(times.start),
    end: time(times.end),
  }));
  return [{ ...full, type: 'seriesMaster' }, ...occurrences];
}

function repliesJson({ status, start, end }: AutomaticReplies): Record<string, unknown> {
  return {
    status,
    externalAudience: 'all',
    internalReplyMessage: 'I am away.',
    externalReplyMessage: 'I am away.',
    scheduledStartDateTime: time(start ?? '2026-01-01T00:00:00Z'),
    scheduledEndDateTime: time(end ?? '2026-01-02T00:00:00Z'),
  };
}

function time(iso: string): { dateTime: string; timeZone: string } {
  return { dateTime: `${new Date(iso).toISOString().slice(0, 19)}.0000000`, timeZone: 'UTC' };
}
