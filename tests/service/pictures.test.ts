/** Pictures over HTTP against the wired service: what is wanted, what is taken, who sees it, and what goes when. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { apiBase } from '../../shared/api';
import { maxPictureBytes } from '../../shared/picture';
import { hugePng, twoColours } from '../fixtures/pictures';
import { startApp } from './start-app';
import type { RunningApp } from './start-app';

type Send = Awaited<ReturnType<RunningApp['as']>>;

let app: RunningApp;
let anna: Send;
let bert: Send;
let png: Uint8Array<ArrayBuffer>;

const account = { kind: 'graph', key: 'anna@example.com', name: 'Anna' };
const wantedSchema = z.object({
  items: z.array(z.object({ contactId: z.string(), itemId: z.string(), version: z.string() })),
  count: z.number(),
});

/** Brings items in a state each; what is undefined goes. Returns the account's id. */
async function sync(items: Readonly<Record<string, string | undefined>>): Promise<string> {
  const known = z
    .object({ items: z.array(z.looseObject({ kind: z.string(), generation: z.number() })) })
    .parse((await anna('GET', '/contact-syncs')).body)
    .items.find(({ kind }) => kind === 'graph');
  const options = { skipContactsWithoutNumber: false };
  const opened = await anna('POST', '/contact-syncs', {
    body: { account, mode: 'delta', generation: known?.generation ?? 0, options },
  });
  const { id, accountId } = z.looseObject({ id: z.string(), accountId: z.string() }).parse(opened.body);
  const changes = Object.entries(items).map(([itemId, version]) => ({
    folderId: 'f',
    itemId,
    ...(version === undefined
      ? { type: 'remove' }
      : { type: 'upsert', version, contact: { displayName: `Item ${itemId}`, numbers: [], emails: [] } }),
  }));
  const batch = { folders: [{ id: 'f', name: 'Contacts' }], folder: { id: 'f', state: 's' }, changes };
  expect((await anna('PUT', `/contact-syncs/${id}/batches/1`, { body: batch })).status).toBe(200);
  expect((await anna('POST', `/contact-syncs/${id}/commit`, { body: { batches: 1 } })).status).toBe(200);
  return accountId;
}

const wanted = async (accountId: string) =>
  wantedSchema.parse((await anna('GET', `/contacts/pictures/wanted?account=${accountId}`)).body);
const put = (id: string, bytes: Uint8Array<ArrayBuffer>, version = 'v1', send = anna) =>
  send('PUT', `/contacts/${id}/picture?version=${version}`, { bytes });
const pictureOf = async (id: string) =>
  z.looseObject({ picture: z.optional(z.string()) }).parse((await anna('GET', `/contacts/${id}`)).body).picture;

beforeAll(async () => {
  app = await startApp();
  anna = await app.as('anna');
  bert = await app.as('bert');
  png = Uint8Array.from(await twoColours(300, 300).png().toBuffer());
});
afterAll(() => app.stop());

describe('pictures of contacts', () => {
  let accountId: string;
  let ids: Record<string, string>;

  it('are wanted of every import, and not any more once they came or are said to be missing', async () => {
    accountId = await sync({ a: 'v1', b: 'v1', c: 'v1' });
    const { items, count } = await wanted(accountId);
    expect(count).toBe(3);
    expect(items.map(({ itemId, version }) => [itemId, version])).toEqual([
      ['a', 'v1'],
      ['b', 'v1'],
      ['c', 'v1'],
    ]);
    ids = Object.fromEntries(items.map(({ itemId, contactId }) => [itemId, contactId]));
    expect((await put(ids.a ?? '', png)).status).toBe(200);
    const missing = [{ contactId: ids.b, version: 'v1', reason: 'none' }];
    expect((await anna('POST', '/contacts/pictures/missing', { body: { items: missing } })).status).toBe(204);
    expect(await wanted(accountId)).toMatchObject({ count: 1, items: [{ itemId: 'c' }] });
    expect((await put(ids.c ?? '', png)).status).toBe(200);
    expect(await wanted(accountId)).toEqual({ count: 0, items: [] });
    // An unchanged item that the source tells again is not asked for again.
    await sync({ a: 'v1', b: 'v1' });
    expect((await wanted(accountId)).count).toBe(0);
  });

  it('stand by their hash in lists, hits and look-ups, and are answered as immutable JPEG', async () => {
    const hash = await pictureOf(ids.a ?? '');
    expect(hash).toMatch(/^[\w-]{43}$/);
    const hits = await anna('GET', '/directory?q=Item');
    expect(hits.body).toMatchObject({ personal: { items: [{ picture: hash }, {}, { picture: hash }] } });
    const answer = await app.raw('anna', `${apiBase}/pictures/${hash ?? ''}`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    expect([...new Uint8Array(await answer.arrayBuffer()).subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  });

  it('belong to their owner alone', async () => {
    const hash = (await pictureOf(ids.a ?? '')) ?? '';
    expect(await bert('GET', `/pictures/${hash}`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect((await put(ids.a ?? '', png, 'v1', bert)).status).toBe(404);
    const missing = [{ contactId: ids.a, version: 'v1', reason: 'none' }];
    expect((await bert('POST', '/contacts/pictures/missing', { body: { items: missing } })).status).toBe(204);
    expect((await bert('DELETE', '/contacts/pictures')).body).toEqual({ removed: 0 });
    expect((await bert('GET', `/contacts/pictures/wanted?account=${accountId}`)).body).toEqual({ items: [], count: 0 });
    expect(await pictureOf(ids.a ?? '')).toBe(hash);
  });

  it('follow their source: another state is asked for again, and a picture that was taken away goes', async () => {
    await sync({ a: 'v2' });
    expect(await wanted(accountId)).toMatchObject({ count: 1, items: [{ itemId: 'a', version: 'v2' }] });
    const missing = [{ contactId: ids.a, version: 'v2', reason: 'none' }];
    await anna('POST', '/contacts/pictures/missing', { body: { items: missing } });
    expect(await pictureOf(ids.a ?? '')).toBeUndefined();
    expect((await wanted(accountId)).count).toBe(0);
  });

  it('that are hostile are refused with the reason, not asked for again, and leave none behind', async () => {
    const cut = png.slice(0, png.length / 2);
    const cases: [string, Uint8Array<ArrayBuffer>][] = [
      ['not-a-picture', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')],
      ['broken', cut],
      ['too-many-pixels', Uint8Array.from(hugePng(20_000, 20_000))],
    ];
    for (const [index, [reason, bytes]] of cases.entries()) {
      await sync({ c: `bad${index}` });
      expect(await put(ids.c ?? '', bytes, `bad${index}`)).toMatchObject({
        status: 422,
        body: { code: 'picture-refused', details: [{ reason }] },
      });
      expect(await pictureOf(ids.c ?? '')).toBeUndefined();
      expect((await wanted(accountId)).count).toBe(0);
    }
    expect(await put(ids.c ?? '', new Uint8Array(maxPictureBytes + 1))).toMatchObject({ status: 413 });
    const typed = await anna('PUT', `/contacts/${ids.c ?? ''}/picture?version=v`, {
      bytes: png,
      headers: { 'content-type': 'image/svg+xml' },
    });
    expect(typed).toMatchObject({ status: 415 });
  });

  it('stay with a contact that its user has edited, also when imported pictures are deleted', async () => {
    await sync({ b: 'v3', c: 'v3' });
    await put(ids.b ?? '', png, 'v3');
    await put(ids.c ?? '', png, 'v3');
    const edit = { body: { company: 'Own' }, headers: { 'if-match': '"1"' } };
    expect((await anna('PATCH', `/contacts/${ids.b ?? ''}`, edit)).status).toBe(200);
    expect((await anna('DELETE', '/contacts/pictures')).body).toEqual({ removed: 1 });
    expect(await pictureOf(ids.b ?? '')).toBeDefined();
    expect(await pictureOf(ids.c ?? '')).toBeUndefined();
    // Deleted, they are wanted again when the setting is on again.
    expect((await wanted(accountId)).items.map(({ itemId }) => itemId)).toEqual(['a', 'c']);
    expect((await put(ids.b ?? '', png, 'v4')).status).toBe(404);
  });

  it('go with the contact', async () => {
    await put(ids.c ?? '', png, 'v3');
    await sync({ c: undefined });
    const left = await app.database.selectFrom('contact_pictures').select('contact_id').execute();
    expect(left.map((row) => row.contact_id)).not.toContain(ids.c);
  });
});
