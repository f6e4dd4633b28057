/** What favourites do on any database: the same SQL, the same answers. */
import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DirectoryItem } from '../../shared/directory';
import { afterStep } from '../../shared/favorite-order';
import type { FavoriteOrder } from '../../shared/favorite-order';
import { favoriteLimits } from '../../shared/favorites';
import { createNumberRules } from '../../shared/phone-number';
import type { Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { createEventBus } from '../../sync-service/events/event-bus';
import { favoritesSection } from '../../sync-service/favorites/favorites-personal-data';
import { createFavoritesService } from '../../sync-service/favorites/favorites.service';
import { numberLibrary } from '../../sync-service/numbers/number-library';
import { munich } from '../fixtures/dial-plans';
import { addJournalUsers } from '../fakes/journal-world';

/** Runs the suite on what `open` opens. */
export function favoritesStoreContract(name: string, open: () => Database): void {
  describe(`favourites on ${name}`, () => {
    let db: Database;
    let users = 0;
    const directory = new Map<string, DirectoryItem>();
    const told: string[] = [];
    const bus = createEventBus();
    bus.subscribe(({ audience, event }) => {
      if (event.type === 'favorites' && 'user' in audience) told.push(audience.user);
    });
    const numbers = createNumberRules(numberLibrary);

    beforeAll(async () => {
      db = open();
      await migrate(db);
      // PostgreSQL in WebAssembly takes its time to start.
    }, 120_000);
    afterAll(() => db.destroy());

    const service = () =>
      createFavoritesService({
        database: db,
        directory: {
          entries: (_user, refs) => Promise.resolve(refs.map(({ id }) => directory.get(id) ?? null)),
          identifyMany: (_user, readings) =>
            Promise.resolve(
              readings.map(
                ({ e164 }) => [...directory.values()].find((item) => item.numbers.some((n) => n.e164 === e164)) ?? null,
              ),
            ),
        },
        numbers,
        dialPlanOf: () => Promise.resolve(munich),
        newId: randomUUID,
        events: bus,
      });
    async function addUser() {
      const userId = `favorites-${(users += 1)}`;
      await addJournalUsers(db, 'site', [userId]);
      return { userId, siteId: 'site' };
    }
    function entry(displayName: string, ...raw: string[]): { directory: 'internal'; id: string } {
      const id = randomUUID();
      const read = raw.map((number) => ({ kind: 'business' as const, ...numbers.readNumber(number, munich) }));
      directory.set(id, { id, directory: 'internal', displayName, numbers: read, emails: [] });
      return { directory: 'internal', id };
    }
    const names = async (user: { userId: string; siteId: string }) =>
      (await service().list(user)).groups.map((group) => [group.name, ...group.items.map((item) => item.displayName)]);

    test('a contact is added to a new group and to one that is there, and is shown as the directory knows it', async () => {
      const user = await addUser();
      const anna = entry('Anna', '089 123456');
      const first = await service().add(user, anna, { name: 'Team' });
      await service().add(user, entry('Bert'), { id: first.groupId });
      await service().add(user, entry('Carla'), { name: 'TEAM' });
      expect(await names(user)).toEqual([['Team', 'Anna', 'Bert', 'Carla']]);
      const [group] = (await service().list(user)).groups;
      expect(group?.items[0]).toMatchObject({
        subject: anna,
        numbers: [{ e164: '+4989123456' }],
        item: { displayName: 'Anna' },
      });
      expect(told.filter((who) => who === user.userId)).toHaveLength(3);
    });

    test('the same one again is one favourite, and moves to the group that is named', async () => {
      const user = await addUser();
      const anna = entry('Anna');
      const one = await service().add(user, anna, { name: 'A' });
      expect(await service().add(user, anna, { name: 'A' })).toEqual(one);
      const moved = await service().add(user, anna, { name: 'B' });
      expect(moved.id).toBe(one.id);
      expect(await names(user)).toEqual([['A'], ['B', 'Anna']]);
    });

    test('forms of one number are one favourite; who has the number is shown', async () => {
      const user = await addUser();
      await service().add(user, { number: '+49 30 5551234', name: 'Florist\u202e' }, { name: 'A' });
      await service().add(user, { number: '00 030 5551234' }, { name: 'A' });
      await service().add(user, { number: '030/5551234' }, { name: 'A' });
      const shown = () => service().list(user);
      expect((await shown()).groups[0]?.items).toMatchObject([
        { displayName: 'Florist', numbers: [{ e164: '+49305551234' }] },
      ]);
      entry('Blumen Berlin', '+49 30 5551234', '+49 171 5551234');
      expect((await shown()).groups[0]?.items).toMatchObject([
        { displayName: 'Blumen Berlin', numbers: [{ e164: '+49305551234' }] },
      ]);
      await expect(service().add(user, { number: 'anonymous' }, { name: 'A' })).rejects.toMatchObject({
        code: 'number-not-dialable',
      });
    });

    test('one whose entry is gone keeps its last name', async () => {
      const user = await addUser();
      const anna = entry('Anna');
      await service().add(user, anna, { name: 'A' });
      const renamed = directory.get(anna.id);
      if (renamed) directory.set(anna.id, { ...renamed, displayName: 'Anna Berg' });
      await service().list(user);
      directory.delete(anna.id);
      const [item] = (await service().list(user)).groups[0]?.items ?? [];
      expect(item).toMatchObject({ displayName: 'Anna Berg', numbers: [] });
      expect(item?.item).toBeUndefined();
      await expect(service().add(user, anna, { name: 'B' })).rejects.toMatchObject({ code: 'not-found' });
      expect(await names(user)).toEqual([['A', 'Anna Berg']]);
    });

    test('groups are renamed, moved and removed with what is in them; a name is there once', async () => {
      const user = await addUser();
      const { id } = await service().addGroup(user, 'A');
      await service().add(user, entry('Anna'), { id });
      await service().addGroup(user, 'B');
      await expect(service().addGroup(user, 'a')).rejects.toMatchObject({ code: 'already-exists' });
      await expect(service().changeGroup(user, id, { name: 'b' })).rejects.toMatchObject({ code: 'already-exists' });
      await service().changeGroup(user, id, { name: 'AA', position: 5 });
      expect(await names(user)).toEqual([['B'], ['AA', 'Anna']]);
      await service().removeGroup(user, id);
      expect(await names(user)).toEqual([['B']]);
      await expect(service().removeGroup(user, id)).rejects.toMatchObject({ code: 'not-found' });
    });

    test('whatever is not the own user’s is not there', async () => {
      const [owner, other] = [await addUser(), await addUser()];
      const { id, groupId } = await service().add(owner, entry('Anna'), { name: 'A' });
      for (const attempt of [
        service().move(other, id, { position: 0 }),
        service().remove(other, id),
        service().changeGroup(other, groupId, { name: 'Mine' }),
        service().removeGroup(other, groupId),
        service().add(other, entry('Bert'), { id: groupId }),
      ])
        await expect(attempt).rejects.toMatchObject({ code: 'not-found' });
      expect(await names(other)).toEqual([]);
      expect(await names(owner)).toEqual([['A', 'Anna']]);
    });

    test('two panes that change at once leave one order, as if one had come after the other', async () => {
      const user = await addUser();
      const ids: string[] = [];
      for (const group of ['A', 'B'])
        for (const n of [1, 2, 3, 4]) ids.push((await service().add(user, entry(`${group}${n}`), { name: group })).id);
      const groups = (await service().list(user)).groups.map((group) => group.id);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(7), fc.nat(1), fc.nat(5)), { minLength: 2, maxLength: 6 }),
          async (moves) => {
            const order = async (): Promise<FavoriteOrder> =>
              (await service().list(user)).groups.map((group) => ({
                id: group.id,
                items: group.items.map((item) => item.id),
              }));
            const before = await order();
            const steps = moves.map(([item, group, position]) => ({
              type: 'move' as const,
              id: ids[item] ?? '',
              groupId: groups[group] ?? '',
              position,
            }));
            await Promise.all(steps.map(({ id, ...to }) => service().move(user, id, to)));
            // The turns are taken in the order of asking.
            expect(await order()).toEqual(steps.reduce(afterStep, before));
          },
        ),
        { numRuns: 15 },
      );
    });

    test('there is an end to how many there may be', async () => {
      const user = await addUser();
      for (let n = 0; n < favoriteLimits.groups; n += 1) await service().addGroup(user, `Group ${n}`);
      await expect(service().addGroup(user, 'One more')).rejects.toMatchObject({ code: 'favorites-full' });
      await expect(service().add(user, entry('Anna'), { name: 'One more' })).rejects.toMatchObject({
        code: 'favorites-full',
      });
      const [group] = (await service().list(user)).groups;
      for (let n = 0; n < favoriteLimits.favorites; n += 50) {
        const rows = Array.from({ length: 50 }, (_, m) => ({
          id: `${user.userId} ${n + m}`,
          user_id: user.userId,
          group_id: group?.id ?? '',
          position: n + m,
          subject_key: `k${n + m}`,
          directory: null,
          entry_id: null,
          number: '331',
          name: null,
        }));
        await db.insertInto('favorites').values(rows).execute();
      }
      await expect(service().add(user, entry('Anna'), { id: group?.id ?? '' })).rejects.toMatchObject({
        code: 'favorites-full',
      });
      expect((await service().list(user)).groups[0]?.items).toHaveLength(favoriteLimits.favorites);
    });

    test('a person who is erased is gone from the favourites of others, and his own are given out', async () => {
      const user = await addUser();
      const gone = await addUser();
      directory.set(gone.userId, {
        id: gone.userId,
        directory: 'internal',
        displayName: 'Quince',
        numbers: [],
        emails: [],
      });
      await service().add(user, entry('Anna'), { name: 'A' });
      await service().add(user, { directory: 'internal', id: gone.userId }, { name: 'A' });
      await service().add(user, { number: '377', name: 'Quince' }, { name: 'A' });
      await service().add(user, entry('Bert'), { name: 'A' });
      const section = favoritesSection(db);
      expect(await section.read(user)).toMatchObject([
        { name: 'A', favorites: [{}, { name: 'Quince' }, { name: 'Quince', number: '377' }, {}] },
      ]);
      await section.forget?.(db, { ...gone, extension: '377' });
      const shown = '+49 (89) 7007-377';
      expect(await names(user)).toEqual([['A', 'Anna', shown, 'Bert']]);
      await service().add(user, entry('Carla'), { name: 'A' });
      expect(await names(user)).toEqual([['A', 'Anna', shown, 'Bert', 'Carla']]);
    });
  });
}
