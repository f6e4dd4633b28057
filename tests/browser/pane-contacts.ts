/** The contact card: own contacts added, changed and deleted, each with what stands in the store afterwards. */
import { describe, expect, it } from 'vitest';
import { createPaneDriver, eventually } from './pane-driver';
import type { PaneDriver } from './pane-driver';
import type { PaneWorld } from './pane-world';

const user = '335';
const name = 'Zoë Übelhör';

async function openCard(pane: PaneDriver): Promise<void> {
  // Of two pages only the one in front draws, and a page that does not draw cannot be clicked.
  await pane.page.bringToFront();
  await pane.search('');
  await pane.search('uebelhoer');
  await pane.button(`Details of ${name}`).click();
  await pane.button('Edit').waitFor();
}

export function describeContacts(world: PaneWorld): void {
  const stored = () => world.store().contact(user, name);

  describe('own contacts', () => {
    it('an empty personal directory leads to the sync, and to adding by hand', async () => {
      const pane = await world.window(user);
      await pane.goTo('Directory');
      await pane.press(pane.button('Go to Sync'), async () => {
        await pane.main.getByRole('heading', { name: 'Contact sync' }).waitFor();
        expect(world.store().syncs(user, 'open')).toBe(0);
      });
      await pane.goTo('Directory');
      await pane.button('Add contact').click();
      await pane.button('Save').click();
      await pane.root.getByText('Give the contact a name or a company.').waitFor();
      await pane.main.getByLabel('Name', { exact: true }).fill(name);
      await pane.press(pane.button('Cancel'), async () => {
        await pane.button('Add contact').waitFor();
        expect(world.store().contacts(user)).toEqual([]);
      });
    });

    it('is added with all its fields', async () => {
      const pane = await world.window(user);
      await pane.goTo('Directory');
      await pane.press(pane.button('Add contact'), async () => {
        await pane.main.getByLabel('Name', { exact: true }).fill(name);
        await pane.main.getByLabel('Company').fill('Blüte & Söhne');
        await pane.main.getByRole('textbox', { name: 'Number 1' }).fill('089 99998-471');
        await pane.main.getByLabel('Notes').fill('Only mornings.\nSecond line.');
        await pane.press(pane.button('Add number'), async () => {
          await pane.main.getByRole('textbox', { name: 'Number 2' }).fill('+49 171 3920012');
          await pane.choose('Kind of number 2', 'Private', async () => {
            await pane.main.getByRole('textbox', { name: 'E-mail 1' }).fill('zoe@bluete.example');
            await pane.press(pane.button('Add e-mail'), async () => {
              await pane.main.getByRole('textbox', { name: 'E-mail 2' }).fill('zoe@home.example');
              await pane.press(pane.button('Save'), async () => {
                await eventually(stored, {
                  displayName: name,
                  company: 'Blüte & Söhne',
                  notes: 'Only mornings.\nSecond line.',
                  numbers: [
                    { kind: 'business', raw: '089 99998-471' },
                    { kind: 'private', raw: '+49 171 3920012' },
                  ],
                  emails: ['zoe@bluete.example', 'zoe@home.example'],
                });
                // A number without country code is said to be read by the site's; the other one has its own.
                const assumed = pane.main.getByText(/^Written /);
                await assumed.waitFor();
                expect(await assumed.allTextContents()).toEqual([
                  'Written 089 99998-471: the country code is assumed to be your site’s.',
                ]);
              });
            });
          });
        });
      });
      await pane.press(pane.button('Back'), async () => {
        await pane.button(`Details of ${name}`).waitFor();
        expect(world.store().names(user)).toEqual([name]);
      });
    });

    it('is changed; what is taken out of the form is gone from the store', async () => {
      const pane = await world.window(user);
      await openCard(pane);
      await pane.press(pane.button('Edit'), async () => {
        await pane.main.getByLabel('Company').fill('');
        await pane.press(pane.button('Remove number 2'), async () => {
          await pane.press(pane.button('Remove e-mail 2'), async () => {
            await pane.button('Save').click();
            await eventually(() => stored()?.numbers, [{ kind: 'business', raw: '089 99998-471' }]);
            expect(stored()?.emails).toEqual(['zoe@bluete.example']);
            expect(stored()?.company ?? '').toBe('');
          });
        });
      });
      await pane.press(pane.button('Copy zoe@bluete.example'), async () => {
        await eventually(() => pane.frame().evaluate(() => navigator.clipboard.readText()), 'zoe@bluete.example');
      });
    });

    it('changed in two places: one chooses which of the two stands', async () => {
      const session = await world.session({ refusals: [/\/api\/v1\/contacts\/[^/]+$/] });
      const open = async () => {
        const page = await session.context.newPage();
        await page.goto(new URL('window', world.demo().url).href);
        return createPaneDriver(page, page, () => page.mainFrame(), session.ledger);
      };
      const mine = await open();
      await mine.signIn(user);
      const theirs = await open();
      await theirs.ready();
      const edit = async (pane: PaneDriver, company: string) => {
        await pane.page.bringToFront();
        await pane.main.getByLabel('Company').fill(company);
        await pane.button('Save').click();
      };
      const bothEdit = async () => {
        for (const pane of [mine, theirs]) {
          await openCard(pane);
          await pane.button('Edit').click();
        }
      };
      await bothEdit();
      await edit(theirs, 'Theirs');
      await eventually(() => stored()?.company, 'Theirs');
      await edit(mine, 'Mine');
      await mine.root.getByText('This contact was changed elsewhere in the meantime.').waitFor();
      expect(stored()?.company).toBe('Theirs');
      await mine.press(mine.button('Save mine over it'), async () => {
        await eventually(() => stored()?.company, 'Mine');
      });

      await bothEdit();
      await edit(theirs, 'Theirs again');
      await eventually(() => stored()?.company, 'Theirs again');
      await edit(mine, 'Mine again');
      await mine.press(mine.button('Discard mine, show the other'), async () => {
        await mine.main.getByText('Theirs again').waitFor();
        expect(stored()?.company).toBe('Theirs again');
      });
    });

    it('is deleted only after the question', async () => {
      const pane = await world.window(user);
      await openCard(pane);
      await pane.button('Delete').click();
      const question = pane.main.getByRole('group', { name: /^Delete .* from your personal directory\?$/ });
      await question.getByRole('button', { name: 'Cancel' }).click();
      expect(world.store().names(user)).toEqual([name]);
      await pane.button('Delete').click();
      await pane.press(question.getByRole('button', { name: 'Delete' }), async () => {
        await eventually(() => world.store().contacts(user), []);
      });
    });
  });
}
