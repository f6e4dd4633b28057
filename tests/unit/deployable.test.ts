/** The folder that is copied to a server names the packages that the service needs, and no others. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { foundAtRunTime, packagesOf, reduceLock, reducePackage } from '../../scripts/deployable.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const json = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

describe('the deployable folder', () => {
  const names = ['express', 'libsql', 'zod', '@node-rs/argon2'];
  const reduced = reducePackage(json('package.json'), names);
  const lock = reduceLock(json('package-lock.json'), reduced);

  it('has the named packages in the very versions, and the commands that work there', () => {
    expect(Object.keys(reduced.dependencies)).toEqual(names);
    expect(Object.values(reduced.dependencies).every((version) => /^\d/.test(version))).toBe(true);
    expect(reduced.scripts).toMatchObject({
      start: 'node --max-semi-space-size=64 service/main.js',
      manage: 'node service/manage.js',
    });
    expect(Object.values(reduced.scripts).join()).not.toContain('build/');
  });

  it('locks everything that these need, and nothing of the development', () => {
    for (const [place, { dependencies }] of Object.entries(lock.packages)) {
      for (const name of Object.keys(dependencies ?? {})) {
        const found = Object.keys(lock.packages).some(
          (each) => each === `${place}/node_modules/${name}` || each.endsWith(`node_modules/${name}`),
        );
        expect(found, `${name}, which ${place} needs`).toBe(true);
      }
    }
    const places = Object.keys(lock.packages);
    expect(places).toContain('node_modules/body-parser');
    expect(places).toContain('node_modules/@libsql/linux-x64-gnu');
    expect(places.filter((place) => /vitest|eslint|webpack|react|fluentui/.test(place))).toEqual([]);
    expect(Object.values(lock.packages).some(({ dev }) => dev)).toBe(false);
  });

  it('refuses to leave out what is imported and not named', () => {
    expect(() => reducePackage(json('package.json'), ['left-pad'])).toThrow('left-pad');
  });

  it('finds packages in what the build leaves outside', () => {
    const imports = ['node:fs', 'fs', 'zod/mini', '@node-rs/argon2', 'express'].map((path) => ({
      path,
      external: true,
    }));
    expect(packagesOf({ outputs: { 'main.js': { imports: [...imports, { path: './chunks/a.js' }] } } })).toEqual(
      [...foundAtRunTime, '@node-rs/argon2', 'express', 'zod'].sort(),
    );
  });

  it('knows every package that the service finds without an import', () => {
    const sources = ['sync-service', 'shared'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(join(root, folder, name), 'utf8')),
    );
    const found = sources.flatMap((text) =>
      [...text.matchAll(/createRequire\([^)]*\)(?:\.resolve)?\('((?:@[^/']+\/)?[^/']+)/g)].map(
        ([, name]) => name ?? '',
      ),
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((name) => !foundAtRunTime.includes(name))).toEqual([]);
  });
});
