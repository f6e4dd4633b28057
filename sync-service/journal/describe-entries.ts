/** Entries as their user sees them: parties read by the dial plan and named by his directories of today. */
import type { CallParty } from '../../shared/call';
import type { DialPlan } from '../../shared/dial-plan';
import type { DirectoryItem } from '../../shared/directory';
import type { JournalEntry } from '../../shared/journal';
import type { NumberReading } from '../../shared/phone-number';
import type { CallDirection, JournalUser, NumberRulesForJournal, Party, PartyNames } from './call-records';
import type { KeptEntry } from './journal-row';
import { partyKeyOf, readParty } from './party-key';

export interface DescribeDeps {
  readonly names: PartyNames;
  readonly numbers: NumberRulesForJournal;
  dialPlanOf(siteId: string): Promise<DialPlan>;
}

interface Named {
  readonly party: Party;
  readonly reading: NumberReading | undefined;
  readonly key: string | undefined;
}

/** Parties for people, in their order: one question to the directories for all of them. */
async function describeParties(
  deps: DescribeDeps,
  user: JournalUser,
  parties: readonly { readonly party: Party; readonly direction: CallDirection }[],
): Promise<CallParty[]> {
  const plan = await deps.dialPlanOf(user.siteId);
  const named = parties.map(({ party, direction }): Named => {
    const reading = readParty(deps.numbers, plan, direction, party);
    return { party, reading, key: partyKeyOf(reading, plan) };
  });
  const asked = new Map<string, NumberReading>();
  for (const { key, reading } of named) if (key !== undefined && reading !== undefined) asked.set(key, reading);
  const items = asked.size === 0 ? [] : await deps.names.identifyMany(user, [...asked.values()]);
  const found = new Map([...asked.keys()].map((key, place) => [key, items[place] ?? null]));
  return named.map(({ party, reading, key }) =>
    describeParty(party, reading, key === undefined ? null : (found.get(key) ?? null)),
  );
}

function describeParty(party: Party, reading: NumberReading | undefined, item: DirectoryItem | null): CallParty {
  const { number } = party;
  const known = reading !== undefined && number !== undefined;
  // A telephone system that has no name repeats the number.
  const name = item?.displayName ?? (party.name === number ? undefined : party.name);
  return {
    ...(known && { number, display: reading.display ?? reading.extension ?? number }),
    ...(reading?.e164 !== undefined && { e164: reading.e164 }),
    ...(name !== undefined && { name }),
    ...(item !== null && { directory: item.directory, itemId: item.id }),
    ...(item?.company !== undefined && { company: item.company }),
    ...(item?.picture !== undefined && { picture: item.picture }),
  };
}

/** Other parties of calls, as {@link describeEntries} names them. */
export function describeOthers(deps: DescribeDeps, user: JournalUser, entries: readonly KeptEntry[]) {
  return describeParties(
    deps,
    user,
    entries.map(({ call }) => ({ party: call.party, direction: call.direction })),
  );
}

/** Entries of a user, in their order. */
export async function describeEntries(
  deps: DescribeDeps,
  user: JournalUser,
  entries: readonly KeptEntry[],
): Promise<JournalEntry[]> {
  const parties: { party: Party; direction: CallDirection }[] = [];
  const add = (party: Party | undefined, direction: CallDirection): number | undefined =>
    party && parties.push({ party, direction }) - 1;
  const places = entries.map(({ call }) => ({
    party: add(call.party, call.direction),
    // The called group is what the user dialled; in calls to him it is signalled, as colleagues are.
    group: add(call.group, call.direction),
    takenBy: add(call.takenBy, 'incoming'),
    redirectedFrom: add(call.redirectedFrom, 'incoming'),
  }));
  const described = await describeParties(deps, user, parties);
  const at = (place: number | undefined): CallParty | undefined => (place === undefined ? undefined : described[place]);

  return entries.map(({ id, call, open, note, remindAt }, index) => {
    const [group, takenBy, redirectedFrom] = [
      at(places[index]?.group),
      at(places[index]?.takenBy),
      at(places[index]?.redirectedFrom),
    ];
    const talk = call.connectedAt === undefined ? 0 : Date.parse(call.endedAt) - Date.parse(call.connectedAt);
    return {
      id,
      direction: call.direction,
      result: call.result,
      ...(call.reason !== undefined && { reason: call.reason }),
      party: at(places[index]?.party) ?? {},
      ...(group !== undefined && { group }),
      ...(takenBy !== undefined && { takenBy }),
      ...(redirectedFrom !== undefined && { redirectedFrom }),
      voicemail: call.voicemail,
      startedAt: call.startedAt,
      ...(call.connectedAt !== undefined && { connectedAt: call.connectedAt }),
      endedAt: call.endedAt,
      durationSeconds: Math.max(0, Math.round(talk / 1000)),
      open,
      ...(note !== undefined && { note }),
      ...(remindAt !== undefined && { remindAt }),
    };
  });
}
