import { describe, expect, it } from 'vitest';
import { SourceError, StateExpiredError, type ContactPage } from '../../../shared/mailbox/contact-source';
import { createGraphContactSource } from '../../../shared/mailbox/graph-contact-source';

const baseUrl = 'https://graph.example/v1.0';
const never = new AbortController().signal;
const folder = { id: 'F1', name: 'Contacts' };
type Answers = (url: string) => unknown;

/** A Graph that answers each URL by a function; what it gives as a Response goes out as it is. */
function sourceOf(answers: Answers, mailbox?: string) {
  const urls: string[] = [];
  const source = createGraphContactSource({
    fetch: (url) => {
      urls.push(url);
      const answer = answers(url);
      return Promise.resolve(answer instanceof Response ? answer : Response.json(answer));
    },
    token: () => Promise.resolve('token'),
    baseUrl,
    delay: () => Promise.resolve(),
    ...(mailbox === undefined ? {} : { mailbox }),
  });
  return { source, urls };
}

const notFound = (code = 'ErrorItemNotFound', status = 404): Response =>
  Response.json({ error: { code, message: 'x' } }, { status });
const end = (value: unknown[] = []): unknown => ({ value, '@odata.deltaLink': `${baseUrl}/next?$deltatoken=1` });

async function pagesOf(source: ReturnType<typeof sourceOf>['source'], state?: string): Promise<ContactPage[]> {
  const pages: ContactPage[] = [];
  for await (const page of source.changes(folder, state, never)) pages.push(page);
  return pages;
}
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof SourceError ? error.reason : error),
  );

describe('the Graph source reading a folder', () => {
  it('asks the documented delta function with the properties it reads', async () => {
    const { source, urls } = sourceOf(() => end(), 'anna@demo.example');
    await pagesOf(source);
    expect(urls).toEqual([
      `${baseUrl}/users/anna%40demo.example/contactFolders/F1/contacts/delta?$select=displayName,givenName,surname,fileAs,companyName,department,jobTitle,businessPhones,mobilePhone,homePhones,emailAddresses,personalNotes`,
    ]);
  });

  it('does not follow a next link to another service, nor keep such a state', async () => {
    const elsewhere = 'https://elsewhere.example/v1.0/x';
    const following = sourceOf((url) =>
      url.startsWith(baseUrl) ? { value: [], '@odata.nextLink': elsewhere } : end(),
    );
    expect(await failureOf(pagesOf(following.source))).toBe('not-understood');
    expect(following.urls).toHaveLength(1);
    const keeping = sourceOf(() => ({ value: [], '@odata.deltaLink': elsewhere }));
    expect(await failureOf(pagesOf(keeping.source))).toBe('not-understood');
  });

  it('takes a state of another service or of another choice of properties for expired', async () => {
    const { source, urls } = sourceOf(() => end());
    for (const state of ['1:https://elsewhere.example/v1.0/x', `0:${baseUrl}/x`, `${baseUrl}/x`, '']) {
      expect(await failureOf(pagesOf(source, state))).toBeInstanceOf(StateExpiredError);
    }
    expect(urls).toEqual([]);
  });

  it.each([
    ['410', () => notFound('whatever', 410)],
    ['resyncRequired', () => notFound('resyncRequired', 400)],
    ['a refusal of the stored link', () => notFound('BadRequest', 400)],
    ['a folder that is gone', () => notFound()],
  ])('starts over after %s', async (_what, answer) => {
    const { source } = sourceOf(answer);
    expect(await failureOf(pagesOf(source, `1:${baseUrl}/x?$deltatoken=1`))).toBeInstanceOf(StateExpiredError);
  });

  it('says that it cannot reach a folder that went away, so that the next sync lists anew', async () => {
    expect(await failureOf(pagesOf(sourceOf(() => notFound()).source))).toBe('unreachable');
  });

  it('ends a round that goes in a circle, and refuses pages of another shape', async () => {
    const circle = sourceOf(() => ({ value: [], '@odata.nextLink': `${baseUrl}/same` }));
    expect(await failureOf(pagesOf(circle.source))).toBe('not-understood');
    expect(circle.urls.length).toBeLessThan(10);
    expect(await failureOf(pagesOf(sourceOf(() => ({ value: 'x' })).source))).toBe('not-understood');
    expect(await failureOf(pagesOf(sourceOf(() => ({ value: [] })).source))).toBe('not-understood');
  });

  it('tells items that it cannot read, each once', async () => {
    const items = [{ id: 'A', displayName: 5 }, { displayName: 'no id' }, 'text', { id: 'A', displayName: 5 }];
    const [page] = await pagesOf(sourceOf((url) => (url.includes('/contacts/A') ? items[0] : end(items))).source);
    expect(page?.skipped).toEqual([
      { folderId: 'F1', itemId: 'A', reason: 'unreadable' },
      { folderId: 'F1', itemId: '(no id)', reason: 'unreadable' },
      { folderId: 'F1', itemId: '(no id)', reason: 'unreadable' },
    ]);
    expect(page?.changes).toEqual([{ type: 'remove', folderId: 'F1', itemId: 'A' }]);
  });

  it('reads a contact whole of which only changes came, and takes away one that is elsewhere by now', async () => {
    const whole = { id: 'A', parentFolderId: 'F1', displayName: 'Anna', mobilePhone: '0171 3920012' };
    const { source } = sourceOf((url) => {
      if (url.includes('/contacts/A')) return whole;
      if (url.includes('/contacts/B')) return { id: 'B', parentFolderId: 'F2', displayName: 'Bea' };
      if (url.includes('/contacts/C')) return notFound();
      return end(['A', 'B', 'C'].map((id) => ({ id, displayName: id })));
    });
    const [page] = await pagesOf(source, `1:${baseUrl}/x?$deltatoken=1`);
    expect(page?.changes.map(({ type, itemId }) => `${type} ${itemId}`)).toEqual(['upsert A', 'remove B', 'remove C']);
    expect(page?.changes[0]).toMatchObject({ contact: { displayName: 'Anna', numbers: [{ raw: '0171 3920012' }] } });
  });

  it('asks for the next page while the caller still works, and stops asking when the caller leaves', async () => {
    const { source, urls } = sourceOf((url) =>
      url.endsWith('3') ? end() : { value: [], '@odata.nextLink': `${baseUrl}/${String(urls.length + 1)}` },
    );
    for await (const page of source.changes(folder, undefined, never)) {
      expect(page.nextState).toBeUndefined();
      break;
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(urls).toHaveLength(2);
  });
});

describe('the Graph source listing folders', () => {
  const children = (ids: readonly string[], parent = 'D'): unknown => ({
    value: ids.map((id) => ({ id, displayName: id, parentFolderId: parent })),
  });
  const nested: Answers = (url) => {
    if (url.endsWith('/contactFolders/contacts')) return { id: 'D', displayName: 'Kontakte' };
    if (url.includes('/contactFolders?')) return children(['A', 'B']);
    if (url.includes('/A/childFolders'))
      return { ...(children(['A1']) as object), '@odata.nextLink': `${baseUrl}/more` };
    if (url.endsWith('/more')) return children(['A2']);
    return children([]);
  };

  it('follows pages and children, the default folder first', async () => {
    const folders = await sourceOf(nested).source.folders(never);
    expect(folders.map(({ id }) => id)).toEqual(['D', 'A', 'B', 'A1', 'A2']);
    expect(folders[0]?.name).toBe('Kontakte');
  });

  it('lists the default folder once where Graph lists it, too', async () => {
    const { source } = sourceOf((url) => (url.includes('/contactFolders?') ? children(['D', 'A']) : nested(url)));
    const ids = (await source.folders(never)).map(({ id }) => id);
    expect(ids[0]).toBe('D');
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    ['what lies in it', { value: [{ parentFolderId: 'D' }] }],
    ['its child folders', { value: [] }],
  ])('finds the default folder by %s where its name is refused', async (_what, contacts) => {
    const { source } = sourceOf((url) => {
      if (url.endsWith('/contactFolders/contacts')) return notFound('ErrorInvalidIdMalformed', 400);
      return url.includes('/me/contacts?') ? contacts : nested(url);
    });
    expect((await source.folders(never))[0]).toEqual({ id: 'D', name: 'Contacts' });
  });

  it('has an end with too many folders, and with folders inside themselves', async () => {
    const many = Array.from({ length: 1001 }, (_, n) => `M${String(n)}`);
    const wide = sourceOf((url) => (url.includes('/contactFolders?') ? children(many) : nested(url)));
    expect(await failureOf(wide.source.folders(never))).toBe('not-understood');
    const selfish = sourceOf((url) => (url.includes('/A/childFolders') ? children(['A']) : nested(url)));
    expect((await selfish.source.folders(never)).map(({ id }) => id)).toEqual(['D', 'A', 'B']);
  });

  it('says that an account has no mailbox', async () => {
    const { source } = sourceOf(() => notFound('MailboxNotEnabledForRESTAPI'));
    expect(await failureOf(source.folders(never))).toBe('on-premises');
  });

  it('counts in each folder, and says nothing where Graph does not count', async () => {
    const counting = sourceOf((url) => (url.includes('$count=true') ? { '@odata.count': 5, value: [] } : nested(url)));
    expect(await counting.source.count(never)).toBe(25);
    const silent = sourceOf((url) => (url.includes('$count=true') ? notFound('x', 400) : nested(url)));
    expect(await silent.source.count(never)).toBeUndefined();
  });
});
