import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { OfficeAddinManifest } from 'office-addin-manifest';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { destinationOfHash, hashOf } from '../../../addin/shell/places';
import { ribbonCommands } from '../../../shared/ribbon';
import { addInIdOf } from '../../../sync-service/manifest/add-in-id';
import { manifestVariants, manifestXml } from '../../../sync-service/manifest/manifest-xml';
import type { ManifestDescription } from '../../../sync-service/manifest/manifest-xml';

const root = new URL('../../../', import.meta.url);
const manifestFile = new URL('manifest.xml', root);
const manifest = readFileSync(manifestFile, 'utf8');
// Microsoft's schemas are no part of the repository: without them their tests are skipped.
const schemas = new URL('../shared/schemas/manifest/', root);
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };

const developmentServer: ManifestDescription = {
  version,
  id: addInIdOf('https://localhost:8802'),
  variant: 'microsoft-365',
  baseUrl: 'https://localhost:8802',
  connections: [],
};

/** An installation with everything that can be named. */
const office: ManifestDescription = {
  version: '1.2.3',
  id: addInIdOf('https://uc.example.com/contacts'),
  variant: 'microsoft-365',
  baseUrl: 'https://uc.example.com/contacts',
  connections: ['https://home.example.com', 'https://uc.example.com:8802', 'https://uc.example.com/branch'],
  microsoft: {
    clientId: '01234567-89ab-cdef-0123-456789abcdef',
    resource: 'api://uc.example.com/01234567-89ab-cdef-0123-456789abcdef',
  },
};

/** Values of an attribute on all elements of a name. */
function attributes(xml: string, element: string, attribute: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}\\b[^>]*?\\b${attribute}="([^"]*)"`, 'g'))].map(
    ([, value = '']) => value,
  );
}

/** The outer resources (version 1.0) and the inner ones (version 1.1): each must be complete in itself. */
const parts = manifest
  .split('<VersionOverrides ')
  .slice(1)
  .map((part) => part.split('</VersionOverrides>')[0] ?? '');

/** Width and height from the header of a PNG. */
function pngSize(file: URL): { width: number; height: number } {
  const bytes = readFileSync(file);
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

describe('manifest.xml', () => {
  it('is what `npm run manifest -- --base-url https://localhost:8802 --file manifest.xml` writes', () => {
    expect(manifest).toBe(manifestXml(developmentServer));
  });

  it('is read by office-addin-manifest', async () => {
    const info = await OfficeAddinManifest.readManifestFile(fileURLToPath(manifestFile));
    expect(info.displayName).toBe('myContacts');
    expect(info.version).toBe(`${version}.0`);
    expect(info.defaultLocale).toBe('en-us');
    expect(info.permissions).toBe('ReadItem');
    expect(info.hosts).toEqual(['Mailbox']);
  });

  describe.skipIf(!existsSync(schemas))("by Microsoft's schemas (needs ../shared/schemas/manifest)", () => {
    const validate = (contents: string) => {
      const read = (name: string) => ({ fileName: name, contents: readFileSync(new URL(name, schemas), 'utf8') });
      const others = readdirSync(schemas).filter(
        (name) => name.endsWith('.xsd') && !name.startsWith('OfficeAppManifest'),
      );
      return validateXML({
        xml: { fileName: 'manifest.xml', contents },
        schema: [read('OfficeAppManifestV1_1.xsd')],
        preload: others.map(read),
      });
    };

    it.each([
      ['for the development server', developmentServer],
      ...manifestVariants.map((variant) => [`for an office, ${variant}`, { ...office, variant }] as const),
    ] as const)('is valid %s', async (_, description) => {
      const result = await validate(manifestXml(description));
      expect(result.errors.map(({ message }) => message)).toEqual([]);
      expect(result.valid).toBe(true);
    });

    it('would be refused with a fault in either version of the buttons', async () => {
      const outer = await validate(
        manifest.replace('<FunctionName>', '<Unknown>').replace('</FunctionName>', '</Unknown>'),
      );
      expect(outer.valid).toBe(false);
      const inner = await validate(manifest.replace('<SupportsPinning>true<', '<SupportsPinning>maybe<'));
      expect(inner.valid).toBe(false);
    });
  });

  it('has both versions of the buttons, each on all four surfaces', () => {
    expect(parts).toHaveLength(2);
    for (const part of parts) {
      expect(attributes(part, 'ExtensionPoint', 'xsi:type')).toEqual([
        'MessageReadCommandSurface',
        'MessageComposeCommandSurface',
        'AppointmentOrganizerCommandSurface',
        'AppointmentAttendeeCommandSurface',
      ]);
    }
  });

  it('can be pinned for reading mails, in version 1.1 alone', () => {
    const [outer = '', inner = ''] = parts;
    expect(outer).not.toContain('SupportsPinning');
    const [, ...surfaces] = inner.split('<ExtensionPoint ');
    const count = (xml: string, pattern: RegExp) => xml.match(pattern)?.length ?? 0;
    expect(surfaces.map((surface) => count(surface, /<SupportsPinning>true</g))).toEqual([
      count(surfaces[0] ?? '', /"ShowTaskpane"/g),
      0,
      0,
      0,
    ]);
  });

  it('defines every resource that it names, once, and names every one that it defines', () => {
    for (const part of parts) {
      const named = new Set([...part.matchAll(/\bresid="([^"]+)"/g)].map(([, id]) => id));
      const defined = ['bt:Image', 'bt:Url', 'bt:String'].flatMap((element) => attributes(part, element, 'id'));
      expect(new Set(defined).size).toBe(defined.length);
      expect([...named].filter((id) => !defined.includes(id ?? ''))).toEqual([]);
      expect(defined.filter((id) => !named.has(id))).toEqual([]);
      for (const id of defined) expect(id.length).toBeLessThanOrEqual(32);
    }
  });

  it('gives every group, button, menu and item an id of its own', () => {
    const ids = ['Group', 'Control', 'Item'].flatMap((element) => attributes(manifest, element, 'id'));
    const inside = ribbonCommands.flatMap(({ action }) => (action.type === 'menu' ? action.items : []));
    expect(ids.length).toBe(2 * 4 * (1 + ribbonCommands.length + inside.length));
    // Outlook shows at most six controls in a group.
    expect(ribbonCommands.length).toBeLessThanOrEqual(6);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id.length).toBeLessThanOrEqual(125);
  });

  it('keeps labels to 125 characters and descriptions to 250, in both languages', () => {
    for (const part of parts) {
      for (const [list, limit] of [
        ['ShortStrings', 125],
        ['LongStrings', 250],
      ] as const) {
        const block = part.split(`<bt:${list}>`)[1]?.split(`</bt:${list}>`)[0] ?? '';
        const texts = [...attributes(block, 'bt:String', 'DefaultValue'), ...attributes(block, 'bt:Override', 'Value')];
        expect(texts.length).toBeGreaterThan(0);
        for (const text of texts) {
          expect(text).not.toBe('');
          expect(text.length).toBeLessThanOrEqual(limit);
        }
      }
    }
  });

  it('speaks German wherever it speaks English', () => {
    for (const part of parts) {
      const strings = part.match(/<bt:String [\s\S]*?<\/bt:String>/g) ?? [];
      expect(strings.length).toBeGreaterThan(0);
      for (const string of strings) expect(attributes(string, 'bt:Override', 'Locale')).toEqual(['de-de']);
    }
    expect(manifest.match(/<Override Locale="de-de"/g)).toHaveLength(2);
  });

  it('has https addresses only, and never one of another host', () => {
    const urls = [...manifest.matchAll(/(?:DefaultValue|Value)="(\w+:\/\/[^"]*)"/g)].map(([, url = '']) => url);
    expect(urls.length).toBeGreaterThan(20);
    for (const url of urls) expect(new URL(url).origin).toBe('https://localhost:8802');
    expect(manifest.match(/<AppDomain>(.*)<\/AppDomain>/)?.[1]).toBe('https://localhost:8802');
  });

  it('names icons that exist in the size they are named for', () => {
    const images = parts.flatMap((part) => [...part.matchAll(/<bt:Image id="(\w+)\.(\d+)" DefaultValue="([^"]+)"/g)]);
    expect(images.length).toBe(2 * 5 * 8);
    for (const [, , size = '', url = ''] of images) {
      const file = new URL(`addin${new URL(url).pathname}`, root);
      expect(pngSize(file)).toEqual({ width: Number(size), height: Number(size) });
    }
    for (const [element, size] of [
      ['IconUrl', 64],
      ['HighResolutionIconUrl', 128],
    ] as const) {
      const url = new URL(attributes(manifest, element, 'DefaultValue')[0] ?? '');
      expect(pngSize(new URL(`addin${url.pathname}`, root))).toEqual({ width: size, height: size });
    }
  });

  it('shows every button in the sizes that Outlook demands', () => {
    for (const icon of manifest.match(/<Icon>[\s\S]*?<\/Icon>/g) ?? []) {
      const sizes = attributes(icon, 'bt:Image', 'size');
      for (const size of ['16', '32', '80']) expect(sizes).toContain(size);
    }
  });

  it('ties the function button to the function that the pane registers', () => {
    const commands = readFileSync(new URL('addin/commands.ts', root), 'utf8');
    const names = new Set([...manifest.matchAll(/<FunctionName>(\w+)</g)].map(([, name]) => name));
    expect([...names]).toEqual(['syncNow']);
    for (const name of names) expect(commands).toContain(`onRibbonCommand('${name ?? ''}'`);
  });
});

describe('the ribbon', () => {
  it('leads to places that the pane has, and to nothing that it would ignore', () => {
    const urls = new Set(parts.flatMap((part) => attributes(part, 'bt:Url', 'DefaultValue')));
    const hashes = [...urls].map((url) => new URL(url).hash).filter((hash) => hash !== '');
    expect(hashes.length).toBeGreaterThan(2);
    for (const hash of hashes) {
      const destination = destinationOfHash(hash);
      expect(destination && hashOf(destination.place, destination.section)).toBe(hash);
    }
  });
});

describe('a manifest for an installation of one’s own', () => {
  it('points everything at the installation, below its path, and lists each origin once', () => {
    const own = manifestXml(office);
    expect(own).not.toContain('localhost');
    expect(own.match(/<AppDomain>.*<\/AppDomain>/g)).toEqual([
      '<AppDomain>https://uc.example.com</AppDomain>',
      '<AppDomain>https://home.example.com</AppDomain>',
      '<AppDomain>https://uc.example.com:8802</AppDomain>',
    ]);
    expect(own).toContain('<SourceLocation DefaultValue="https://uc.example.com/contacts/taskpane.html"/>');
    expect(own).toContain('<Version>1.2.3.0</Version>');
  });

  it('names the registration in Entra ID once, as the last part of version 1.1', () => {
    const own = manifestXml(office);
    expect(own.match(/<WebApplicationInfo>/g)).toHaveLength(1);
    expect(own).toMatch(/<\/WebApplicationInfo>\s*<\/VersionOverrides>\s*<\/VersionOverrides>/);
    expect(own).toContain('<Id>01234567-89ab-cdef-0123-456789abcdef</Id>');
    expect(manifest).not.toContain('WebApplicationInfo');
  });

  it('can have a ribbon tab of its own for classic Outlook on Windows, with the same commands', () => {
    const group = manifestXml(office);
    const tab = manifestXml({ ...office, variant: 'ribbon-tab' });
    expect(tab).toContain('<CustomTab id="v10.mailRead.tab">');
    expect(tab).not.toContain('<OfficeTab');
    for (const element of ['Control', 'Item', 'bt:Url', 'bt:String'])
      expect(attributes(tab, element, 'id')).toEqual(attributes(group, element, 'id'));
  });
});
