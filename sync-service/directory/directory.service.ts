/**
 * Searching the three directories (DIR-1 to DIR-3) and finding out whose number or address something is (DIR-6):
 * personal before internal before system.
 */
import type { DialPlan } from '../../shared/dial-plan';
import type { DirectoryItem, DirectoryName, DirectorySearch } from '../../shared/directory';
import { exactNumberKeys, readQuery } from '../../shared/directory-keys';
import type { NumberReading, NumberRules } from '../../shared/phone-number';
import type { DirectorySource, Viewer } from './directory-source';

/** Who asks. */
export interface DirectoryUser {
  readonly userId: string;
  readonly siteId: string;
}

/** Addresses and numbers whose entries are asked for. */
export interface DirectoryKeys {
  readonly emails: readonly string[];
  readonly numbers: readonly string[];
}

/** What calls need of the directory. */
export interface CallerIdentification {
  /**
   * The best entry that has exactly this number, or null. A text is read as the telephone system signals numbers; whoever
   * knows that it was dialled hands in the reading of `readDialled`.
   */
  identify(user: DirectoryUser, number: string | NumberReading): Promise<DirectoryItem | null>;
}

export interface DirectoryService extends CallerIdentification {
  /** {@link CallerIdentification.identify} for many readings at once, in their order: one question to each directory. */
  identifyMany(user: DirectoryUser, numbers: readonly NumberReading[]): Promise<(DirectoryItem | null)[]>;
  /** For each reference the entry of that directory, or null where it is not there (any more) for this user. */
  entries(
    user: DirectoryUser,
    refs: readonly { readonly directory: DirectoryName; readonly id: string }[],
  ): Promise<(DirectoryItem | null)[]>;
  /** Hits of each directory in the order of names, at most `limit` items each. An empty text finds everybody. */
  search(user: DirectoryUser, typed: string, limit: number): Promise<DirectorySearch>;
  /** For each key the best entry that has it, or null; in the order of the keys. Numbers in any written form. */
  lookUp(
    user: DirectoryUser,
    keys: DirectoryKeys,
  ): Promise<{ emails: (DirectoryItem | null)[]; numbers: (DirectoryItem | null)[] }>;
}

export interface DirectoryServiceDeps {
  readonly personal: DirectorySource;
  readonly internal: DirectorySource;
  readonly system: DirectorySource;
  readonly rules: NumberRules;
  readonly dialPlanOf: (siteId: string) => Promise<DialPlan>;
}

/** Items of a directory where the request names no limit. */
export const defaultDirectoryLimit = 20;

export function createDirectoryService(deps: DirectoryServiceDeps): DirectoryService {
  const { personal, internal, system, rules } = deps;

  async function viewerOf(user: DirectoryUser): Promise<Viewer> {
    return { userId: user.userId, siteId: user.siteId, dialPlan: await deps.dialPlanOf(user.siteId) };
  }

  /** Asks one directory after the other for what is still unknown. Keys that nobody can have are null at once. */
  async function best<Key>(
    keys: readonly (Key | null)[],
    ask: (source: DirectorySource, keys: readonly Key[]) => Promise<(DirectoryItem | null)[]>,
  ): Promise<(DirectoryItem | null)[]> {
    const found: (DirectoryItem | null)[] = keys.map(() => null);
    for (const source of [personal, internal, system]) {
      const open: { key: Key; place: number }[] = [];
      keys.forEach((key, place) => {
        if (key !== null && found[place] === null) open.push({ key, place });
      });
      if (open.length === 0) break;
      const answers = await ask(
        source,
        open.map(({ key }) => key),
      );
      open.forEach(({ place }, index) => {
        found[place] = answers[index] ?? null;
      });
    }
    return found;
  }

  const byNumbers = (viewer: Viewer, readings: readonly NumberReading[]): Promise<(DirectoryItem | null)[]> =>
    best(
      readings.map((reading) => (exactNumberKeys(reading).length === 0 ? null : reading)),
      (source, open) => source.byNumbers(viewer, open),
    );

  return {
    async entries(user, refs) {
      const viewer = await viewerOf(user);
      const found = new Map<string, DirectoryItem>();
      for (const [directory, source] of Object.entries({ personal, internal, system })) {
        const ids = refs.filter((ref) => ref.directory === directory).map(({ id }) => id);
        if (ids.length === 0) continue;
        for (const item of await source.byIds(viewer, ids))
          if (item !== null) found.set(`${directory} ${item.id}`, item);
      }
      return refs.map(({ directory, id }) => found.get(`${directory} ${id}`) ?? null);
    },

    async search(user, typed, limit) {
      const viewer = await viewerOf(user);
      const query = readQuery(typed, viewer.dialPlan);
      const [inPersonal, inInternal, inSystem] = await Promise.all([
        personal.search(viewer, query, limit),
        internal.search(viewer, query, limit),
        system.search(viewer, query, limit),
      ]);
      return { personal: inPersonal, internal: inInternal, system: inSystem };
    },

    async lookUp(user, keys) {
      const viewer = await viewerOf(user);
      const emails = await best(
        keys.emails.map((email) => (email.trim() === '' ? null : email.trim())),
        (source, open) => source.byEmails(viewer, open),
      );
      const numbers = await byNumbers(
        viewer,
        keys.numbers.map((raw) => rules.readNumber(raw, viewer.dialPlan)),
      );
      return { emails, numbers };
    },

    identifyMany: async (user, numbers) => byNumbers(await viewerOf(user), numbers),

    async identify(user, number) {
      const viewer = await viewerOf(user);
      const reading = typeof number === 'string' ? rules.readSignalled(number, viewer.dialPlan) : number;
      const [item] = await byNumbers(viewer, [reading]);
      return item ?? null;
    },
  };
}
