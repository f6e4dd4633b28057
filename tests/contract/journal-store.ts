/** What the journal's store does on any database: the same SQL, the same answers. */
import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JournalFolder } from '../../shared/journal';
import type { Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import type { CallRecord } from '../../sync-service/journal/call-records';
import { cursorOf, putCalls, saveCursor } from '../../sync-service/journal/journal-record-store';
import * as store from '../../sync-service/journal/journal-store';
import { readRecord } from '../../sync-service/journal/merge-record';
import { addJournalUsers, callRecord, journalBeginning } from '../fakes/journal-world';

const later = '2030-01-01T00:00:00.000Z';
const minute = 60_000;

/** Runs the suite on what `open` opens; with `quick` also what lists and counts may take there. */
export function journalStoreContract(name: string, open: () => Database, { quick }: { quick: boolean }): void {
  describe(`the journal store on ${name}`, () => {
    let db: Database;
    let users = 0;

    beforeAll(async () => {
      db = open();
      await migrate(db);
      // PostgreSQL in WebAssembly takes its time to start.
    }, 120_000);
    afterAll(() => db.destroy());

    async function addUser(): Promise<string> {
      const userId = `journal-${(users += 1)}`;
      await addJournalUsers(db, 'site', [userId]);
      return userId;
    }
    const keyOf = ({ party }: CallRecord) => party.number;
    const put = (userId: string, records: readonly CallRecord[], siteId = 'site') =>
      db.transaction().execute((tx) =>
        putCalls(
          tx,
          siteId,
          records.flatMap((record) => {
            const call = readRecord(record, keyOf(record));
            return call === undefined ? [] : [{ userId, call }];
          }),
          randomUUID,
        ),
      );
    const list = (userId: string, folder: JournalFolder, now = later) =>
      store.listEntries(db, userId, folder, now, 1000);
    const only = async (userId: string) => {
      const [entry, ...others] = await list(userId, 'all');
      if (entry === undefined || others.length > 0) throw new Error('not one entry');
      return entry;
    };

    test('a call comes back as it was put', async () => {
      const user = await addUser();
      const record = callRecord({
        party: { number: '+491', name: 'Jürgen “J” Größe' },
        reason: 'busy',
        group: { number: '370', name: 'Sales' },
        redirectedFrom: { number: '331' },
        voicemail: true,
      });
      expect(await put(user, [record])).toEqual(new Set([user]));
      const entry = await only(user);
      expect(entry.call).toEqual(readRecord(record, '+491'));
      expect(entry).toMatchObject({ userId: user, siteId: 'site', open: true, note: undefined, remindAt: undefined });
    });

    test('the same record twice, in one read or in two, is one entry', async () => {
      const user = await addUser();
      const record = callRecord();
      await put(user, [record, record]);
      expect(await put(user, [record])).toEqual(new Set());
      expect(await list(user, 'all')).toHaveLength(1);
    });

    test('sides on several devices are one entry, though told in different reads; directions are two', async () => {
      const user = await addUser();
      const side = (changes: Partial<CallRecord>) => callRecord({ callId: `c-${user}`, ...changes });
      await put(user, [side({ id: 'mobile' })]);
      expect((await store.countEntries(db, user, later)).unseen).toBe(1);
      await put(user, [side({ id: 'desk', result: 'answered' }), side({ id: 'back', direction: 'outgoing' })]);
      const entries = await list(user, 'all');
      expect(entries.map(({ call }) => [call.direction, call.result]).sort()).toEqual([
        ['incoming', 'answered'],
        ['outgoing', 'not-answered'],
      ]);
      expect(await store.countEntries(db, user, later)).toMatchObject({ missed: 1, answered: 1, unseen: 0 });
    });

    test('an attempt closes once the party was reached in either direction afterwards, in whatever order it is told', async () => {
      const attempt = (startedAt: number) => callRecord({ startedAt, party: { number: '331' } });
      const answer = (startedAt: number) =>
        callRecord({ startedAt, result: 'answered', direction: 'outgoing', party: { number: '331' } });
      const t = journalBeginning;
      const before = attempt(t);
      const between = answer(t + 10 * minute);
      const after = attempt(t + 20 * minute);
      for (const order of [
        [[before], [between], [after]],
        [[after, between], [before]],
        [[between], [after, before]],
        [[before, between, after]],
      ]) {
        const user = await addUser();
        for (const records of order)
          await put(
            user,
            records.map((record) => ({ ...record, callId: `${user} ${record.callId}` })),
          );
        expect((await list(user, 'open')).map(({ call }) => call.startedAt)).toEqual([
          new Date(after.startedAt).toISOString(),
        ]);
      }
    });

    test('who withheld the number, is another party or another user closes nothing; what is taken over is not open', async () => {
      const user = await addUser();
      const other = await addUser();
      const t = journalBeginning;
      await put(user, [
        callRecord({ party: {}, startedAt: t }),
        callRecord({ party: { number: '331' }, startedAt: t }),
        callRecord({ party: { number: '332' }, startedAt: t, result: 'taken-over' }),
      ]);
      await put(user, [callRecord({ party: {}, result: 'answered', startedAt: t + minute })]);
      await put(user, [callRecord({ party: { number: '332' }, result: 'answered', startedAt: t + minute })]);
      await put(other, [callRecord({ party: { number: '331' }, result: 'answered', startedAt: t + minute })]);
      expect(await list(user, 'open')).toHaveLength(2);
    });

    test('what the hand has opened stays open until the party is reached anew', async () => {
      const user = await addUser();
      const t = journalBeginning;
      const attempt = callRecord({ party: { number: '331' }, startedAt: t });
      await put(user, [attempt, callRecord({ party: { number: '331' }, startedAt: t + minute, result: 'answered' })]);
      const [closed] = await list(user, 'missed');
      const id = closed?.id ?? '';
      await store.changeEntry(db, user, id, { open: true });
      await put(user, [attempt, callRecord({ party: { number: '331' }, startedAt: t + 2 * minute })]);
      expect(await list(user, 'open')).toHaveLength(2);
      await put(user, [callRecord({ party: { number: '331' }, startedAt: t + 3 * minute, result: 'answered' })]);
      expect(await list(user, 'open')).toEqual([]);
      const [answered] = await list(user, 'answered');
      await store.changeEntry(db, user, answered?.id ?? '', { open: true });
      expect(await list(user, 'open')).toEqual([]);
    });

    test('pages go on where they ended while entries arrive and go', async () => {
      const user = await addUser();
      const same = Array.from({ length: 30 }, (_, n) =>
        callRecord({ startedAt: journalBeginning + Math.floor(n / 4) }),
      );
      await put(user, same);
      const wanted = (await list(user, 'all')).map(({ id }) => id);
      const read: string[] = [];
      let after: store.JournalPlace | undefined;
      for (;;) {
        const page = await store.listEntries(db, user, 'all', later, 7, after);
        const last = page.at(-1);
        if (last === undefined) break;
        read.push(...page.map(({ id }) => id));
        after = { startedAt: last.call.startedAt, id: last.id };
        await put(user, [callRecord({ startedAt: journalBeginning + minute + read.length })]);
        await db.transaction().execute((tx) => store.removeEntry(tx, user, last.id));
      }
      expect(read).toEqual(wanted);
    });

    test('what was deleted does not come back, neither by its own record nor by another side of the call', async () => {
      const user = await addUser();
      const record = callRecord({ callId: `gone-${user}` });
      await put(user, [record]);
      const { id } = await only(user);
      const other = await addUser();
      expect(await db.transaction().execute((tx) => store.removeEntry(tx, other, id))).toBe(false);
      expect(await db.transaction().execute((tx) => store.removeEntry(tx, user, id))).toBe(true);
      await put(user, [record, callRecord({ callId: `gone-${user}`, result: 'answered' })]);
      expect(await list(user, 'all')).toEqual([]);
      await put(other, [record]);
      expect(await list(other, 'all')).toHaveLength(1);
    });

    test('entries before a time go in portions, others stay', async () => {
      const user = await addUser();
      const records = Array.from({ length: 250 }, (_, n) => callRecord({ startedAt: journalBeginning + n }));
      await put(user, records);
      const before = new Date(journalBeginning + 240).toISOString();
      const portion = () => db.transaction().execute((tx) => store.removePortionBefore(tx, user, before));
      expect([await portion(), await portion(), await portion(), await portion()]).toEqual([100, 100, 40, 0]);
      await put(user, records);
      expect(await list(user, 'all')).toHaveLength(10);
    });

    test('reminders are due once, stand among the overdue until taken away, and are set anew by another time', async () => {
      const user = await addUser();
      await put(user, [callRecord()]);
      const { id } = await only(user);
      const due = '2026-04-01T08:00:00.000Z';
      const take = (now: string) => db.transaction().execute((tx) => store.takeDueReminders(tx, now));
      await store.changeEntry(db, user, id, { note: 'Plan B', remindAt: due });
      expect(await store.nextReminder(db)).toBe(due);
      expect(await list(user, 'overdue', '2026-04-01T07:59:59.999Z')).toEqual([]);
      expect(await take('2026-04-01T07:59:59.999Z')).toEqual([]);
      expect(await take(due)).toMatchObject([{ id, note: 'Plan B' }]);
      expect(await take(due)).toEqual([]);
      await store.changeEntry(db, user, id, { remindAt: due });
      expect(await take(due)).toEqual([]);
      expect(await list(user, 'overdue', due)).toHaveLength(1);
      await store.changeEntry(db, user, id, { remindAt: '2026-04-02T08:00:00.000Z' });
      expect(await take(later)).toHaveLength(1);
      await store.changeEntry(db, user, id, { remindAt: null });
      expect(await list(user, 'overdue')).toEqual([]);
      expect(await store.nextReminder(db)).toBeUndefined();
    });

    test('missed incoming calls are new until they were looked at, also those that are told later', async () => {
      const user = await addUser();
      const t = journalBeginning;
      await put(user, [
        callRecord({ startedAt: t }),
        callRecord({ startedAt: t + 5 }),
        callRecord({ direction: 'outgoing' }),
      ]);
      expect((await store.countEntries(db, user, later)).unseen).toBe(2);
      expect(await store.seePortion(db, user, new Date(t).toISOString())).toBe(1);
      expect(await store.seePortion(db, user, new Date(t + minute).toISOString())).toBe(1);
      await put(user, [callRecord({ startedAt: t + 1 })]);
      expect((await store.countEntries(db, user, later)).unseen).toBe(1);
    });

    test('old entries and marks of a site go in portions', async () => {
      await addJournalUsers(db, 'old-site', ['old-user']);
      const old = Array.from({ length: 130 }, () => callRecord({ startedAt: journalBeginning }));
      await put('old-user', old, 'old-site');
      const [first] = await list('old-user', 'all');
      await db.transaction().execute((tx) => store.removeEntry(tx, 'old-user', first?.id ?? ''));
      const cutoff = new Date(journalBeginning + 1).toISOString();
      const clean = () => db.transaction().execute((tx) => store.removePortionOfSite(tx, 'old-site', cutoff));
      expect(await clean()).toEqual({ userIds: ['old-user'], more: true });
      expect(await clean()).toEqual({ userIds: ['old-user'], more: false });
      expect(await clean()).toEqual({ userIds: [], more: false });
      const marks = await db.selectFrom('journal_tombstones').selectAll().where('site_id', '=', 'old-site').execute();
      expect(marks).toEqual([]);
    });

    test('entries and the place in the records change together or not at all', async () => {
      const user = await addUser();
      const call = readRecord(callRecord(), '331');
      if (call === undefined) throw new Error('left out');
      const broken = db.transaction().execute(async (tx) => {
        await putCalls(tx, 'site', [{ userId: user, call }], randomUUID);
        await saveCursor(tx, 'site', 'never');
        throw new Error('on purpose');
      });
      await expect(broken).rejects.toThrow('on purpose');
      expect(await list(user, 'all')).toEqual([]);
      expect(await cursorOf(db, 'site')).toBeUndefined();
      await saveCursor(db, 'site', '1');
      await saveCursor(db, 'site', '2');
      expect(await cursorOf(db, 'site')).toBe('2');
    });

    test('a user takes his journal along', async () => {
      const user = await addUser();
      await put(user, [callRecord(), callRecord()]);
      const [first] = await list(user, 'all');
      await db.transaction().execute((tx) => store.removeEntry(tx, user, first?.id ?? ''));
      await db.deleteFrom('users').where('id', '=', user).execute();
      expect(await db.selectFrom('journal_entries').selectAll().where('user_id', '=', user).execute()).toEqual([]);
      expect(await db.selectFrom('journal_tombstones').selectAll().where('user_id', '=', user).execute()).toEqual([]);
    });

    test('the journal is the same in whatever order, portions and repetitions the records are told', async () => {
      await fc.assert(
        fc.asyncProperty(histories, async ({ records, told, portion }) => {
          const [plain, shuffled] = [await addUser(), await addUser()];
          const of = (user: string, which: readonly CallRecord[]) =>
            which.map((record) => ({ ...record, callId: `${user} ${record.callId}` }));
          await put(plain, of(plain, records));
          const calls = of(shuffled, told);
          for (let at = 0; at < calls.length; at += portion) await put(shuffled, calls.slice(at, at + portion));
          const journal = async (user: string) =>
            (await list(user, 'all'))
              .map(({ call, open: isOpen }) => ({ ...call, callId: call.callId.slice(user.length), open: isOpen }))
              .sort((one, other) => (one.callId + one.direction < other.callId + other.direction ? -1 : 1));
          expect(await journal(shuffled)).toEqual(await journal(plain));
          expect(await store.countEntries(db, shuffled, later)).toEqual(await store.countEntries(db, plain, later));
        }),
        { numRuns: quick ? 60 : 10 },
      );
    });

    const size = quick ? 20_000 : 2000;
    const heap = `${String(size)} entries of a user among others are counted exactly${quick ? ', and listed at once' : ''}`;
    test(
      heap,
      async () => {
        const [user, other] = [await addUser(), await addUser()];
        for (const userId of [other, user]) {
          for (let from = 0; from < size; from += 500) {
            await put(
              userId,
              Array.from({ length: 500 }, (_, n) =>
                callRecord({
                  startedAt: journalBeginning + (from + n) * 1000,
                  result: (from + n) % 2 === 0 ? 'answered' : 'not-answered',
                  direction: (from + n) % 4 < 2 ? 'incoming' : 'outgoing',
                  party: { number: `+49${(from + n) % 997}` },
                }),
              ),
            );
          }
        }
        const { open: isOpen, ...counts } = await store.countEntries(db, user, later);
        expect(counts).toEqual({ missed: size / 2, answered: size / 2, all: size, overdue: 0, unseen: size / 4 });
        expect(isOpen).toBe((await store.listEntries(db, user, 'open', later, size)).length);
        if (!quick) return;
        const middle = { startedAt: new Date(journalBeginning + size * 500).toISOString(), id: 'z' };
        const works: Record<string, () => Promise<unknown>> = {
          counts: () => store.countEntries(db, user, later),
          all: () => store.listEntries(db, user, 'all', later, 50),
          missed: () => store.listEntries(db, user, 'missed', later, 50, middle),
          open: () => store.listEntries(db, user, 'open', later, 50),
          overdue: () => store.listEntries(db, user, 'overdue', later, 50),
          dialled: () => store.listDialled(db, user, 100),
        };
        for (const [what, work] of Object.entries(works)) {
          const took: number[] = [];
          for (let n = 0; n < 11; n += 1) {
            const began = performance.now();
            await work();
            took.push(performance.now() - began);
          }
          // The median: other work on the machine is not what is measured.
          expect(took.sort((one, two) => one - two)[5], what).toBeLessThan(20);
        }
      },
      120_000,
    );
  });
}

/** Some calls of few parties with one or two sides each, and the same records told in another order, some twice. */
const histories = fc
  .array(
    fc.record({
      call: fc.integer({ min: 0, max: 7 }),
      result: fc.constantFrom('answered' as const, 'not-answered' as const, 'taken-over' as const),
      shift: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((sides) =>
    sides.map(({ call, result, shift }, n): CallRecord => {
      // Direction, party and about when it was belong to the call: the same on all its sides.
      const startedAt = journalBeginning + call * 2 + shift;
      return {
        ...callRecord({ startedAt, result }),
        id: `r${n}`,
        callId: `c${call}`,
        direction: call % 3 === 0 ? 'outgoing' : 'incoming',
        party: call % 4 === 3 ? {} : { number: `33${call % 2}` },
        ...(result === 'answered' ? { connectedAt: startedAt + 2 } : {}),
      };
    }),
  )
  .chain((records) =>
    fc.record({
      records: fc.constant(records),
      told: fc
        .tuple(
          fc.shuffledSubarray(records, { minLength: records.length }),
          fc.shuffledSubarray(records, { minLength: 0 }),
        )
        .map(([whole, again]) => [...whole, ...again]),
      portion: fc.integer({ min: 1, max: 5 }),
    }),
  );
