/**
 * Histories of a mailbox that the service reads by itself: its owner changes it, requests fail in every way, the clock
 * jumps; and what must be true once the mailbox answers again.
 */
import * as fc from 'fast-check';
import type { ContactFields } from '../../shared/contact';
import { resumeMailbox, findMailbox } from '../../sync-service/unattended-sync/unattended-mailbox-store';
import { allContacts, confirmWaiting, fields, shown } from './contact-history';
import { ModelMailbox } from './contact-model';
import type { ContactWorld } from './contact-world';
import { createModelSource } from './model-contact-source';
import type { SourceFault } from './model-contact-source';
import { createUnattendedWorld } from './unattended-world';

export type UnattendedHappening =
  | { readonly type: 'add' | 'change'; readonly nth: number; readonly fields: ContactFields }
  | { readonly type: 'remove' | 'remove-folder' | 'expire'; readonly nth: number }
  | { readonly type: 'move'; readonly nth: number; readonly folder: number }
  | { readonly type: 'add-folder' | 'confirm' }
  | { readonly type: 'hand-make'; readonly fields: ContactFields }
  /** The clock goes on, or is set back. */
  | { readonly type: 'time'; readonly minutes: number }
  /** What is due runs; each request meets the next of these. */
  | { readonly type: 'run'; readonly faults: readonly SourceFault[] };

const nth = fc.nat({ max: 20 });
const fault = fc.constantFrom<SourceFault>(
  ...(['none', 'none', 'none', 'none', 'repeat', 'repeat', 'empty-page', 'empty-page'] as const),
  ...(['throttled', 'server-fault', 'expired', 'reset'] as const),
);
const happening: fc.Arbitrary<UnattendedHappening> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constantFrom('add' as const, 'change' as const), nth, fields }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom('remove' as const, 'expire' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('remove-folder' as const), nth }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('move' as const), nth, folder: nth }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('add-folder' as const, 'confirm' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('hand-make' as const), fields }) },
  {
    weight: 8,
    arbitrary: fc.record({ type: fc.constant('time' as const), minutes: fc.integer({ min: -3000, max: 3000 }) }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      type: fc.constant('run' as const),
      faults: fc.array(fault, { minLength: 1, maxLength: 8 }),
    }),
  },
);

export const unattendedHistories = fc.array(happening, { minLength: 5, maxLength: 60, size: 'max' });

/** Runs after which everything has to be as in the mailbox, once it answers and nothing changes any more. */
const runsToConverge = 8;

/** Lets a history happen to a new user and throws where he loses a contact of his own or the mailbox is not followed. */
export async function holdUnattendedToTheLaw(
  world: ContactWorld,
  userId: string,
  history: readonly UnattendedHappening[],
): Promise<void> {
  await world.addUser(userId);
  const address = `${userId}@example.com`;
  const mailbox = new ModelMailbox();
  const model = createModelSource(mailbox);
  let time = Date.parse('2026-03-02T08:00:00.000Z');
  const passes = (ms: number) => {
    time += ms;
    world.wait(ms);
  };
  const unattended = createUnattendedWorld({
    database: world.database,
    syncs: world.syncs,
    now: () => time,
    source: () => model.source,
  });
  await unattended.add(userId, address);
  const handMade: string[] = [];
  let passed = 0;

  const run = async (faults: readonly SourceFault[]) => {
    let asked = 0;
    model.fault = () => faults[asked++ % faults.length] ?? 'none';
    const scheduler = unattended.scheduler();
    scheduler.look();
    await scheduler.idle();
    const hands = (await allContacts(world, userId)).filter(({ origin }) => origin.type === 'hand');
    const left = hands.map((contact) => shown(contact) ?? '').sort();
    if (JSON.stringify(left) !== JSON.stringify([...handMade].sort())) {
      throw new Error(`Contacts made by hand are not what they were: ${left.join(' | ')}`);
    }
  };

  for (const what of history) {
    switch (what.type) {
      case 'add':
      case 'change':
        mailbox[what.type](what.nth, what.fields);
        break;
      case 'remove':
      case 'expire':
        mailbox[what.type](what.nth);
        break;
      case 'remove-folder':
        mailbox.removeFolder(what.nth);
        break;
      case 'move':
        mailbox.move(what.nth, what.folder);
        break;
      case 'add-folder':
        mailbox.addFolder();
        break;
      case 'confirm':
        await confirmWaiting(world.syncs, userId);
        break;
      case 'time':
        passes(what.minutes * 60_000);
        passed += what.minutes * 60_000;
        break;
      case 'run':
        await run(what.faults);
        break;
      case 'hand-make': {
        const text = shown(what.fields);
        if (text === undefined) break;
        await world.contacts.create(userId, what.fields);
        handMade.push(text);
      }
    }
  }

  // The clock is right again, whatever it was set to.
  passes(Math.max(0, -passed));
  const expected = [...mailbox.items].flatMap(([itemId, { fields: source }]) => {
    const text = shown(source);
    return text === undefined ? [] : [`${itemId} ${text}`];
  });
  let found: string[] = [];
  for (let n = 0; n < runsToConverge; n += 1) {
    passes(25 * 3_600_000);
    const before = await findMailbox(world.database, `mailbox-${address}`);
    // Ten failures in a row: an administrator takes it up again.
    if (before?.paused !== undefined) await resumeMailbox(world.database, before.id, new Date(time).toISOString());
    await run(['none']);
    await confirmWaiting(world.syncs, userId);
    const imported = (await allContacts(world, userId)).flatMap((contact) => {
      const { origin } = contact;
      return origin.type === 'imported' ? [`${origin.itemId} ${shown(contact) ?? ''}`] : [];
    });
    found = imported.sort();
    if (unattended.ended.at(-1) === 'done' && found.join() === [...expected].sort().join()) break;
  }
  // So that the next history's scheduler finds its own mailbox alone.
  await world.database.deleteFrom('users').where('id', '=', userId).execute();
  if (unattended.ended.at(-1) !== 'done') throw new Error(`The last run ended with ${unattended.ended.at(-1) ?? ''}`);
  if (found.join() !== [...expected].sort().join()) {
    throw new Error(`found:    ${found.join(' | ')}\nexpected: ${[...expected].sort().join(' | ')}`);
  }
}
