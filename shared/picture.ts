/** What a picture of a person may be. */

/** Pictures are kept and shown as squares of so many pixels (SET-2). */
export const pictureSize = 200;

/** Bytes of a picture as it comes, at most: Exchange takes 4 MB. */
export const maxPictureBytes = 4 * 1024 * 1024;

/** Content types that are taken. What the bytes are is found out from the bytes. */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const;

/** Why a picture is refused. Stable words: the `reason` in the details of `picture-refused`. */
export const pictureProblems = [
  /** Not one of {@link pictureTypes}, whatever it is called. */
  'not-a-picture',
  /** Fewer pixels than are asked for. */
  'too-small',
  /** More pixels than are decoded. */
  'too-many-pixels',
  /** Cut off or damaged. */
  'broken',
  /** Decoding takes too long. */
  'too-slow',
] as const;
export type PictureProblem = (typeof pictureProblems)[number];
