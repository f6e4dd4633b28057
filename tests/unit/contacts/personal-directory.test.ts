import * as fc from 'fast-check';
import { CompiledQuery, createQueryId } from 'kysely';
import type { KyselyPlugin, QueryId, RootOperationNode } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ContactFields } from '../../../shared/contact';
import { readQuery } from '../../../shared/directory-keys';
import { createKeySearch, endOfPrefix } from '../../../sync-service/database/key-search';
import { createPersonalDirectory } from '../../../sync-service/contacts/personal-directory';
import { openDatabase } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import type { Viewer } from '../../../sync-service/directory/directory-source';
import { createContactWorld, person } from '../../fakes/contact-world';
import type { ContactWorld } from '../../fakes/contact-world';
import { munich } from '../../fixtures/dial-plans';
import { anyText } from '../../fixtures/any-text';

let world: ContactWorld;
let viewer: Viewer;
let crowd: Viewer;

beforeAll(async () => {
  const database = openDatabase(':memory:');
  await migrate(database);
  world = await createContactWorld(database);
  viewer = await world.addUser('u');
  crowd = await world.addUser('crowd');
  const stranger = await world.addUser('stranger');
  const mine: ContactFields[] = [
    {
      ...person('Jürgen Müller', '+49 89 7007-331', '0171 1234567'),
      company: 'Straßenbau AG',
      emails: ['J.Mueller@Example.org'],
    },
    { ...person('Søren Müller', '+45 33 12 34 56'), emails: ['soren@example.org', 'j.mueller@example.org'] },
    person('Anna Adler', '+44 20 7946 0958 ext. 331'),
    person('Bert Bär', '331'),
  ];
  for (const fields of mine) await world.contacts.create(viewer.userId, fields);
  await world.contacts.create(stranger.userId, person('Müller of another user', '+49 89 7007-331'));
  const records = Array.from({ length: 1500 }, (_, n) => ({
    position: n + 1,
    itemId: `${n}`,
    fields: person(`${n % 4 === 0 ? 'Meier' : 'Schulz'} ${String(1499 - n).padStart(3, '0')}`),
  }));
  await world.applyFile(crowd.userId, { accountKey: 'csv', name: 'CSV', records }, { preview: false });
});

const find = async (typed: string, who = viewer, limit = 20) =>
  world.directory.search(who, readQuery(typed, munich), limit);
const namesFor = async (typed: string) => (await find(typed)).items.map((item) => item.displayName);

describe('search', () => {
  test.each([
    ['mull', ['Jürgen Müller', 'Søren Müller']],
    ['müll', ['Jürgen Müller', 'Søren Müller']],
    ['muell', ['Jürgen Müller', 'Søren Müller']],
    ['sor', ['Søren Müller']],
    ['strass', ['Jürgen Müller']],
    ['muller jur', ['Jürgen Müller']],
    ['jürgen müller straß', ['Jürgen Müller']],
    ['muller anna', []],
    ['ller', []],
    ['+49171', ['Jürgen Müller']],
    ['0171 123', ['Jürgen Müller']],
  ])('%s finds %j', async (typed, names) => {
    expect(await namesFor(typed)).toEqual(names);
  });

  test('of nothing finds everything of the user', async () => {
    expect(await find('')).toMatchObject({ count: 4, more: false });
  });

  test('shows at most as many as asked for and counts all', async () => {
    const hits = await find('m', viewer, 1);
    expect(hits).toMatchObject({ count: 2, more: false });
    expect(hits.items.map((item) => item.displayName)).toEqual(['Jürgen Müller']);
  });

  test('counts up to 200 and says that there are more; the first in the order of names come first', async () => {
    const hits = await find('meier', crowd, 3);
    expect(hits).toMatchObject({ count: 200, more: true });
    expect(hits.items.map((item) => item.displayName)).toEqual(['Meier 003', 'Meier 007', 'Meier 011']);
    expect(await find('schulz 00', crowd, 1)).toMatchObject({ count: 8, more: false });
  });

  test('shows what a row needs', async () => {
    expect((await find('jurgen')).items[0]).toMatchObject({
      directory: 'personal',
      displayName: 'Jürgen Müller',
      company: 'Straßenbau AG',
      emails: ['J.Mueller@Example.org'],
      numbers: [{ raw: '+49 89 7007-331', e164: '+49897007331', extension: '331' }, { e164: '+491711234567' }],
    });
  });
});

describe('caller identification', () => {
  const read = (raw: string) => world.rules.read(raw, munich);
  const callers = async (...raw: string[]) =>
    (await world.directory.byNumbers(viewer, raw.map(read))).map((item) => item?.displayName ?? null);

  test('knows a number in any written form, each for itself', async () => {
    expect(await callers('+491711234567', '0171/1234567', '004533123456')).toEqual([
      'Jürgen Müller',
      'Jürgen Müller',
      'Søren Müller',
    ]);
  });

  test('knows nobody by the beginning of a number or by somebody else’s contacts', async () => {
    expect(await callers('+4917112345', '+49897007332', 'garbage')).toEqual([null, null, null]);
  });

  test('does not take digits to dial after the connection for an own extension', async () => {
    const [caller] = await callers('331');
    expect(['Bert Bär', 'Jürgen Müller']).toContain(caller);
    expect(await callers('+442079460958')).toEqual(['Anna Adler']);
  });

  test('knows an address in any case, the first by name where several have it', async () => {
    const items = await world.directory.byEmails(viewer, [
      'SOREN@example.org',
      'j.mueller@EXAMPLE.org',
      'x@example.org',
    ]);
    expect(items.map((item) => item?.displayName ?? null)).toEqual(['Søren Müller', 'Jürgen Müller', null]);
  });
});

describe('the range of a prefix', () => {
  const bytes = (text: string) => Buffer.from(text, 'utf8');
  // Lone surrogates are no text: databases do not keep them.
  const text = anyText({ maxLength: 6 });

  test('has in it exactly what begins with the prefix', () => {
    fc.assert(
      fc.property(text, text, (prefix, other) => {
        const end = endOfPrefix(prefix);
        const inRange = (candidate: string) =>
          Buffer.compare(bytes(candidate), bytes(prefix)) >= 0 &&
          (end === undefined || Buffer.compare(bytes(candidate), bytes(end)) < 0);
        expect(inRange(prefix + other)).toBe(true);
        expect(inRange(other)).toBe(other.startsWith(prefix));
      }),
    );
  });

  test.each([
    ['w:a', 'w:b'],
    ['w:\u{10ffff}', 'w;'],
    ['\ud7ff', '\ue000'],
    ['', undefined],
    ['\u{10ffff}', undefined],
  ])('%j ends before %j', (prefix, end) => {
    expect(endOfPrefix(prefix)).toBe(end);
  });
});

describe('the plan of a search', () => {
  /** How SQLite does what a search asks of it. */
  async function plansOf(typed: string): Promise<string[]> {
    const seen = new WeakMap<QueryId, RootOperationNode>();
    const asked: RootOperationNode[] = [];
    const recorder: KyselyPlugin = {
      transformQuery({ node, queryId }) {
        seen.set(queryId, node);
        return node;
      },
      // Of all that is built, queries inside of queries as well, this is what is executed.
      transformResult({ result, queryId }) {
        const node = seen.get(queryId);
        if (node !== undefined) asked.push(node);
        return Promise.resolve(result);
      },
    };
    const { database } = world;
    await createPersonalDirectory({ database: database.withPlugin(recorder) }).search(
      crowd,
      readQuery(typed, munich),
      20,
    );
    const plans = [];
    for (const node of asked) {
      const { sql, parameters } = database.getExecutor().compileQuery(node, createQueryId());
      const { rows } = await database.executeQuery<{ detail: string }>(
        // Parameters stand for what is asked each time anew; the plan is the same for all.
        CompiledQuery.raw(`explain query plan ${sql}`, parameters.map(String)),
      );
      plans.push(rows.map(({ detail }) => detail).join('\n'));
    }
    return plans;
  }

  test.each(['meier 1', 'meier', 'schulz', '0171', 'x', ''])(
    'for "%s" goes through indexes by owner, and through no table',
    async (typed) => {
      const plans = await plansOf(typed);
      expect(plans.length).toBeGreaterThan(0);
      expect(plans.join('\n')).not.toMatch(/SCAN (listed|k|other)\b/);
    },
  );

  test('takes a prefix as a range of the covering index', async () => {
    const [plan] = await plansOf('meier anna');
    expect(plan).toMatch(/SEARCH k USING COVERING INDEX \w+ \(user_id=\? AND key>\? AND key<\?\)/);
    expect(plan).toMatch(
      /SEARCH other USING COVERING INDEX contact_keys_contact \(contact_id=\? AND key>\? AND key<\?\)/,
    );
  });

  test('asks one statement for what few match, with the count', async () => {
    expect(await plansOf('meier 00')).toHaveLength(1);
  });

  test.each(['schulz', 'schulz 1', 'meier 0', '1', 'x', ''])(
    'for "%s" the hits are the same, whether they are collected or met in the order of the list',
    async (typed) => {
      const list = {
        ...{ table: 'contacts', id: 'id', keys: 'contact_keys', keyedId: 'contact_id', scope: ['user_id'] },
        shown: ['id'],
      };
      const [inOrder, each, all] = await Promise.all(
        [
          [0, 0],
          [0, 5000],
          [5000, 5000],
        ].map(([collected = 0, counted = 0]) =>
          createKeySearch<{ id: string }>(world.database, { ...list, collected }, counted)(
            [crowd.userId],
            readQuery(typed, munich),
            20,
          ),
        ),
      );
      expect(inOrder?.rows.map(({ id }) => id)).toEqual(all?.rows.map(({ id }) => id));
      expect(each).toEqual(all);
    },
  );

  test('reads a long list in its order instead of sorting it', async () => {
    const [, plan] = await plansOf('schulz');
    expect(plan).not.toMatch(/TEMP B-TREE/);
    expect(plan).toMatch(/USING COVERING INDEX contact_keys_contact \(contact_id=\? AND key>\? AND key<\?\)/);
  });
});
