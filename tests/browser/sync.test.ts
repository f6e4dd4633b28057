/** Syncing with the mailbox, above all when something goes wrong in it: afterwards the directory is the mailbox. */
import { describe, expect, it } from 'vitest';
import { contactsOf, createFaultWorld, holdRequests, stored } from './fault-world';
import { eventually } from './pane-driver';
import type { PaneDriver } from './pane-driver';

const world = createFaultWorld();

const batches = /\/contact-syncs\/[^/]+\/batches\/\d+$/;
const commits = /\/contact-syncs\/[^/]+\/commit$/;
const folderList = /\/v1\.0\/me\/contactFolders\?/;

const count = (pane: PaneDriver, name: string) => pane.main.locator(`[data-count="${name}"] dd`).innerText();
const synced = (pane: PaneDriver) => pane.main.getByText('Synced', { exact: true }).waitFor({ timeout: 30_000 });
const upToDate = (pane: PaneDriver) => pane.main.getByText('Everything is up to date.').waitFor();
const startSync = (pane: PaneDriver) => pane.button('Sync now').click();
const lostConnection = (pane: PaneDriver) => pane.root.getByRole('banner').getByText('No connection', { exact: true });

/** A sync that has to end well, and the directory that has to be the mailbox then. */
async function lastSync(pane: PaneDriver, userName: string, expected: readonly string[]): Promise<void> {
  await startSync(pane);
  await pane.main.getByText(/^(Synced|Everything is up to date\.)$/).waitFor({ timeout: 30_000 });
  expect(stored(world.store(), userName)).toEqual(expected);
  expect(world.store().syncs(userName, 'open')).toBe(0);
}

describe('Sync now', () => {
  it('brings the whole mailbox, tells how far it is in counts, and what it did', async () => {
    const mailbox = await world.mailbox({ seed: 'whole', count: 450 });
    const context = await world.context();
    await mailbox.serve(context);
    const { pane } = await world.open(context, '331');
    await pane.goTo('Sync');
    await pane.main.getByText('453 contacts in Outlook').waitFor();
    await pane.main.getByText('Not synced yet').waitFor();

    const gate = await holdRequests(context, batches, 'PUT');
    await startSync(pane);
    await gate.reached;
    await pane.main.getByText(/^[1-9]\d* read, 0 transferred$/).waitFor();
    await pane.main.getByRole('progressbar').waitFor();
    expect(world.store().contacts('331')).toEqual([]);
    gate.open();
    await synced(pane);

    expect(stored(world.store(), '331')).toEqual(contactsOf(mailbox.box));
    expect(await count(pane, 'added')).toBe('450');
    expect(await count(pane, 'removed')).toBe('0');
    await startSync(pane);
    await upToDate(pane);
    expect(await count(pane, 'unchanged')).toBe('450');
  });

  it('brings what changed since, and only that', async () => {
    const mailbox = await world.mailbox({ seed: 'changes', count: 120 });
    const context = await world.context();
    await mailbox.serve(context);
    const { pane } = await world.open(context, '332');
    await pane.goTo('Sync');
    await lastSync(pane, '332', contactsOf(mailbox.box));

    const [edited, deleted, moved] = mailbox.box.items();
    const [folder] = mailbox.box.folders().filter(({ name }) => name === 'Privat');
    if (!edited || !deleted || !moved || !folder) throw new Error('The mailbox is too small.');
    mailbox.box.editContact(edited.id, { mobilePhone: '0171 3920055' });
    mailbox.box.deleteContact(deleted.id);
    mailbox.box.moveContact(moved.id, folder.id);
    mailbox.box.addContact({ displayName: 'Zofia Zając', businessPhones: ['+49 89 99998-117'] });
    await lastSync(pane, '332', contactsOf(mailbox.box));
    expect([await count(pane, 'added'), await count(pane, 'changed'), await count(pane, 'removed')]).toEqual([
      '1',
      '1',
      '1',
    ]);

    // The mailbox has forgotten what it told: everything is read again, and nothing comes twice.
    mailbox.box.expireStates();
    mailbox.server.control.disturbPages(2, 'repeat-page');
    mailbox.server.control.disturbPages(1, 'empty-page');
    await lastSync(pane, '332', contactsOf(mailbox.box));
  });

  it('in the ribbon needs no pane and tells its end on the open mail', async () => {
    const mailbox = await world.mailbox({ seed: 'ribbon', count: 130 });
    const context = await world.context();
    await mailbox.serve(context);
    const { page, aside } = await world.open(context, '333');
    await aside.getByRole('button', { name: 'Close the pane' }).click();
    await page.locator('iframe[title="myContacts"]').waitFor({ state: 'detached' });

    await page.getByRole('toolbar').getByRole('button', { name: 'Sync now' }).click();
    const notification = page.locator('[data-notification="mycontacts"]');
    await notification.getByText('myContacts: contacts synced. 130 added, 0 changed, 0 removed.').waitFor();
    expect(stored(world.store(), '333')).toEqual(contactsOf(mailbox.box));

    await page.getByRole('toolbar').getByRole('button', { name: 'Sync now' }).click();
    await notification.getByText('myContacts: contacts are up to date.').waitFor();
  });

  it('in the ribbon asks to sign in first where nobody is', async () => {
    const context = await world.context();
    const page = await context.newPage();
    await page.goto(world.demo().url);
    await page.getByRole('toolbar').getByRole('button', { name: 'Sync now' }).click();
    await page
      .locator('[data-notification="mycontacts"]')
      .getByText('myContacts: open the myContacts pane and sign in first.')
      .waitFor();
  });

  it('that is cancelled changes nothing and keeps nobody from the next', async () => {
    const mailbox = await world.mailbox({ seed: 'cancel', count: 300 });
    const context = await world.context();
    await mailbox.serve(context);
    const { pane } = await world.open(context, '334');
    await pane.goTo('Sync');
    const gate = await holdRequests(context, commits, 'POST');
    await startSync(pane);
    await gate.reached;
    expect(world.store().syncs('334', 'open')).toBe(1);
    await pane.button('Cancel').click();
    await pane.main.getByText('Cancelled. Nothing was changed.').waitFor();
    expect(world.store().contacts('334')).toEqual([]);
    await eventually(() => world.store().syncs('334', 'open'), 0);
    gate.open();
    await context.unroute(commits);
    await lastSync(pane, '334', contactsOf(mailbox.box));
  });
});

describe('a sync that is broken off', () => {
  it('by a pane that dies with its mail is taken up by the next pane, without a word', async () => {
    const mailbox = await world.mailbox({ seed: 'unpinned', count: 260 });
    const context = await world.context();
    await mailbox.serve(context);
    const preview = await world.open(context, '335');
    await preview.pane.goTo('Sync');
    const gate = await holdRequests(context, batches, 'PUT');
    await startSync(preview.pane);
    await gate.reached;
    await preview.openItem(1);
    gate.open();
    await preview.pane.ready();
    await eventually(() => stored(world.store(), '335'), contactsOf(mailbox.box));
    expect(world.store().syncs('335', 'open')).toBe(0);
    // The lost sync and the one that took it up are not told apart by the user: only the result is there.
    await preview.pane.goTo('Sync');
    await preview.pane.main.getByText('Last sync:').waitFor();
  });

  it('by a killed service recovers by itself; the pane says no connection until then', async () => {
    const mailbox = await world.mailbox({ seed: 'killed', count: 350 });
    const context = await world.context();
    await mailbox.serve(context);
    const { pane } = await world.open(context, '336');
    await pane.goTo('Sync');
    const gate = await holdRequests(context, batches, 'PUT');
    await startSync(pane);
    await gate.reached;
    await world.demo().kill();
    gate.open();
    await lostConnection(pane).waitFor();
    expect(world.store().contacts('336')).toEqual([]);
    await world.demo().restart();
    await pane.ready();
    await synced(pane);
    expect(stored(world.store(), '336')).toEqual(contactsOf(mailbox.box));
    await lastSync(pane, '336', contactsOf(mailbox.box));
  });

  it('by a service killed while it saves has changed all or nothing, and ends right', async () => {
    const mailbox = await world.mailbox({ seed: 'saving', count: 600 });
    const context = await world.context();
    await mailbox.serve(context);
    const { pane } = await world.open(context, '337');
    await pane.goTo('Sync');
    const gate = await holdRequests(context, commits, 'POST');
    await startSync(pane);
    const route = await gate.reached;
    // On its way into the transaction when the power goes.
    const answer = route.fetch().catch(() => undefined);
    await world.demo().kill();
    await answer;
    expect([0, 600]).toContain(world.store().contacts('337').length);
    gate.open();
    await lostConnection(pane).waitFor();
    await world.demo().restart();
    await pane.ready();
    await synced(pane);
    expect(stored(world.store(), '337')).toEqual(contactsOf(mailbox.box));
    await lastSync(pane, '337', contactsOf(mailbox.box));
  });

  it('after it was saved and before the answer arrived tells the result all the same', async () => {
    const mailbox = await world.mailbox({ seed: 'answer', count: 200 });
    const context = await world.context();
    await mailbox.serve(context);
    const { pane } = await world.open(context, '338');
    await pane.goTo('Sync');
    let lost = 0;
    await context.route(commits, async (route) => {
      if ((lost += 1) > 1) return route.continue();
      await route.fetch();
      await world.demo().kill();
      await route.abort();
      await world.demo().restart();
    });
    await startSync(pane);
    await synced(pane);
    expect(lost).toBeGreaterThan(1);
    expect(await count(pane, 'added')).toBe('200');
    expect(stored(world.store(), '338')).toEqual(contactsOf(mailbox.box));
    await pane.ready();
    await lastSync(pane, '338', contactsOf(mailbox.box));
  });
});

describe('a mailbox', () => {
  it('that cannot be reached is told in words, and the next sync ends right', async () => {
    const mailbox = await world.mailbox({ seed: 'gone', count: 150 });
    const context = await world.context();
    await context.clock.install();
    await mailbox.serve(context);
    const { page, pane } = await world.open(context, '339');
    await pane.goTo('Sync');
    await pane.main.getByText('153 contacts in Outlook').waitFor();
    let tries = 0;
    await context.route(folderList, async (route) => {
      tries += 1;
      // Only then nothing else is under way whose time could run out when the clock is put forward.
      await pane.main.getByText('0 read, 0 transferred').waitFor();
      await route.abort('internetdisconnected');
      if (tries < 6) await page.clock.fastForward(8000);
    });
    await startSync(pane);
    await pane.main.getByText('The mailbox cannot be reached. Check the network and try again.').waitFor();
    await pane.main.getByText('The sync did not work. Nothing was changed.').waitFor();
    expect(world.store().contacts('339')).toEqual([]);
    await eventually(() => world.store().syncs('339', 'open'), 0);
    await context.unroute(folderList);
    await lastSync(pane, '339', contactsOf(mailbox.box));
  });

  it('that throttles, fails and drops connections is read to the end', async () => {
    const mailbox = await world.mailbox({ seed: 'throttled', count: 420 });
    const context = await world.context();
    await context.clock.install();
    await mailbox.serve(context);
    const { page, pane } = await world.open(context, '340');
    await pane.goTo('Sync');
    await pane.main.getByText('423 contacts in Outlook').waitFor();
    mailbox.server.control.throttle(3, 1);
    mailbox.server.control.fail(2, 503);
    mailbox.server.control.dropConnections(2);
    await startSync(pane);
    const done = pane.main.getByText('Synced', { exact: true });
    await expect
      .poll(
        async () => {
          await page.clock.fastForward(2000);
          return done.count();
        },
        { timeout: 30_000 },
      )
      .toBe(1);
    expect(mailbox.server.control.served().requests.filter(({ status }) => status === 429)).toHaveLength(3);
    expect(mailbox.server.control.served().mostParallel).toBeLessThanOrEqual(4);
    expect(stored(world.store(), '340')).toEqual(contactsOf(mailbox.box));
  });

  it('that is suddenly empty removes nothing without a word of the user, in whatever pane he reads the question', async () => {
    const mailbox = await world.mailbox({ seed: 'empty', count: 90 });
    const context = await world.context();
    await mailbox.serve(context);
    const preview = await world.open(context, '341');
    const { pane } = preview;
    await pane.goTo('Sync');
    await lastSync(pane, '341', contactsOf(mailbox.box));
    const before = contactsOf(mailbox.box);
    for (const { id } of mailbox.box.items()) mailbox.box.deleteContact(id);

    const question = pane.main.getByText('Many contacts would be removed');
    await startSync(pane);
    await question.waitFor();
    await pane.main.getByText('no longer has 90 of the imported contacts; 0 would remain').waitFor();
    expect(stored(world.store(), '341')).toEqual(before);

    await preview.openItem(1);
    await pane.ready();
    await pane.goTo('Sync');
    await question.waitFor();
    await pane.button('Keep them').click();
    await question.waitFor({ state: 'detached' });
    expect(stored(world.store(), '341')).toEqual(before);
    expect(world.store().syncs('341', 'waiting')).toBe(0);

    await startSync(pane);
    await question.waitFor();
    await pane.button('Remove them').click();
    await synced(pane);
    expect(await count(pane, 'removed')).toBe('90');
    expect(world.store().contacts('341')).toEqual([]);
  });
});

describe('a sync', () => {
  it('whose batches and commit arrive twice does nothing twice', async () => {
    const mailbox = await world.mailbox({ seed: 'twice', count: 330 });
    const context = await world.context();
    await mailbox.serve(context);
    const { pane } = await world.open(context, '342');
    await pane.goTo('Sync');
    let repeated = 0;
    const twice = new RegExp(`${batches.source}|${commits.source}`);
    await context.route(twice, async (route) => {
      repeated += 1;
      await route.fetch();
      await route.continue();
    });
    await startSync(pane);
    await synced(pane);
    expect(repeated).toBeGreaterThan(3);
    expect(await count(pane, 'added')).toBe('330');
    expect(stored(world.store(), '342')).toEqual(contactsOf(mailbox.box));
  });

  it('of another pane is told with who runs it and since when', async () => {
    const mailbox = await world.mailbox({ seed: 'two', count: 180 });
    const [one, other] = [await world.context(), await world.context()];
    await mailbox.serve(one);
    await mailbox.serve(other);
    const first = await world.open(one, '343');
    const second = await world.open(other, '343');
    await first.pane.goTo('Sync');
    await second.pane.goTo('Sync');
    const gate = await holdRequests(one, commits, 'POST');
    await startSync(first.pane);
    await gate.reached;
    await startSync(second.pane);
    await second.pane.main
      .getByText(/^A sync is already running: Outlook on the web, since .*\d{1,2}:\d{2}.*\.$/)
      .waitFor();
    gate.open();
    await synced(first.pane);
    expect(stored(world.store(), '343')).toEqual(contactsOf(mailbox.box));
    await lastSync(second.pane, '343', contactsOf(mailbox.box));
  });

  it('comes by itself when the interval is over', async () => {
    const mailbox = await world.mailbox({ seed: 'interval', count: 40 });
    const context = await world.context();
    await context.clock.install();
    await mailbox.serve(context);
    const { page, pane } = await world.open(context, '344');
    await pane.goTo('Sync');
    await lastSync(pane, '344', contactsOf(mailbox.box));
    mailbox.box.addContact({ displayName: 'Sonja Später', mobilePhone: '+49 171 3920066' });
    await page.clock.fastForward(14 * 60_000);
    expect(world.store().names('344')).not.toContain('Sonja Später');
    await page.clock.fastForward(2 * 60_000);
    await eventually(() => stored(world.store(), '344'), contactsOf(mailbox.box));
  });
});
