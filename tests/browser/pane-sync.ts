/** The place Sync: mailbox and files, each button held to what the store says afterwards. */
import { describe, expect, it } from 'vitest';
import { eventually } from './pane-driver';
import type { PaneDriver } from './pane-driver';
import { fileOf } from './pane-files';
import type { PaneWorld } from './pane-world';

const user = '337';

export function describeSync(world: PaneWorld): void {
  const stored = () => world.store().imported(user);
  const committed = () => world.store().syncs(user, 'committed');
  const open = async (refusals: readonly RegExp[] = []): Promise<PaneDriver> => {
    const { pane } = await world.preview(user, { refusals });
    await pane.goTo('Sync');
    return pane;
  };

  /** A list of the result opens, as long as its title says. */
  const showsRows = async (pane: PaneDriver, title: RegExp) => {
    const toggle = pane.button(title).first();
    const [count] = /\d+/.exec(await toggle.innerText()) ?? [];
    const before = world.store().contacts(user).length;
    await pane.press(toggle, async () => {
      const rows = pane.main.getByRole('list', { name: title }).first().getByRole('listitem');
      await eventually(() => rows.count(), Number(count));
      expect(world.store().contacts(user).length).toBe(before);
    });
  };

  describe('the sync', () => {
    it('brings the contacts of the mailbox, says what it left out, and can be cancelled', async () => {
      const pane = await open();
      const before = committed();
      await pane.press(pane.control('tab', 'Sync'), async () => {
        await pane.press(pane.button('Sync now'), async () => {
          await pane.main.getByText('Synced', { exact: true }).waitFor();
          expect(committed()).toBeGreaterThan(before);
          expect(stored()).toBeGreaterThan(20);
        });
      });
      const all = stored();
      await showsRows(pane, /^Numbers that could not be read: \d+$/);
      expect(stored()).toBe(all);
      await pane.press(pane.button('Read everything again'), async () => {
        await pane.main.getByText('Everything is up to date.').waitFor();
        expect(stored()).toBe(all);
      });

      const done = committed();
      await pane.page.context().route(/\/v1\.0\//, () => undefined);
      await pane.button('Read everything again').click();
      await pane.press(pane.button('Cancel'), async () => {
        await pane.main.getByText('Cancelled. Nothing was changed.').waitFor();
        expect(stored()).toBe(all);
        expect(committed()).toBe(done);
        await eventually(() => world.store().syncs(user, 'open'), 0);
      });
    });

    it('keeps its settings', async () => {
      const pane = await open();
      const setting = (key: string) => () => world.store().user(user).settings[key];
      await pane.press(pane.control('checkbox', 'Do not import contacts without a phone number'), () =>
        eventually(setting('skipContactsWithoutNumber'), true),
      );
      await pane.choose('Sync by itself while this pane or its window is open', 'Off', () =>
        eventually(setting('syncIntervalMinutes'), 0),
      );
    });

    it('a file is shown first and imported when one says so', async () => {
      const pane = await open();
      const all = world.store().contacts(user).length;
      const file = fileOf(
        [
          ['Öznur', 'Zwirn', 'Straß GmbH', '089 99998-461'],
          ['', '', '', '089 99998-462'],
        ],
        'mine.csv',
      );
      const choose = async () => {
        const chooser = pane.page.waitForEvent('filechooser');
        await pane.press(pane.button('Choose file'), async () => {
          await (await chooser).setFiles(file);
          await pane.root.getByText(/mine\.csv would bring|There is nothing new in this file\./).waitFor();
          expect(world.store().contacts(user).length).toBeGreaterThanOrEqual(all);
        });
      };
      await choose();
      const plan = pane.main.locator('[data-file=planned]');
      await showsRows(pane, /^Skipped: \d+$/);
      await plan.getByRole('button', { name: 'Cancel' }).click();
      await plan.waitFor({ state: 'detached' });
      expect(world.store().contacts(user).length).toBe(all);

      await choose();
      // Read as windows-1252 the ö of UTF-8 are two other letters: what is chosen is what is read.
      await pane.choose('Character set', 'windows-1252', async () => {
        await pane.press(pane.button('Import'), async () => {
          await pane.root.getByText('mine.csv is imported').waitFor();
          await eventually(() => world.store().contacts(user).length, all + 1);
          expect(
            world
              .store()
              .names(user)
              .some((name) => name.includes('Ã–znur')),
          ).toBe(true);
        });
      });
      await choose();
      await pane.press(plan.getByRole('button', { name: 'Close' }), async () => {
        await plan.waitFor({ state: 'detached' });
        expect(world.store().contacts(user).length).toBe(all + 1);
      });
    });

    it('deletes what was imported only after the question', async () => {
      const pane = await open();
      const before = stored();
      expect(before).toBeGreaterThan(0);
      await pane.press(pane.button('Delete imported contacts …'), async () => {
        await pane.main.locator('[data-question]').getByRole('button', { name: 'Cancel' }).click();
        expect(stored()).toBe(before);
      });
      await pane.button('Delete imported contacts …').click();
      await pane.press(pane.main.locator('[data-question]').getByRole('button', { name: 'Delete' }), async () => {
        await eventually(stored, 0);
        await pane.root.getByText(`${before} imported contacts deleted.`).waitFor();
      });
    });

    it('asks before it removes most of the contacts, and does what is answered', async () => {
      const first = await open();
      await first.button('Sync now').click();
      await first.main.getByText('Synced', { exact: true }).waitFor();
      const all = stored();
      await first.page.context().close();

      await world.demo().kill();
      // The mailbox comes back with a handful of its contacts.
      world.environment.DEMO_CONTACTS = '6';
      await world.demo().restart();
      const pane = await open([/\/contact-syncs\/[^/]+\/commit$/]);
      await pane.button('Sync now').click();
      await pane.root.getByText('Many contacts would be removed').waitFor();
      expect(stored()).toBe(all);
      await pane.press(pane.button('Keep them'), async () => {
        await pane.button('Keep them').waitFor({ state: 'detached' });
        expect(stored()).toBe(all);
        expect(world.store().syncs(user, 'waiting')).toBe(0);
      });
      await pane.button('Sync now').click();
      await pane.press(pane.button('Remove them'), async () => {
        await expect.poll(stored, { timeout: 10_000 }).toBeLessThan(8);
      });
    });
  });
}
