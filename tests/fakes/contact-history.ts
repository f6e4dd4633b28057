/**
 * Histories for the law of the sync (DESIGN §5): anything that may happen to a mailbox, to the person's own directory and
 * to two panes that sync, in any order; and what must be true after a last complete sync.
 */
import * as fc from 'fast-check';
import type { ContactFields } from '../../shared/contact';
import type { SyncService } from '../../sync-service/contacts/sync.service';
import { ModelMailbox } from './contact-model';
import { Syncer } from './contact-syncer';
import type { ContactWorld } from './contact-world';

/** One thing that happens. Numbers choose among what there is. */
export type Happening =
  | { readonly type: 'add'; readonly folder: number; readonly fields: ContactFields }
  | { readonly type: 'change'; readonly item: number; readonly fields: ContactFields }
  | {
      readonly type: 'remove' | 'hand-delete' | 'expire' | 'remove-folder' | 'confirm' | 'follow' | 'undo';
      readonly nth: number;
    }
  | { readonly type: 'move'; readonly item: number; readonly folder: number }
  | { readonly type: 'hand-make'; readonly fields: ContactFields }
  | { readonly type: 'hand-edit'; readonly nth: number; readonly fields: ContactFields }
  | { readonly type: 'add-folder' | 'delete-imported' | 'toggle-option' | 'wait' }
  | { readonly type: 'break'; readonly at: number }
  | {
      readonly type: 'step';
      readonly pane: number;
      readonly choices: readonly number[];
      readonly mode: 'delta' | 'full';
    }
  | { readonly type: 'close-pane'; readonly pane: number };

const nth = fc.nat({ max: 20 });
export const fields: fc.Arbitrary<ContactFields> = fc.record({
  displayName: fc.constantFrom('Anna Adler', 'Bertil Øst', 'Chloé Müller', 'Dora', '', '  '),
  numbers: fc.array(
    fc.record({
      kind: fc.constantFrom('business' as const, 'mobile' as const),
      raw: fc.constantFrom('+49 89 7007-331', '0171 1234567', 'n/a', '12', ''),
    }),
    { maxLength: 2 },
  ),
  emails: fc.constantFrom<string[]>([], ['a@example.org']),
});
const choices = fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 6 });
const mode = fc.constantFrom('delta' as const, 'delta' as const, 'delta' as const, 'full' as const);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant('add' as const), folder: nth, fields }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('change' as const), item: nth, fields }) },
  { weight: 12, arbitrary: fc.record({ type: fc.constant('move' as const), item: nth, folder: nth }) },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constantFrom(
        'remove' as const,
        'remove' as const,
        'hand-delete' as const,
        'expire' as const,
        'remove-folder' as const,
        'confirm' as const,
        'follow' as const,
        'undo' as const,
      ),
      nth,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('hand-make' as const), fields }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('hand-edit' as const), nth, fields }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom(
        'add-folder' as const,
        'add-folder' as const,
        'delete-imported' as const,
        'toggle-option' as const,
        'wait' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('break' as const), at: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 32, arbitrary: fc.record({ type: fc.constant('step' as const), pane: fc.nat({ max: 1 }), choices, mode }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('close-pane' as const), pane: fc.nat({ max: 1 }) }) },
);

/** Histories of up to eighty happenings. */
export const histories = fc.array(happening, { minLength: 5, maxLength: 80, size: 'max' });

/** Lets a history happen to a new user, syncs once more, and throws where the law is broken. */
export async function holdToTheLaw(world: ContactWorld, userId: string, history: readonly Happening[]): Promise<void> {
  await world.addUser(userId);
  const mailbox = new ModelMailbox();
  const shadows = new Set<string>();
  const handMade = new Map<string, ContactFields>();
  let skipContactsWithoutNumber = false;
  const pane = (name: string) =>
    new Syncer({ syncs: world.syncs, userId, mailbox, name, options: () => ({ skipContactsWithoutNumber }) });
  const panes = [pane('pane'), pane('window')] as const;

  for (const what of history) {
    switch (what.type) {
      case 'add':
        mailbox.add(what.folder, what.fields);
        break;
      case 'change':
        mailbox.change(what.item, what.fields);
        break;
      case 'remove':
        mailbox.remove(what.nth);
        break;
      case 'move':
        mailbox.move(what.item, what.folder);
        break;
      case 'add-folder':
        mailbox.addFolder();
        break;
      case 'remove-folder':
        mailbox.removeFolder(what.nth);
        break;
      case 'expire':
        mailbox.expire(what.nth);
        break;
      case 'toggle-option':
        skipContactsWithoutNumber = !skipContactsWithoutNumber;
        break;
      case 'wait':
        world.wait(121_000);
        break;
      case 'break':
        world.breakAtId(what.at);
        break;
      case 'close-pane':
        panes[what.pane === 0 ? 0 : 1].forget();
        break;
      case 'step':
        for (const choice of what.choices) {
          await unlessBroken(() => panes[what.pane === 0 ? 0 : 1].step(choice, what.mode));
        }
        break;
      case 'confirm':
        await unlessBroken(() => confirmWaiting(world.syncs, userId));
        break;
      case 'hand-make':
        await unlessBroken(async () => {
          if (shown(what.fields) === undefined) return;
          const made = await world.contacts.create(userId, what.fields);
          handMade.set(made.id, what.fields);
        });
        break;
      case 'hand-edit': {
        const contact = await anyContact(world, userId, what.nth);
        if (contact === undefined || shown(what.fields) === undefined) break;
        const edited = await world.contacts.change(userId, contact.id, contact.version, what.fields);
        // Nothing was changed: then it stays what it was.
        if (edited.version === contact.version) break;
        handMade.set(edited.id, what.fields);
        if (contact.origin.type === 'imported') shadows.add(contact.origin.itemId);
        break;
      }
      case 'hand-delete': {
        const contact = await anyContact(world, userId, what.nth);
        if (contact === undefined) break;
        await world.contacts.remove(userId, contact.id, contact.version);
        handMade.delete(contact.id);
        if (contact.origin.type === 'imported') shadows.add(contact.origin.itemId);
        break;
      }
      case 'follow': {
        const { items } = await world.originals.listChanged(userId);
        const chosen = items[what.nth % Math.max(1, items.length)] ?? (await anyContact(world, userId, what.nth));
        const contact = chosen && (await world.contacts.get(userId, chosen.id));
        if (contact?.origin.type !== 'hand' || contact.origin.detachedFrom === undefined) break;
        await world.originals.follow(userId, contact.id, contact.version);
        handMade.delete(contact.id);
        shadows.delete(contact.origin.detachedFrom.itemId);
        break;
      }
      case 'undo': {
        const last = (await world.history.list(userId)).find(({ undoUntil }) => undoUntil !== undefined);
        if (last !== undefined) await world.history.undo(userId, last.id);
        break;
      }
      case 'delete-imported':
        await world.contacts.removeImported(userId);
        shadows.clear();
        break;
    }
  }

  world.breakAtId(0);
  world.wait(121_000);
  await panes[0].complete();

  const expected = [
    ...[...mailbox.items].flatMap(([itemId, { fields: source }]) => {
      const text = shown(source);
      const wanted = !skipContactsWithoutNumber || source.numbers.some(({ raw }) => /\d/.test(raw));
      return text === undefined || !wanted || shadows.has(itemId) ? [] : [`${itemId} ${text}`];
    }),
    ...[...handMade.values()].map((made) => `hand ${shown(made) ?? ''}`),
  ].sort();
  const all = await allContacts(world, userId);
  const found = all
    .map((contact) => `${contact.origin.type === 'imported' ? contact.origin.itemId : 'hand'} ${shown(contact) ?? ''}`)
    .sort();
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(
      `The directory is not what it must be.\nfound:    ${found.join(' | ')}\nexpected: ${expected.join(' | ')}`,
    );
  }
  await nextPlanIsEmpty(world, userId, { mailbox, skipContactsWithoutNumber });
  await keysFitContacts(world, userId, all.length);
}

/** A name to be shown, with the numbers; undefined where there is nothing to show. */
export function shown(contact: Pick<ContactFields, 'displayName' | 'numbers' | 'emails'>): string | undefined {
  const name = contact.displayName.trim() || contact.emails[0];
  const numbers = contact.numbers.filter(({ raw }) => raw !== '').map(({ kind, raw }) => `${kind}:${raw}`);
  return name === undefined ? undefined : [name, ...numbers, ...contact.emails].join(',');
}

async function unlessBroken(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error) || error.message !== 'Broken on purpose') throw error;
  }
}

export async function confirmWaiting(syncs: SyncService, userId: string): Promise<void> {
  for (const { waiting } of await syncs.list(userId)) {
    // Refused when something else was synced meanwhile or the person has changed things.
    if (waiting !== undefined)
      await syncs.commit(userId, waiting.id, { confirm: waiting.planHash }).catch(() => undefined);
  }
}

export async function allContacts(world: ContactWorld, userId: string) {
  const all = [];
  let cursor: string | undefined;
  do {
    const page = await world.contacts.list(userId, { cursor, limit: 7 });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}

async function anyContact(world: ContactWorld, userId: string, choice: number) {
  const all = await allContacts(world, userId);
  return all[choice % Math.max(1, all.length)];
}

/** Both what changed since and everything from zero change nothing. */
async function nextPlanIsEmpty(
  { syncs }: ContactWorld,
  userId: string,
  { mailbox, skipContactsWithoutNumber }: { mailbox: ModelMailbox; skipContactsWithoutNumber: boolean },
): Promise<void> {
  for (const mode of ['delta', 'full'] as const) {
    const before = (await syncs.list(userId)).find((account) => account.key === 'mailbox@example.org');
    await new Syncer({ syncs, userId, mailbox, name: mode, options: () => ({ skipContactsWithoutNumber }) }).complete(
      mode,
    );
    const after = (await syncs.list(userId)).find((account) => account.key === 'mailbox@example.org');
    const result = after?.lastSync?.result;
    if (result === undefined || after?.generation !== (before?.generation ?? 0) + 1)
      throw new Error('The last sync did not end');
    if (result.added + result.changed + result.removed > 0) {
      throw new Error(`The next plan (${mode}) is not empty: ${JSON.stringify(result)}`);
    }
  }
}

/** Every contact is found by its words, and no key is left of one that is gone. */
async function keysFitContacts({ database, directory }: ContactWorld, userId: string, contacts: number): Promise<void> {
  const { count } = await database
    .selectFrom('contact_keys')
    .select((eb) => eb.fn.count('contact_id').distinct().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  const found = await directory.search(
    { userId, siteId: 'site', dialPlan: JSON.parse('{}') as never },
    { elements: [['w:']] },
    200,
  );
  if (Number(count) !== contacts || found.count !== contacts) {
    throw new Error(`${contacts} contacts, but keys of ${Number(count)} and ${found.count} found`);
  }
}
