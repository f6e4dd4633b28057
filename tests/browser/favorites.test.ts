/** Favourites as a user uses them: from a star to a group, ordered with mouse and keyboard, dialled, in two panes at once. */
import { describe, expect, it } from 'vitest';
import { wrongIn } from './look-for-all';
import { createPaneDriver, eventually } from './pane-driver';
import type { PaneDriver } from './pane-driver';
import { createPaneWorld } from './pane-world';

const world = createPaneWorld({ DEMO_CONTACTS: '60', DEMO_LATENCY_MS: '5' });
const activity = (extension: string) => world.telephones().activity(extension);

/** Groups with the names in them, as the pane shows them. */
async function shown(pane: PaneDriver): Promise<string[]> {
  const rows = await pane.main
    .locator('[data-favorite-row]')
    .evaluateAll((found) =>
      found.map((row) => row.getAttribute('aria-label')?.replace(/^(Favourite|Favorit) /, '') ?? row.textContent),
    );
  return rows.map((name) => name.trim());
}
const row = (pane: PaneDriver, name: string) => pane.button(`Favourite ${name}`);

async function add(pane: PaneDriver, search: string, name: string, group: string, isNew: boolean): Promise<void> {
  await pane.search(search);
  await pane.button(`Add ${name} to the favourites`).click();
  const chooser = pane.main.locator('[data-favorite-chooser]');
  const groups = chooser.getByRole('combobox', { name: 'Group' });
  if (isNew && (await groups.count()) > 0) await groups.selectOption({ label: 'New group …' });
  if (isNew) await chooser.getByRole('textbox').fill(group);
  else await groups.selectOption({ label: group });
  await chooser.getByRole('button', { name: 'OK' }).click();
  await pane.button(`${name} is a favourite in ${group}. Change`).waitFor();
}

describe('favourites', () => {
  it('are added by the star, ordered by keys and mouse, dialled, and are the same in a second pane', async () => {
    const pane = await world.window('330', { viewport: { width: 320, height: 800 }, refusals: [/favorites\/groups/] });
    const session = await world.session({ viewport: { width: 320, height: 800 } });
    await pane.goTo('Favourites');
    await pane.root.getByText('No favourites yet.').waitFor();
    await pane.picture('favorites-empty');
    await add(pane, 'mull', 'Jürgen Müller', 'Team', true);
    await add(pane, 'sor', 'Søren Kjærgaard', 'Team', false);
    await add(pane, 'taxi', 'Taxi Zentrale', 'Outside', true);
    await pane.goTo('Favourites');
    await eventually(
      () => shown(pane),
      ['Team (2)', 'Jürgen Müller', 'Søren Kjærgaard', 'Outside (1)', 'Taxi Zentrale'],
    );

    // Over the edge of the group by the keyboard, with the focus and a word of where it is now.
    await row(pane, 'Søren Kjærgaard').focus();
    await pane.page.keyboard.press('Alt+ArrowDown');
    await eventually(
      () => shown(pane),
      ['Team (1)', 'Jürgen Müller', 'Outside (2)', 'Søren Kjærgaard', 'Taxi Zentrale'],
    );
    await pane.root.getByText('Søren Kjærgaard: 1 of 2 in Outside').waitFor({ state: 'attached' });
    await expect.poll(() => row(pane, 'Søren Kjærgaard').evaluate((own) => own === document.activeElement)).toBe(true);
    await pane.page.keyboard.press('Alt+ArrowDown');
    await eventually(
      () => shown(pane),
      ['Team (1)', 'Jürgen Müller', 'Outside (2)', 'Taxi Zentrale', 'Søren Kjærgaard'],
    );

    // Back with the mouse, before the first.
    await pane.main
      .locator('[data-favorite-item]', { hasText: 'Søren' })
      .dragTo(pane.main.locator('[data-favorite-item]', { hasText: 'Müller' }), { targetPosition: { x: 120, y: 3 } });
    await eventually(
      () => shown(pane),
      ['Team (2)', 'Søren Kjærgaard', 'Jürgen Müller', 'Outside (1)', 'Taxi Zentrale'],
    );

    // A group by its heading, there and back.
    const heading = (name: string) => pane.main.locator(`[data-favorite-group=${name}]`);
    await heading('Outside').dragTo(heading('Team'));
    await eventually(
      () => shown(pane),
      ['Outside (1)', 'Taxi Zentrale', 'Team (2)', 'Søren Kjærgaard', 'Jürgen Müller'],
    );
    await heading('Outside').dragTo(heading('Team'));
    await eventually(
      () => shown(pane),
      ['Team (2)', 'Søren Kjærgaard', 'Jürgen Müller', 'Outside (1)', 'Taxi Zentrale'],
    );

    // Another browser of the same user has the same, and hears of changes.
    const page = await session.context.newPage();
    await page.goto(new URL('window', world.demo().url).href);
    const other = createPaneDriver(page, page, () => page.mainFrame(), world.ledger);
    await other.signIn('330');
    await other.goTo('Favourites');
    await eventually(() => shown(other), await shown(pane));
    await row(pane, 'Jürgen Müller').click();
    await pane.picture('favorites-open');
    expect(await wrongIn(pane.frame())).toEqual([]);
    await pane.press(pane.button('Move up'), () =>
      eventually(() => shown(other), ['Team (2)', 'Jürgen Müller', 'Søren Kjærgaard', 'Outside (1)', 'Taxi Zentrale']),
    );

    // A double click dials the first number; one on a number that one.
    await pane.beforeDialling();
    await row(pane, 'Jürgen Müller').dblclick();
    await eventually(() => activity('330'), 'ringing-to-dial');
    expect(await world.telephones().shows('330')).toBe('331');
    await world.telephones().layDown('330');
    await eventually(() => activity('330'), 'idle');

    // Out, and back with a way to undo; the group goes with all that is in it.
    await pane.button('Taxi Zentrale is a favourite in Outside. Change').click();
    await pane.button('Remove from the favourites').click();
    await eventually(() => shown(other), ['Team (2)', 'Jürgen Müller', 'Søren Kjærgaard', 'Outside (0)']);
    await pane.button('Undo').click();
    await eventually(
      () => shown(other),
      ['Team (2)', 'Jürgen Müller', 'Søren Kjærgaard', 'Outside (1)', 'Taxi Zentrale'],
    );
    await pane.button('Change the group Outside').click();
    await pane.button('Rename group').click();
    await pane.root.getByLabel('New name of the group Outside').fill('team');
    await pane.button('Save').click();
    await pane.root.getByText('There is one already.').waitFor();
    await pane.root.getByLabel('New name of the group Outside').fill('Taxis');
    await pane.button('Save').click();
    await eventually(
      () => shown(other),
      ['Team (2)', 'Jürgen Müller', 'Søren Kjærgaard', 'Taxis (1)', 'Taxi Zentrale'],
    );
    await pane.button('Change the group Taxis').click();
    await pane.button('Remove group').click();
    await pane.picture('favorites-question');
    await pane.main.getByRole('group').getByRole('button', { name: 'Remove group' }).click();
    await eventually(() => shown(other), ['Team (2)', 'Jürgen Müller', 'Søren Kjærgaard']);
  });

  it('in the minimised view show what everybody does, dial by a click, and tell once when somebody is free', async () => {
    const pane = await world.window('333', { viewport: { width: 320, height: 700 } });
    await add(pane, 'mull', 'Jürgen Müller', 'Team', true);
    await add(pane, 'taxi', 'Taxi Zentrale', 'Team', false);
    await pane.button('View: Normal. Change').click();
    await pane.button('Minimised').click();
    await pane.button('Call Jürgen Müller, +49 (89) 7007-331').waitFor();
    expect(await pane.field.count()).toBe(0);
    await pane.button('No new missed calls').waitFor();
    const tile = pane.main.locator('[data-tile]', { hasText: 'Jürgen Müller' });

    // He talks: the board says so, and his row in the search offers to tell when he is free.
    // While somebody looks at it the phone rings until it is lifted.
    const looking = new AbortController();
    await fetch(new URL('demo/phones/SIM%2F331/events', world.demo().url), { signal: looking.signal });
    await world.telephones().callIn('332', '331');
    await eventually(() => activity('331'), 'ringing');
    await world.telephones().lift('331');
    await tile.and(pane.main.locator(':has([data-line=in-call])')).waitFor();
    await pane.picture('minimised');
    expect(await wrongIn(pane.frame())).toEqual([]);
    await pane.button('View: Minimised. Change').click();
    await pane.button('Compact').click();
    await pane.picture('compact');
    expect(await wrongIn(pane.frame())).toEqual([]);
    await pane.search('mull');
    await pane.button('Tell me when Jürgen Müller is free').click();
    await pane.button('You are told when Jürgen Müller is free. Do not tell me').waitFor();
    await pane.picture('told-when-free');
    await world.telephones().layDown('331');
    looking.abort();
    const news = pane.root.getByRole('region', { name: 'News' });
    await news.getByText('Jürgen Müller is free now.').waitFor();
    await pane.picture('is-free');
    expect(await wrongIn(pane.frame())).toEqual([]);
    await news.getByRole('button', { name: 'Call Jürgen Müller now' }).click();
    await eventually(() => activity('333'), 'ringing-to-dial');
    await news.waitFor({ state: 'detached' });
    await world.telephones().layDown('333');
    await eventually(() => activity('333'), 'idle');

    // A click on a favourite dials him; a new page begins with the view that was chosen.
    await pane.button('View: Compact. Change').click();
    await pane.button('Minimised').click();
    await pane.page.reload();
    await pane.beforeDialling();
    await pane.button('Call Jürgen Müller, +49 (89) 7007-331').click();
    await eventually(() => activity('333'), 'ringing-to-dial');
    await world.telephones().layDown('333');
    await eventually(() => activity('333'), 'idle');

    // A missed call has its sign, and its strip once the call's card is gone; both lead to the journal.
    await world.telephones().callIn('332', '333');
    await eventually(() => activity('333'), 'ringing');
    await world.telephones().layDown('332');
    await pane.button('Missed calls: 1').click();
    await pane.root
      .getByRole('tab', { name: /^Journal/, selected: true })
      .first()
      .waitFor();
    // The call counts as seen once the journal is there.
    await pane.root.getByRole('tab', { name: 'Journal', exact: true }).waitFor();
    await pane.button('Close the work area').click();
    await pane.button('No new missed calls').waitFor();
    await pane.button('View: Minimised. Change').click();
    await pane.button('Normal').click();
    await pane.field.waitFor();
  });

  it('are added from the card of a call, by the name or the number that is on it', async () => {
    const pane = await world.window('334', { viewport: { width: 320, height: 800 } });
    const addFromCard = async (number: string, name: string) => {
      await pane.beforeDialling();
      await pane.field.fill(number);
      await pane.field.press('Enter');
      await eventually(() => activity('334'), 'ringing-to-dial');
      await world.telephones().lift('334');
      await pane.dock.getByRole('button', { name: new RegExp(`^Add ${name} to the favourites$`) }).click();
      const chooser = pane.dock.locator('[data-favorite-chooser]');
      await chooser.getByRole('textbox').or(chooser.getByRole('combobox')).first().waitFor();
      if ((await chooser.getByRole('textbox').count()) > 0) await chooser.getByRole('textbox').fill('Calls');
      await pane.picture(`favorites-card-${number}`);
      await chooser.getByRole('button', { name: 'OK' }).click();
      await pane.dock
        .getByRole('button', { name: new RegExp(`^${name} is a favourite in Calls\\. Change$`) })
        .waitFor();
      await pane.dock.getByRole('button', { name: 'Hang up' }).click();
      await eventually(() => activity('334'), 'idle');
    };
    await addFromCard('348', 'Zoë van den Bergh');
    await addFromCard('0 030 123499991', '\\+49 .+');
    await pane.field.fill('');
    await pane.goTo('Favourites');
    await eventually(async () => (await shown(pane)).slice(0, 2), ['Calls (2)', 'Zoë van den Bergh']);
    expect((await shown(pane))[2]).toMatch(/^\+49 /);
  });
});
