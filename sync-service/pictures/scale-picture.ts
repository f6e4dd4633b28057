/**
 * Makes of a hostile picture one of ours: recognised by its bytes, decoded within limits, turned upright, cut to a
 * square of 200 × 200, without anything that came along in it. It is done once; whatever shows pictures takes the result.
 *
 * What is one of ours already stays as it is.
 * The result is a JPEG, because telephones and the `jpegPhoto` of an LDAP directory take nothing else. Transparent
 * pictures get a white ground. Decoding runs on libvips' threads, two pictures at a time, and holds nobody up.
 */
import sharp from 'sharp';
import { ServiceError } from '../../shared/errors';
import { pictureSize } from '../../shared/picture';
import type { PictureProblem } from '../../shared/picture';
import { isKeptPicture } from './is-kept-picture';
import { pictureFormat } from './picture-format';
import type { PictureFormat } from './picture-format';

/** Pixels that are decoded at most: with four bytes each and two at a time some 200 MB in the worst case. */
export const maxPixels = 24_000_000;
const atOnce = 2;
/** Pictures that wait for their turn at most; each holds up to 4 MB. */
const maxWaiting = 24;
const secondsAtMost = 5;

/** What is asked of a picture beyond what holds for every one. */
export interface PictureDemands {
  /** Formats that are taken; all that are known where absent. */
  readonly formats?: readonly PictureFormat[];
  /** Pixels that each side has at least. */
  readonly minSide?: number;
}

export interface PictureScaler {
  /** Whether bytes begin as a picture does that is taken; whether it can be decoded is another matter. */
  isPicture(bytes: Uint8Array): boolean;
  /**
   * The picture as it is kept: a JPEG of 200 × 200.
   * @throws ServiceError `picture-refused` with the {@link PictureProblem}; `rate-limited` when too many wait.
   */
  scale(bytes: Uint8Array, demands?: PictureDemands): Promise<Uint8Array>;
}

/** Makes the scaler of the process; libvips' settings count for all of it. */
export function createPictureScaler(): PictureScaler {
  // Every loader that is not named is closed, so that no bytes can reach one by a disguise.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpegBuffer',
      'VipsForeignLoadPngBuffer',
      'VipsForeignLoadNsgifBuffer',
      'VipsForeignLoadWebpBuffer',
    ],
  });
  sharp.cache(false);
  sharp.concurrency(1);

  const waiting: (() => void)[] = [];
  let free = atOnce;

  const takePlace = async (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return;
    }
    if (waiting.length >= maxWaiting) {
      throw new ServiceError('rate-limited', 'Too many pictures at once. Wait a moment.', { retryAfterMs: 2000 });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leavePlace = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };

  return {
    isPicture: (bytes) => pictureFormat(bytes) !== undefined,
    async scale(bytes, { formats, minSide = 1 } = {}) {
      const format = pictureFormat(bytes);
      if (format === undefined || formats?.includes(format) === false) throw refused('not-a-picture');
      await takePlace();
      try {
        return await decode(bytes, minSide);
      } catch (error) {
        throw error instanceof ServiceError ? error : refused(problemOf(error), error);
      } finally {
        leavePlace();
      }
    },
  };
}

async function decode(bytes: Uint8Array, minSide: number): Promise<Uint8Array> {
  const limits = { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true, animated: false } as const;
  if (minSide > 1) {
    // The header alone is read for it.
    const { width, height } = await sharp(bytes, limits).metadata();
    if (Math.min(width, height) < minSide) throw refused('too-small');
  }
  if (isKeptPicture(bytes)) {
    // One of ours, out of an export: it has to be whole, and is kept as it is.
    await sharp(bytes, limits).timeout({ seconds: secondsAtMost }).raw().toBuffer();
    return bytes;
  }
  return (
    sharp(bytes, limits)
      .timeout({ seconds: secondsAtMost })
      // By the EXIF mark, which then goes with all other metadata.
      .autoOrient()
      .resize(pictureSize, pictureSize, { fit: 'cover', position: 'attention' })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: 82, mozjpeg: true })
      .toBuffer()
  );
}

function problemOf(error: unknown): PictureProblem {
  const text = error instanceof Error ? error.message : '';
  if (/pixel limit|dimensions? exceed|too (large|big)/i.test(text)) return 'too-many-pixels';
  if (/timeout/i.test(text)) return 'too-slow';
  return 'broken';
}

function refused(reason: PictureProblem, cause?: unknown): ServiceError {
  const words: Record<PictureProblem, string> = {
    'not-a-picture': 'Send a JPEG or PNG picture; for contacts GIF and WebP are taken, too.',
    'too-small': 'Send a picture of more pixels.',
    'too-many-pixels': 'Send a picture of fewer pixels.',
    broken: 'The picture is cut off or damaged. Send it again, or another one.',
    'too-slow': 'The picture takes too long to decode. Send a simpler one.',
  };
  return new ServiceError('picture-refused', words[reason], {
    details: [{ field: 'body', reason }],
    ...(cause === undefined ? {} : { cause }),
  });
}
