/** Signing in and out, the initial password, and a session that outlives panes that die. */
import { describe, expect, it } from 'vitest';
import { eventually } from './pane-driver';
import { manage } from './pane-store';
import type { PaneWorld } from './pane-world';

export function describeSignIn(world: PaneWorld): void {
  describe('signing in', () => {
    it('says in words that the password is wrong, and keeps the user name', async () => {
      const pane = await world.window(undefined, { refusals: ['/api/v1/sessions'] });
      await pane.typeSignIn('331', 'wrong');
      await pane.press(pane.button('Sign in'), async () => {
        await pane.root.getByText('User name or password is wrong.').waitFor();
        expect(world.store().sessions('331')).toBe(0);
      });
      expect(await pane.root.getByLabel(/^User name/).inputValue()).toBe('331');
      expect(await pane.root.getByLabel(/^Password/).inputValue()).toBe('');
    });

    it('asks for what is missing instead of sending it', async () => {
      const pane = await world.window();
      await pane.button('Sign in').click();
      expect(await pane.root.getByText('Fill in this field.').count()).toBe(2);
    });

    it('the Enter key signs in', async () => {
      const pane = await world.window();
      await pane.typeSignIn('331', 'Demo-331!');
      await pane.root.getByLabel(/^Password/).press('Enter');
      await pane.ready();
      expect(world.store().sessions('331')).toBe(1);
    });

    it('too many failures lock, with the time to wait, and the right words in German', async () => {
      const pane = await world.window(undefined, { language: 'de', refusals: ['/api/v1/sessions'] });
      const alert = pane.root.getByRole('alert');
      for (let attempt = 0; attempt < 5; attempt += 1) {
        await pane.typeSignIn('nobody', `wrong ${attempt}`);
        await pane.button('Anmelden').click();
        await alert.getByText('Benutzername oder Passwort ist falsch.').waitFor();
        // The field is emptied by the answer to this very attempt.
        await pane.root.locator('input[type=password][value=""]').waitFor();
      }
      await pane.typeSignIn('nobody', 'wrong again');
      await pane.button('Anmelden').click();
      await alert.getByText(/Zu viele Fehlversuche\. .*Erneut möglich in \d+ s\./).waitFor();
    });

    it('an initial password is changed first, by its rules, and no other way leads in (SET-3)', async () => {
      const printed = await manage(
        world.demo().dataDirectory,
        ...['user', 'add', 'nina', '--display-name', 'Nina Neu', '--extension', '329', '--device', 'SIM/329'],
      );
      const initial = /first sign-in: (\S+)/.exec(printed)?.[1] ?? '';
      const pane = await world.window(undefined, { refusals: ['/api/v1/me/password'] });
      await pane.typeSignIn('nina', initial);
      await pane.button('Sign in').click();
      await pane.root.getByRole('heading', { name: 'Choose a new password' }).waitFor();
      const before = world.store().user('nina');
      expect(before.mustChangePassword).toBe(true);

      const fields = pane.root.locator('input[type=password]');
      const save = pane.button('Save');
      await fields.nth(0).fill(initial);
      await fields.nth(1).fill('short');
      expect(await pane.root.getByRole('listitem').filter({ hasText: ': met' }).count()).toBe(2);
      await fields.nth(2).fill('other');
      await save.click();
      await pane.root.getByText('The two new passwords are not the same.').waitFor();
      expect(world.store().user('nina')).toEqual(before);

      await fields.nth(0).fill('not the initial one');
      await fields.nth(1).fill('Nina-Neu-1');
      await fields.nth(2).fill('Nina-Neu-1');
      await save.click();
      await pane.root.getByRole('alert').waitFor();
      expect(world.store().user('nina')).toEqual(before);

      await fields.nth(0).fill(initial);
      await pane.press(save, async () => {
        await pane.ready();
        const after = world.store().user('nina');
        expect(after.mustChangePassword).toBe(false);
        expect(after.passwordHash).not.toBe(before.passwordHash);
      });
    });

    it('whoever does not want to change the initial password now can sign out', async () => {
      const printed = await manage(world.demo().dataDirectory, 'user', 'reset-password', 'nina');
      const initial = /next sign-in: (\S+)/.exec(printed)?.[1] ?? '';
      const pane = await world.window();
      await pane.typeSignIn('nina', initial);
      await pane.button('Sign in').click();
      await pane.press(pane.button('Sign out'), async () => {
        await pane.button('Sign in').waitFor();
        await eventually(() => world.store().sessions('nina'), 0);
      });
    });

    it('a pane that is not pinned dies at each mail and comes back signed in', async () => {
      const preview = await world.preview('330');
      const { pane } = preview;
      const sessions = world.store().sessions('330');
      const first = await preview.life();
      await preview.openItem(1);
      await eventually(async () => (await preview.life()) > first, true);
      await pane.ready();
      await preview.openItem(2);
      await pane.ready();
      expect(await pane.button('Sign in').count()).toBe(0);
      expect(world.store().sessions('330')).toBe(sessions);

      await preview.pin();
      const pinned = await preview.life();
      await preview.openItem(3);
      await pane.main.getByRole('list', { name: 'People of this item' }).waitFor();
      expect(await preview.life()).toBe(pinned);
    });

    it('signing out ends the session and stays so in the next pane', async () => {
      const preview = await world.preview('334');
      const { pane } = preview;
      await pane.goTo('Settings');
      await pane.press(pane.button('Sign out'), async () => {
        await pane.root.getByText('You are signed out.').waitFor();
        await eventually(() => world.store().sessions('334'), 0);
      });
      await preview.openItem(1);
      await pane.button('Sign in').waitFor();
      await preview.page.reload();
      await pane.button('Sign in').waitFor();
    });
  });
}
