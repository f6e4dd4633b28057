/** Calls that begin at the own mobile: chosen in the settings, answered and refused at the mobile, told on the call's card. */
import { expect, it } from 'vitest';
import { wrongIn } from './look-for-all';
import { eventually } from './pane-driver';
import { createPaneWorld } from './pane-world';

const world = createPaneWorld({ DEMO_CONTACTS: '30', DEMO_LATENCY_MS: '5' });

it('a mobility user lets his calls begin at his mobile, and is told what it does', async () => {
  const preview = await world.preview('330', { refusals: ['/api/v1/calls'] });
  const { pane, page } = preview;
  const mobile = page.locator('[data-mobile]');
  const dial = async () => {
    await pane.beforeDialling();
    await pane.field.fill('331');
    await pane.field.press('Enter');
    await pane.dock.getByText('Your mobile is being called').waitFor();
    await mobile.and(page.locator('[data-mobile=ringing]')).waitFor();
    expect(await world.telephones().activity('330')).toBe('idle');
    expect(await world.telephones().activity('331')).toBe('idle');
  };

  await pane.goTo('Settings');
  await pane.main.getByText('To make calls with your mobile, enter its number in your profile above.').waitFor();
  await pane.main.getByLabel('Mobile number').fill('0171 7654321');
  await pane.button('Save profile').click();
  await pane.choose('Dial mode', 'Callback preferred: with the mobile', () =>
    eventually(() => world.store().user('330').settings.dialMode, 'call-back'),
  );
  await pane.main.getByText(/^Your mobile \+49 \(171\) 7654321 is called first/).waitFor();
  await pane.main.getByLabel('Dial mode').scrollIntoViewIfNeeded();
  await pane.picture('dial-mode');

  await dial();
  await pane.picture('dial-mode-called');
  await mobile.getByRole('button', { name: 'Answer the mobile' }).click();
  await eventually(() => world.telephones().activity('331'), 'ringing');
  await world.telephones().lift('331');
  const card = pane.dock.getByRole('article');
  await card.getByText('With your mobile').waitFor();
  await card.and(pane.root.locator('[data-state=connected]')).waitFor();
  const texts = await card.getByRole('button').allInnerTexts();
  expect(texts.filter((text) => text !== '')).toEqual(['Hang up']);
  expect(await wrongIn(pane.frame())).toEqual([]);
  await pane.picture('dial-mode-connected');
  await card.getByRole('button', { name: 'Hang up' }).click();
  await mobile.waitFor({ state: 'detached' });
  await eventually(() => world.telephones().activity('331'), 'idle');

  await dial();
  await mobile.getByRole('button', { name: 'Refuse at the mobile' }).click();
  await pane.dock.getByText('Refused at your mobile').waitFor();

  await pane.field.fill('+49 171 7654321');
  await pane.beforeDialling();
  await pane.field.press('Enter');
  await pane.dock.getByText('Your calls begin at your mobile, and this is its number. Choose another one.').waitFor();

  // The journal has one call, to whom was reached.
  await pane.field.fill('');
  await pane.goTo('Journal');
  await pane.main.getByRole('tab', { name: /^All calls \(1\)$/ }).click();
  await pane.main.getByText('Jürgen Müller').first().waitFor();
  await pane.picture('dial-mode-journal');

  // The longest choice is German; it fits too.
  await pane.goTo('Settings');
  await pane.choose('Language', 'Deutsch', () => pane.main.getByLabel('Wahlverfahren').waitFor());
  expect(await wrongIn(pane.frame())).toEqual([]);
  await pane.main.getByLabel('Wahlverfahren').scrollIntoViewIfNeeded();
  await pane.picture('dial-mode-de');
});
