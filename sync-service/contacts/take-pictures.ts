/** Pictures of a file in the form in which they are kept. Made between two transactions: decoding takes its time. */
import { createHash } from 'node:crypto';
import { importPictureProblems } from '../../shared/api/contacts';
import type { ImportPictureProblem } from '../../shared/api/contacts';
import { ServiceError } from '../../shared/errors';
import type { PictureOutcome } from './contact-picture-store';

export interface FilePictures {
  /** Whether bytes begin as a picture that is taken does. */
  isPicture(bytes: Uint8Array): boolean;
  /** The picture as it is kept. @throws ServiceError `picture-refused` with the reason. */
  scale(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Pictures that are made at once: the machine has other work. */
const atOnce = 2;

export type TakenPicture =
  Extract<PictureOutcome, { readonly state: 'ready' }> | { readonly problem: ImportPictureProblem };

/** Makes them, a few at once; each answer stands where its picture stood. */
export async function takePictures(pictures: FilePictures, all: readonly Uint8Array[]): Promise<TakenPicture[]> {
  const taken: TakenPicture[] = [];
  let next = 0;
  const work = async () => {
    while (next < all.length) {
      const at = next;
      next += 1;
      const bytes = all[at];
      if (bytes !== undefined) taken[at] = await takeOne(pictures, bytes);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return taken;
}

async function takeOne(pictures: FilePictures, bytes: Uint8Array): Promise<TakenPicture> {
  try {
    const scaled = await pictures.scale(bytes);
    return { state: 'ready', hash: createHash('sha256').update(scaled).digest('base64url'), bytes: scaled };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== 'picture-refused') throw error;
    const reason = error.details[0]?.reason;
    return { problem: importPictureProblems.find((known) => known === reason) ?? 'broken' };
  }
}
