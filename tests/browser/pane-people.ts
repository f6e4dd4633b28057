/** The place People: who is in the open mail, with what the directories know of them. */
import { describe, expect, it } from 'vitest';
import { eventually } from './pane-driver';
import type { PaneWorld } from './pane-world';

export function describePeople(world: PaneWorld): void {
  describe('the people of the open mail', () => {
    it('shows a colleague with a number that dials', async () => {
      const { pane, openItemOf, phone } = await world.preview('330');
      await pane.press(pane.control('tab', 'People'), async () => {
        await openItemOf('Jürgen Müller');
        await pane.main.getByRole('listitem').filter({ hasText: 'Sender' }).waitFor();
        expect(world.store().directory('internal')).toBeGreaterThan(0);
      });
      await pane.press(pane.button('Call Jürgen Müller, Internal +49 (89) 7007-331'), async () => {
        await phone.waitFor('ringing-to-dial');
        expect(await world.telephones().shows('330')).toBe('331');
      });
      await phone.layDown();
      await phone.waitFor('idle');
    });

    it('somebody whom no directory knows is added with a press, and is known from then on', async () => {
      const preview = await world.preview('338');
      const { pane } = preview;
      await preview.pin();
      const stranger = pane.main.getByRole('listitem').filter({ hasText: 'Not in your directories' }).first();
      const label = await stranger.getByRole('button').getAttribute('aria-label');
      const name = /^Add (.+) as contact$/.exec(label ?? '')?.[1] ?? '';
      const address = await stranger.getByRole('link').innerText();
      await pane.press(stranger.getByRole('button'), async () => {
        await pane.press(pane.button('Save'), async () => {
          await eventually(() => world.store().contact('338', name)?.emails, [address]);
        });
      });
      await pane.goTo('People');
      await pane.press(pane.button(`Details of ${name}`), async () => {
        await pane.main.getByRole('region', { name, exact: true }).getByText('Added by hand').waitFor();
        expect(world.store().names('338')).toEqual([name]);
      });
    });

    it('a pinned pane without an item says so and leads to the directory', async () => {
      const preview = await world.preview('338');
      const { pane } = preview;
      await preview.pin();
      await preview.clearSelection();
      await pane.root.getByText('No mail or appointment is open.').waitFor();
      await pane.press(pane.button('Go to the directory'), async () => {
        await pane.control('tab', `Personal (${world.store().contacts('338').length})`).waitFor();
      });
    });
  });
}
