/**
 * A process that edits, imports and syncs contacts one after the other, told `FILE RUN`, until it is killed. It says what
 * it is about to do, and `ok` when the service has acknowledged it.
 */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../sync-service/database/database';
import { createContactWorld, person } from './contact-world';
import type { KillStep } from './kill-story';

const [file = '', run = '0'] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
const world = await createContactWorld(openDatabase(file));
// A sync that the process before was killed in is given up after two minutes.
world.wait(Number(run) * 130_000);

const before = await everybody();
const hand = before.filter(({ origin }) => origin.type === 'hand');
let synced = before.map(({ displayName }) => displayName).filter((name) => name.startsWith('sync '));
// Another order of edits, imports and syncs in each run.
let count = Number(run) * 3;

/** All that is there: after many runs it is more than one page. */
async function everybody() {
  const contacts = [];
  let cursor: string | undefined;
  do {
    const page = await world.contacts.list('u', { limit: 200, cursor });
    contacts.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return contacts.map(({ id, version, displayName, origin }) => ({ id, version, displayName, origin }));
}

async function step(what: KillStep, work: () => Promise<unknown>): Promise<void> {
  say(JSON.stringify(what));
  await work();
  say('ok');
}

async function sync(): Promise<void> {
  const names = Array.from({ length: 25 }, (_, item) => `sync ${run}.${count}.${item}`);
  const generation = (await world.syncs.list('u')).find(({ kind }) => kind === 'graph')?.generation ?? 0;
  await step({ add: names, drop: synced }, async () => {
    const account = { kind: 'graph', key: 'u@example.org', name: 'Mailbox' } as const;
    const options = { skipContactsWithoutNumber: false };
    const { id } = await world.syncs.open('u', { account, mode: 'delta', generation, options, by: 'test' });
    for (const part of [0, 1]) {
      const changes = names
        .map((name, item) => ({ name, item }))
        .filter(({ item }) => item % 2 === part)
        .map(({ name, item }) => {
          const contact = person(name, '089 123456');
          return { type: 'upsert', folderId: 'F', itemId: `item ${item}`, contact } as const;
        });
      const folder = { id: 'F', ...(part === 1 && { state: `after ${run}.${count}` }) };
      const folders = part === 0 ? { folders: [{ id: 'F', name: 'Contacts' }] } : {};
      await world.syncs.putBatch('u', id, part + 1, { ...folders, folder, changes });
    }
    await world.syncs.commit('u', id, {});
  });
  synced = names;
}

/** Contacts of an import that takes several transactions; how much of it is there when the process is killed is chance. */
const largeImport = 900;

async function importFile(): Promise<void> {
  const length = count % 10 === 0 ? largeImport : 4;
  const names = Array.from({ length }, (_, row) => `file ${run}.${count}.${row}`);
  const csv = ['Full Name,Business Phone', ...names.map((name) => `${name},089 123456`)].join('\r\n');
  await step({ add: names, drop: [] }, () =>
    world.imports.importFile({ userId: 'u', format: 'csv', preview: false, bytes: new TextEncoder().encode(csv) }),
  );
}

async function edit(): Promise<void> {
  const known = hand.length < 3 || count % 3 === 0 ? undefined : hand.shift();
  const displayName = `hand ${run}.${count}`;
  if (known === undefined) {
    await step({ add: [displayName], drop: [] }, async () => {
      hand.push(await world.contacts.create('u', person(displayName, '089 123456')));
    });
  } else if (count % 3 === 1) {
    await step({ add: [displayName], drop: [known.displayName] }, async () => {
      hand.push(await world.contacts.change('u', known.id, known.version, { displayName }));
    });
  } else {
    await step({ add: [], drop: [known.displayName] }, () => world.contacts.remove('u', known.id, known.version));
  }
}

say('ready');
for (;;) {
  count += 1;
  if (count % 4 === 0) await sync();
  else if (count % 5 === 0) await importFile();
  else await edit();
}
