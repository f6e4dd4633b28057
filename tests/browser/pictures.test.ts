/** Pictures come by themselves after the numbers, can be stopped, and go on when the pane is opened again (SYN-3, DIR-2). */
import { expect, it } from 'vitest';
import { createFaultWorld, holdRequests } from './fault-world';

const world = createFaultWorld();
const wanted = /\/contacts\/pictures\/wanted\?/;
const photos = /\/photo\/\$value$/;

it('pictures follow a sync, are stopped and resumed, are not asked for again, and are shown among the hits', async () => {
  const mailbox = await world.mailbox({ seed: 'pictures', count: 90 });
  const context = await world.context();
  await mailbox.serve(context);
  const { pane } = await world.open(context, '334');
  await pane.goTo('Sync');
  const gate = await holdRequests(context, photos, 'GET');
  await pane.button('Sync now').click();
  await pane.main.getByText('Synced', { exact: true }).waitFor({ timeout: 30_000 });
  await gate.reached;
  await pane.main.getByText('Pictures: 0 of 90 contacts asked.').waitFor();
  await pane.button('Stop').click();
  await pane.main.getByText('Pictures stopped after 0 of 90 contacts.').waitFor();
  gate.open();
  await pane.button('Go on').click();
  await pane.main.locator('[data-pictures]').waitFor({ state: 'detached', timeout: 30_000 });

  // Nothing has changed: the next sync asks the mailbox for no picture.
  let asked = 0;
  context.on('request', (request) => void (asked += photos.test(new URL(request.url()).pathname) ? 1 : 0));
  const again = context.waitForEvent('request', (request) => wanted.test(request.url()));
  await pane.button('Sync now').click();
  await again;
  expect(asked).toBe(0);

  let fetched = 0;
  context.on('request', (request) => void (fetched += /\/pictures\/[\w-]{43}$/.test(request.url()) ? 1 : 0));
  await pane.goTo('Directory');
  await pane.search('a');
  const list = pane.root.locator('[role="listitem"] img').first();
  await list.waitFor();
  expect(await list.getAttribute('src')).toMatch(/^blob:/);
  expect(fetched).toBeLessThan(20);
});
