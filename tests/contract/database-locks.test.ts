import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../sync-service/database/database';
import type { Connection, Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { borrowWriteTurns, createWriteTurns, lendWriteTurns } from '../../sync-service/database/write-turns';
import { codeOf } from '../fakes/contact-world';

let folder: string;
let file: string;
let database: Database;
/** As another process would open it. */
let other: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mycontacts-locks-'));
  file = join(folder, 'contacts.db');
  database = openDatabase(file, { lockTimeoutMs: 60 });
  other = openDatabase(file);
  await migrate(database);
});
afterEach(async () => {
  await database.destroy();
  await other.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const put = (db: Connection, key: string, value = 'v') =>
  db.insertInto('installation').values({ key, value }).execute();
const keys = async () =>
  (await database.selectFrom('installation').select('key').orderBy('key').execute()).map(({ key }) => key);

/** Holds the write lock until it is released; then its own row is there. */
async function holdLock(): Promise<() => Promise<void>> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let holding: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (holding = resolve));
  const done = other.transaction().execute(async (db) => {
    await db.insertInto('installation').values({ key: 'other', value: 'v' }).execute();
    holding();
    await released;
  });
  await held;
  return async () => {
    release();
    await done;
  };
}

describe('while another connection writes', () => {
  test('reading goes on with what was there before', async () => {
    const release = await holdLock();
    expect(await keys()).toEqual([]);
    await release();
    expect(await keys()).toEqual(['other']);
  });

  test('a write waits for its turn and does not hold up the process', async () => {
    const release = await holdLock();
    const written = put(database, 'mine');
    const transaction = database
      .transaction()
      .execute((db) => db.insertInto('installation').values({ key: 'more', value: 'v' }).execute());
    // The process is free: the lock can be released from the same thread.
    await release();
    await Promise.all([written, transaction]);
    expect(await keys()).toEqual(['mine', 'more', 'other']);
  });

  test('a write that waits too long is refused as storage-unavailable and has changed nothing', async () => {
    const release = await holdLock();
    expect(await codeOf(put(database, 'mine'))).toBe('storage-unavailable');
    expect(await codeOf(database.transaction().execute((db) => db.deleteFrom('users').execute()))).toBe(
      'storage-unavailable',
    );
    await release();
    expect(await keys()).toEqual(['other']);
    await put(database, 'later');
    expect(await keys()).toEqual(['later', 'other']);
  });

  test('many reads and writes at once all come through', async () => {
    const release = await holdLock();
    const writes = Array.from({ length: 20 }, (_, n) => put(other, `w${n}`));
    const reads = Array.from({ length: 20 }, () => keys());
    expect((await Promise.all(reads)).every((seen) => seen.length === 0)).toBe(true);
    await release();
    await Promise.all(writes);
    expect(await keys()).toHaveLength(21);
  });
});

describe('two that write in one process, as the service and its worker thread do', () => {
  const opened: Database[] = [];
  const openTwo = (options: { lockTimeoutMs: number }) => {
    const turns = createWriteTurns();
    const two = [openDatabase(file, { ...options, turns }), openDatabase(file, { ...options, turns })] as const;
    opened.push(...two);
    return two;
  };
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.destroy();
  });
  /** Writes again and again; the lock is free for no longer than from one statement to the next. @returns how often */
  const writeOn = async (db: Database, until: () => boolean): Promise<number> => {
    let n = 0;
    for (; !until() && n < 2000; n += 1) {
      await db.transaction().execute(async (transaction) => {
        await put(transaction, `busy ${n}`);
        await sleep(5);
      });
    }
    return n;
  };

  test('one that comes back at once does not keep the other from its turn', async () => {
    const [busy, patient] = openTwo({ lockTimeoutMs: 5000 });
    let written = 0;
    const busily = writeOn(busy, () => written === 20);
    for (let n = 0; n < 20; n += 1) {
      await put(patient, `patient ${n}`);
      written += 1;
    }
    expect(await busily).toBeLessThanOrEqual(written + 5);
  });

  test('another process finds the lock free now and then', async () => {
    const [busy, alsoBusy] = openTwo({ lockTimeoutMs: 5000 });
    let written = false;
    const putOn = async (): Promise<void> => {
      for (let n = 0; !written && n < 4000; n += 1) await put(alsoBusy, `more ${n}`);
    };
    const busily = [writeOn(busy, () => written), putOn()];
    await put(other, 'from outside');
    written = true;
    await Promise.all(busily);
    expect(await keys()).toContain('from outside');
  });

  test('those who wait to write leave the connections to those who read', async () => {
    const release = await holdLock();
    const [mine] = openTwo({ lockTimeoutMs: 5000 });
    const writes = Array.from({ length: 30 }, (_, n) => put(mine, `w${n}`));
    expect(await mine.selectFrom('installation').selectAll().execute()).toEqual([]);
    await release();
    await Promise.all(writes);
    expect(await keys()).toHaveLength(31);
  });

  test('a turn that did not come in time is refused, and the queue goes on without it', async () => {
    const turns = createWriteTurns();
    const end = await turns.take(1000);
    const late = codeOf(turns.take(10));
    const next = turns.take(1000);
    expect(await late).toBe('storage-unavailable');
    end();
    (await next)();
    (await turns.take(1000))();
  });

  test('where no other process writes, the next turn comes without a gap, however long the writing goes on', async () => {
    const turns = createWriteTurns({ others: false });
    const end = await turns.take(10_000);
    let came = false;
    void turns.take(10_000).then(() => (came = true));
    const begun = performance.now();
    while (performance.now() - begun < 300);
    end();
    await Promise.resolve();
    await Promise.resolve();
    expect(came).toBe(true);
  });

  test('a thread that is gone holds nobody up', async () => {
    const turns = createWriteTurns();
    const { port1, port2 } = new MessageChannel();
    const gone = lendWriteTurns(turns, port1);
    const thread = borrowWriteTurns(port2);
    port2.ref();
    await thread.take(1000);
    expect(await codeOf(turns.take(10))).toBe('storage-unavailable');
    gone();
    (await turns.take(1000))();
  });
});

describe('what goes wrong', () => {
  test('a full disk is storage-unavailable and has changed nothing', async () => {
    await put(database, 'before');
    const connected = database.connection().execute(async (db) => {
      await sql`pragma max_page_count = 1`.execute(db);
      await db
        .insertInto('installation')
        .values({ key: 'big', value: 'x'.repeat(3_000_000) })
        .execute();
    });
    expect(await codeOf(connected)).toBe('storage-unavailable');
    expect(await keys()).toEqual(['before']);
  });

  test('a broken constraint stays what it is, and the connection is of use afterwards', async () => {
    await put(database, 'one');
    expect(await codeOf(put(database, 'one'))).toBe('SQLITE_CONSTRAINT_PRIMARYKEY');
    await put(database, 'two');
    expect(await keys()).toEqual(['one', 'two']);
  });

  test('a file that is no database is storage-unavailable', async () => {
    const strange = openDatabase(folder);
    expect(await codeOf(strange.selectFrom('installation').selectAll().execute())).toBe('storage-unavailable');
  });

  test('a transaction that throws leaves nothing', async () => {
    const broken = database.transaction().execute(async (db) => {
      await db.insertInto('installation').values({ key: 'half', value: 'v' }).execute();
      throw new Error('half way');
    });
    await expect(broken).rejects.toThrow('half way');
    expect(await keys()).toEqual([]);
  });
});

test('what is said to be saved is synced to the disk, and references are held', async () => {
  const settings = async (name: string) => {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.ref(`pragma_${name}`)}`.execute(database);
    return Object.values(rows[0] ?? {})[0];
  };
  expect(await settings('synchronous')).toBe(2);
  expect(await settings('journal_mode')).toBe('wal');
  expect(await settings('foreign_keys')).toBe(1);
});
