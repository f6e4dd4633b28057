/** The packages of others that the product contains: those it depends on, and those on which they depend, with their licences. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const licenceFile = /^(licen[cs]e|copying|notice)(\.|-|$)/i;

/** @returns {Promise<{name: string, version: string, licence: string, text: string}[]>} by name and version. */
export async function listThirdParties(root) {
  const found = new Map();
  const { dependencies } = await readJson(join(root, 'package.json'));
  const waiting = Object.keys(dependencies).map((name) => ({ name, from: root, optional: false }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const directory = await directoryOf(next.name, next.from, root);
    if (directory === undefined) {
      // What is for another platform is not installed here and not part of this build.
      if (next.optional) continue;
      throw new Error(`${next.name} is not installed: npm ci.`);
    }
    if (found.has(directory)) continue;
    const stated = await readJson(join(directory, 'package.json'));
    found.set(directory, {
      name: stated.name,
      version: stated.version,
      licence: licenceOf(stated),
      text: await licenceText(directory),
    });
    for (const name of Object.keys(stated.dependencies ?? {}))
      waiting.push({ name, from: directory, optional: name in (stated.optionalDependencies ?? {}) });
    for (const name of Object.keys(stated.optionalDependencies ?? {}))
      waiting.push({ name, from: directory, optional: true });
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
}

/** All of it as a text to read: what the licences demand to be handed on. */
export function writeNotices(packages) {
  const rule = '-'.repeat(72);
  return packages
    .map(({ name, version, licence, text }) => [rule, `${name} ${version} (${licence})`, '', text, ''].join('\n'))
    .join('\n');
}

async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** Where Node finds a package: in the nearest node_modules above. */
async function directoryOf(name, from, root) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (await readJson(join(candidate, 'package.json')).catch(() => undefined)) return candidate;
    if (folder === root || folder === dirname(folder)) return undefined;
  }
}

function licenceOf({ license, licenses }) {
  if (typeof license === 'string') return license;
  if (license?.type) return license.type;
  return (licenses ?? []).map(({ type }) => type).join(' OR ') || 'see its text';
}

async function licenceText(directory) {
  const files = (await readdir(directory)).filter((name) => licenceFile.test(name)).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(directory, name), 'utf8').catch(() => '')));
  return texts.map((text) => text.trim()).join('\n\n');
}
