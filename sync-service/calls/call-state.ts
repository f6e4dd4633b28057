/** What a side of a call, as the telephone system tells it, means for the user whose side it is. Pure. */
import type { Call, CallParty } from '../../shared/call';
import type { DirectoryItem } from '../../shared/directory';
import type { NumberReading } from '../../shared/phone-number';
import type { Connection } from '../telephone-system/telephone-system';

/** Whether it is over and can be forgotten. */
export const isOver = (connection: Connection): boolean => connection.state === 'ended';

/**
 * Whether the change may be told: what has ended stays so, and a change that repeats what is known is none. Everything
 * else is believed, for the telephone system knows better than we do.
 */
export function isNews(known: Connection | undefined, told: Connection): boolean {
  if (known === undefined) return true;
  return known.state !== 'ended' && JSON.stringify(known) !== JSON.stringify(told);
}

/** Two connections with the same key have the same other party. */
export const partyKey = ({ party }: Connection): string => JSON.stringify([party.number ?? null, party.name ?? null]);

/** The other party as far as the telephone system alone knows it. */
export function signalledParty({ party }: Connection): CallParty {
  return {
    ...(party.number === undefined ? {} : { number: party.number, display: party.number }),
    ...(party.name === undefined ? {} : { name: party.name }),
  };
}

/** The other party of a call whose number is not transmitted. */
export function withheldParty({ party }: Connection): CallParty {
  return party.name === undefined || party.name === party.number ? {} : { name: party.name };
}

/** The other party with what the number rules and the user's directories know of it. */
export function describedParty(
  connection: Connection,
  reading: NumberReading | undefined,
  caller: DirectoryItem | null,
): CallParty {
  const display = reading?.display ?? reading?.extension ?? connection.party.number;
  return {
    ...signalledParty(connection),
    ...(reading?.e164 === undefined ? {} : { e164: reading.e164 }),
    ...(display === undefined ? {} : { display }),
    ...(caller === null
      ? {}
      : {
          name: caller.displayName,
          directory: caller.directory,
          itemId: caller.id,
          ...(caller.company === undefined ? {} : { company: caller.company }),
        }),
  };
}

/** A side of a call as the contract tells it to its user. */
export function toCall(connection: Connection, deviceId: string, party: CallParty): Call {
  const { id, callId, state, direction, reason, startedAt, connectedAt, abilities } = connection;
  return {
    id,
    callId,
    device: deviceId,
    state,
    direction,
    party,
    ...(reason === undefined ? {} : { reason }),
    startedAt: new Date(startedAt).toISOString(),
    ...(connectedAt === undefined ? {} : { connectedAt: new Date(connectedAt).toISOString() }),
    abilities: [...abilities],
  };
}

/** The end of a call that nobody told, because the link was down: it is missing in the snapshot. The reason is not known. */
export function endedUnseen(connection: Connection): Connection {
  const { reason: _unknown, ...rest } = connection;
  return { ...rest, state: 'ended', abilities: [] };
}
