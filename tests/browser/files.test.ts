/** Contact files of all kinds, chosen and dropped: what they would bring, what they bring, and why they bring nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { maxRecords } from '../../shared/contact-file';
import { createFaultWorld } from './fault-world';
import { twoColours } from '../fixtures/pictures';
import type { PaneDriver } from './pane-driver';
import { fileOf } from './pane-files';

const world = createFaultWorld();
const corpus = (path: string) => fileURLToPath(new URL(`../../../shared/corpora/${path}`, import.meta.url));

interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A user whose directory is empty for each attempt at a test, as a second attempt would find what the first has left. */
const users = Array.from({ length: 19 }, (_none, index) => String(331 + index));
let user = '';
beforeEach(() => {
  const next = users.shift();
  if (next === undefined) throw new Error('The demo has no user left whose directory is empty.');
  user = next;
});

async function openSync(): Promise<PaneDriver> {
  const { pane } = await world.open(await world.context(), user);
  await pane.goTo('Sync');
  return pane;
}

const choose = (pane: PaneDriver, file: ChosenFile) => pane.main.locator('input[type="file"]').setInputFiles(file);
const names = () => world.store().names(user);
const count = (pane: PaneDriver, name: string) => pane.main.locator(`[data-count="${name}"] dd`).innerText();

/** Drops a file onto the pane, as Outlook's or the desktop's. */
async function drop(pane: PaneDriver, { name, mimeType, buffer }: ChosenFile): Promise<void> {
  const given = { name, mimeType, bytes: [...buffer] };
  const dataTransfer = await pane.main.evaluateHandle((_main, file) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(file.bytes)], file.name, { type: file.mimeType }));
    return transfer;
  }, given);
  await pane.main.locator('[data-drop]').dispatchEvent('dragover', { dataTransfer });
  await pane.main.locator('[data-drop]').dispatchEvent('drop', { dataTransfer });
}

async function importPlanned(pane: PaneDriver, name: string): Promise<void> {
  await pane.main.getByText(`${name} would bring`).waitFor();
  expect(names()).toEqual([]);
  await pane.button('Import').click();
  await pane.main.getByText(`${name} is imported`).waitFor();
}

/** A square of one colour as a vCard 3.0 has it. */
const photo = async (side: number) =>
  `PHOTO;ENCODING=b;TYPE=PNG:${(await twoColours(side, side).png().toBuffer()).toString('base64')}`;
const cardOf = (name: string, ...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, 'TEL;TYPE=WORK:089 99998-77', ...lines, 'END:VCARD', ''].join('\r\n');

const german = [
  ['Vorname', 'Nachname', 'Firma', 'Telefon geschäftlich', 'Mobiltelefon'],
  ['Jürgen', 'Weiß', 'Bäckerei Größer', '089 99998-201', ''],
  ['Käthe', 'Übermut', '', '', '0171 3920031'],
]
  .map((line) => line.map((value) => `"${value}"`).join(','))
  .join('\r\n');
const vcard = [
  'BEGIN:VCARD',
  'VERSION:3.0',
  'N:Błaszczyk;Łukasz;;;',
  'FN:Łukasz Błaszczyk',
  'TEL;TYPE=WORK,VOICE:+48 22 5550123',
  'END:VCARD',
  '',
].join('\r\n');

describe('a file', () => {
  it.each([
    ['UTF-8', Buffer.from(`\ufeff${german}`)],
    ['windows-1252', Buffer.from(german, 'latin1')],
  ])(
    'of a German Outlook in %s is shown first and then imported, and brings nothing twice',
    async (_charset, buffer) => {
      const pane = await openSync();
      const file = { name: 'Kontakte.CSV', mimeType: 'application/vnd.ms-excel', buffer };
      await choose(pane, file);
      await pane.main.getByText('Kontakte.CSV would bring').waitFor();
      expect(await count(pane, 'added')).toBe('2');
      await importPlanned(pane, 'Kontakte.CSV');
      expect(names()).toEqual(expect.arrayContaining(['Jürgen Weiß', 'Käthe Übermut']));
      expect(world.store().contact(user, 'Jürgen Weiß')).toMatchObject({
        company: 'Bäckerei Größer',
        numbers: [{ kind: 'business', raw: '089 99998-201' }],
      });

      const before = world.store().contacts(user);
      await choose(pane, file);
      await pane.main.getByText('There is nothing new in this file.').waitFor();
      expect(await count(pane, 'unchanged')).toBe('2');
      expect(world.store().contacts(user)).toEqual(before);
    },
  );

  it('of an English Outlook is dropped onto the pane', async () => {
    const pane = await openSync();
    await drop(pane, fileOf([['Søren', 'Kjær', 'Fjord A/S', '+45 32 12 34 56']]));
    await importPlanned(pane, 'contacts.csv');
    expect(names()).toEqual(['Søren Kjær']);
  });

  it('of vCards is dropped onto the pane', async () => {
    const pane = await openSync();
    await drop(pane, { name: 'contact.vcf', mimeType: 'text/vcard', buffer: Buffer.from(vcard) });
    await importPlanned(pane, 'contact.vcf');
    expect(world.store().contact(user, 'Łukasz Błaszczyk')?.numbers).toEqual([
      { kind: 'business', raw: '+48 22 5550123' },
    ]);
  });

  // Samples of others are no part of the repository: without them their tests are skipped.
  const real = corpus('vcard/ez-vcard/outlook-2007.vcf');
  it.skipIf(!existsSync(real))('that a real Outlook 2007 wrote is read (needs ../shared/corpora)', async () => {
    const pane = await openSync();
    await choose(pane, { name: 'outlook-2007.vcf', mimeType: 'text/x-vcard', buffer: readFileSync(real) });
    await importPlanned(pane, 'outlook-2007.vcf');
    expect(names()).toEqual(['Mr. Michael Angstadt Jr.']);
    const numbers = world
      .store()
      .contacts(user)
      .flatMap((contact) => contact.numbers.map(({ raw }) => raw));
    expect(numbers).toEqual(expect.arrayContaining(['(111) 555-1111', '(111) 555-2222', '(111) 555-4444']));
  });

  it.each([
    [
      'a picture',
      'photo.csv',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      'not a text file',
    ],
    ['a vCard', 'card.csv', Buffer.from(vcard), 'This is no table of contacts'],
    ['a table', 'table.vcf', Buffer.from(german), 'There is no vCard in this file.'],
    ['empty', 'empty.csv', Buffer.alloc(0), 'The file is empty.'],
  ])(
    'that is %s behind its name %s is refused with the reason, and nothing changes',
    async (_what, name, buffer, why) => {
      const pane = await openSync();
      await choose(pane, { name, mimeType: '', buffer });
      await pane.main.getByText(why).waitFor();
      await pane.main.getByText('Nothing was changed.').waitFor();
      expect(await pane.button('Import').count()).toBe(0);
      expect(names()).toEqual([]);
    },
  );
});

describe('a table of an unknown program', () => {
  const table = [
    'Wer;Betrieb;Nummer 1;Notruf;Anderes',
    'Meier, Vera;Werk A;089 99998-401;0171 3920401;blau',
    'Otto, Uwe;Werk B;089 99998-402;siehe Mail;rot',
    ';;089 99998-403;;grün',
  ].join('\r\n');

  it('is read by what its columns hold, corrected in the pane, and every row left out is told, kept and saved', async () => {
    const pane = await openSync();
    const file = { name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(table, 'utf16le') };
    await choose(pane, file);
    await pane.main.getByText('liste.csv would bring').waitFor();
    await pane.main.getByText('Recognise by itself (utf-16le)').waitFor({ state: 'attached' });
    await pane.button('Columns: 2 of 5 are taken').click();
    expect(await pane.main.getByLabel('Wer').inputValue()).toBe('displayName');
    expect(await pane.main.getByLabel('Nummer 1').inputValue()).toBe('other');

    await pane.main.getByLabel('Wer').selectOption('');
    await pane.main.getByText('Choose the column that holds the names.').waitFor();
    expect(await pane.button('Import').count()).toBe(0);
    await pane.main.getByLabel('Wer').selectOption({ label: 'Whole name' });
    await pane.main.getByText('liste.csv would bring').waitFor();
    await pane.main.getByLabel('Betrieb').selectOption({ label: 'Company' });
    await pane.main.getByLabel('Notruf').selectOption({ label: 'Number: Mobile' });
    await pane.button('Columns: 4 of 5 are taken').waitFor();
    await pane.main.locator('[data-file="planned"]').waitFor();
    await pane.button('Import').click();
    await pane.main.getByText('liste.csv is imported').waitFor();
    expect(world.store().contact(user, 'Otto, Uwe')).toMatchObject({
      company: 'Werk B',
      numbers: [
        { kind: 'other', raw: '089 99998-402' },
        { kind: 'mobile', raw: 'siehe Mail' },
      ],
    });

    await pane
      .button(/^Sync of/)
      .first()
      .click();
    await pane.main.getByText('Rows to look at: 2').waitFor();
    const saved = pane.page.waitForEvent('download');
    await pane.button('Save list as CSV').click();
    const list = readFileSync(await (await saved).path(), 'utf8');
    expect(list).toContain('"2","Otto, Uwe","Notruf","siehe Mail","no digits in it"');
    expect(list).toContain('"3","","","","no name, company or address"');
  });

  it('keeps what is chosen for each column although the service has not answered to the choice before', async () => {
    const pane = await openSync();
    await choose(pane, { name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
    await pane.button('Columns: 2 of 5 are taken').click();
    const held: (() => void)[] = [];
    await pane.page.context().route(/contacts\/imports\?.*preview=true/, async (route) => {
      await new Promise<void>((resolve) => held.push(resolve));
      await route.continue();
    });
    await pane.main.getByLabel('Betrieb').selectOption({ label: 'Company' });
    await pane.main.getByLabel('Notruf').selectOption({ label: 'Number: Mobile' });
    await pane.button('Columns: 4 of 5 are taken').waitFor();
    await expect.poll(() => held.length).toBe(2);
    for (const answer of held) answer();
    await importPlanned(pane, 'liste.csv');
    expect(world.store().contact(user, 'Otto, Uwe')?.company).toBe('Werk B');
    expect(world.store().contact(user, 'Otto, Uwe')?.numbers).toHaveLength(2);
  });
});

describe('the whole directory', () => {
  it('goes out in each format, and coming back changes nothing', async () => {
    const pane = await openSync();
    await choose(pane, fileOf([['Zoë', '=1+1', 'A "B" & C', '+49 89 99998-501']]));
    await importPlanned(pane, 'contacts.csv');
    for (const [label, name] of [
      ['CSV (table)', 'contacts.csv'],
      ['vCard', 'contacts.vcf'],
      ['XML', 'contacts.xml'],
    ] as const) {
      await pane.main.getByLabel('Format').selectOption({ label });
      const saved = pane.page.waitForEvent('download');
      await pane.button('Export contacts').click();
      const buffer = readFileSync(await (await saved).path());
      expect(buffer.toString()).toContain('+49 89 99998-501');
      await choose(pane, { name, mimeType: '', buffer });
      await pane.main.getByText('There is nothing new in this file.').waitFor();
      expect(await count(pane, 'unchanged')).toBe('1');
      await pane.button('Close').click();
    }
  });

  it('that is larger than an import takes is saved in files, one by one', async () => {
    const pane = await openSync();
    const rows = Array.from({ length: maxRecords + 1 }, (_, n) => `"Teil ${n}","089 99998"\r\n`);
    const header = '\ufeff"Display Name","Phone 1"\r\n';
    const headers = { 'content-disposition': 'attachment; filename="contacts.csv"' };
    await pane.page
      .context()
      .route(/contacts\/export/, (route) =>
        route.fulfill({ contentType: 'text/csv; charset=utf-8', headers, body: header + rows.join('') }),
      );
    await pane.button('Export contacts').click();
    await pane.main.getByText('it comes in 2 files').waitFor();
    const files: string[] = [];
    for (const name of ['contacts-1-2.csv', 'contacts-2-2.csv']) {
      const saved = pane.page.waitForEvent('download');
      await pane.button(`Save ${name}`).click();
      const download = await saved;
      expect(download.suggestedFilename()).toBe(name);
      files.push(readFileSync(await download.path(), 'utf8'));
    }
    await pane.main.getByText('Saved: 2 of 2').waitFor();
    await pane.picture('export-in-files');
    expect(files).toHaveLength(2);
    expect(files[0] === header + rows.slice(0, maxRecords).join('')).toBe(true);
    expect(files[1]).toBe(header + (rows.at(-1) ?? ''));
  });

  it.each(['CSV template', 'XML template'])('can be begun with the %s', async (template) => {
    const pane = await openSync();
    const saved = pane.page.waitForEvent('download');
    await pane.button(template).click();
    const download = await saved;
    const buffer = readFileSync(await download.path());
    await choose(pane, { name: download.suggestedFilename(), mimeType: '', buffer });
    await importPlanned(pane, download.suggestedFilename());
    expect(names()).toEqual(['Erika Mustermann']);
  });
});

describe('a card with a picture', () => {
  it('brings it, tells of one that is only linked and of an assumed country; a full disk is told first, and nothing is lost', async () => {
    const context = await world.context();
    const { pane } = await world.open(context, user);
    await pane.goTo('Sync');
    const buffer = Buffer.from(
      cardOf('Bild Anna', await photo(120)) + cardOf('Link Bernd', 'PHOTO;VALUE=uri:https://example.org/b.jpg'),
    );
    await choose(pane, { name: 'team.vcf', mimeType: 'text/vcard', buffer });
    await pane.main.getByText('team.vcf would bring').waitFor();
    await pane.main.getByText('Pictures: 1', { exact: true }).waitFor();
    await pane.button('Country code assumed: 2').click();
    await pane.main.getByText('Record 1, Bild Anna: 089 99998-77').waitFor();
    expect(await pane.main.innerText()).toMatch(/– \+49 \(89\) 99998/);
    await pane.button('Pictures not taken: 1').click();
    await pane.main.getByText('the picture is only linked, not taken').waitFor();

    await pane.picture('file-with-pictures');

    const full = { code: 'storage-unavailable', detail: 'Full.', details: [{ reason: 'disk-full' }] };
    const problem = { type: 'about:blank', title: 'Unavailable', status: 503, ...full };
    await context.route(/contacts\/imports\?.*preview=false/, (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    );
    await pane.button('Import').click();
    await pane.main.getByText(/The service’s disk is full/).waitFor();
    expect(names()).toEqual([]);
    await context.unroute(/contacts\/imports\?.*preview=false/);

    await choose(pane, { name: 'team.vcf', mimeType: 'text/vcard', buffer });
    await importPlanned(pane, 'team.vcf');
    expect(names()).toEqual(['Bild Anna', 'Link Bernd']);
    await pane.search('bild');
    await pane.root.locator('[role="listitem"] img').first().waitFor();
  });
});

describe('what a file brought', () => {
  it('and was changed by hand stays as it is, also when the import is deleted (SYN-7, SYN-8)', async () => {
    const pane = await openSync();
    const rows = [
      ['Anna', 'Bleibt', '', '089 99998-301'],
      ['Bernd', 'Geht', '', '089 99998-302'],
    ];
    await choose(pane, fileOf(rows));
    await importPlanned(pane, 'contacts.csv');

    await pane.search('bleibt');
    await pane.button('Details of Anna Bleibt').click();
    await pane.button('Edit').click();
    await pane.root.getByLabel('Company').fill('Selbst GmbH');
    await pane.button('Save').click();
    await pane.main.getByText('Selbst GmbH').waitFor();
    await pane.button('Back').click();
    await pane.search('');

    await pane.goTo('Sync');
    await choose(pane, fileOf(rows.map(([given = '', surname = '']) => [given, surname, '', '089 99998-399'])));
    await pane.button('Import').click();
    await pane.main.getByText('contacts.csv is imported').waitFor();
    expect(world.store().contact(user, 'Anna Bleibt')?.company).toBe('Selbst GmbH');
    expect(world.store().contact(user, 'Anna Bleibt')?.numbers).toEqual([{ kind: 'business', raw: '089 99998-301' }]);
    expect(world.store().contact(user, 'Bernd Geht')?.numbers).toEqual([{ kind: 'business', raw: '089 99998-399' }]);

    await pane.button('Delete imported contacts …').click();
    expect(names()).toHaveLength(2);
    await pane.button('Delete').click();
    await pane.main.getByText('1 imported contacts deleted.').waitFor();
    expect(names()).toEqual(['Anna Bleibt']);
  });
});
