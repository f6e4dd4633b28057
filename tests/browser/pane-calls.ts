/** Calls in the pane: every button is held to what the telephones do. */
import { describe, expect, it } from 'vitest';
import { eventually, openPreview, openWindow } from './pane-driver';
import type { PaneWorld } from './pane-world';

export function describeCalls(world: PaneWorld): void {
  const activity = (extension: string) => world.telephones().activity(extension);

  describe('calls', () => {
    it('a click rings the own phone, lifting it rings there; hanging up ends both', async () => {
      const { pane, phone } = await world.preview('330');
      await pane.search('mull');
      await pane.press(pane.button('Call Jürgen Müller, Internal +49 (89) 7007-331'), async () => {
        await phone.waitFor('ringing-to-dial');
      });
      const card = pane.call('Jürgen Müller');
      await card.getByText('Lift your phone').waitFor();
      await phone.lift();
      await eventually(() => activity('331'), 'ringing');
      await card.getByText('It rings there').waitFor();
      await world.telephones().lift('331');
      await card.getByText(/^Connected/).waitFor();
      // It stays while one moves about.
      await pane.goTo('Settings');
      await pane.press(card.getByRole('button', { name: 'Hang up' }), async () => {
        await eventually(() => activity('330'), 'idle');
      });
      await eventually(() => activity('331'), 'idle');
      await card.waitFor({ state: 'detached' });
    });

    it('the last numbers are dialled again from the empty field, and a typed one with its button', async () => {
      const { pane, phone } = await world.preview('330');
      await pane.search('333');
      await pane.press(pane.button('Dial 333'), async () => {
        await phone.waitFor('ringing-to-dial');
        expect(await world.telephones().shows('330')).toBe('333');
      });
      await phone.layDown();
      await phone.waitFor('idle');
      await pane.search('');
      await pane.field.focus();
      const list = pane.main.getByRole('region', { name: 'Last dialled' });
      await pane.press(list.getByRole('button'), async () => {
        await phone.waitFor('ringing-to-dial');
        expect(await world.telephones().shows('330')).toBe('333');
      });
      await phone.layDown();
      await phone.waitFor('idle');
    });

    it('an incoming call is answered or declined from the pane', async () => {
      const { pane, phone } = await world.preview('330');
      await world.telephones().callIn('331', '330');
      const card = pane.call('Jürgen Müller');
      await pane.press(card.getByRole('button', { name: 'Answer' }), async () => {
        await eventually(() => activity('330'), 'connected');
        await eventually(() => activity('331'), 'connected');
      });
      await card.getByRole('button', { name: 'Hang up' }).click();
      await phone.waitFor('idle');
      await eventually(() => activity('331'), 'idle');

      await phone.colleagueCalls();
      await card.and(pane.root.locator('[data-state=alerting]')).waitFor();
      await pane.press(card.getByRole('button', { name: 'Decline' }), async () => {
        await eventually(() => activity('330'), 'idle');
      });
      await world.telephones().layDown('331');
      await eventually(() => activity('331'), 'idle');
    });

    it('a call that was missed says so until it is closed', async () => {
      const { pane, phone } = await world.preview('330');
      await world.telephones().callIn('331', '330');
      const card = pane.call('Jürgen Müller').and(pane.root.locator('[data-state=ended]'));
      await phone.waitFor('ringing');
      await world.telephones().layDown('331');
      await card.getByText('Missed call').waitFor();
      await pane.press(card.getByRole('button', { name: 'Close' }), async () => {
        await card.waitFor({ state: 'detached' });
        expect(await activity('330')).toBe('idle');
      });
    });

    it('somebody who is busy is dialled again with one press', async () => {
      const { pane, phone } = await world.preview('330');
      await pane.search('kenji');
      await pane.press(pane.button('Call Kenji Yamamoto, Internal +49 (89) 7007-347'), async () => {
        await phone.waitFor('ringing-to-dial');
      });
      await phone.lift();
      const card = pane.call('Kenji Yamamoto');
      await card.getByText('Busy').waitFor();
      await phone.layDown();
      await pane.press(card.getByRole('button', { name: 'Dial again' }), async () => {
        await phone.waitFor('ringing-to-dial');
        expect(await world.telephones().shows('330')).toBe('347');
      });
      await phone.layDown();
      await phone.waitFor('idle');
    });

    it('pane and window show the same call, and only one of them announces it', async () => {
      const session = await world.session();
      const preview = await openPreview(session, world.demo().url);
      await preview.pane.signIn('330');
      const window = await openWindow(session, world.demo().url);
      await window.ready();
      const panes = [preview.pane, window];
      await world.telephones().callIn('331', '330');
      for (const pane of panes) await pane.call('Jürgen Müller').getByText('Incoming call').waitFor();
      const announced = async () => {
        const texts = await Promise.all(panes.map((pane) => pane.root.locator('[aria-live=assertive]').innerText()));
        return texts.filter((text) => text.includes('Incoming call from Jürgen Müller')).length;
      };
      await eventually(announced, 1);
      await window.page.bringToFront();
      await window.call('Jürgen Müller').getByRole('button', { name: 'Answer' }).click();
      await eventually(() => activity('330'), 'connected');
      await preview.pane
        .call('Jürgen Müller')
        .getByText(/^Connected/)
        .waitFor();
      expect(await announced()).toBe(1);
      await preview.page.bringToFront();
      await preview.pane.button('Hang up').click();
      await eventually(() => activity('330'), 'idle');
      await window.call('Jürgen Müller').getByText('Call ended').waitFor();
      expect(world.store().sessions('330')).toBeGreaterThan(0);
    });
  });
}
