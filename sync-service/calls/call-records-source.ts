/** What the journal needs of the telephone systems: call records by site, whose device is whose, who a party is. */
import type { CallParty } from '../../shared/call';
import type { Connection, Party, TelephoneSystem } from '../telephone-system/telephone-system';
import type { CallDevice } from './caller-directory';

/** Call records after a cursor, as the port gives them. */
export type CallRecordsPage = Awaited<ReturnType<TelephoneSystem['callRecords']>>;

export interface CallRecordsSource {
  /** Ids of the sites that have a telephone system. */
  sites(): string[];
  /**
   * Records after the cursor, oldest first; from the beginning without one. Works while the link is down where the
   * telephone system keeps them elsewhere. Rejects with TelephoneSystemError, or when the site has no telephone system.
   */
  read(siteId: string, cursor: string | undefined, limit: number): Promise<CallRecordsPage>;
  /** Whose device it is now; undefined when it is nobody's. */
  ownerOf(siteId: string, address: string): CallDevice | undefined;
  /**
   * The party for people, with the name of the user's directories as they are now. A dialled number is read as one of an
   * outgoing call, every other as one of an incoming call. Never rejects.
   */
  describe(
    user: { readonly userId: string; readonly siteId: string },
    direction: Connection['direction'],
    party: Party,
  ): Promise<CallParty>;
  /** Called when a site may have new records, and when its link has come up. Returns the function that ends it. */
  onNews(listener: (siteId: string) => void): () => void;
}

export interface CallRecordsSourceDeps {
  readonly systems: ReadonlyMap<string, TelephoneSystem>;
  readonly ownerOf: CallRecordsSource['ownerOf'];
  readonly describe: CallRecordsSource['describe'];
}

/** The source, listening to the telephone systems from the first listener on. */
export function createCallRecordsSource({ systems, ownerOf, describe }: CallRecordsSourceDeps): CallRecordsSource {
  return {
    sites: () => [...systems.keys()],
    async read(siteId, cursor, limit) {
      const system = systems.get(siteId);
      if (system === undefined) throw new Error('This site has no telephone system.');
      return system.callRecords(cursor, limit);
    },
    ownerOf,
    describe,
    onNews(listener) {
      const unsubscribes = [...systems].map(([siteId, system]) =>
        system.subscribe((event) => {
          if (event.type === 'call-records' || (event.type === 'link' && event.state === 'up')) listener(siteId);
        }),
      );
      return () => unsubscribes.forEach((unsubscribe) => unsubscribe());
    },
  };
}
