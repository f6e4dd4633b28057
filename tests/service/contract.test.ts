/** The contract as other programs rely on it: names and shapes of routes, over HTTP against the wired service. */
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from './start-app';
import type { RunningApp } from './start-app';

type Send = Awaited<ReturnType<RunningApp['as']>>;

let app: RunningApp;
let anna: Send;
let bert: Send;

beforeAll(async () => {
  app = await startApp();
  anna = await app.as('anna');
  bert = await app.as('bert');
});
afterAll(() => app.stop());

const csv = (...rows: string[][]) =>
  Uint8Array.from(
    iconv.encode(rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n'), 'windows-1252'),
  );
const header = ['Vorname', 'Nachname', 'Firma', 'Telefon geschäftlich', 'E-Mail-Adresse'];
const countOf = async (send: Send) =>
  ((await send('GET', '/contacts?limit=200')).body as { items: unknown[] }).items.length;

describe('contacts imports', () => {
  const file = csv(
    header,
    ['Jürgen', 'Größmann', 'Straß GmbH', '089 99998-123', 'j@strass.example'],
    ['', '', '', '1', ''],
    ['Ann', 'Lee', '', 'siehe Mail', ''],
  );

  it('a preview says what would happen and changes nothing', async () => {
    const { status, body } = await anna('POST', '/contacts/imports?format=csv&preview=true', { bytes: file });
    expect(status).toBe(200);
    expect(body).toMatchObject({ added: 2, changed: 0, removed: 0, unchanged: 0 });
    expect(await countOf(anna)).toBe(0);
  });

  it('adds what the file holds and tells every line and number that did not come along', async () => {
    const { body } = await anna('POST', '/contacts/imports?format=csv', { bytes: file });
    expect(body).toMatchObject({
      ...{ added: 2, changed: 0, removed: 0, unchanged: 0, skippedCount: 1, problemsCount: 1, charset: 'windows-1252' },
      skipped: [{ position: 2, reason: 'no-name' }],
      problems: [{ position: 3, name: 'Ann Lee', field: 'Telefon geschäftlich', raw: 'siehe Mail', problem: 'empty' }],
    });
    expect(await countOf(anna)).toBe(2);
    expect(await countOf(bert)).toBe(0);
  });

  it('the same file again changes nothing; a changed one changes what differs and removes nothing', async () => {
    expect((await anna('POST', '/contacts/imports?format=csv', { bytes: file })).body).toMatchObject({
      unchanged: 2,
      added: 0,
    });
    const changed = csv(header, ['Jürgen', 'Größmann', 'Straß GmbH', '089 99998-124', 'j@strass.example']);
    expect((await anna('POST', '/contacts/imports?format=csv', { bytes: changed })).body).toMatchObject({
      changed: 1,
      removed: 0,
    });
    expect(await countOf(anna)).toBe(2);
  });

  it('a file that is not what it says is refused with the reason, and nothing changes', async () => {
    const wrong = [
      ['csv', Buffer.from('BEGIN:VCARD\nFN:x\nEND:VCARD'), 'header-unknown'],
      ['vcard', file, 'no-vcard'],
      ['csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'binary'],
      ['csv', Buffer.alloc(0), 'empty'],
    ] as const;
    for (const [format, bytes, reason] of wrong) {
      const { status, body } = await anna('POST', `/contacts/imports?format=${format}`, {
        bytes: Uint8Array.from(bytes),
      });
      expect({ status, body }).toMatchObject({ status: 422, body: { code: 'file-unreadable', details: [{ reason }] } });
    }
    const tooLarge = await anna('POST', '/contacts/imports?format=csv', {
      bytes: new Uint8Array(20 * 1024 * 1024 + 1),
    });
    expect(tooLarge).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
    expect(await countOf(anna)).toBe(2);
  });

  it('refuses 50 MB, and what is small but large unpacked, and serves the others', async () => {
    const refusal = (code: string, status: number) => ({ status, body: { code } });
    const huge = new Uint8Array(50 * 1024 * 1024);
    expect(await anna('POST', '/contacts/imports?format=vcard', { bytes: huge })).toMatchObject(
      refusal('body-too-large', 413),
    );
    const bomb = Uint8Array.from(gzipSync(huge));
    for (const format of ['csv', 'vcard', 'xml']) {
      const path = `/contacts/imports?format=${format}`;
      expect(await anna('POST', path, { bytes: bomb, headers: { 'content-encoding': 'gzip' } })).toMatchObject(
        refusal('content-type-unsupported', 415),
      );
      // A workbook and any other archive begin so.
      for (const archive of [bomb, Uint8Array.from([0x50, 0x4b, 3, 4, ...bomb])])
        expect(await anna('POST', path, { bytes: archive })).toMatchObject(refusal('file-unreadable', 422));
    }
    expect(await countOf(anna)).toBe(2);
  });
});

describe('directory and callers', () => {
  it('search counts the three directories; a number is found in any written form', async () => {
    for (const typed of [
      'gröss jür',
      'grossm',
      'stras',
      '089 99998-12',
      '+49 89 9999812',
      '099998124',
      '0049 89 99998 124',
    ]) {
      const { body } = await anna('GET', `/directory?q=${encodeURIComponent(typed)}`);
      expect(body, typed).toMatchObject({
        personal: { count: 1, more: false, items: [{ displayName: 'Jürgen Größmann' }] },
      });
    }
    expect((await bert('GET', '/directory?q=gross')).body).toMatchObject({ personal: { count: 0, items: [] } });
  });

  it('a caller is known to the person who has him as a contact only', async () => {
    expect(await anna('GET', '/directory/callers/%2B498999998124')).toMatchObject({
      status: 200,
      body: { displayName: 'Jürgen Größmann' },
    });
    expect(await bert('GET', '/directory/callers/%2B498999998124')).toMatchObject({
      status: 404,
      body: { code: 'caller-unknown' },
    });
  });

  it('look-ups answer in the order of their keys, at most 200', async () => {
    const { body } = await anna('POST', '/directory/lookups', {
      body: { emails: ['nobody@x.example', 'J@STRASS.example'], numbers: ['089 99998 124'] },
    });
    expect(body).toMatchObject({
      emails: [null, { displayName: 'Jürgen Größmann' }],
      numbers: [{ displayName: 'Jürgen Größmann' }],
    });
    const many = await anna('POST', '/directory/lookups', {
      body: { emails: Array<string>(201).fill('a@b.example'), numbers: [] },
    });
    expect(many).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
  });
});

describe('numbers', () => {
  it('come back in all their forms or with the reason', async () => {
    const { body } = await anna('POST', '/numbers/parse', { body: { inputs: ['0171 3920012', '110', 'siehe Mail'] } });
    expect(body).toEqual({
      items: [
        {
          raw: '0171 3920012',
          e164: '+491713920012',
          display: '+49 (171) 3920012',
          dialable: '001713920012',
          assumed: 'country',
        },
        { raw: '110', dialable: '110', problem: 'short-number' },
        { raw: 'siehe Mail', problem: 'empty' },
      ],
    });
  });
});

describe('contact syncs', () => {
  const account = { kind: 'graph', key: 'anna@example.com', name: 'Anna' };
  const open = (send: Send, generation: number) =>
    send('POST', '/contact-syncs', {
      body: { account, mode: 'delta', generation, options: { skipContactsWithoutNumber: false }, by: 'Outlook' },
    });
  const upsert = (itemId: string, raw: string) => ({
    type: 'upsert',
    folderId: 'f',
    itemId,
    contact: { displayName: `Item ${itemId}`, numbers: [{ kind: 'mobile', raw }], emails: [] },
  });

  it('batches and a commit bring the contacts with the next generation; the commit twice is once', async () => {
    const opened = (await open(anna, 0)).body as { id: string; folders: unknown[] };
    expect(opened.folders).toEqual([]);
    expect(await open(anna, 0)).toMatchObject({ status: 409, body: { code: 'sync-running' } });
    const batch = {
      folders: [{ id: 'f', name: 'Contacts' }],
      folder: { id: 'f', restarted: true, state: 's1' },
      changes: [upsert('a', '0171 3920013'), upsert('b', 'nix')],
    };
    for (let sent = 0; sent < 2; sent += 1) {
      expect((await anna('PUT', `/contact-syncs/${opened.id}/batches/1`, { body: batch })).status).toBe(200);
    }
    const commit = () => anna('POST', `/contact-syncs/${opened.id}/commit`, { body: { batches: 1 } });
    const first = await commit();
    expect(first).toMatchObject({
      status: 200,
      body: {
        generation: 1,
        result: { added: 2, problems: [{ displayName: 'Item b', raw: 'nix', problem: 'empty' }] },
      },
    });
    expect((await commit()).body).toEqual(first.body);
    expect((await anna('GET', '/contact-syncs')).body).toMatchObject({
      items: [{ kind: 'graph', generation: 1, contacts: 2 }, { kind: 'file' }],
    });
  });

  it('another generation is outdated, and a cancelled sync leaves nothing', async () => {
    expect(await open(anna, 0)).toMatchObject({ status: 409, body: { code: 'sync-outdated' } });
    const opened = (await open(anna, 1)).body as { id: string; folders: unknown[] };
    expect(opened.folders).toEqual([{ id: 'f', state: 's1' }]);
    await anna('PUT', `/contact-syncs/${opened.id}/batches/1`, {
      body: { folder: { id: 'f', state: 's2' }, changes: [upsert('c', '1')] },
    });
    expect((await anna('DELETE', `/contact-syncs/${opened.id}`)).status).toBe(204);
    expect(await anna('POST', `/contact-syncs/${opened.id}/commit`, { body: {} })).toMatchObject({
      status: 404,
      body: { code: 'sync-unknown' },
    });
    expect((await anna('GET', '/directory?q=item')).body).toMatchObject({ personal: { count: 2 } });
  });
});

describe('contacts by hand', () => {
  it('an edit names the version it read, and an edited import is the own from then on (SYN-7)', async () => {
    const { items } = (await anna('GET', '/contacts?limit=200')).body as {
      items: { id: string; version: number; displayName: string; origin: { type: string } }[];
    };
    const imported = items.find(({ displayName }) => displayName === 'Item a');
    const path = `/contacts/${imported?.id ?? ''}`;
    const body = { displayName: 'Item A by hand' };
    expect(await anna('PATCH', path, { body })).toMatchObject({ status: 428, body: { code: 'version-required' } });
    expect(await anna('PATCH', path, { body, headers: { 'if-match': '"99"' } })).toMatchObject({
      status: 412,
      body: { code: 'version-conflict' },
    });
    const changed = await anna('PATCH', path, { body, headers: { 'if-match': `"${String(imported?.version)}"` } });
    expect(changed).toMatchObject({ status: 200, body: { origin: { type: 'hand' }, displayName: 'Item A by hand' } });
    expect((await bert('GET', path)).status).toBe(404);
    expect((await anna('DELETE', '/contacts?origin=imported')).body).toEqual({ removed: 3 });
    expect(await countOf(anna)).toBe(1);
  });
});

describe('calls', () => {
  it('ring the own phone first, act once per request id, and are hung up', async () => {
    const dial = { number: '+49 171 3920012', requestId: 'request-0001' };
    const first = await anna('POST', '/calls', { body: dial });
    expect(first).toMatchObject({
      status: 202,
      body: { state: 'initiated', direction: 'outgoing', party: { e164: '+491713920012' } },
    });
    const { id } = first.body as { id: string };
    expect((await anna('POST', '/calls', { body: dial })).body).toMatchObject({ id });
    expect((await anna('GET', '/calls')).body).toMatchObject({ items: [{ id }], telephoneSystem: { state: 'up' } });
    // The telephone was told what one would dial by hand: access code and national form.
    expect(
      app
        .phones()
        ?.list()
        .find(({ activity }) => activity === 'ringing-to-dial')?.shown.number,
    ).toBe('001713920012');
    expect((await bert('POST', `/calls/${id}/hang-up`)).status).toBe(404);
    expect((await anna('POST', `/calls/${id}/hang-up`)).status).toBe(202);
    expect((await anna('GET', '/calls')).body).toMatchObject({ items: [] });
  });

  it('what is no number is not dialled, and the reason is told', async () => {
    expect(await anna('POST', '/calls', { body: { number: 'siehe Mail', requestId: 'request-0002' } })).toMatchObject({
      status: 422,
      body: { code: 'number-not-dialable', details: [{ reason: 'empty' }] },
    });
  });
});
