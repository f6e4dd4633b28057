/** What a backup says of itself, in `manifest.json`, the first file of the archive. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod/mini';

export const manifestName = 'manifest.json';
/** Where the parts stand in the archive. */
export const archivedConfiguration = 'configuration/mycontacts.yaml';
export const archivedKey = 'key/secret.key';
export const archivedData = 'data';

export const backupManifestSchema = z.object({
  format: z.literal(1),
  /** The version that made it. */
  version: z.string(),
  /** Migrations of its database, oldest first. */
  schema: z.array(z.string()),
  createdAt: z.string(),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});
export type BackupManifest = z.infer<typeof backupManifestSchema>;

/** A backup could not be made or restored, and nothing was changed. The text says what to do. */
export class BackupRefused extends Error {
  constructor(text: string, cause?: unknown) {
    super(text, { cause });
    this.name = 'BackupRefused';
  }
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Regular files below a folder, as paths with slashes, in order. Links are followed nowhere. */
export async function filesBelow(folder: string, below = ''): Promise<string[]> {
  const found: string[] = [];
  for (const name of (await readdir(join(folder, below))).sort()) {
    const path = below === '' ? name : `${below}/${name}`;
    const status = await lstat(join(folder, path));
    if (status.isDirectory()) found.push(...(await filesBelow(folder, path)));
    else if (status.isFile()) found.push(path);
  }
  return found;
}
