/** The bell of a ringing colleague, the question behind it, and the window's word about notifications. */
import { describe, expect, it } from 'vitest';
import { eventually } from './pane-driver';
import type { PaneWorld } from './pane-world';

export function describeLineStates(world: PaneWorld): void {
  const activity = (extension: string) => world.telephones().activity(extension);

  describe('a colleague who rings', () => {
    it('is picked up after the question, or left alone', async () => {
      const preview = await world.preview('330');
      const { pane, phone } = preview;
      await pane.search('mull');
      await pane.button('Details of Jürgen Müller').waitFor();
      // While somebody looks at it the phone rings until it is lifted.
      const looking = new AbortController();
      await fetch(new URL('demo/phones/SIM%2F331/events', world.demo().url), { signal: looking.signal });
      await world.telephones().callIn('332', '331');
      const bell = pane.button('Rings, internal. Pick up the call for Jürgen Müller');
      const question = pane.main.getByRole('group', { name: 'Pick up the call for Jürgen Müller' });
      await pane.press(bell, async () => {
        await question.waitFor();
        expect(await activity('330')).toBe('idle');
      });
      await pane.press(question.getByRole('button', { name: 'Cancel' }), async () => {
        await question.waitFor({ state: 'detached' });
        expect(await activity('330')).toBe('idle');
      });
      await bell.click();
      await pane.press(question.getByRole('button', { name: 'Pick up' }), async () => {
        await expect.poll(() => activity('330')).toMatch(/^ringing/);
      });
      await phone.lift();
      await eventually(() => activity('332'), 'connected');
      await eventually(() => activity('331'), 'idle');
      await phone.layDown();
      await phone.waitFor('idle');
      await eventually(() => activity('332'), 'idle');
      looking.abort();
    });
  });
}
