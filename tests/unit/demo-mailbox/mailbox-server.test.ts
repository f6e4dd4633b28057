import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailboxContents } from '../../../demo/mailbox/graph-types';
import { address, codeOf, immutable, itemsOf, startMailbox } from './harness';

const contents: MailboxContents = {
  folders: [{ key: 'child', name: 'Lieferanten' }],
  contacts: Array.from({ length: 25 }, (_, n) => ({ contact: { displayName: `Contact ${String(n)}` } })),
  contactLists: 2,
};

describe('the demo mailbox', () => {
  let world: Awaited<ReturnType<typeof startMailbox>>;
  let delta: string;
  let time: Date;
  beforeEach(async () => {
    time = new Date('2026-01-05T08:00:00Z');
    world = await startMailbox(contents, { now: () => time, controlKey: 'key' });
    delta = `/me/contactFolders/${world.mailbox.defaultFolderId}/contacts/delta`;
  });
  afterEach(() => world.server.close());

  it('lists what lies in the default folder, and not that folder itself', async () => {
    const names = itemsOf(await world.get('/me/contactFolders')).map((folder) => folder['displayName']);
    expect(names).toEqual(['Lieferanten']);
    expect((await world.get('/me/contactFolders/Contacts')).body['id']).toBe(world.mailbox.defaultFolderId);
  });

  it('counts contact lists, yet never returns them', async () => {
    const answer = await world.get('/me/contacts?$count=true&$top=1000');
    expect(answer.body['@odata.count']).toBe(27);
    expect(itemsOf(answer)).toHaveLength(25);
  });

  it('gives ten contacts a page when no number is asked for, and as many as preferred up to its limit', async () => {
    expect(itemsOf(await world.get(delta))).toHaveLength(10);
    expect(itemsOf(await world.get(delta, { Prefer: `${immutable.Prefer}, odata.maxpagesize=20` }))).toHaveLength(20);
    const list = await world.get('/me/contacts?$top=20&$select=displayName');
    const rest = await world.get(String(list.body['@odata.nextLink']));
    expect(itemsOf(rest).map((item) => item['displayName'])).toEqual(
      [20, 21, 22, 23, 24].map((n) => `Contact ${String(n)}`),
    );
    expect(Object.keys(itemsOf(rest)[0] ?? {}).sort()).toEqual(['@odata.etag', 'displayName', 'id']);
  });

  it.each([
    ['an unknown query option', '?$unknown=1'],
    ['an option that delta queries do not have', '?$filter=x'],
    ['$top with delta', '?$top=5'],
    ['an unknown property', '?$select=displayName,shoeSize'],
    ['an option given twice', '?$select=id&$select=id'],
    ['a token that is none', '?$deltatoken=abc'],
  ])('refuses %s', async (_what, query) => {
    expect((await world.get(delta + query)).status).toBe(400);
  });

  it('refuses an edited state token, one of another folder, and one with another option', async () => {
    const link = String((await world.get(delta)).body['@odata.nextLink']);
    expect((await world.get(link)).status).toBe(200);
    expect((await world.get(`${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`)).status).toBe(400);
    expect((await world.get(link.replace('$skiptoken', '$deltatoken'))).status).toBe(400);
    expect((await world.get(`${link}&$select=id`)).status).toBe(400);
    const other = world.mailbox.folders()[1]?.id ?? '';
    const moved = link.replace(encodeURIComponent(world.mailbox.defaultFolderId), encodeURIComponent(other));
    expect(moved).not.toBe(link);
    expect((await world.get(moved)).status).toBe(400);
  });

  it('refuses a request without the preference for immutable ids once it was used', async () => {
    expect((await world.get(delta, {})).status).toBe(200);
    expect((await world.get(delta)).status).toBe(200);
    expect((await world.get(delta, {})).status).toBe(400);
    expect((await world.get(delta, { Prefer: 'odata.maxpagesize=5' })).status).toBe(400);
  });

  it('refuses a fifth request at once of one mailbox with 429 and Retry-After', async () => {
    world.control.setLatency(30);
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.get('/me/contacts')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('Retry-After')).toBe('1');
    expect(JSON.stringify(refused?.body)).toContain('MailboxConcurrency');
  });

  it("refuses a missing, foreign, expired or revoked token with Graph's error", async () => {
    for (const authorization of ['', 'Bearer', 'Bearer abc.def', `Basic ${world.token}`, `Bearer ${world.token}x`]) {
      const answer = await world.get('/me/contacts', { ...immutable, Authorization: authorization });
      expect([answer.status, codeOf(answer)]).toEqual([401, 'InvalidAuthenticationToken']);
    }
    time = new Date(time.getTime() + 3_600_000);
    expect((await world.get('/me/contacts')).status).toBe(401);
    const fresh = { ...immutable, Authorization: `Bearer ${world.control.issueToken(address)}` };
    expect((await world.get('/me/contacts', fresh)).status).toBe(200);
    world.control.revokeTokens(address);
    expect((await world.get('/me/contacts', fresh)).status).toBe(401);
  });

  it("opens nobody else's mailbox, and is read only", async () => {
    expect((await world.get(`/users/${encodeURIComponent(address)}/contacts`)).status).toBe(200);
    expect((await world.get('/users/331@demo.example/contacts')).status).toBe(403);
    const headers = { ...immutable, Authorization: `Bearer ${world.token}` };
    const post = await fetch(`${world.origin}/v1.0/me/contacts`, { method: 'POST', headers, body: '{}' });
    expect(post.status).toBe(403);
  });

  it('answers 410 to states that it has forgotten', async () => {
    const link = String((await world.get(delta)).body['@odata.nextLink']);
    world.mailbox.expireStates();
    const answer = await world.get(link);
    expect([answer.status, codeOf(answer)]).toEqual([410, 'SyncStateNotFound']);
  });

  it('sends removals and changes since a delta link, and everything of a changed contact', async () => {
    const all = await world.get(delta, { Prefer: `${immutable.Prefer}, odata.maxpagesize=100` });
    const [first, second] = world.mailbox.items();
    world.mailbox.deleteContact(first?.id ?? '');
    world.mailbox.editContact(second?.id ?? '', { mobilePhone: '0171 3920012' });
    const [removed, changed] = itemsOf(await world.get(String(all.body['@odata.deltaLink'])));
    expect(removed).toEqual({
      '@odata.type': '#microsoft.graph.contact',
      id: first?.id,
      '@removed': { reason: 'deleted' },
    });
    expect(changed).toMatchObject({ id: second?.id, displayName: 'Contact 1', mobilePhone: '0171 3920012' });
  });

  it('says 404 for what is not there and 400 for what is no id', async () => {
    const gone = world.mailbox.items()[0]?.id ?? '';
    world.mailbox.deleteContact(gone);
    expect((await world.get(`/me/contacts/${gone}`)).status).toBe(404);
    expect(codeOf(await world.get('/me/contactFolders/nonsense'))).toBe('ErrorInvalidIdMalformed');
    expect((await world.get('/me/messages')).status).toBe(400);
    expect((await world.get('/me/%ff')).status).toBe(400);
  });

  it('lets pages of other origins read it, with the headers that a reader needs', async () => {
    const preflight = await fetch(`${world.origin}/v1.0${delta}`, { method: 'OPTIONS' });
    expect(preflight.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(preflight.headers.get('Access-Control-Allow-Headers')).toMatch(/Authorization.*Prefer/);
    const refused = await world.get('/me/contacts', { Authorization: '' });
    expect(refused.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(refused.headers.get('Access-Control-Expose-Headers')).toContain('Retry-After');
  });

  it('throttles, fails and drops connections on demand, and heals', async () => {
    world.control.throttle(1, new Date('2026-01-05T08:00:30Z'));
    world.control.fail(1, 503, 4);
    world.control.dropConnections(1);
    world.control.dropConnections(1, 'in-answer');
    const throttled = await world.get('/me/contacts');
    expect([throttled.status, throttled.headers.get('Retry-After')]).toEqual([429, 'Mon, 05 Jan 2026 08:00:30 GMT']);
    expect((await world.get('/me/contacts')).headers.get('Retry-After')).toBe('4');
    await expect(world.get('/me/contacts')).rejects.toThrow();
    await expect(world.get('/me/contacts')).rejects.toThrow();
    world.control.fail(5, 504);
    world.control.heal();
    expect((await world.get('/me/contacts')).status).toBe(200);
  });

  it('is steered over HTTP beside Graph only by whoever has the key', async () => {
    const send = (command: unknown, key: string): Promise<Response> =>
      fetch(`${world.origin}/control`, {
        method: 'POST',
        headers: { 'X-Control-Key': key },
        body: JSON.stringify(command),
      });
    const add = { command: 'addContact', address, contact: { displayName: 'New', mobilePhone: '0171 3920012' } };
    expect((await send(add, 'wrong')).status).toBe(404);
    const added = (await (await send(add, 'key')).json()) as { itemId: string };
    expect(world.mailbox.item(added.itemId)?.content).toEqual({ displayName: 'New', mobilePhone: '0171 3920012' });
    expect((await send({ command: 'editContact', address, itemId: 'none', contact: {} }, 'key')).status).toBe(400);
    expect((await send({ command: 'addContact', address, contact: { shoeSize: 4 } }, 'key')).status).toBe(400);
    const { token } = (await (await send({ command: 'issueToken', address }, 'key')).json()) as { token: string };
    expect((await world.get('/me/contacts', { ...immutable, Authorization: `Bearer ${token}` })).status).toBe(200);
    const closed = await startMailbox(contents);
    expect((await fetch(`${closed.origin}/control`, { method: 'POST', body: '{}' })).status).toBe(404);
    await closed.server.close();
  });
});
