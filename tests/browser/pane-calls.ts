/** Calls in the pane: every button is held to what the telephones do. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { eventually, openPreview, openWindow } from './pane-driver';
import type { PreviewDriver } from './pane-driver';
import type { PaneWorld } from './pane-world';

const hearing = z.object({ hears: z.array(z.string()) });

export function describeCalls(world: PaneWorld): void {
  const activity = (extension: string) => world.telephones().activity(extension);
  /** Whom one hears at a telephone of the office. */
  const hears = async (extension: string) => {
    const answer = await fetch(new URL(`demo/phones/SIM%2F${extension}`, world.demo().url));
    return z.parse(hearing, await answer.json()).hears.toSorted();
  };
  const allIdle = async (...extensions: readonly string[]) => {
    for (const extension of extensions) {
      if ((await activity(extension)) !== 'idle') await world.telephones().layDown(extension);
      if ((await activity(extension)) !== 'idle') await world.telephones().layDown(extension);
      await eventually(() => activity(extension), 'idle');
    }
  };
  /** The colleague 331 calls 330, who answers in the pane. */
  const inCall = async (): Promise<PreviewDriver> => {
    const preview = await world.preview('330');
    await world.telephones().callIn('331', '330');
    await preview.pane.call('Jürgen Müller').getByRole('button', { name: 'Answer' }).click();
    await eventually(() => hears('331'), ['330']);
    return preview;
  };
  /** Consults 332 by name; he answers. */
  const inConsultation = async (): Promise<PreviewDriver> => {
    const preview = await inCall();
    const { pane } = preview;
    await pane.press(pane.button('Consult'), async () => {
      await pane.dock.getByRole('combobox', { name: 'Consult with' }).waitFor();
      expect(await hears('331')).toEqual(['330']);
    });
    await pane.dock.getByRole('combobox').fill('kjaer');
    await pane.press(pane.dock.getByRole('option').first(), async () => {
      await eventually(() => activity('332'), 'ringing');
      await eventually(() => hears('331'), []);
    });
    await world.telephones().lift('332');
    await eventually(() => hears('332'), ['330']);
    await pane.call('Søren Kjærgaard').and(pane.root.locator('[data-state=connected]')).waitFor();
    return preview;
  };

  describe('calls', () => {
    it('are held and gone on with', async () => {
      const { pane } = await inCall();
      const card = pane.call('Jürgen Müller');
      await pane.press(card.getByRole('button', { name: 'Hold' }), async () => {
        await eventually(() => hears('331'), []);
      });
      await card.getByText('On hold').waitFor();
      await pane.press(card.getByRole('button', { name: 'Resume' }), async () => {
        await eventually(() => hears('331'), ['330']);
      });
      await allIdle('330', '331');
    });

    it('are alternated, and going back ends the consultation', async () => {
      const { pane } = await inConsultation();
      const first = pane.call('Jürgen Müller');
      await pane.press(first.getByRole('button', { name: 'Alternate' }), async () => {
        await eventually(() => hears('331'), ['330']);
        expect(await hears('332')).toEqual([]);
      });
      const second = pane.call('Søren Kjærgaard');
      await pane.press(second.getByRole('button', { name: 'Alternate' }), async () => {
        await eventually(() => hears('332'), ['330']);
      });
      await pane.press(first.getByRole('button', { name: 'End consultation and go back' }), async () => {
        await eventually(() => hears('331'), ['330']);
        expect(await hears('332')).toEqual([]);
      });
      await allIdle('330', '331', '332');
    });

    it('become a conference of three', async () => {
      const { pane } = await inConsultation();
      await pane.press(pane.button('Conference'), async () => {
        await eventually(() => hears('330'), ['331', '332']);
        expect(await hears('331')).toEqual(['330', '332']);
      });
      await pane
        .call('Jürgen Müller, Søren Kjærgaard')
        .getByText(/^Conference/)
        .waitFor();
      await allIdle('330', '331', '332');
    });

    it('are joined by Transfer on the held one, at once', async () => {
      const { pane } = await inConsultation();
      await pane.press(pane.call('Jürgen Müller').getByRole('button', { name: 'Transfer' }), async () => {
        await eventually(() => hears('331'), ['332']);
        expect(await activity('330')).toBe('idle');
      });
      await allIdle('331', '332');
    });

    it('are transferred to a number without asking there first; the choice can be closed', async () => {
      const { pane } = await inCall();
      const transfer = pane.button('Transfer');
      await transfer.click();
      await pane.press(pane.button('Close without choosing'), async () => {
        await pane.dock.getByRole('combobox').waitFor({ state: 'detached' });
        expect(await hears('331')).toEqual(['330']);
      });
      expect(await transfer.evaluate((button) => button === document.activeElement)).toBe(true);
      await pane.press(transfer, async () => {
        await pane.dock.getByRole('combobox', { name: 'Transfer to' }).fill('333');
        await pane.press(pane.dock.getByRole('option', { name: /^Dial 333/ }), async () => {
          await eventually(() => activity('333'), 'ringing');
          await eventually(() => activity('330'), 'idle');
        });
      });
      await world.telephones().lift('333');
      await eventually(() => hears('331'), ['333']);
      await allIdle('331', '333');
    });

    it('are sent on while they ring', async () => {
      const { pane } = await world.preview('330');
      await world.telephones().callIn('331', '330');
      await pane.press(pane.button('Forward … (to a number)'), async () => {
        await pane.dock.getByRole('combobox', { name: 'Forward to' }).fill('wisn');
        await pane.dock.getByRole('option', { name: /Wiśniewski/ }).waitFor();
        await pane.dock.getByRole('combobox').press('Enter');
        await eventually(() => activity('333'), 'ringing');
        await eventually(() => activity('330'), 'idle');
      });
      await pane
        .call('Jürgen Müller')
        .getByText(/^Forwarded/)
        .waitFor();
      await allIdle('331', '333');

      await world.telephones().callIn('331', '330');
      await pane.press(pane.button('To voicemail'), async () => {
        await eventually(() => activity('330'), 'idle');
        await eventually(() => activity('331'), 'connected');
      });
      await allIdle('331');
    });

    it('a second one is answered while the first is held', async () => {
      const { pane } = await inCall();
      await world.telephones().callIn('332', '330');
      const second = pane.call('Søren Kjærgaard');
      await second.getByText('Answering holds the current call.').waitFor();
      await pane.press(second.getByRole('button', { name: 'Answer (holds the current call)' }), async () => {
        await eventually(() => hears('332'), ['330']);
        expect(await hears('331')).toEqual([]);
      });
      await pane.press(
        pane.call('Jürgen Müller').getByRole('button', { name: 'End the other call and go back' }),
        async () => {
          await eventually(() => hears('331'), ['330']);
          expect(await hears('332')).toEqual([]);
        },
      );
      await allIdle('330', '331', '332');
    });

    it('that were missed are called back', async () => {
      const { pane, phone } = await world.preview('330');
      await world.telephones().callIn('331', '330');
      await phone.waitFor('ringing');
      await world.telephones().layDown('331');
      await pane.beforeDialling();
      await pane.press(pane.call('Jürgen Müller').getByRole('button', { name: 'Call back' }), async () => {
        await phone.waitFor('ringing-to-dial');
        expect(await world.telephones().shows('330')).toBe('331');
      });
      await phone.layDown();
      await phone.waitFor('idle');
    });

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
      // The newest is the first; it keeps its place when the journal knows whose number it is.
      await pane.press(list.getByRole('button', { name: /333/ }).first(), async () => {
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
