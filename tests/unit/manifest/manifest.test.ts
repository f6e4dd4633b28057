import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { OfficeAddinManifest } from 'office-addin-manifest';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { manifestXml } from '../../../scripts/build-manifest.mjs';

const root = new URL('../../../', import.meta.url);
const manifestFile = new URL('manifest.xml', root);
const manifest = readFileSync(manifestFile, 'utf8');
const schemas = new URL('../shared/schemas/manifest/', root);
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };

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
  it('is what the script writes from the version of package.json', () => {
    expect(manifest).toBe(manifestXml({ version }));
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

    it('is valid', async () => {
      const result = await validate(manifest);
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
    expect(inner.match(/<SupportsPinning>true</g)).toHaveLength(1);
    const readSurface = inner.split('<ExtensionPoint ')[1] ?? '';
    expect(readSurface).toContain('<SupportsPinning>true</SupportsPinning>');
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
    expect(ids.length).toBe(2 * 4 * (1 + 3 + 3));
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
    expect(images.length).toBe(2 * 3 * 8);
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

describe('a manifest for an installation of one’s own', () => {
  const own = manifestXml({ version: '1.2.3', baseUrls: ['https://pbx.example:8802', 'https://home.example'] });

  it('points everything at the first address and lists all of them', () => {
    expect(own).not.toContain('localhost');
    expect(own.match(/<AppDomain>.*<\/AppDomain>/g)).toEqual([
      '<AppDomain>https://pbx.example:8802</AppDomain>',
      '<AppDomain>https://home.example</AppDomain>',
    ]);
    expect(own).toContain('<SourceLocation DefaultValue="https://pbx.example:8802/taskpane.html"/>');
    expect(own).toContain('<Version>1.2.3.0</Version>');
  });

  it('can have a ribbon tab of its own for classic Outlook on Windows', () => {
    const tab = manifestXml({ version: '1.2.3', ownTab: true });
    expect(tab).toContain('<CustomTab id="v10.mailRead.tab">');
    expect(tab).not.toContain('<OfficeTab');
  });
});
