/**
 * Files of the pane's former versions. A pane that was opened before an upgrade loads its parts when they are needed, by
 * names that the new version does not have any more. Each version's files with a hash in their names are kept in the data
 * directory and served where the current version has none of that name. Pages are never kept: they are the current ones.
 */
import { createHash, randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** Folder in the data directory. */
export const paneFilesFolder = 'pane-files';

/** So many former versions are kept, and none for longer: no pane is open for more than a month without a reload. */
const versionsKept = 3;
const keptForMs = 31 * 24 * 60 * 60_000;

/** A name such as `pane.3f9a1c2b4d.js`: its contents never change. */
export const hashedName = /[.-][0-9a-f]{8,64}\.[a-z0-9.]+$/;

/** What is kept: what a pane loads by itself. Source maps are as large as all the rest, and only a debugger asks for them. */
const isKept = (name: string) => hashedName.test(name) && !name.endsWith('.map');

/**
 * Keeps this version's files for the versions to come, removes those of versions long gone, and returns the folders of
 * former versions, the newest first.
 */
export async function keepPaneFiles(
  paneDirectory: string,
  dataDirectory: string,
  now: () => Date = () => new Date(),
): Promise<string[]> {
  const kept = join(dataDirectory, paneFilesFolder);
  await mkdir(kept, { recursive: true, mode: 0o700 });
  const names = (await readdir(paneDirectory)).filter(isKept).sort();
  const current = createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 16);
  const folder = join(kept, current);
  if (!(await readdir(kept)).includes(current)) {
    // Copied beside and renamed: an interrupted copy must not pass for a version.
    const partial = join(kept, `partial-${randomUUID()}`);
    await mkdir(partial, { mode: 0o700 });
    for (const name of names) await copyFile(join(paneDirectory, name), join(partial, name));
    await rename(partial, folder);
  }
  // When it was served last: its age counts from then.
  await utimes(folder, now(), now());

  const former: { path: string; servedAt: number }[] = [];
  for (const name of await readdir(kept)) {
    const path = join(kept, name);
    if (name !== current) former.push({ path, servedAt: (await stat(path)).mtimeMs });
  }
  former.sort((a, b) => b.servedAt - a.servedAt);
  const isVersion = ({ path }: { path: string }) => /[/\\][0-9a-f]{16}$/.test(path);
  const served = former
    .filter(isVersion)
    .filter(({ servedAt }) => now().getTime() - servedAt < keptForMs)
    .slice(0, versionsKept);
  for (const version of former) {
    if (!served.includes(version)) await rm(version.path, { recursive: true, force: true });
  }
  return served.map(({ path }) => path);
}
