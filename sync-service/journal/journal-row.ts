/** Rows of the journal and what they stand for. */
import * as z from 'zod/mini';
import type { Selectable } from 'kysely';
import { callReasons } from '../../shared/call';
import { readJson } from '../database/database';
import type { JournalEntriesTable } from '../database/tables/journal';
import type { Party } from './call-records';
import type { JournalCall } from './merge-record';

export type JournalRow = Selectable<JournalEntriesTable>;

/** An entry with what its user made of it. */
export interface KeptEntry {
  readonly id: string;
  readonly userId: string;
  readonly siteId: string;
  readonly call: JournalCall;
  readonly open: boolean;
  readonly note: string | undefined;
  /** ISO 8601 UTC. */
  readonly remindAt: string | undefined;
}

const partySchema = z.object({ number: z.optional(z.string()), name: z.optional(z.string()) });
const reasonSchema = z.enum(callReasons);

export function keptEntry(row: JournalRow): KeptEntry {
  return {
    id: row.id,
    userId: row.user_id,
    siteId: row.site_id,
    call: callOfRow(row),
    open: row.open === 1,
    note: row.note ?? undefined,
    remindAt: row.remind_at ?? undefined,
  };
}

export function callOfRow(row: JournalRow): JournalCall {
  return {
    callId: row.call_id,
    direction: row.direction,
    recordId: row.record_id,
    result: row.result,
    reason: row.reason === null ? undefined : z.parse(reasonSchema, row.reason),
    party: {
      ...(row.number === null ? {} : { number: row.number }),
      ...(row.name === null ? {} : { name: row.name }),
    },
    partyKey: row.party_key ?? undefined,
    group: readParty(row.group_party),
    takenBy: readParty(row.taken_by),
    redirectedFrom: readParty(row.redirected_from),
    voicemail: row.voicemail === 1,
    startedAt: row.started_at,
    connectedAt: row.connected_at ?? undefined,
    endedAt: row.ended_at,
    reachedAt: row.reached_at ?? undefined,
  };
}

/** The columns that come from call records. */
export function callColumns(call: JournalCall) {
  return {
    record_id: call.recordId,
    result: call.result,
    folder: call.result === 'not-answered' ? ('missed' as const) : ('answered' as const),
    reason: call.reason ?? null,
    number: call.party.number ?? null,
    name: call.party.name ?? null,
    party_key: call.partyKey ?? null,
    group_party: writeParty(call.group),
    taken_by: writeParty(call.takenBy),
    redirected_from: writeParty(call.redirectedFrom),
    voicemail: Number(call.voicemail),
    started_at: call.startedAt,
    connected_at: call.connectedAt ?? null,
    ended_at: call.endedAt,
    reached_at: call.reachedAt ?? null,
  };
}

const writeParty = (party: Party | undefined): string | null => (party === undefined ? null : JSON.stringify(party));

function readParty(text: string | null): Party | undefined {
  if (text === null) return undefined;
  const { number, name } = readJson(partySchema, text);
  return { ...(number === undefined ? {} : { number }), ...(name === undefined ? {} : { name }) };
}
