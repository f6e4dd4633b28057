/** A whole use at the highest level of the trace and of the service's log: nothing of anybody is in either. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { generateContacts } from '../../demo/mailbox/contacts';
import { eventually } from './pane-driver';
import type { PaneDriver } from './pane-driver';
import { fileOf } from './pane-files';
import { createPaneWorld } from './pane-world';

const seed = 'trace';
const contacts = 60;
const world = createPaneWorld({
  DEMO_SEED: seed,
  DEMO_CONTACTS: String(contacts),
  DEMO_LATENCY_MS: '5',
  LOG_LEVEL: 'trace',
});

const wrongPassword = 'Wrong-Wrong1!';
const fileName = 'Quirin Zacherl';
const fileNumber = '+49 89 99998 555';
const note = 'Rückruf wegen Angebot Fliederstraße';

/** Every form in which a number of the fixtures could be written. */
function formsOf(written: string): string[] {
  const digits = written.replaceAll(/\D/g, '').replace(/^0049/, '49');
  const national = digits.replace(/^49/, '0');
  return [written, digits, `+${digits}`, national, digits.slice(-7)].filter(
    (form) => form.replaceAll(/\D/g, '').length >= 7,
  );
}

/** Names, numbers, addresses and passwords of everybody in the demo. */
async function fixtures(): Promise<Set<string>> {
  const found = new Set<string>([wrongPassword, fileName, note, 'Fliederstraße', 'Zacherl', ...formsOf(fileNumber)]);
  const rows = async (file: string) =>
    (await readFile(`demo/${file}`, 'utf8'))
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(','));
  for (const [, displayName = '', , surname = '', , email = '', , , password = ''] of await rows('users.csv'))
    for (const text of [displayName, surname, email, password]) found.add(text);
  for (const [name = '', number = ''] of await rows('speed-dials.csv'))
    for (const text of [name, ...formsOf(number)]) found.add(text);
  for (const { contact } of generateContacts({ seed, count: contacts }).contacts) {
    const { displayName, surname, companyName, emailAddresses = [], businessPhones = [], homePhones = [] } = contact;
    for (const text of [displayName, surname, companyName, ...emailAddresses.map(({ address }) => address)])
      if (text) found.add(text);
    for (const number of [...businessPhones, ...homePhones, contact.mobilePhone])
      if (number) for (const form of formsOf(number)) found.add(form);
  }
  for (const text of found) if (text.trim().length < 4) found.delete(text);
  return found;
}

/** What of `wanted` stands in the text as a word of its own. */
function foundIn(text: string, wanted: Iterable<string>): string[] {
  return [...wanted].filter((form) => {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      const around = `${text[at - 1] ?? ' '}${text[at + form.length] ?? ' '}`;
      if (!/[\p{L}\p{N}]/u.test(around)) return true;
    }
    return false;
  });
}

async function savedTrace(pane: PaneDriver): Promise<string> {
  await pane.goTo('Settings');
  const saved = pane.page.waitForEvent('download');
  await pane.button('Save trace').click();
  return readFile(await (await saved).path(), 'utf8');
}

describe('trace and log', () => {
  it('of a whole use hold no name, number, address, password or token', { timeout: 120_000 }, async () => {
    const secrets = new Set<string>();
    const preview = await world.preview(undefined, {
      refusals: ['/api/v1/sessions', /\/contacts\//],
    });
    const { pane, page } = preview;
    page.context().on('request', (request) => {
      const [, token] = /^Bearer (.+)$/.exec(request.headers().authorization ?? '') ?? [];
      if (token !== undefined) secrets.add(token);
    });
    await pane.typeSignIn('330', wrongPassword);
    await pane.button('Sign in').click();
    await pane.root.getByRole('alert').waitFor();
    await pane.signIn('330');
    await pane.goTo('Settings');
    await pane.main.getByRole('combobox', { name: 'Logging' }).selectOption({ label: 'Detailed' });

    await pane.goTo('Sync');
    await pane.button('Sync now').click();
    await pane.main.getByText('Synced', { exact: true }).waitFor();
    await pane.main.locator('input[type="file"]').setInputFiles(fileOf([['Quirin', 'Zacherl', 'Zacherl', fileNumber]]));
    await pane.button('Import').click();
    await pane.main.getByText(/is imported$/).waitFor();

    await pane.search('Zach');
    await pane.root.getByText(fileName).first().waitFor();
    await pane.search(`0${fileNumber.replace('+49 ', '0').replaceAll(' ', '')}`);
    await pane.field.press('Enter');
    await preview.phone.waitFor('ringing-to-dial');
    await preview.phone.lift();
    await pane.dock.getByRole('button', { name: 'Hang up' }).first().click();
    await eventually(() => world.telephones().activity('330'), 'idle');
    await world.telephones().callIn('331', '330');
    await preview.phone.waitFor('ringing');
    await pane.dock.getByText('Jürgen Müller').first().waitFor();
    await world.telephones().layDown('331');
    await eventually(() => world.telephones().activity('330'), 'idle');

    await pane.search('');
    await pane.control('tab', /^Journal/).click();
    await pane.main
      .getByRole('button', { name: /^Jürgen Müller, Incoming call/ })
      .first()
      .press('Enter');
    await pane.main.locator('textarea').fill(note);
    await pane.main.locator('textarea').press('Tab');
    const trace = await savedTrace(pane);
    // What the demo says to whoever starts it, the passwords of its users among them, is no log.
    const log = world
      .demo()
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .join('\n');
    for (const { name, value } of await page.context().cookies()) if (name !== '') secrets.add(value);
    const wanted = new Set([...(await fixtures()), ...secrets]);
    // What is looked for would be found.
    expect(secrets.size).toBeGreaterThan(2);
    expect(wanted.size).toBeGreaterThan(200);
    for (const kind of ['request', 'sync', 'call', 'place', 'session']) expect(trace).toContain(`"kind":"${kind}"`);
    expect(trace).toContain('"route":"signIn"');
    expect(log).toContain('"route":"dial"');
    expect(foundIn(`${fileName} ${[...secrets][0] ?? ''}`, wanted)).toHaveLength(3);

    expect(foundIn(trace, wanted)).toEqual([]);
    expect(foundIn(log, wanted)).toEqual([]);
    // A request of the pane is found in the log of the service.
    const [, id = ''] = /"route":"dial","method":"POST","correlationId":"([0-9a-f-]+)"/.exec(trace) ?? [];
    expect(log).toContain(id);
    expect(id).not.toBe('');
  });
});
