import fc from 'fast-check';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { splitExport } from '../../../addin/sync/split-export';
import { importContacts } from '../../../shared/api/contacts';
import type { ImportResult } from '../../../shared/api/contacts';
import { maxRecords } from '../../../shared/contact-file';
import { createContactExportService } from '../../../sync-service/contacts/contact-export.service';
import { openDatabase } from '../../../sync-service/database/database';
import type { Database } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import { createContactWorld } from '../../fakes/contact-world';
import type { ContactWorld } from '../../fakes/contact-world';
import { detailedPicture, hugePng, twoColours } from '../../fixtures/pictures';

let database: Database;
let world: ContactWorld;
beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database);
  world = await createContactWorld(database);
  for (const user of ['u', 'other']) await world.addUser(user);
});
afterEach(() => database.destroy());

const bring = (text: string, { preview = false, user = 'u' } = {}): Promise<ImportResult> =>
  world.imports.importFile({ userId: user, format: 'vcard', preview, bytes: Buffer.from(text) });

const card = (name: string, ...photo: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, 'TEL:089 123456', ...photo, `UID:${name}`, 'END:VCARD', ''].join('\r\n');
const photo = (bytes: Uint8Array) => `PHOTO;ENCODING=b;TYPE=JPEG:${Buffer.from(bytes).toString('base64')}`;

async function exported(user: string): Promise<string> {
  const { content } = await createContactExportService({ database }).exportContacts(user, 'vcard');
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts).toString();
}
/** Ids are of the directory; the rest is of the contact. */
const withoutIds = (text: string) => text.replace(/^UID:.*\r\n/gm, '');
const pictureOf = async (user: string, name: string) =>
  (await world.contacts.list(user, { limit: 100 })).items.find(({ displayName }) => displayName === name)?.picture;

describe('pictures in a vCard file', () => {
  test('are taken, and an export that is imported elsewhere and exported again is the same byte by byte', async () => {
    const formats = ['png', 'jpeg', 'webp', 'gif'] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ format: fc.constantFrom(...formats), side: fc.integer({ min: 1, max: 300 }) }), {
          minLength: 1,
          maxLength: 5,
        }),
        async (wanted) => {
          await world.contacts.removeImported('u');
          await world.contacts.removeImported('other');
          const cards = await Promise.all(
            wanted.map(async ({ format, side }, n) =>
              card(
                `P${n}`,
                photo(
                  await twoColours(side, side + n)
                    .toFormat(format)
                    .toBuffer(),
                ),
              ),
            ),
          );
          expect(await bring(cards.join('') + card('Without'))).toMatchObject({
            added: wanted.length + 1,
            pictures: wanted.length,
            pictureProblems: [],
          });
          const first = await exported('u');
          expect(first.match(/^PHOTO/gm)).toHaveLength(wanted.length);
          expect(await bring(first, { user: 'other' })).toMatchObject({ pictures: wanted.length });
          expect(withoutIds(await exported('other'))).toBe(withoutIds(first));
        },
      ),
      { numRuns: 6 },
    );
  });

  test('that are the same are not taken again, another one takes the place of the old, and none removes none', async () => {
    const one = await twoColours(80, 80).png().toBuffer();
    const other = await sharp(one).negate().png().toBuffer();
    await bring(card('A', photo(one)));
    const before = await pictureOf('u', 'A');
    expect(before).toBeDefined();
    expect(await bring(card('A', photo(one)))).toMatchObject({ unchanged: 1, pictures: 0 });
    expect(await bring(card('A', photo(other)), { preview: true })).toMatchObject({ unchanged: 1, pictures: 1 });
    expect(await pictureOf('u', 'A')).toBe(before);
    expect(await bring(card('A', photo(other)))).toMatchObject({ unchanged: 1, pictures: 1 });
    const after = await pictureOf('u', 'A');
    expect(after).not.toBe(before);
    expect(await bring(card('A'))).toMatchObject({ unchanged: 1, pictures: 0 });
    expect(await pictureOf('u', 'A')).toBe(after);
  });

  test(
    'make an export larger than an import takes: it goes out in files, and comes back unchanged from them',
    { timeout: 120_000 },
    async () => {
      const { maxBytes } = importContacts.file;
      const pictures = await Promise.all([1, 2, 3].map((seed) => detailedPicture(seed)));
      const line = pictures.map((bytes) => photo(bytes));
      const cards = Array.from({ length: 360 }, (_, n) => card(`P${String(n).padStart(3, '0')}`, line[n % 3] ?? ''));
      await bring(cards.join(''));
      const whole = await exported('u');
      expect(whole.length).toBeGreaterThan(maxBytes);

      const files = splitExport('vcard', Uint8Array.from(Buffer.from(whole)), { maxBytes, maxRecords }).map((pieces) =>
        Buffer.concat(pieces).toString(),
      );
      expect(files).toHaveLength(2);
      for (const file of files) {
        expect(file.length).toBeLessThanOrEqual(maxBytes);
        expect(await bring(file)).toMatchObject({ added: 0, changed: 0 });
        expect(await bring(file, { user: 'other' })).toMatchObject({ skipped: [], problems: [], pictureProblems: [] });
      }
      expect(await exported('u')).toBe(whole);
      expect(withoutIds(await exported('other'))).toBe(withoutIds(whole));
    },
  );

  test('that cannot be taken lose no contact, and are told row by row, in the answer and with the import', async () => {
    const whole = await twoColours(300, 300).jpeg().toBuffer();
    const text = [
      card('Linked', 'PHOTO;VALUE=uri:https://example.org/picture.jpg'),
      card('Text', photo(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))),
      card('Huge', photo(hugePng(30_000, 30_000))),
      card('Cut', photo(whole.subarray(0, whole.length / 2))),
      card('Good', photo(whole)),
    ].join('');
    const planned = await bring(text, { preview: true });
    expect(planned).toMatchObject({ added: 5, pictures: 3, pictureProblemsCount: 2 });
    const result = await bring(text);
    expect(result).toMatchObject({ added: 5, skipped: [], pictures: 1, pictureProblemsCount: 4 });
    const told = [
      { position: 1, name: 'Linked', picture: 'linked' },
      { position: 2, name: 'Text', picture: 'not-a-picture' },
      { position: 3, name: 'Huge', picture: 'too-many-pixels' },
      { position: 4, name: 'Cut', picture: 'broken' },
    ];
    expect(result.pictureProblems).toEqual(told);
    expect((await world.history.rows('u', result.historyId ?? '', {})).items).toEqual(told);
    expect(await pictureOf('u', 'Good')).toBeDefined();
    expect(await pictureOf('u', 'Cut')).toBeUndefined();
  });

  test('that replaced others, or came where none was, go back with the undo; deleted and edited ones stay so', async () => {
    const one = await twoColours(80, 80).png().toBuffer();
    const other = await sharp(one).negate().png().toBuffer();
    await bring(card('A', photo(one)) + card('B') + card('C', photo(one)) + card('D', photo(one)));
    const before = await exported('u');
    const { historyId = '' } = await bring(['A', 'B', 'C', 'D'].map((name) => card(name, photo(other))).join(''));
    const [last] = await world.history.list('u');
    expect(last).toMatchObject({ id: historyId, pictures: 4 });
    expect(last?.undoUntil).toBeDefined();
    const c = (await world.contacts.list('u', { limit: 9 })).items.find(({ displayName }) => displayName === 'C');
    if (c !== undefined) await world.contacts.remove('u', c.id, c.version);
    expect(await world.history.undo('u', historyId)).toEqual({ restored: 3, leftAlone: 1 });
    const cards = (text: string) => text.split(/(?<=END:VCARD\r\n)/);
    expect(await exported('u')).toBe(
      cards(before)
        .filter((text) => !text.includes('FN:C'))
        .join(''),
    );
    expect(await database.selectFrom('replaced_pictures').selectAll().execute()).toEqual([]);
    // The file is new once more.
    expect(await bring(card('A', photo(other)), { preview: true })).toMatchObject({ pictures: 1 });
  });

  test('of contacts that are there, which an import did not come to, are told with it, and come with the next', async () => {
    const one = photo(await twoColours(80, 80).png().toBuffer());
    const names = Array.from({ length: 30 }, (_, n) => `P${String(n).padStart(2, '0')}`);
    await bring(names.map((name) => card(name)).join(''));
    const text = names.map((name) => card(name, one)).join('') + card('Linked', 'PHOTO;VALUE=uri:https://a.example/b');
    const ended = new AbortController();
    ended.abort();
    const cancelled = world.imports.importFile({
      ...{ userId: 'u', format: 'vcard', preview: false, bytes: Buffer.from(text), signal: ended.signal },
    });
    await expect(cancelled).rejects.toBe(ended.signal.reason);
    const [last] = await world.history.list('u');
    expect((await world.history.rows('u', last?.id ?? '', {})).items).toEqual([
      { position: 31, name: 'Linked', picture: 'linked' },
      ...names.map((name, n) => ({ position: n + 1, name, picture: 'not-reached' })),
    ]);

    const { pictures, historyId = '' } = await bring(text);
    expect(pictures).toBe(30);
    expect((await world.history.rows('u', historyId, {})).items).toEqual([
      { position: 31, name: 'Linked', picture: 'linked' },
    ]);
  });

  test('go with the contacts of an import that is undone', async () => {
    const { historyId } = await bring(card('A', photo(await twoColours(50, 50).png().toBuffer())));
    await world.history.undo('u', historyId ?? '');
    expect(await database.selectFrom('contact_pictures').selectAll().execute()).toEqual([]);
  });
});
