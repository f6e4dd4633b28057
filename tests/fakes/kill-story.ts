/** Kills a working process at random moments, and holds what is left of its work to what it was told is saved. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { pino } from 'pino';
import * as z from 'zod/mini';
import { checkDatabaseFile } from '../../sync-service/database/check-file';
import { createLeftImports } from '../../sync-service/contacts/left-imports';
import { openDatabase } from '../../sync-service/database/database';
import type { Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { munich } from '../fixtures/dial-plans';
import { createContactWorld } from './contact-world';

/** Names that an action adds to the directory and takes out of it, all or none. */
const killStepSchema = z.object({ add: z.array(z.string()), drop: z.array(z.string()) });
export type KillStep = z.infer<typeof killStepSchema>;

/** What has become of all kills. */
export interface KillReport {
  readonly kills: number;
  /** Actions that were acknowledged before. */
  readonly acknowledged: number;
  /** Kills in the middle of an action, with its outcome. */
  readonly interrupted: { readonly done: number; readonly undone: number };
}

function apply(names: ReadonlySet<string>, { add, drop }: KillStep): Set<string> {
  const after = new Set(names);
  for (const name of drop) after.delete(name);
  for (const name of add) after.add(name);
  return after;
}

/** Lets the process work for a while; gives what it said. */
async function workAndKill(child: string, file: string, run: number, afterMs: number): Promise<string[]> {
  const worker = spawn(process.execPath, [child, file, String(run)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complained = '';
  worker.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
  const ended = new Promise<NodeJS.Signals | null>((done) => worker.once('close', (_code, signal) => done(signal)));
  const ready = new Promise<void>((done) => {
    worker.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('ready\n')) done();
    });
  });
  await Promise.race([ready, ended]);
  await Promise.race([sleep(afterMs), ended]);
  worker.kill('SIGKILL');
  const signal = await ended;
  if (signal !== 'SIGKILL') throw new Error(`The process ended by itself: ${complained}`);
  // What was cut off in the middle of a line was not said.
  return said.slice(0, said.lastIndexOf('\n')).split('\n').slice(1);
}

/** The names in the directory; each once, or it throws. */
async function namesIn(file: string, folder: string): Promise<Set<string>> {
  const database = openDatabase(file);
  try {
    await checkDatabaseFile(database, file, folder);
    await takeBackLeft(database);
    const rows = await database.selectFrom('contacts').select('fields').execute();
    const names = rows.map(
      ({ fields }) => z.parse(z.object({ displayName: z.string() }), JSON.parse(fields)).displayName,
    );
    const unique = new Set(names);
    if (unique.size !== names.length)
      throw new Error(`There twice: ${names.filter((name, at) => names.indexOf(name) !== at).join(', ')}`);
    return unique;
  } finally {
    await database.destroy();
  }
}

/** What the service does at its start: imports that the kill broke off are taken back. */
async function takeBackLeft(database: Database): Promise<void> {
  const world = await createContactWorld(database);
  await createLeftImports({
    ...{ database, work: world.work, now: () => new Date(), publish: () => undefined },
    ...{ alone: true, logger: pino({ level: 'silent' }), every: () => () => undefined },
    dialPlanOfUser: () => Promise.resolve(munich),
  }).start();
}

const equal = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  one.size === other.size && [...one].every((name) => other.has(name));

/** @param random gives numbers from 0 to 1. @throws where something acknowledged is lost, or something is there twice */
export async function killAtRandom(kills: number, random: () => number): Promise<KillReport> {
  // Inside the project, so that the built file finds the packages that are not bundled.
  const folder = mkdtempSync(resolve('node_modules/.cache-kill-'));
  const file = join(folder, 'mycontacts.db');
  const child = join(folder, 'child.mjs');
  try {
    await build({
      entryPoints: [resolve('tests/fakes/kill-child.ts')],
      outfile: child,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      logLevel: 'silent',
    });
    const database = openDatabase(file);
    await migrate(database);
    await (await createContactWorld(database)).addUser('u');
    await database.destroy();

    let names: Set<string> = new Set();
    let acknowledged = 0;
    const interrupted = { done: 0, undone: 0 };
    for (let run = 1; run <= kills; run += 1) {
      const lines = await workAndKill(child, file, run, random() * 150);
      let begun: KillStep | undefined;
      for (const line of lines) {
        if (line === 'ok' && begun !== undefined) {
          names = apply(names, begun);
          acknowledged += 1;
          begun = undefined;
        } else begun = z.parse(killStepSchema, JSON.parse(line));
      }
      const found = await namesIn(file, folder);
      const withBegun = begun === undefined ? names : apply(names, begun);
      if (begun !== undefined) interrupted[equal(found, names) ? 'undone' : 'done'] += 1;
      if (!equal(found, names) && !equal(found, withBegun)) {
        const lost = [...names].filter((name) => !found.has(name) && begun?.drop.includes(name) !== true);
        const extra = [...found].filter((name) => !names.has(name));
        throw new Error(
          `After kill ${run}: lost ${lost.join(', ') || 'nothing'}, there beside: ${extra.join(', ') || 'nothing'}`,
        );
      }
      names = found;
    }
    return { kills, acknowledged, interrupted };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
