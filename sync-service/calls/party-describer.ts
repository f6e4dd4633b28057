/** Who a party is for one user: by the number rules of his site and his directories. */
import type { Logger } from 'pino';
import type { CallParty } from '../../shared/call';
import type { DialPlan } from '../../shared/dial-plan';
import type { DirectoryItem } from '../../shared/directory';
import type { NumberReading } from '../../shared/phone-number';
import { describedParty, signalledParty, withheldParty } from './call-party';
import type { PartyInCall } from './call-party';
import type { CallerDirectory, NumberRulesForCalls } from './caller-directory';

export interface PartyDescriberDeps {
  readonly callers: CallerDirectory;
  readonly numbers: NumberRulesForCalls;
  readonly dialPlanOf: (siteId: string) => Promise<DialPlan>;
  readonly logger: Logger;
}

/** For whom. */
export interface PartyUser {
  readonly userId: string;
  readonly siteId: string;
}

export interface PartyDescriber {
  /** The party with what is known of it now; what the telephone system says where a look-up fails. Never rejects. */
  describe(user: PartyUser, party: PartyInCall): Promise<CallParty>;
  /** Name of whoever has this number, as the telephone system signals it; undefined for nobody. Never rejects. */
  nameOf(user: PartyUser, number: string): Promise<string | undefined>;
}

/** A name is shown on one line of a small display. */
const nameLimit = 100;

export function createPartyDescriber({ callers, numbers, dialPlanOf, logger }: PartyDescriberDeps): PartyDescriber {
  async function identify(
    { userId, siteId }: PartyUser,
    number: string,
    direction: PartyInCall['direction'],
  ): Promise<{ reading: NumberReading; item: DirectoryItem | null }> {
    const dialPlan = await dialPlanOf(siteId);
    const reading =
      direction === 'outgoing' ? numbers.readDialled(number, dialPlan) : numbers.readSignalled(number, dialPlan);
    // A word in place of the number, such as "anonymous": it is withheld.
    if (reading.problem === 'empty') return { reading, item: null };
    return { reading, item: await callers.identify({ userId, siteId, dialPlan }, reading) };
  }

  return {
    async describe(user, { party, direction }) {
      if (party.number === undefined) return signalledParty(party);
      try {
        const { reading, item } = await identify(user, party.number, direction);
        return reading.problem === 'empty' ? withheldParty(party) : describedParty(party, reading, item);
      } catch (error) {
        logger.warn({ err: error }, 'a caller could not be looked up');
        return signalledParty(party);
      }
    },
    async nameOf(user, number) {
      try {
        const { item } = await identify(user, number, 'incoming');
        const name = item?.displayName.replace(/[\p{Cc}\s]+/gu, ' ').trim() ?? '';
        return name === '' ? undefined : [...name].slice(0, nameLimit).join('');
      } catch (error) {
        logger.warn({ err: error }, 'a caller could not be looked up for a telephone');
        return undefined;
      }
    },
  };
}
