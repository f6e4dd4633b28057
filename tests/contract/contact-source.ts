/** What every contact source holds to, whatever is behind it (`shared/mailbox/contact-source.ts`). */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  StateExpiredError,
  type ContactFolder,
  type ContactPage,
  type ContactSource,
} from '../../shared/mailbox/contact-source';
import { createFollower, type FollowedContact } from './contact-follower';

/** A contact as the suite writes it. */
export interface PlainContact {
  readonly displayName: string;
  readonly businessPhones?: readonly string[];
  readonly personalNotes?: string;
}

/** A mailbox behind a source, and what can be done to it from behind. Pages hold three contacts. */
export interface ContactSourceWorld {
  readonly source: ContactSource;
  /** The default folder, a folder in it, and a folder in that one. */
  readonly folderIds: readonly [string, string, string];
  add(contact: PlainContact, folderId: string): string;
  edit(itemId: string, patch: Partial<PlainContact>): void;
  remove(itemId: string): void;
  /** Absent where the source has no pictures. */
  setPicture?(itemId: string, picture: Uint8Array | undefined): void;
  move(itemId: string, folderId: string): void;
  /** Item id → what the directory must show. */
  contents(): ReadonlyMap<string, FollowedContact>;
  /** States given out so far are forgotten. */
  expire(): void;
  /** The next requests are throttled. */
  throttle(times: number): void;
  /** The next requests fail for a moment. */
  fail(times: number): void;
  /** The next pages are wrong in that way, as far as the source can show it. */
  disturb(fault: PageDisturbance, times: number): void;
  /** Milliseconds that the source has waited in all. */
  waitedMs(): number;
  close(): Promise<void>;
}

export type PageDisturbance = 'empty-page' | 'repeat-page' | 'repeat-items' | 'partial-items';

const never = new AbortController().signal;

async function pagesOf(pages: AsyncIterable<ContactPage>): Promise<ContactPage[]> {
  const all: ContactPage[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

/** Runs the suite against a source. `runs` is the number of random histories. */
export function contactSourceContract(name: string, make: () => Promise<ContactSourceWorld>, runs = 40): void {
  describe(`${name} as a contact source`, () => {
    let world: ContactSourceWorld;
    let folder: ContactFolder;
    beforeEach(async () => {
      world = await make();
      folder = { id: world.folderIds[0], name: 'Contacts' };
    });
    afterEach(() => world.close());

    const read = (state?: string): Promise<ContactPage[]> => pagesOf(world.source.changes(folder, state, never));
    const stateOf = (pages: readonly ContactPage[]): string => {
      const state = pages.at(-1)?.nextState;
      if (state === undefined) throw new Error('The last page carries no state.');
      return state;
    };
    const idsOf = (pages: readonly ContactPage[]): string[] =>
      pages.flatMap((page) => page.changes.map((change) => `${change.type} ${change.itemId}`));

    it('lists the default folder first, then its children and theirs', async () => {
      const folders = await world.source.folders(never);
      expect(folders.map(({ id }) => id)).toEqual(world.folderIds);
      expect(folders.every(({ name: text }) => text.length > 0)).toBe(true);
    });

    it('gives every contact of a folder in pages, and a state on the last page only', async () => {
      const ids = Array.from({ length: 8 }, (_, n) => world.add({ displayName: `Contact ${String(n)}` }, folder.id));
      const pages = await read();
      expect(pages.length).toBeGreaterThan(1);
      expect(idsOf(pages)).toEqual(ids.map((id) => `upsert ${id}`));
      expect(pages.slice(0, -1).every((page) => page.nextState === undefined)).toBe(true);
      expect(pages.at(-1)?.nextState).toBeDefined();
    });

    it('gives an empty folder as one page with a state', async () => {
      const pages = await read();
      expect(idsOf(pages)).toEqual([]);
      expect(pages.at(-1)?.nextState).toBeDefined();
    });

    it('gives only what changed since a state', async () => {
      const [kept, edited, removed] = ['Kept', 'Edited', 'Removed'].map((n) =>
        world.add({ displayName: n }, folder.id),
      );
      const state = stateOf(await read());
      world.edit(edited ?? '', { displayName: 'Edited again' });
      world.remove(removed ?? '');
      const added = world.add({ displayName: 'Added' }, folder.id);
      const pages = await read(state);
      expect(idsOf(pages).sort()).toEqual(
        [`remove ${removed ?? ''}`, `upsert ${added}`, `upsert ${edited ?? ''}`].sort(),
      );
      expect(idsOf(pages).join()).not.toContain(kept);
      expect(idsOf(await read(stateOf(pages)))).toEqual([]);
    });

    it('gives the picture of an item as it is, and another version of the item when it changes', async () => {
      if (world.setPicture === undefined) {
        expect('picture' in world.source).toBe(false);
        return;
      }
      const ask = (itemId: string) => world.source.picture?.(itemId, never);
      const versionOf = (pages: readonly ContactPage[]) =>
        pages.flatMap((page) => page.changes.map((change) => (change.type === 'upsert' ? change.version : undefined)));
      const id = world.add({ displayName: 'Pictured' }, folder.id);
      const first = await read();
      const [version] = versionOf(first);
      expect(version).toBeDefined();
      expect(await ask(id)).toBe('none');
      world.setPicture(id, Uint8Array.of(1, 2, 255));
      world.throttle(1);
      expect(await ask(id)).toEqual(Uint8Array.of(1, 2, 255));
      const second = versionOf(await read(stateOf(first)));
      expect(second).toHaveLength(1);
      expect(second).not.toEqual([version]);
      world.setPicture(id, new Uint8Array(4 * 1024 * 1024 + 1));
      expect(await ask(id)).toBe('too-large');
      world.remove(id);
      expect(await ask(id)).toBe('none');
    });

    it('shows a move as a removal here and an upsert there with the same id', async () => {
      const other = { id: world.folderIds[1], name: 'Other' };
      const id = world.add({ displayName: 'Mover' }, folder.id);
      const here = stateOf(await read());
      const there = stateOf(await pagesOf(world.source.changes(other, undefined, never)));
      world.move(id, other.id);
      expect(idsOf(await read(here))).toEqual([`remove ${id}`]);
      expect(idsOf(await pagesOf(world.source.changes(other, there, never)))).toEqual([`upsert ${id}`]);
    });

    it.each(['empty-page', 'repeat-page', 'repeat-items', 'partial-items'] as const)(
      'loses nothing when the server shows %s',
      async (fault) => {
        const follower = createFollower(world.source);
        for (let n = 0; n < 7; n += 1) {
          world.add({ displayName: `Contact ${String(n)}`, businessPhones: ['089 99998-123'] }, folder.id);
        }
        await follower.sync(never);
        for (const id of world.contents().keys()) world.edit(id, { displayName: `Edited ${id}` });
        world.disturb(fault, 2);
        await follower.sync(never);
        expect(follower.contents()).toEqual(world.contents());
      },
    );

    it('says that a state has expired', async () => {
      world.add({ displayName: 'One' }, folder.id);
      const state = stateOf(await read());
      world.expire();
      await expect(read(state)).rejects.toBeInstanceOf(StateExpiredError);
      expect(idsOf(await read())).toHaveLength(1);
    });

    it('takes a state that it did not give for an expired one', async () => {
      await expect(read('no state of any source')).rejects.toBeInstanceOf(StateExpiredError);
    });

    it('waits as long as it is told when it is throttled, and goes on', async () => {
      world.add({ displayName: 'One' }, folder.id);
      world.throttle(2);
      expect(idsOf(await read())).toHaveLength(1);
      expect(world.waitedMs()).toBeGreaterThanOrEqual(2000);
    });

    it('tries again after a fault', async () => {
      world.add({ displayName: 'One' }, folder.id);
      world.fail(3);
      expect(idsOf(await read())).toHaveLength(1);
    });

    it('tells a contact that breaks a limit as skipped, and the others come', async () => {
      const large = world.add({ displayName: 'Large', personalNotes: 'x'.repeat(8001) }, folder.id);
      const small = world.add({ displayName: 'Small' }, folder.id);
      const pages = await read();
      expect(idsOf(pages)).toEqual([`upsert ${small}`]);
      expect(pages.flatMap((page) => page.skipped)).toEqual([
        { folderId: folder.id, itemId: large, name: 'Large', reason: 'too-large' },
      ]);
    });

    it('takes away a contact that cannot be read any more', async () => {
      const id = world.add({ displayName: 'Grows' }, folder.id);
      const state = stateOf(await read());
      world.edit(id, { personalNotes: 'x'.repeat(8001) });
      const pages = await read(state);
      expect(idsOf(pages)).toEqual([`remove ${id}`]);
      expect(pages.flatMap((page) => page.skipped)).toHaveLength(1);
    });

    it('ends at once with the reason of an abort, before and between pages', async () => {
      for (let n = 0; n < 8; n += 1) world.add({ displayName: `Contact ${String(n)}` }, folder.id);
      const reason = new Error('enough');
      await expect(pagesOf(world.source.changes(folder, undefined, AbortSignal.abort(reason)))).rejects.toBe(reason);
      await expect(world.source.folders(AbortSignal.abort(reason))).rejects.toBe(reason);
      const controller = new AbortController();
      const seen: ContactPage[] = [];
      const reading = async (): Promise<void> => {
        for await (const page of world.source.changes(folder, undefined, controller.signal)) {
          seen.push(page);
          controller.abort(reason);
        }
      };
      await expect(reading()).rejects.toBe(reason);
      expect(seen).toHaveLength(1);
    });

    it('counts the contacts of all folders, or says that it cannot', async () => {
      world.folderIds.forEach((id) => world.add({ displayName: 'One' }, id));
      expect([3, undefined]).toContain(await world.source.count(never));
    });

    it('reproduces the mailbox exactly, whatever happens to it while it is followed', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(happening, { maxLength: 14 }), async (history) => {
          const own = await make();
          try {
            const follower = createFollower(own.source);
            for (const event of history) await play(own, follower, event);
            await follower.syncUntilQuiet(never);
            expect(follower.contents()).toEqual(own.contents());
          } finally {
            await own.close();
          }
        }),
        { numRuns: runs },
      );
    }, 120_000);
  });
}

type Change =
  | { readonly type: 'add'; readonly folder: number; readonly name: string }
  | { readonly type: 'edit' | 'remove'; readonly item: number; readonly name: string }
  | { readonly type: 'move'; readonly item: number; readonly folder: number };
type Happening =
  | Change
  | { readonly type: 'expire' }
  | { readonly type: 'throttle' | 'fail'; readonly times: number }
  | { readonly type: 'disturb'; readonly fault: PageDisturbance; readonly times: number }
  /** A sync, in the middle of which these changes happen, one after each page. */
  | { readonly type: 'sync'; readonly meanwhile: readonly Change[] };

const label = fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom('a', 'ü', 'ø', 'Ł', '日', '9') });
const index = fc.nat({ max: 30 });
const folderIndex = fc.nat({ max: 2 });
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('add' as const), folder: folderIndex, name: label }) },
  fc.record({ type: fc.constantFrom('edit' as const, 'remove' as const), item: index, name: label }),
  fc.record({ type: fc.constant('move' as const), item: index, folder: folderIndex }),
);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: change },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('sync' as const), meanwhile: fc.array(change, { maxLength: 4 }) }),
  },
  fc.constant({ type: 'expire' as const }),
  fc.record({ type: fc.constantFrom('throttle' as const, 'fail' as const), times: fc.integer({ min: 1, max: 8 }) }),
  fc.record({
    type: fc.constant('disturb' as const),
    fault: fc.constantFrom<PageDisturbance>('empty-page', 'repeat-page', 'repeat-items', 'partial-items'),
    times: fc.integer({ min: 1, max: 4 }),
  }),
);

async function play(
  world: ContactSourceWorld,
  follower: ReturnType<typeof createFollower>,
  event: Happening,
): Promise<void> {
  switch (event.type) {
    case 'expire':
      world.expire();
      return;
    case 'throttle':
      world.throttle(event.times);
      return;
    case 'fail':
      world.fail(event.times);
      return;
    case 'disturb':
      world.disturb(event.fault, event.times);
      return;
    case 'sync': {
      const meanwhile = [...event.meanwhile];
      return follower.sync(never, () => {
        const next = meanwhile.shift();
        if (next !== undefined) playChange(world, next);
      });
    }
    default:
      playChange(world, event);
  }
}

function playChange(world: ContactSourceWorld, event: Change): void {
  if (event.type === 'add') {
    const contact = { displayName: event.name, businessPhones: [`089 ${event.name}`] };
    world.add(contact, world.folderIds[event.folder] ?? world.folderIds[0]);
    return;
  }
  const ids = [...world.contents().keys()];
  const id = ids[event.item % Math.max(1, ids.length)];
  if (id === undefined) return;
  if ('folder' in event) world.move(id, world.folderIds[event.folder] ?? world.folderIds[0]);
  else if (event.type === 'remove') world.remove(id);
  else world.edit(id, event.item % 2 === 0 ? { displayName: event.name } : { businessPhones: [event.name] });
}
