/**
 * Makes of build/ what is copied to a server: a package.json and a package-lock.json that name only what the service needs
 * at run time (`npm ci --omit=dev` there installs it, in the very versions that were tested), guides and examples.
 */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';

/** Packages that are found at run time and not imported: libsql, and the copy of office.js for closed networks. */
export const foundAtRunTime = ['@microsoft/office-js', 'libsql'];

/** Names of the packages that a build (esbuild's metafile) leaves outside. */
export function packagesOf(metafile) {
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.filter(({ external }) => external).map(({ path }) => path),
  );
  const names = imported
    .filter((path) => !isBuiltin(path) && !path.startsWith('.'))
    .map((path) =>
      path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  return [...new Set([...names, ...foundAtRunTime])].sort();
}

/** The package.json of the folder: the named packages and the commands that work there. */
export function reducePackage(source, names) {
  const missing = names.filter((name) => source.dependencies[name] === undefined);
  if (missing.length > 0)
    throw new Error(`The service imports ${missing.join(', ')}, which package.json does not name.`);
  const commands = Object.entries(source.scripts)
    .filter(([, script]) => script.startsWith('node build/service/'))
    .map(([name, script]) => [name, script.replace('build/service/', 'service/')]);
  const { name, version, description, license, type, engines } = source;
  return {
    name,
    version,
    description,
    license,
    private: true,
    type,
    engines,
    scripts: { start: 'node --max-semi-space-size=64 service/main.js', ...Object.fromEntries(commands) },
    dependencies: Object.fromEntries(names.map((each) => [each, source.dependencies[each]])),
  };
}

/** The lock file (version 3) of that package.json: each package that can be reached, where npm put it. */
export function reduceLock(lock, reduced) {
  const kept = new Map();
  const queue = Object.keys(reduced.dependencies).map((name) => ['', name, true]);
  while (queue.length > 0) {
    const [from, name, needed] = queue.pop();
    const place = findPlace(lock.packages, from, name);
    if (place === undefined) {
      if (needed) throw new Error(`package-lock.json has no ${name}, which ${from || 'the service'} needs.`);
      continue;
    }
    if (kept.has(place)) continue;
    const entry = { ...lock.packages[place] };
    delete entry.dev;
    delete entry.devOptional;
    kept.set(place, entry);
    for (const each of Object.keys(entry.dependencies ?? {})) queue.push([place, each, true]);
    for (const each of Object.keys(entry.optionalDependencies ?? {})) queue.push([place, each, false]);
    for (const each of Object.keys(entry.peerDependencies ?? {})) {
      if (entry.peerDependenciesMeta?.[each]?.optional !== true) queue.push([place, each, false]);
    }
  }
  const { name, version, license, engines, dependencies } = reduced;
  const packages = Object.fromEntries([...kept].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    name,
    version,
    lockfileVersion: lock.lockfileVersion,
    requires: true,
    packages: { '': { name, version, license, dependencies, engines }, ...packages },
  };
}

/** Where Node would find the package from there: nearest node_modules first. */
function findPlace(packages, from, name) {
  let at = from;
  for (;;) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[place] !== undefined) return place;
    if (at === '') return undefined;
    const cut = at.lastIndexOf('/node_modules/');
    at = cut === -1 ? '' : at.slice(0, cut);
  }
}

/** Writes everything into `root`/build. */
export async function writeDeployable(root, metafile) {
  const readJson = async (file) => JSON.parse(await readFile(join(root, file), 'utf8'));
  const build = join(root, 'build');
  const reduced = reducePackage(await readJson('package.json'), packagesOf(metafile));
  const lock = reduceLock(await readJson('package-lock.json'), reduced);
  await mkdir(build, { recursive: true });
  const write = (file, value) => writeFile(join(build, file), `${JSON.stringify(value, null, 2)}\n`);
  await Promise.all([write('package.json', reduced), write('package-lock.json', lock)]);
  const isForPeopleOfTheHouse = (path) => /docs[\\/](adr|release-notes|screenshot)/.test(path);
  await cp(join(root, 'docs'), join(build, 'docs'), {
    recursive: true,
    filter: (path) => !isForPeopleOfTheHouse(path.slice(root.length)),
  });
  for (const file of ['LICENSE', 'CHANGELOG.md', '.npmrc']) await cp(join(root, file), join(build, file));
  await cp(join(root, 'docs/examples/Dockerfile'), join(build, 'Dockerfile'));
}
