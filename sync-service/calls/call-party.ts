/** The parties of a side of a call: which there are, what is known of each without a directory, and with one. Pure. */
import type { CallParty } from '../../shared/call';
import type { DirectoryItem } from '../../shared/directory';
import type { NumberReading } from '../../shared/phone-number';
import type { Connection, Party } from '../telephone-system/telephone-system';

/** So many of the others of a conference are named at most; the rest are shown as signalled. */
export const namedOthers = 8;

/** How a party's number is to be read: as one dialled at a phone of the site, or as the telephone system signals it. */
export interface PartyInCall {
  readonly party: Party;
  readonly direction: Connection['direction'];
}

/** Two with the same key are the same party. */
export const partyKey = ({ party, direction }: PartyInCall): string =>
  JSON.stringify([direction, party.number ?? null, party.name ?? null]);

/** Whether it says anything at all. */
const isKnown = ({ number, name }: Party): boolean => number !== undefined || name !== undefined;

/** The other party, which the user dialled himself in an outgoing call. */
export const mainParty = ({ party, direction }: Connection): PartyInCall => ({ party, direction });

/** Everybody else: they are named as the telephone system signals them. */
export const signalled = (party: Party): PartyInCall => ({ party, direction: 'incoming' });

/** All parties whose names are looked up. */
export function partiesOf(connection: Connection): PartyInCall[] {
  const { others = [], redirectedFrom, takenBy } = connection;
  const further = [...others.slice(0, namedOthers), redirectedFrom, takenBy].filter((party) => party !== undefined);
  return [mainParty(connection), ...further.map(signalled)].filter(({ party }) => isKnown(party));
}

/** The party as far as the telephone system alone knows it. */
export function signalledParty({ number, name }: Party): CallParty {
  return {
    ...(number === undefined ? {} : { number, display: number }),
    ...(name === undefined ? {} : { name }),
  };
}

/** A party whose number is not transmitted. */
export function withheldParty({ number, name }: Party): CallParty {
  return name === undefined || name === number ? {} : { name };
}

/** The party with what the number rules and the user's directories know of it. */
export function describedParty(
  party: Party,
  reading: NumberReading | undefined,
  caller: DirectoryItem | null,
): CallParty {
  const display = reading?.display ?? reading?.extension ?? party.number;
  return {
    ...signalledParty(party),
    ...(reading?.e164 === undefined ? {} : { e164: reading.e164 }),
    ...(display === undefined ? {} : { display }),
    ...(caller === null
      ? {}
      : {
          name: caller.displayName,
          directory: caller.directory,
          itemId: caller.id,
          ...(caller.company === undefined ? {} : { company: caller.company }),
          ...(caller.picture === undefined ? {} : { picture: caller.picture }),
        }),
  };
}
