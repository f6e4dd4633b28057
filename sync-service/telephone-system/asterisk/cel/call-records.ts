/**
 * Records of a call that is over: one for each side of it that is at a watched device. Pure: the same events give the
 * same records with the same ids.
 *
 * - Ids of calls are those of the caller's side: his channel, or the Local channel with which he asked back.
 * - Several rings of one phone for one call are one record (answered from the desktop, held and recalled).
 * - Dialplan events (CELGenUserEvent) of `uc.conf` that are read: UC_FORWARD and UC_DEFLECT `<from> <to>`, UC_CONSULT
 *   `<number>`, UC_CALLBACK `<device> <number>`. Without them Asterisk's own REDIRECTING and the order of calls say nearly as much.
 */
import type { CallRecord, WatchedDevice } from '../../telephone-system';
import type { EndedCall } from './call-collector';
import { readLegs } from './call-legs';
import { viewCall } from './call-view';
import { incomingRecords } from './incoming-records';
import { outgoingRecords } from './outgoing-records';

export function recordsOf(call: EndedCall, devices: readonly WatchedDevice[]): CallRecord[] {
  const legs = readLegs(call.events);
  const view = viewCall({ ...legs, endedAt: Math.max(legs.endedAt, call.lostAt ?? 0) }, devices);
  const incoming = incomingRecords(view, call.busy);
  return [...outgoingRecords(view, call.busy, incoming.recalled), ...incoming.records]
    .sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))
    .map((record) => ({
      ...record,
      startedAt: Math.floor(record.startedAt),
      ...(record.connectedAt === undefined ? {} : { connectedAt: Math.floor(record.connectedAt) }),
      endedAt: Math.floor(record.endedAt),
    }));
}
