import { describe, expect, it } from 'vitest';
import { addInIdOf, idOfVariant } from '../../../sync-service/manifest/add-in-id';
import { ManifestOptionsError, readManifestOptions } from '../../../sync-service/manifest/manifest-options';

const base = ['--base-url', 'https://uc.example.com'];
const guid = '01234567-89AB-cdef-0123-456789abcdef';

/** What the administrator is told. */
function problems(...args: string[]): readonly string[] {
  try {
    readManifestOptions(args);
  } catch (error) {
    if (error instanceof ManifestOptionsError) return error.problems;
    throw error;
  }
  return [];
}

describe('the command line of the manifests', () => {
  it('writes both variants into a folder, for the address without its slash', () => {
    expect(readManifestOptions(['--base-url', 'https://UC.example.com/contacts/', '--client-id', guid])).toEqual({
      baseUrl: 'https://uc.example.com/contacts',
      connections: [],
      microsoft: {
        clientId: guid.toLowerCase(),
        resource: `api://uc.example.com/${guid.toLowerCase()}`,
      },
      id: undefined,
      variants: ['microsoft-365', 'ribbon-tab'],
      target: { folder: 'manifests' },
    });
  });

  it('takes up to four addresses in all', () => {
    const connections = ['home', 'branch', 'cabin'].flatMap((host) => ['--connection', `https://${host}.example.com`]);
    expect(readManifestOptions([...base, ...connections]).connections).toHaveLength(3);
    expect(problems(...base, ...connections, '--connection', 'https://fifth.example.com')).toEqual([
      '--connection: at most 4 addresses in all, the one of --base-url among them.',
    ]);
  });

  it('takes what is left out from the installation', () => {
    const read = readManifestOptions([], { baseUrl: 'https://uc.example.com', clientId: guid });
    expect(read).toMatchObject({ baseUrl: 'https://uc.example.com', microsoft: { clientId: guid.toLowerCase() } });
    expect(
      readManifestOptions(base, { clientId: guid, apiScope: 'api://scope.example.com/x/access_as_user' }).microsoft
        ?.resource,
    ).toBe('api://scope.example.com/x');
    expect(problems()).toEqual([
      '--base-url: name the https address of the installation, such as https://uc.example.com.',
    ]);
  });

  it.each([
    ['http://uc.example.com', 'has to begin with https://'],
    ['uc.example.com', 'is no address'],
    ['https://330:secret@uc.example.com', 'must not hold a user name or password'],
    ['https://uc.example.com/?site=1', 'must end before ? and #'],
    ['https://uc.example.com/#settings', 'must end before ? and #'],
    ['https://uc.example.com/taskpane.html', 'not of a page'],
  ])('refuses %s', (address, reason) => {
    for (const told of [problems('--base-url', address), problems(...base, '--connection', address)]) {
      expect(told).toHaveLength(1);
      expect(told[0]).toContain(reason);
    }
  });

  it('tells everything that is wrong at once', () => {
    expect(
      problems('--base-url', 'ftp://a', '--client-id', 'mine', '--id', '{x}', '--variant', 'mac', '--connection', 'b'),
    ).toHaveLength(5);
    expect(problems(...base, '--conection', 'https://a.example.com')[0]).toContain('--conection');
    expect(problems(...base, 'stray')[0]).toContain('stray');
    expect(problems(...base, ...base)[0]).toBe('--base-url: give it once only.');
    expect(problems(...base, '--connection', 'https://uc.example.com/')[0]).toContain('is named twice');
    expect(problems(...base, '--file', 'a.xml', '--out', 'b')[0]).toContain('either --file or --out');
    expect(problems(...base, '--file', 'a.xml', '--variant', 'all')[0]).toContain('one variant');
  });
});

describe('the id of the add-in', () => {
  it('is the same each time for an address, and another one for another address and for the variant with a tab', () => {
    const id = addInIdOf('https://uc.example.com');
    expect(id).toBe('7c5c62e8-1b18-54f4-a902-4a6a0baa5350');
    expect(addInIdOf('https://home.example.com')).not.toBe(id);
    expect(idOfVariant(id, 'microsoft-365')).toBe(id);
    expect(idOfVariant(id, 'ribbon-tab')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(idOfVariant(id, 'ribbon-tab')).not.toBe(id);
  });
});
