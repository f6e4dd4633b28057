/** A pane that is of another version than the service. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { eventually } from './pane-driver';
import { createPaneWorld } from './pane-world';

const world = createPaneWorld({ DEMO_CONTACTS: '60', DEMO_LATENCY_MS: '5' });

describe('a service of another version', () => {
  const old = '0.0.9';
  /** The browser shows a pane of before the update, as long as this holds. */
  const showOldPane = (page: Page) =>
    page.context().route(/\.js$/, async (route) => {
      try {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: (await answer.text()).replaceAll(version, old) });
      } catch (error) {
        // A part that is fetched ahead when the test ends: the pane that asked for it is being closed.
        if (!/disposed|closed/.test(String(error))) throw error;
      }
    });

  const openOld = async (userName: string) => {
    const pane = await world.window();
    await showOldPane(pane.page);
    await pane.page.reload();
    await pane.signIn(userName);
    return pane;
  };

  it('is offered while something is typed, and put off as the user says', async () => {
    const pane = await openOld('332');
    await pane.search('Jürgen');
    const offer = pane.root.getByText(`The service runs version ${version} of myContacts.`);
    await offer.waitFor();
    await pane.picture('update');
    await pane.button('Remind me later').click();
    await pane.root.getByRole('menuitem', { name: 'Tomorrow' }).click();
    await eventually(() => Object.keys(world.store().user('332').settings), ['updateAnswer']);
    await offer.waitFor({ state: 'detached' });
    expect(await pane.field.inputValue()).toBe('Jürgen');
  });

  it('loads the pane anew where nothing is under way, once, at the same place', async () => {
    const pane = await openOld('333');
    await pane.goTo('Journal');
    await pane.page.waitForEvent('load', { timeout: 30_000 });
    await pane.ready();
    expect(new URL(pane.page.url()).hash).toBe('#journal');
    // What was loaded is the old pane again: said, and not tried for ever.
    await pane.root.getByText(/Outlook showed this pane as version 0\.0\.9/).waitFor();
    const loaded = pane.page.waitForEvent('load');
    await pane.button('Update now').click();
    await loaded;
    await pane.ready();
  });
});

describe('a part of the pane that cannot be fetched', () => {
  it('is told where it would stand, and is there once the pane is loaded anew', async () => {
    const pane = await world.window('334', { provoked: /journal/ });
    const part = /\/journal\.[^/]*\.js$/;
    await pane.page.context().route(part, (route) => route.abort());
    // Loaded anew, so that nothing of it was fetched ahead.
    await pane.page.reload();
    await pane.ready();
    await pane.root.getByRole('tab', { name: 'Journal' }).click();
    const reload = pane.root.getByRole('alert').getByRole('button', { name: 'Reload' });
    await reload.waitFor();
    await pane.page.context().unroute(part);
    const loaded = pane.page.waitForEvent('load');
    await reload.click();
    await loaded;
    await pane.ready();
    await pane.root.getByRole('tab', { name: 'Journal' }).click();
    await pane.main.waitFor();
    expect(await reload.count()).toBe(0);
  });
});
