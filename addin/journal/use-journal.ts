/** The journal as its components use it. */
import { useEffect, useState } from 'react';
import { lookUpDirectory } from '../../shared/api/directory';
import type { CallParty } from '../../shared/call';
import type { DirectoryItem } from '../../shared/directory';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import { shownNumber } from './entry-kind';
import { createJournalModel, type JournalModel, type JournalState } from './journal-model';
import { useJournalSession } from './journal-session';

/** The model and what it shows; the list follows the service while the component is there. */
export function useJournal(): { readonly model: JournalModel; readonly state: JournalState } {
  const { client, events } = useServices();
  const session = useJournalSession();
  const [model] = useState(() => session.model((folder) => createJournalModel({ client, live: events, folder })));
  useEffect(() => model.show(), [model]);
  return { model, state: useStore(model.state) };
}

/** Opens the card of the party's directory entry. */
export function useOpenCard(): (party: CallParty) => void {
  const { client, navigation } = useServices();
  return (party) => {
    const { itemId, directory, name, company } = party;
    const number = shownNumber(party);
    if (itemId === undefined || directory === undefined) return;
    const short: DirectoryItem = {
      id: itemId,
      directory,
      displayName: name ?? number ?? '',
      numbers: number === undefined ? [] : [{ kind: 'other', raw: number, ...numbersOf(party) }],
      emails: [],
      ...(company === undefined ? {} : { company }),
    };
    // What the journal knows of the party is shown where the directory does not answer.
    client
      .call(lookUpDirectory, { body: { emails: [], numbers: number === undefined ? [] : [number] } })
      .then((found) => found.numbers.find((item) => item?.id === itemId) ?? short)
      .catch(() => short)
      .then(navigation.openEntry)
      .catch(() => undefined);
  };
}

function numbersOf({ e164, display, number }: CallParty) {
  return {
    ...(e164 === undefined ? {} : { e164 }),
    ...(display === undefined ? {} : { display }),
    ...(number === undefined ? {} : { dialable: number }),
  };
}

/** Milliseconds between two looks at the clock: what is overdue, and which day is today, is right within that time. */
const tickMs = 30_000;

/** The service's time in milliseconds, as often as the list needs it. */
export function useNow(): number {
  const { client } = useServices();
  const [now, setNow] = useState(() => client.serverNow());
  useEffect(() => {
    const timer = setInterval(() => setNow(client.serverNow()), tickMs);
    return () => clearInterval(timer);
  }, [client]);
  return now;
}
