/** What background work does wherever it runs: the jobs of the contacts, over a database in a file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createEntryIndex } from '../../sync-service/accounts/entry-index';
import { createEntryIndexHandler, entryIndexJob } from '../../sync-service/accounts/entry-index-job';
import { createDirectoryEntryStore } from '../../sync-service/accounts/people-directory-store';
import { createContactJobs } from '../../sync-service/contacts/contact-jobs';
import { importFileJob } from '../../sync-service/contacts/import-file-job';
import { defineJob } from '../../sync-service/database/background-work';
import type { BackgroundWork } from '../../sync-service/database/background-work';
import { openDatabase } from '../../sync-service/database/database';
import type { Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { createWriteTurns } from '../../sync-service/database/write-turns';
import type { WriteTurns } from '../../sync-service/database/write-turns';
import { createContactWorld, person } from '../fakes/contact-world';
import type { ContactWorld } from '../fakes/contact-world';
import { munich } from '../fixtures/dial-plans';

export interface WorkSetup {
  readonly databaseFile: string;
  /** Turns at writing that the suite's own connections take part in. */
  readonly turns: WriteTurns;
  handlers(): ReturnType<typeof createContactJobs>;
}

/** Runs the suite on what `open` opens. */
export function backgroundWorkContract(name: string, open: (setup: WorkSetup) => Promise<BackgroundWork>): void {
  describe(`background work ${name}`, () => {
    let folder: string;
    let database: Database;
    let work: BackgroundWork;
    let world: ContactWorld;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'mycontacts-work-'));
      const databaseFile = join(folder, 'contacts.db');
      const turns = createWriteTurns();
      database = openDatabase(databaseFile, { turns });
      await migrate(database);
      // The jobs of the worker stand in its own file; the inline ones are made here.
      const made: { handlers?: WorkSetup['handlers'] } = {};
      const later: BackgroundWork = {
        run: (job, payload, watch) => work.run(job, payload, watch),
        close: () => work.close(),
      };
      world = await createContactWorld(database, (deps) => {
        made.handlers = () => [...createContactJobs(deps), createEntryIndexHandler(database, deps.rules)];
        return later;
      });
      work = await open({ databaseFile, turns, handlers: () => made.handlers?.() ?? [] });
      await world.addUser('u');
    }, 120_000);

    afterAll(async () => {
      await work.close();
      await database.destroy();
      rmSync(folder, { recursive: true, force: true });
    });

    const bytesOf = (count: number) =>
      Buffer.from(['Name,Telefon', ...Array.from({ length: count }, (_, n) => `Name ${n},110`)].join('\n'));
    const bring = (count: number, preview: boolean, signal?: AbortSignal) =>
      world.imports.importFile({ userId: 'u', format: 'csv', bytes: bytesOf(count), preview, signal });

    test('does what it is asked for and answers with the result', async () => {
      expect(await bring(20, false)).toMatchObject({ added: 20 });
      expect((await world.contacts.list('u', { limit: 100 })).items).toHaveLength(20);
    });

    test('answers several at once, each with its own result', async () => {
      const [first, second] = await Promise.all([bring(10, true), bring(30, true)]);
      expect([first.unchanged, second.unchanged, second.added]).toEqual([10, 20, 10]);
    });

    test('gives a refusal back with code, details and text', async () => {
      const commit = world.syncs.commit('u', 'nobody’s', {});
      await expect(commit).rejects.toMatchObject({
        name: 'ServiceError',
        code: 'sync-unknown',
        message: expect.stringContaining('Begin again') as string,
      });
      const { id } = await world.syncs.open('u', {
        account: { kind: 'graph', key: 'a', name: 'A' },
        mode: 'delta',
        generation: 0,
        options: { skipContactsWithoutNumber: false },
      });
      await world.syncs.putBatch('u', id, 2, { changes: [] });
      await expect(world.syncs.commit('u', id, {})).rejects.toMatchObject({
        code: 'sync-incomplete',
        details: [{ field: 'batches', reason: 'missing', value: 1 }],
      });
    });

    test('refuses a payload that is not of the job’s schema, and goes on', async () => {
      const lax = defineJob(
        'contacts.remove-imported',
        z.object({ userId: z.number() }),
        z.object({ removed: z.number() }),
      );
      await expect(work.run(lax, { userId: 7 })).rejects.toThrow(/userId/);
      expect(await world.contacts.removeImported('u')).toEqual({ removed: 20 });
    });

    test('refuses a job that nobody handles', async () => {
      await expect(work.run(defineJob('nobody', z.object({}), z.object({})), {})).rejects.toThrow(/nobody/);
    });

    test('waits for a writer in this process and is waited for', async () => {
      const [, made] = await Promise.all([bring(300, false), world.contacts.create('u', person('Meanwhile'))]);
      expect(made.displayName).toBe('Meanwhile');
      expect((await world.contacts.list('u', { limit: 500 })).items).toHaveLength(301);
    });

    test('tells how far a long job is, and ends it at a wish with nothing left of it', async () => {
      const before = (await world.contacts.list('u', { limit: 200 })).items.length;
      const wish = new AbortController();
      const heard: [number, number][] = [];
      const job = work.run(
        importFileJob,
        {
          ...{ userId: 'u', format: 'vcard', preview: false, dialPlan: munich, now: new Date() },
          bytes: Buffer.from(
            Array.from({ length: 2000 }, (_, n) => `BEGIN:VCARD\nFN:Card ${n}\nTEL:110\nEND:VCARD\n`).join(''),
          ),
        },
        {
          signal: wish.signal,
          onProgress(done, total) {
            heard.push([done, total]);
            if (done > 0) wish.abort(new Error('No longer wanted'));
          },
        },
      );
      await expect(job).rejects.toThrow('No longer wanted');
      expect(heard.slice(0, 2)).toEqual([
        [0, 2000],
        [400, 2000],
      ]);
      expect((await world.contacts.list('u', { limit: 200 })).items).toHaveLength(before);
      expect(await bring(20, true)).toMatchObject({ unchanged: 20 });
    });

    test('hands over a directory in one piece', async () => {
      const entry = { id: 'u', siteId: 'site', directory: 'internal' as const, kind: 'user' as const };
      await createDirectoryEntryStore(database).replace(['u'], [{ ...entry, sortKey: 'zoë', keys: ['w:zoë'] }]);
      const { data } = await work.run(entryIndexJob, { siteId: 'site', directory: 'internal' });
      if (data === undefined) throw new Error('Nobody has changed the directory');
      expect(createEntryIndex(data).search({ elements: [['w:zo']] }, 5)).toMatchObject({
        count: 1,
        items: [{ id: 'u', directory: 'internal' }],
      });
    });

    test('does short jobs in the pauses of a long one', async () => {
      const order: string[] = [];
      const long = bring(3000, false).then(() => order.push('long'));
      const short = world.contacts.removeImported('nobody').then(() => order.push('short'));
      await Promise.all([long, short]);
      expect(order).toEqual(['short', 'long']);
    });

    test('ends when it is closed, and does nothing any more', async () => {
      const request = {
        ...{ userId: 'u', format: 'csv' as const, bytes: bytesOf(5) },
        ...{ dialPlan: munich, preview: true, now: new Date() },
      };
      const last = work.run(importFileJob, request);
      await work.close();
      await expect(last).resolves.toMatchObject({ unchanged: 5 });
      await expect(bring(5, true)).rejects.toThrow(/ended/);
    });
  });
}
