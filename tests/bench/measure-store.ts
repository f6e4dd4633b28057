/**
 * Search and look-up of callers while the database holds 1,000,000 contacts of 2,000 owners and an internal directory of
 * 100,000 users: in the store and over HTTP, on a SQLite file, and on a PostgreSQL server where this machine has one.
 */
import { sql } from 'kysely';
import { readQuery } from '../../shared/directory-keys';
import { createNumberRules } from '../../shared/phone-number';
import { readEntryIndex } from '../../sync-service/accounts/entry-index-store';
import { createEntryIndexes } from '../../sync-service/accounts/entry-indexes';
import { createInternalDirectory } from '../../sync-service/accounts/internal-directory';
import { createPersonalDirectory } from '../../sync-service/contacts/personal-directory';
import type { Database } from '../../sync-service/database/database';
import type { DirectorySource } from '../../sync-service/directory/directory-source';
import { numberLibrary } from '../../sync-service/numbers/number-library';
import { munich } from '../fixtures/dial-plans';
import { largeOwners, largePool, nameOf, numberOf, placeOf, userIdOf } from './large-people';
import { owners, rules, users, withLargeStores } from './large-stores';
import { measureStoreOverHttp } from './measure-store-http';
import { load, percentile, type Figure } from './report';

const asked = Number(process.env['BENCH_ASKED'] ?? 1500);

/** What is typed, and by whom: spread over all owners and over all that they have. The same for both databases. */
export interface Question {
  readonly userId: string;
  readonly typed: string;
}

export type Questions = Readonly<Record<'one' | 'letter' | 'two' | 'number', (n: number) => Question>>;

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
      await add('a round trip (SELECT 1)', undefined, async () => (await one(database)) === 1);
      const own = createPersonalDirectory({ database });
      await add('personal, one word', 1, searching(own, personal.one));
      await add('personal, one letter', 1, searching(own, personal.letter));
      await add('personal, two words', 1, searching(own, personal.two));
      await add('personal, a number', 1, searching(own, personal.number));
      const { readSignalled } = createNumberRules(numberLibrary);
      await add('look-up of a caller', 0.2, async (n) => {
        const { userId, place } = whose(n);
        const reading = readSignalled(numberOf(place), munich);
        const [item] = await own.byNumbers({ userId, siteId: 'site', dialPlan: munich }, [reading]);
        return item !== null && item !== undefined;
      });
      const indexes = createEntryIndexes({
        database,
        read: (scope) => readEntryIndex(database, scope, () => new Promise((resolve) => setImmediate(resolve))),
        now: () => performance.now(),
        failed: (error) => {
          throw error;
        },
      });
      const colleagues = createInternalDirectory({ database, rules, indexes });
      const readAt = performance.now();
      while ((await indexes.current({ siteId: 'site', directory: 'internal' })) === undefined)
        await new Promise((resolve) => setTimeout(resolve, 10));
      figures.push({
        name: `${store.name}: reading the internal directory into memory`,
        value: performance.now() - readAt,
        unit: 'ms',
        note: `load ${load()}`,
      });
      await add('internal, one word', 5, searching(colleagues, internal.one));
      await add('internal, one letter', 5, searching(colleagues, internal.letter));
      await add('internal, two words', 5, searching(colleagues, internal.two));
      await add('internal, a number', 5, searching(colleagues, internal.number));
      figures.push(...(await measureStoreOverHttp(store.name, store.address, personal)));
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
 */
export async function measure(
  name: string,
  limit: number | undefined,
  act: (n: number) => Promise<boolean>,
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
      if (again === 0 && hit) hits += 1;
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
