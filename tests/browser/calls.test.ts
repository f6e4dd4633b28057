/**
 * Calls as both sides see them: the pane, the desk phones, and the telephones of colleagues and of people outside, who are
 * moved from the telephone system's side.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { createFaultWorld } from './fault-world';
import { eventually } from './pane-driver';
import type { PreviewDriver } from './pane-driver';
import { fileOf } from './pane-files';

const world = createFaultWorld();

const open = async (): Promise<PreviewDriver> => world.open(await world.context(), '330');
const activity = (extension: string) => world.telephones().activity(extension);
const card = ({ pane }: PreviewDriver, name: string) => pane.call(name);
/** Whatever a test left behind, nothing rings any more when the next one begins. */
afterEach(async () => {
  for (const extension of ['330', '331', '332', '333', '348']) {
    for (let sides = 0; sides < 2; sides += 1)
      if ((await activity(extension)) !== 'idle') await world.telephones().layDown(extension);
    await eventually(() => activity(extension), 'idle');
  }
});

async function dial({ pane }: PreviewDriver, number: string): Promise<void> {
  await pane.beforeDialling();
  await pane.field.fill(number);
  await pane.field.press('Enter');
}

/** The desk phone dials once it is lifted. */
async function dialAndLift(preview: PreviewDriver, number: string): Promise<void> {
  await dial(preview, number);
  await preview.phone.waitFor('ringing-to-dial');
  await preview.phone.lift();
}

describe('a colleague who calls', () => {
  it('is shown with name and number, announced once, answered at the desk phone and hung up in the pane', async () => {
    const preview = await open();
    const { pane, phone } = preview;
    await pane.frame().evaluate(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      new MutationObserver((records) => {
        for (const { target } of records) {
          const region = (target instanceof Element ? target : target.parentElement)?.closest(
            '[aria-live="assertive"]',
          );
          if (region?.textContent) told.push(region.textContent);
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await phone.colleagueCalls();
    await phone.waitFor('ringing');
    await card(preview, 'Jürgen Müller').getByText('Incoming call').waitFor();
    await card(preview, 'Jürgen Müller').getByText('331').waitFor();
    await phone.lift();
    await card(preview, 'Jürgen Müller')
      .getByText(/^Connected/)
      .waitFor();
    await eventually(() => activity('331'), 'connected');
    expect(await pane.frame().evaluate(() => (window as Window & { told?: string[] }).told)).toEqual([
      'Incoming call from Jürgen Müller',
    ]);

    await card(preview, 'Jürgen Müller').getByRole('button', { name: 'Hang up' }).click();
    await phone.waitFor('idle');
    await eventually(() => activity('331'), 'idle');
    await card(preview, 'Jürgen Müller').getByText('Call ended').waitFor();
  });

  it('is answered in the pane', async () => {
    const preview = await open();
    await world.telephones().callIn('332', '330');
    await card(preview, 'Søren Kjærgaard').getByRole('button', { name: 'Answer' }).click();
    await preview.phone.waitFor('connected');
    await eventually(() => activity('332'), 'connected');
    await preview.phone.layDown();
    await card(preview, 'Søren Kjærgaard').getByText('Call ended').waitFor();
    await eventually(() => activity('332'), 'idle');
  });

  it('is declined, and hears it', async () => {
    const preview = await open();
    await world.telephones().callIn('331', '330');
    await card(preview, 'Jürgen Müller').getByRole('button', { name: 'Decline' }).click();
    await preview.phone.waitFor('idle');
    await eventually(() => activity('331'), 'tone');
  });

  it('and gives up leaves a missed call behind', async () => {
    const preview = await open();
    await world.telephones().callIn('331', '330');
    await card(preview, 'Jürgen Müller').getByText('Incoming call').waitFor();
    await world.telephones().layDown('331');
    await card(preview, 'Jürgen Müller').getByText('Missed call').waitFor();
    await preview.phone.waitFor('idle');
  });
});

describe('a caller from outside', () => {
  it('is known by name when he is in the personal directory, however his number is written there', async () => {
    const preview = await open();
    const { pane } = preview;
    await pane.goTo('Sync');
    await pane.main
      .locator('input[type="file"]')
      .setInputFiles(fileOf([['Ayşe', 'Öztürk', 'Gärtnerei Höß', '089 99998-412']]));
    await pane.button('Import').click();
    await pane.main.getByText('contacts.csv is imported').waitFor();

    await world.outsideCalls('+498999998412', '330');
    const caller = card(preview, 'Ayşe Öztürk');
    await caller.getByText('Incoming call').waitFor();
    await caller.getByText('Gärtnerei Höß').waitFor();
    await caller.getByText('+49 (89) 99998412').waitFor();
    await caller.getByRole('button', { name: 'Decline' }).click();
    await preview.phone.waitFor('idle');
  });

  it('who is not known is shown by number', async () => {
    const preview = await open();
    await world.outsideCalls('+498999998777', '330');
    await card(preview, '+49 (89) 99998777').getByText('Incoming call').waitFor();
    await preview.phone.layDown();
    await preview.phone.waitFor('idle');
  });
});

describe('dialling', () => {
  it.each([
    ['a colleague who is in another call', '347', 'Busy'],
    ['a busy number outside', '0 711 99990', 'Busy'],
    ['a number outside that does not exist', '0 711 99992', 'This number does not exist'],
    ['somebody outside who refuses', '0 711 99993', 'The call was refused'],
    ['a number outside that cannot be reached', '0 711 99994', 'Cannot be reached'],
  ])('%s says why it was not put through, and the phone gives a tone', async (_who, number, reason) => {
    const preview = await open();
    await dialAndLift(preview, number);
    await preview.pane.dock.getByText(reason, { exact: true }).waitFor();
    await preview.phone.waitFor('tone');
    await preview.phone.layDown();
    await preview.phone.waitFor('idle');
  });

  it('an extension that nobody has is refused before the phone rings', async () => {
    const preview = await open();
    await dial(preview, '399');
    const refused = preview.pane.dock.locator('[data-state=refused]');
    await refused.getByText('Not dialled').waitFor();
    await refused.getByText(/^Nobody has this extension/).waitFor();
    expect(await activity('330')).toBe('idle');
  });

  it('somebody outside rings there, connects, and ends with the far end', async () => {
    const preview = await open();
    await dialAndLift(preview, '+49 711 4567123');
    await preview.pane.dock.getByText('It rings there').waitFor();
    expect(await world.telephones().shows('330')).toBe('007114567123');
    await preview.phone.waitFor('connected');
    await preview.pane.dock.getByText(/^Connected/).waitFor();
    await preview.pane.dock.getByRole('button', { name: 'Hang up' }).click();
    await preview.phone.waitFor('idle');
  });

  it('somebody who does not answer can be given up in the pane', async () => {
    const preview = await open();
    await dialAndLift(preview, '348');
    await preview.pane.dock.getByText('It rings there').waitFor();
    await eventually(() => activity('348'), 'ringing');
    await preview.pane.dock.getByRole('button', { name: 'Hang up' }).click();
    await eventually(() => activity('348'), 'idle');
    await preview.phone.waitFor('idle');
  });
});

describe('what is done at the desk phone', () => {
  it('shows in the pane: a call dialled by hand, and its end', async () => {
    const preview = await open();
    const phone = preview.page.locator('[data-phone="SIM/330"]');
    for (const key of '333') await phone.getByRole('button', { name: key, exact: true }).click();
    await phone.getByRole('button', { name: 'Dial', exact: true }).click();
    const call = card(preview, 'Łukasz Wiśniewski');
    await call.getByText('It rings there').waitFor();
    await world.telephones().lift('333');
    await call.getByText(/^Connected/).waitFor();
    await preview.phone.layDown();
    await call.getByText('Call ended').waitFor();
    await eventually(() => activity('333'), 'idle');
    await call.waitFor({ state: 'detached' });
  });

  it('is seen in the pane within a second', async () => {
    const preview = await open();
    await world.telephones().callIn('331', '330');
    const call = card(preview, 'Jürgen Müller');
    await call.getByText('Incoming call').waitFor();
    const moments = preview.pane.frame().evaluate(
      () =>
        new Promise<number>((resolve) => {
          const outside = window.parent.document.querySelector('[data-phone="SIM/330"]');
          const seen: { phone?: number; pane?: number } = {};
          const look = () => {
            if (outside?.getAttribute('data-state') === 'connected') seen.phone ??= performance.now();
            if (document.querySelector('article[data-state="connected"]')) seen.pane ??= performance.now();
            if (seen.phone !== undefined && seen.pane !== undefined) resolve(seen.pane - seen.phone);
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
    await preview.phone.lift();
    expect(await moments).toBeLessThan(1000);
    await preview.phone.layDown();
    await preview.phone.waitFor('idle');
  });
});

describe('the choice of a target', () => {
  const answered = async (): Promise<PreviewDriver> => {
    const preview = await open();
    await world.telephones().callIn('331', '330');
    await preview.pane.button('Answer').click();
    await card(preview, 'Jürgen Müller')
      .getByText(/^Connected/)
      .waitFor();
    return preview;
  };

  it('is made with the keyboard alone, also faster than the search answers', async () => {
    const preview = await answered();
    const { pane, page } = preview;
    await pane.button('Consult').press('Enter');
    const field = pane.dock.getByRole('combobox', { name: 'Consult with' });
    await field.waitFor();
    await page.context().route(/\/directory\?/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await page.keyboard.type('wisn');
    await page.keyboard.press('Enter');
    await eventually(() => activity('333'), 'ringing');
    await field.waitFor({ state: 'detached' });
    await card(preview, 'Łukasz Wiśniewski').getByText('It rings there').waitFor();
    await card(preview, 'Łukasz Wiśniewski').getByText('Consultation; Jürgen Müller waits').waitFor();
    await world.telephones().layDown('333');
  });

  it('is closed with Escape, and the focus is where it was', async () => {
    const { pane, page } = await answered();
    await pane.button('Transfer').press('Enter');
    await pane.dock.getByRole('combobox', { name: 'Transfer to' }).waitFor();
    await page.keyboard.type('mu');
    await page.keyboard.press('Escape');
    await pane.dock.getByRole('combobox').waitFor({ state: 'detached' });
    expect(await pane.frame().evaluate(() => document.activeElement?.getAttribute('data-ability'))).toBe('transfer');
  });

  it('holds and resumes by the same key in the same place, and a button that is gone leaves the focus in its row', async () => {
    const { pane, page } = await answered();
    const focused = () =>
      pane.frame().evaluate(() => ({
        ability: document.activeElement?.getAttribute('data-ability') ?? null,
        inDock: document.activeElement?.closest('article') !== null,
      }));
    await pane.button('Hold').press('Enter');
    await expect.poll(focused).toEqual({ ability: 'resume', inDock: true });
    await page.keyboard.press('Enter');
    await expect.poll(focused).toEqual({ ability: 'hold', inDock: true });
    await pane.button('Consult').press('Enter');
    await pane.dock.getByRole('combobox', { name: 'Consult with' }).waitFor();
    await page.keyboard.type('332');
    await page.keyboard.press('Enter');
    await eventually(() => activity('332'), 'ringing');
    await expect.poll(async () => (await focused()).ability).not.toBe('hang-up');
    await world.telephones().layDown('332');
  });

  it.each([
    ['330', 'This is your own number. Choose another one.'],
    ['399', 'Nobody has this extension. Check the digits; numbers outside need the access code or a plus.'],
    ['0110', 'The demo does not dial emergency numbers. In an emergency take a real telephone.'],
    ['0 0900 1234567', 'Premium-rate numbers may not be dialled. Choose another number.'],
  ])('says beside the field why %s is not dialled, until something else is typed', async (number, reason) => {
    const { pane } = await answered();
    await pane.button('Consult').click();
    const field = pane.dock.getByRole('combobox');
    await field.fill(number);
    await field.press('Enter');
    await pane.dock.getByText(reason).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill('3');
    await pane.dock.getByText(reason).waitFor({ state: 'detached' });
    expect(await activity('331')).toBe('connected');
  });
});

describe('a call that somebody else has now', () => {
  it('says who it was sent to', async () => {
    const preview = await open();
    await world.telephones().callIn('331', '330');
    await preview.pane.button('Forward … (to a number)').click();
    await preview.pane.dock.getByRole('combobox').fill('333');
    await preview.pane.dock.getByRole('combobox').press('Enter');
    await card(preview, 'Jürgen Müller').getByText('Forwarded to Łukasz Wiśniewski').waitFor();
  });

  it('is shown as forwarded to whom it rings at next', async () => {
    const preview = await world.open(await world.context(), '333');
    await world.telephones().callIn('331', '330');
    const mine = await open();
    await mine.pane.button('Forward … (to a number)').click();
    await mine.pane.dock.getByRole('combobox').fill('333');
    await mine.pane.dock.getByRole('combobox').press('Enter');
    await card(preview, 'Jürgen Müller').getByText('for Anna Bergström').waitFor();
  });
});

describe('a second half of a double click', () => {
  it('does nothing to the button that has come into the place of the first', async () => {
    const preview = await open();
    await world.telephones().callIn('331', '330');
    await preview.pane.button('Answer').dblclick();
    await card(preview, 'Jürgen Müller')
      .getByText(/^Connected/)
      .waitFor();
    await preview.pane.button('Hold').dblclick();
    await card(preview, 'Jürgen Müller').getByText('On hold').waitFor();
    await preview.pane.button('Resume').waitFor();
    expect(await activity('331')).toBe('connected');
  });
});

describe('a service that is killed during a call', () => {
  it('is told in the pane at once; afterwards the pane shows what is', async () => {
    const preview = await open();
    const { pane, phone } = preview;
    await phone.colleagueCalls();
    await phone.waitFor('ringing');
    await phone.lift();
    await card(preview, 'Jürgen Müller')
      .getByText(/^Connected/)
      .waitFor();

    await world.demo().kill();
    await pane.root.getByRole('banner').getByText('No connection', { exact: true }).waitFor();
    await card(preview, 'Jürgen Müller').getByText('No connection: this may have changed.').waitFor();

    // The simulated telephone system died with the service, and its calls with it.
    await world.demo().restart();
    await pane.ready();
    await card(preview, 'Jürgen Müller').waitFor({ state: 'detached' });
    await phone.waitFor('idle');
    await phone.colleagueCalls();
    await card(preview, 'Jürgen Müller').getByText('Incoming call').waitFor();
    await phone.layDown();
    await phone.waitFor('idle');
  });
});
