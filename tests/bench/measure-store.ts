/**
 * Search and look-up of callers while the database holds 1,000,000 contacts of 2,000 owners and an internal directory of
 * 100,000 users: in the store and over HTTP, on a SQLite file, and on a PostgreSQL server where this machine has one.
 */
import { sql } from 'kysely';
import { readQuery } from '../../shared/directory-keys';
import { createNumberRules } from '../../shared/phone-number';
import { bytesOfEntries } from '../../sync-service/accounts/entry-index';
import { readEntryIndex } from '../../sync-service/accounts/entry-index-store';
import { createEntryIndexes } from '../../sync-service/accounts/entry-indexes';
import { createInternalDirectory } from '../../sync-service/accounts/internal-directory';
import { createPersonalDirectory } from '../../sync-service/contacts/personal-directory';
import { bytesOfContacts } from '../../sync-service/contacts/personal-index';
import { createContactsVersion, readPersonalIndex } from '../../sync-service/contacts/personal-index-store';
import { createPersonalIndexes } from '../../sync-service/contacts/personal-indexes';
import type { PersonalIndexes } from '../../sync-service/contacts/personal-indexes';
import { isPostgresql } from '../../sync-service/database/database';
import type { Database } from '../../sync-service/database/database';
import { createHeardVersion } from '../../sync-service/database/heard-version';
import type { DirectorySource } from '../../sync-service/directory/directory-source';
import { numberLibrary } from '../../sync-service/numbers/number-library';
import { munich } from '../fixtures/dial-plans';
import { largeOwners, largePool, nameOf, numberOf, placeOf, userIdOf } from './large-people';
import { owners, rules, users, withLargeStores } from './large-stores';
import type { LargeStore } from './large-stores';
import { measureStoreOverHttp } from './measure-store-http';
import { load, percentile, type Figure } from './report';

const asked = Number(process.env['BENCH_ASKED'] ?? 1500);

/** What is typed, and by whom: spread over all owners and over all that they have. The same for both databases. */
export interface Question {
  readonly userId: string;
  readonly typed: string;
}

export type Questions = Readonly<Record<'one' | 'letter' | 'two' | 'number', (n: number) => Question>>;

const kinds = { 'one word': 'one', 'one letter': 'letter', 'two words': 'two', 'a number': 'number' } as const;

const now = () => performance.now();
const failed = (error: unknown) => {
  throw error;
};
const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The contacts of these users in memory, as those of users whose pane is open are. */
async function readContacts(
  { name }: LargeStore,
  database: Database,
  userIds: readonly string[],
): Promise<{ indexes: PersonalIndexes; figure: Figure[] }> {
  let bytes = 0;
  const heard = createHeardVersion({ hears: true, onChanged: () => undefined, onMissed: () => undefined });
  const indexes = createPersonalIndexes({
    // Of a server's database a service hears what has changed: here nothing does.
    version: name === 'PostgreSQL' ? (userId) => Promise.resolve(heard(userId)) : createContactsVersion(database),
    async read(userId) {
      const data = await readPersonalIndex(database, userId, breath);
      if (data !== undefined) bytes += bytesOfContacts(data);
      return { ms: 0, data };
    },
    ...{ now, failed },
  });
  const startedAt = now();
  for (const userId of userIds)
    while ((await indexes.current(userId)) === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
  const note = `${Math.round(bytes / 2 ** 20)} MB; load ${load()}`;
  const figure: Figure = {
    name: `${name}: reading the contacts of all users into memory`,
    value: now() - startedAt,
    unit: 'ms',
    note,
  };
  return { indexes, figure: [figure] };
}

export async function measureStores(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const names = largePool(rules).map(({ fields }) => fields.displayName);
  const all = largeOwners(owners);
  const whose = (n: number) => {
    const owner = all[(n * 104_729) % all.length];
    if (owner === undefined) throw new Error('Nobody has contacts');
    const place = placeOf(owner, (n * 7919) % owner.size);
    return { userId: owner.id, place, name: names[place] ?? '' };
  };
  const personal = questions((n) => {
    const { userId, place, name } = whose(n);
    return { userId, name, number: numberOf(place) };
  });
  const internal = questions((n) => {
    const { given, surname } = nameOf(1_000_000 + ((n * 7919) % users));
    return { userId: userIdOf(0), name: `${given} ${surname}`, number: String(100_000 + ((n * 104_729) % users)) };
  });

  await withLargeStores(async (store) => {
    const database = store.open();
    const add = async (what: string, limit: number | undefined, act: (n: number) => Promise<boolean>) => {
      figures.push(await measure(`${store.name}: ${what}`, limit, act));
    };
    try {
      // Before this process reads a million contacts into its own memory, which would hold the asking up.
      figures.push(...(await measureStoreOverHttp(store.name, store.address, personal)));
      await add('a round trip (SELECT 1)', undefined, async () => (await one(database)) === 1);
      const { readSignalled } = createNumberRules(numberLibrary);
      const addPersonal = async (where: string, own: DirectorySource, limit?: { search: number; caller: number }) => {
        for (const [what, kind] of Object.entries(kinds))
          await add(`personal${where}, ${what}`, limit?.search, searching(own, personal[kind]));
        await add(`look-up of a caller${where}`, limit?.caller, async (n) => {
          const { userId, place } = whose(n);
          const reading = readSignalled(numberOf(place), munich);
          const [item] = await own.byNumbers({ userId, siteId: 'site', dialPlan: munich }, [reading]);
          return item !== null && item !== undefined;
        });
      };
      // Of whoever has not opened the pane since the service was started.
      await addPersonal(' in the database', createPersonalDirectory({ database }));
      const { indexes: contacts, figure } = await readContacts(
        store,
        database,
        all.map(({ id }) => id),
      );
      figures.push(...figure);
      await addPersonal('', createPersonalDirectory({ database, indexes: contacts }), { search: 1, caller: 0.2 });
      let listed = 0;
      const indexes = createEntryIndexes({
        database,
        // As in the service: on a server it is known from what is heard of changes, and here nobody makes any.
        ...(isPostgresql(database) && { heardVersion: () => 'unchanged' }),
        async read(scope) {
          const data = await readEntryIndex({ database, rules }, scope, breath);
          if (data !== undefined) listed = bytesOfEntries(data);
          return { ms: 0, data };
        },
        ...{ now, failed },
      });
      const colleagues = createInternalDirectory({ database, rules, indexes });
      const readAt = performance.now();
      while ((await indexes.current({ siteId: 'site', directory: 'internal' })) === undefined)
        await new Promise((resolve) => setTimeout(resolve, 10));
      figures.push({
        name: `${store.name}: reading the internal directory into memory`,
        value: performance.now() - readAt,
        unit: 'ms',
        note: `${Math.round(listed / 2 ** 20)} MB; load ${load()}`,
      });
      for (const [what, kind] of Object.entries(kinds))
        await add(`internal, ${what}`, 5, searching(colleagues, internal[kind]));
      await add('look-up of a colleague who calls', 0.2, async (n) => {
        const reading = readSignalled(`+49897007${100_000 + ((n * 104_729) % users)}`, munich);
        const [item] = await colleagues.byNumbers({ userId: userIdOf(0), siteId: 'site', dialPlan: munich }, [reading]);
        return item !== null && item !== undefined;
      });
    } finally {
      await database.destroy();
    }
  });
  return figures;
}

function questions(known: (n: number) => { userId: string; name: string; number: string }): Questions {
  const typed = (make: (words: readonly string[], number: string) => string) => (n: number) => {
    const { userId, name, number } = known(n);
    return { userId, typed: make(name.split(' '), number) };
  };
  return {
    one: typed((words) => words.at(-1)?.slice(0, 3) ?? ''),
    letter: typed((words) => words.at(-1)?.slice(0, 1) ?? ''),
    two: typed(([one = '', two = '']) => `${one.slice(0, 2)} ${two.slice(0, 3)}`),
    number: typed((_, number) => number.slice(0, -2)),
  };
}

function searching(directory: DirectorySource, question: (n: number) => Question) {
  return async (n: number): Promise<boolean> => {
    const { userId, typed } = question(n);
    const viewer = { userId, siteId: 'site', dialPlan: munich };
    return (await directory.search(viewer, readQuery(typed, munich), 20)).count > 0;
  };
}

async function one(database: Database): Promise<number | undefined> {
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(database);
  return rows[0]?.one;
}

/**
 * Each question once, one after the other, after others of the kind. On a machine with other work p99 tells of that; so the
 * note has p50 as well, and p99 of what the quickest of three takes.
 * @param act tells whether something was found, or how to find that out when the clock has been stopped
 */
export async function measure(
  name: string,
  limit: number | undefined,
  act: (n: number) => Promise<boolean | (() => boolean)>,
): Promise<Figure> {
  for (let n = 0; n < 300; n += 1) await act(n + asked);
  const times: number[] = [];
  const quickest: number[] = [];
  let hits = 0;
  for (let n = 0; n < asked; n += 1) {
    const tries: number[] = [];
    for (let again = 0; again < 3; again += 1) {
      const startedAt = performance.now();
      const hit = await act(n);
      tries.push(performance.now() - startedAt);
      if (again === 0 && (typeof hit === 'function' ? hit() : hit)) hits += 1;
    }
    times.push(tries[0] ?? Number.NaN);
    quickest.push(Math.min(...tries));
  }
  const ms = (value: number) => value.toFixed(2);
  return {
    name: `${name}, p99`,
    value: percentile(times, 0.99),
    unit: 'ms',
    ...(limit !== undefined && { limit }),
    note: `p50 ${ms(percentile(times, 0.5))}, p99 of the quickest of three ${ms(percentile(quickest, 0.99))}; ${hits} of ${asked} found; load ${load()}`,
  };
}
