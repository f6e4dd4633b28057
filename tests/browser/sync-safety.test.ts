/** What protects a person's contacts from a sync he did not want: history, undo, and the questions after it. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { administrationWords, administrator, openAdministration, openTab } from './administration-driver';
import { contactsOf, createFaultWorld, stored } from './fault-world';
import { wrongIn } from './look-for-all';
import { eventually } from './pane-driver';
import type { PaneDriver } from './pane-driver';

const world = createFaultWorld();

const startSync = (pane: PaneDriver) => pane.button('Sync now').click();
const synced = (pane: PaneDriver) => pane.main.getByText('Synced', { exact: true }).waitFor({ timeout: 30_000 });
const history = (pane: PaneDriver) => pane.main.locator('[data-history]').getByRole('button');

const hasFocus = (control: Locator) => control.evaluate((element) => element === document.activeElement);

/** Every view of this is for everybody. */
async function look(pane: PaneDriver, view: string): Promise<void> {
  await pane.picture(view);
  expect(await wrongIn(pane.frame()), view).toEqual([]);
}

describe('the last syncs', () => {
  it(
    'are listed; one shows what it changed, is taken back, and the next sync asks before it does the same',
    { timeout: 120_000 },
    async () => {
      const mailbox = await world.mailbox({ seed: 'undo', count: 40 });
      const context = await world.context({ viewport: { width: 1600, height: 900 } });
      await mailbox.serve(context);
      const { pane } = await world.open(context, '331');
      await pane.goTo('Sync');
      await pane.main.getByText('Nothing yet. What a sync or a file changes is listed here.').waitFor();
      await startSync(pane);
      await synced(pane);
      const before = stored(world.store(), '331');

      const [edited, deleted] = mailbox.box.items();
      if (!edited || !deleted) throw new Error('The mailbox is too small.');
      mailbox.box.editContact(edited.id, { mobilePhone: '0171 3920055', companyName: 'Zeta AG' });
      mailbox.box.deleteContact(deleted.id);
      mailbox.box.addContact({ displayName: 'Zofia Zając', businessPhones: ['+49 89 99998-117'] });
      await startSync(pane);
      await pane.button(/: 1 added, 1 changed, 1 removed$/).waitFor();
      await eventually(() => history(pane).count(), 2);
      await look(pane, 'sync-history-list');

      await pane.button(/: 1 added, 1 changed, 1 removed$/).click();
      const changed = pane.main.locator('[data-change=changed]');
      await changed.getByText('Zeta AG').waitFor();
      await changed.getByText(/3920055/).waitFor();
      await look(pane, 'sync-history-changes');
      await pane.root.getByRole('tab', { name: 'Removed: 1' }).click();
      await changed.waitFor({ state: 'detached' });
      await pane.root.getByRole('tab', { name: 'All: 3' }).click();
      await pane.root.getByRole('searchbox', { name: 'Name', exact: true }).fill('zofia');
      await pane.button('Open contact Zofia Zając').click();
      await pane.root.getByRole('heading', { name: 'Zofia Zając' }).waitFor();
      await pane.button('Back').click();

      await pane.button('Undo this sync …').click();
      await look(pane, 'sync-history-undo');
      const cancel = pane.main.locator('[data-question]').getByRole('button', { name: 'Cancel' });
      await eventually(() => hasFocus(cancel), true);
      await cancel.press('Enter');
      await eventually(() => hasFocus(pane.button('Undo this sync …')), true);
      await pane.button('Undo this sync …').press('Enter');
      await pane.main.locator('[data-question]').getByRole('button', { name: 'Undo', exact: true }).click();
      await pane.main.getByText('Undone: 3 contacts are as they were before.').waitFor();
      expect(stored(world.store(), '331')).toEqual(before);
      await pane.button('Back').click();
      await pane.main.getByText(/^You undid the last sync\. Syncs by themselves pause/).waitFor();
      await pane.button(/: 1 added, 1 changed, 1 removed · undone$/).waitFor();

      await startSync(pane);
      const question = pane.main.locator('[data-waiting=after-undo]');
      await question.getByText('You undid the last sync').waitFor();
      await question.getByText(/; 1 contact would be removed\./).waitFor();
      await look(pane, 'sync-after-undo');
      await question.getByRole('button', { name: 'Not now' }).click();
      await question.waitFor({ state: 'detached' });
      expect(stored(world.store(), '331')).toEqual(before);
      await startSync(pane);
      await question.getByRole('button', { name: 'Apply' }).click();
      await synced(pane);
      expect(stored(world.store(), '331')).toEqual(contactsOf(mailbox.box));
      await eventually(() => pane.main.locator('[data-held]').count(), 0);
    },
  );
});

describe('a preview', () => {
  it(
    'shows what a sync would do; discarded it does nothing, applied it does just that',
    { timeout: 120_000 },
    async () => {
      const mailbox = await world.mailbox({ seed: 'preview', count: 50 });
      const context = await world.context();
      await mailbox.serve(context);
      const { pane } = await world.open(context, '332');
      await pane.goTo('Sync');
      await startSync(pane);
      await synced(pane);
      const before = stored(world.store(), '332');
      const items = mailbox.box.items();
      for (const { id } of items.slice(0, 24)) mailbox.box.deleteContact(id);
      mailbox.box.addContact({ displayName: 'Zofia Zając', businessPhones: ['+49 89 99998-117'] });

      await pane.button('Preview changes').click();
      await pane.main.getByText(/^1 would be added, 0 changed, 24 removed; \d+ stay/).waitFor();
      await pane.root.getByRole('tab', { name: 'Removed: 24' }).click();
      await pane.main.locator('[role=listitem][aria-setsize="24"]').first().waitFor();
      await look(pane, 'sync-preview');
      expect(world.store().syncs('332', 'open')).toBe(1);
      await pane.button('Discard').click();
      await pane.button('Sync now').waitFor();
      await eventually(() => world.store().syncs('332', 'open'), 0);
      expect(stored(world.store(), '332')).toEqual(before);

      // The guard asks about the same; it shows whom it is about.
      await startSync(pane);
      await pane.main.getByText('Many contacts would be removed').waitFor();
      await pane.button('Show them').click();
      await pane.main.locator('[role=listitem][aria-setsize="24"]').first().waitFor();
      await look(pane, 'sync-guard-list');
      expect(await pane.main.locator('[data-change=added]').count()).toBe(0);
      await pane.button('Keep them').click();
      await pane.button('Preview changes').click();
      await pane.button('Apply').click();
      await synced(pane);
      expect(stored(world.store(), '332')).toEqual(contactsOf(mailbox.box));
    },
  );
});

describe('a contact that was edited by hand', () => {
  it(
    'and has changed in Outlook since is found, shows the difference, and follows Outlook again',
    { timeout: 120_000 },
    async () => {
      const mailbox = await world.mailbox({ seed: 'originals', count: 10 });
      const zofia = mailbox.box.addContact({ displayName: 'Zofia Zając', businessPhones: ['+49 89 99998-117'] });
      const zdenka = mailbox.box.addContact({ displayName: 'Zdenka Nová', businessPhones: ['+49 89 99998-118'] });
      const context = await world.context();
      await mailbox.serve(context);
      const { pane } = await world.open(context, '333');
      await pane.goTo('Sync');
      await startSync(pane);
      await synced(pane);
      for (const name of ['Zofia Zając', 'Zdenka Nová']) {
        await pane.search(name);
        await pane.button(`Details of ${name}`).click();
        await pane.button('Edit').click();
        await pane.main.getByLabel('Company').fill('Mine GmbH');
        await pane.button('Save').click();
        await pane.button('Edit').waitFor();
      }
      mailbox.box.editContact(zofia, { companyName: 'Theirs AG' });
      mailbox.box.deleteContact(zdenka);
      await pane.goTo('Sync');
      await startSync(pane);

      await pane.main.getByText("Yours and Outlook's differ: 2").waitFor();
      await look(pane, 'sync-originals');
      await pane.button('Open contact Zofia Zając, changed in Outlook').click();
      const note = pane.main.locator('[data-original]');
      await note.getByText('Mine GmbH').waitFor();
      await note.getByText('Theirs AG').waitFor();
      await look(pane, 'contact-original-changed');
      await pane.button('Follow Outlook again').click();
      await note.waitFor({ state: 'detached' });
      await pane.main.getByText('Theirs AG').waitFor();
      await pane.button('Back').click();

      await pane.button('Open contact Zdenka Nová, gone in Outlook').click();
      await pane.button('Follow Outlook again …').click();
      await look(pane, 'contact-original-gone');
      await pane.main.locator('[data-question]').getByRole('button', { name: 'Remove', exact: true }).click();
      await pane.main.locator('[data-originals]').waitFor({ state: 'detached' });
      await eventually(() => stored(world.store(), '333'), contactsOf(mailbox.box));
    },
  );
});

describe('lists that are read while the service is away', () => {
  it('say so, and are there by themselves when it is back', { timeout: 120_000 }, async () => {
    const t = administrationWords.en;
    const user = await world.open(await world.context(), '331');
    await user.pane.goTo('Sync');
    await history(user.pane).first().click();
    await user.pane.main.locator('[data-change]').first().waitFor();
    const admin = await world.open(await world.context(), administrator);
    await openAdministration(admin.pane);
    await admin.pane.main.getByText('Anna Bergström').waitFor();

    await world.demo().kill();
    await user.pane.root.getByRole('searchbox', { name: 'Name', exact: true }).fill('z');
    await openTab(admin.pane, t.tabs.groups);
    for (const { pane } of [user, admin]) {
      await pane.main.getByRole('alert').waitFor();
      await pane.button('Try again').waitFor();
    }
    await look(user.pane, 'sync-history-away');
    await look(admin.pane, 'administration-away');

    await world.demo().restart();
    await user.pane.main.locator('[data-change]').first().waitFor({ timeout: 20_000 });
    await admin.pane.main.getByText('Vertrieb').waitFor({ timeout: 20_000 });
    for (const { pane } of [user, admin]) await pane.button('Try again').waitFor({ state: 'detached' });
  });
});
