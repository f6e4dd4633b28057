/** What a card looks like: the side that stands for it, with the names that are known. */
import type { Call, CallAbility, CallParty } from '../../shared/call';
import type { Connection, Party } from '../telephone-system/telephone-system';
import { abilitiesOf, leadingSide } from './call-card';
import type { Side } from './call-card';
import { mainParty, partiesOf, partyKey, signalled, signalledParty } from './call-party';
import type { PartyInCall } from './call-party';
import { toCall, withheldUntilAccepted } from './call-state';
import type { CallDevice } from './caller-directory';

/** What a card is to look like, but for the names. */
export interface Shown {
  readonly device: CallDevice;
  readonly connection: Connection;
  readonly abilities: readonly CallAbility[];
  /** Id of the related card. */
  readonly related: string | undefined;
}

/** Names by the party's key. */
export type Names = ReadonlyMap<string, CallParty>;

/** Looks a party up for the device's user. Never rejects. */
export type DescribeParty = (device: CallDevice, party: PartyInCall) => Promise<CallParty>;

/** What is to be shown of the sides of a card; `cardOf` gives the card that a side belongs to. Undefined without sides. */
export function show(sides: readonly Side[], cardOf: (connectionId: string) => string | undefined): Shown | undefined {
  const side = leadingSide(sides);
  if (side === undefined) return undefined;
  const { related } = side.connection;
  return {
    device: side.device,
    connection: withheldUntilAccepted(side.connection),
    abilities: abilitiesOf(sides),
    related: related === undefined ? undefined : (cardOf(related) ?? related),
  };
}

/** The call as its user is told it. Whose name is not known is shown as signalled. */
export function viewOf(id: string, { device, connection, abilities, related }: Shown, names: Names): Call {
  const nameOf = (party: PartyInCall): CallParty => names.get(partyKey(party)) ?? signalledParty(party.party);
  const signalledName = (party: Party | undefined): CallParty | undefined => party && nameOf(signalled(party));
  return toCall(connection, {
    id,
    device: device.id,
    party: nameOf(mainParty(connection)),
    others: connection.others?.map((party) => nameOf(signalled(party))),
    redirectedFrom: signalledName(connection.redirectedFrom),
    takenBy: signalledName(connection.takenBy),
    related,
    abilities,
  });
}

/** Names of all parties that are shown. */
export async function namesIn({ device, connection }: Shown, describe: DescribeParty, names: Map<string, CallParty>) {
  await Promise.all(
    partiesOf(connection).map(async (party) => names.set(partyKey(party), await describe(device, party))),
  );
}
