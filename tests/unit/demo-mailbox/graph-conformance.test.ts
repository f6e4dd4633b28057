/** Answers of the demo mailbox held to the metadata and to published samples of Microsoft Graph. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateContacts } from '../../../demo/mailbox/contacts';
import { contactProperties, folderProperties } from '../../../demo/mailbox/graph-properties';
import { immutable, itemsOf, startMailbox } from './harness';

// The metadata and samples of others are no part of the repository: without them their tests are skipped.
const csdlFile = '../shared/schemas/graph-contacts.csdl.xml';
const corpora = '../shared/corpora/graph';

/** Properties of a type of the metadata, inherited ones first. */
function propertiesOf(csdl: string, type: string): Record<string, string> {
  const block = new RegExp(`<(EntityType|ComplexType) Name="${type}"([^>]*)>(.*?)</\\1>`, 's').exec(csdl);
  if (block === null) throw new Error(`The metadata has no type ${type}.`);
  const base = /BaseType="graph\.(\w+)"/.exec(block[2] ?? '')?.[1];
  const own = [...(block[3] ?? '').matchAll(/<Property Name="(\w+)" Type="([^"]+)"/g)];
  return {
    ...(base === undefined ? {} : propertiesOf(csdl, base)),
    ...Object.fromEntries(own.map((match) => [match[1] ?? '', match[2] ?? ''])),
  };
}

/** Whether a value is of the type. `parent` has complex types looked up. */
function fits(csdl: string, value: unknown, type: string): boolean {
  const collection = /^Collection\((.+)\)$/.exec(type)?.[1];
  if (collection !== undefined) return Array.isArray(value) && value.every((item) => fits(csdl, item, collection));
  if (value === null) return true;
  if (type === 'Edm.String') return typeof value === 'string';
  // The published samples hold date-only birthdays.
  if (type === 'Edm.DateTimeOffset')
    return typeof value === 'string' && /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$/.test(value);
  const properties = propertiesOf(csdl, type.replace('graph.', ''));
  return misfits(csdl, value as Record<string, unknown>, properties).length === 0;
}

function misfits(csdl: string, json: Record<string, unknown>, properties: Record<string, string>): string[] {
  return Object.entries(json)
    .filter(([key]) => !key.startsWith('@'))
    .filter(([key, value]) => !fits(csdl, value, properties[key] ?? 'none'))
    .map(([key]) => key);
}

describe.skipIf(!existsSync(csdlFile))(
  'the demo mailbox and the metadata (needs ../shared/schemas/graph-contacts.csdl.xml)',
  () => {
    const csdl = existsSync(csdlFile) ? readFileSync(csdlFile, 'utf8') : '';
    let world: Awaited<ReturnType<typeof startMailbox>>;
    beforeAll(async () => {
      world = await startMailbox(generateContacts({ seed: 'conformance', count: 300 }));
    });
    afterAll(() => world.server.close());

    it('has its table of properties from it', () => {
      expect(contactProperties).toEqual(propertiesOf(csdl, 'contact'));
      expect(folderProperties).toEqual(propertiesOf(csdl, 'contactFolder'));
    });

    it('answers with properties of the right names and types only', async () => {
      const contact = propertiesOf(csdl, 'contact');
      const folder = propertiesOf(csdl, 'contactFolder');
      const some = world.mailbox.items()[0]?.id ?? '';
      const { defaultFolderId } = world.mailbox;
      const lists: [string, Record<string, string>][] = [
        ['/me/contacts?$top=1000', contact],
        [`/me/contactFolders/${defaultFolderId}/contacts`, contact],
        [`/me/contactFolders/${defaultFolderId}/contacts/delta`, contact],
        ['/me/contactFolders', folder],
        ['/me/contactFolders/contacts/childFolders', folder],
      ];
      for (const [path, properties] of lists) {
        const answer = await world.get(path, { Prefer: `${immutable.Prefer}, odata.maxpagesize=100` });
        expect(answer.status).toBe(200);
        expect(itemsOf(answer).length).toBeGreaterThan(0);
        for (const item of itemsOf(answer)) {
          expect(misfits(csdl, item, properties)).toEqual([]);
          expect(typeof item['id']).toBe('string');
        }
      }
      expect(misfits(csdl, (await world.get(`/me/contacts/${some}`)).body, contact)).toEqual([]);
      expect(misfits(csdl, (await world.get('/me/contactFolders/contacts')).body, folder)).toEqual([]);
    });

    it.skipIf(!existsSync(corpora))(
      'has the shape of the published samples (needs ../shared/corpora/graph)',
      async () => {
        const sample = (name: string): Record<string, unknown> =>
          JSON.parse(readFileSync(`${corpora}/${name}`, 'utf8')) as Record<string, unknown>;
        const some = world.mailbox.items()[0]?.id ?? '';
        const contact = (await world.get(`/me/contacts/${some}`)).body;
        const missing = Object.keys(sample('contact-get.response.json')).filter((key) => !(key in contact));
        expect(missing).toEqual([]);
        const { defaultFolderId } = world.mailbox;
        const page = (await world.get(`/me/contactFolders/${defaultFolderId}/contacts/delta`)).body;
        expect(Object.keys(sample('contact-delta.page.json')).filter((key) => !(key in page))).toEqual([]);
        expect(String(page['@odata.nextLink'])).toMatch(/contacts\/delta\?\$skiptoken=/);
      },
    );
  },
);
