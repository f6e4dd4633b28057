/** The own profile: numbers, address and picture that colleagues see, the password, and how dates are written (SET-1 to SET-4). */
import { expect, it } from 'vitest';
import { twoColours } from '../fixtures/pictures';
import { createFaultWorld } from './fault-world';

const world = createFaultWorld();

it('a user gives numbers and a picture, a colleague sees them; bad ones are told and nothing is changed', async () => {
  const context = await world.context({ viewport: { width: 320, height: 700 } });
  const { pane } = await world.open(context, '335');
  await pane.goTo('Settings');
  const mobile = pane.main.getByLabel('Mobile number');
  await mobile.fill('call me');
  await pane.button('Save profile').click();
  await pane.main.getByText(/^This number cannot be used: /).waitFor();
  await mobile.fill('0171 7654321');
  await pane.button('Save profile').click();
  await expect
    .poll(() => pane.main.getByLabel('Mobile number').inputValue(), { timeout: 15_000 })
    .toBe('+49 (171) 7654321');

  // Once more in another way of writing: the same number, shown in its canonical form.
  await mobile.fill('0171/765 43-21');
  await pane.button('Save profile').click();
  await expect.poll(() => mobile.inputValue(), { timeout: 15_000 }).toBe('+49 (171) 7654321');

  const picture = pane.main.getByRole('group', { name: 'My picture' });
  const input = picture.locator('input[type=file]');
  await input.setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') });
  await pane.button('Use this picture').click();
  await picture.getByText('This is no JPG or PNG picture.').waitFor();
  await input.setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer: Buffer.alloc(600 * 1024) });
  await picture.getByText(/^The file has 600 kB/).waitFor();
  const buffer = await twoColours(300, 300).jpeg().toBuffer();
  await input.setInputFiles({ name: 'me.jpg', mimeType: 'image/jpeg', buffer });
  await pane.button('Use this picture').click();
  await pane.root.locator('header img').waitFor();
  await pane.picture('profile');

  // A colleague in a browser of his own.
  const colleague = await world.open(await world.context(), '336');
  await colleague.pane.search('Ayşe');
  const seen = colleague.pane.main.getByRole('listitem').filter({ hasText: 'Ayşe Yılmaz' }).first();
  await seen.locator('img').waitFor();
  const sides = () =>
    seen.locator('img').evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
  await expect.poll(sides).toEqual([200, 200]);

  await pane.button('Delete picture').click();
  await pane.button('Delete picture').click();
  await pane.root.locator('header img').waitFor({ state: 'detached' });
  // The colleague, who has the hit before him, sees it too.
  await seen.locator('img').waitFor({ state: 'detached', timeout: 12_000 });
});

it('the password is changed with its rules told while it is typed, and dates are written as chosen', async () => {
  const { pane } = await world.open(await world.context(), '337');
  await pane.goTo('Settings');
  await pane.main.getByLabel('Date format').selectOption('yyyy-mm-dd');
  await expect.poll(() => world.store().user('337').settings.dateFormat).toBe('yyyy-mm-dd');
  await pane.button('Change password').click();
  const fill = async (old: string, next: string) => {
    await pane.main.getByLabel(/^Current password/).fill(old);
    await pane.main.getByLabel(/^New password(?! again)/).fill(next);
    await pane.main.getByLabel(/^New password again/).fill(next);
  };
  await fill('Demo-337!', 'short');
  await pane.main
    .getByText(/: not yet/)
    .first()
    .waitFor();
  await fill('Demo-337!', 'Better-337!');
  await pane.button('Save').click();
  await pane.button('Change password').waitFor();
});

it('the calendar sets Meeting when its owner agrees, and takes it back', async () => {
  const mailbox = await world.mailbox({ seed: 'calendar', count: 3 });
  const context = await world.context();
  await mailbox.serve(context);
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const meeting = mailbox.box.calendar.add({ subject: 'Secret plans', start: at(-10), end: at(50) });
  const { pane } = await world.open(context, '330');
  await pane.goTo('Settings');
  await pane.main.getByRole('checkbox', { name: 'Set my presence from the Outlook calendar' }).click();
  await pane.main.getByText(/^Read last by an open pane: /).waitFor();
  await pane.root.getByText('Meeting').first().waitFor();
  mailbox.box.calendar.remove(meeting);
  await pane.button('Read the calendar now').click();
  await expect.poll(() => pane.root.getByText('Meeting', { exact: true }).count()).toBe(0);
});
