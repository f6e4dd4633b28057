/** What the build wrote of itself beside the service: release notes, and the packages of others. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { thirdPartySchema } from '../../shared/api/updates';
import type { ThirdParty } from '../../shared/api/updates';
import { ServiceError } from '../../shared/errors';
import { releaseSchema } from '../../shared/release';
import type { Release } from '../../shared/release';

export interface AboutBuild {
  /** Newest first. Errors: `not-found` where the build wrote none. */
  releases(): Promise<readonly Release[]>;
  /** By name. Errors: `not-found` where the build wrote none. */
  thirdParties(): Promise<readonly ThirdParty[]>;
}

/** Reads the files of the directory, each once. */
export function createAboutBuild(directory: string | undefined): AboutBuild {
  return {
    releases: once(directory, 'release-notes.json', z.array(releaseSchema)),
    thirdParties: once(directory, 'third-parties.json', z.array(thirdPartySchema)),
  };
}

function once<T>(directory: string | undefined, name: string, schema: z.ZodMiniType<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  const read = async () => {
    if (directory === undefined) throw new Error('This service was not built.');
    return z.parse(schema, JSON.parse(await readFile(join(directory, name), 'utf8')));
  };
  return () =>
    (reading ??= read().catch((cause: unknown) => {
      reading = undefined;
      throw new ServiceError('not-found', `The build has no ${name}: npm run build.`, { cause });
    }));
}
