import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictureSize } from '../../../shared/picture';
import { createPictureScaler } from '../../../sync-service/pictures/scale-picture';
import { hugePng, twoColours } from '../../fixtures/pictures';

const scaler = createPictureScaler();
const scale = (bytes: Uint8Array) => scaler.scale(bytes);

/** Why it is refused. */
async function refusal(bytes: Uint8Array): Promise<unknown> {
  return scale(bytes).then(
    () => 'taken',
    (error: unknown) => (error as { details: { reason: string }[] }).details[0]?.reason,
  );
}

/** Red, green and blue of a pixel of the scaled JPEG. */
async function pixel(jpeg: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const at = (y * pictureSize + x) * 3;
  return [...data.subarray(at, at + 3)];
}

describe('a picture that comes', () => {
  it.each(['jpeg', 'png', 'gif', 'webp'] as const)('as %s is kept as a JPEG of 200 × 200', async (format) => {
    const scaled = await scale(await twoColours(640, 480).toFormat(format).toBuffer());
    const { width, height, format: kept } = await sharp(scaled).metadata();
    expect({ width, height, kept }).toEqual({ width: 200, height: 200, kept: 'jpeg' });
    expect(scaled.length).toBeLessThan(20_000);
  });

  it.each(['jpeg', 'png', 'gif', 'webp'] as const)('as %s stays as it is when it comes again', async (format) => {
    const scaled = await scale(await twoColours(90, 70).toFormat(format).toBuffer());
    expect(Buffer.from(await scale(scaled)).equals(scaled)).toBe(true);
  });

  it('in our own form is made anew where anything stands in it or behind it', async () => {
    const scaled = Buffer.from(await scale(await twoColours(300, 300).png().toBuffer()));
    const comment = Buffer.from([0xff, 0xfe, 0x00, 0x06, 0x68, 0x6f, 0x6d, 0x65]);
    const withComment = Buffer.concat([scaled.subarray(0, 2), comment, scaled.subarray(2)]);
    const withTail = Buffer.concat([scaled, Buffer.from('<script>')]);
    for (const bytes of [withComment, withTail]) {
      const again = Buffer.from(await scale(bytes));
      expect(again.includes('home') || again.includes('<script>')).toBe(false);
    }
  });

  it('is turned upright by its EXIF mark, and nothing of its metadata stays', async () => {
    // Orientation 3: upside down, so red is on the right.
    const turned = await twoColours(400, 400)
      .withExif({ IFD0: { Copyright: 'Secret studio', ImageDescription: 'Home address' } })
      .withMetadata({ orientation: 3 })
      .jpeg()
      .toBuffer();
    const scaled = await scale(turned);
    expect((await pixel(scaled, 190, 100))[0]).toBeGreaterThan(180);
    expect((await pixel(scaled, 10, 100))[2]).toBeGreaterThan(180);
    const { exif, icc, orientation } = await sharp(scaled).metadata();
    expect({ exif, icc, orientation }).toEqual({ exif: undefined, icc: undefined, orientation: undefined });
  });

  it('with transparency gets a white ground', async () => {
    const clear = await sharp({ create: { width: 50, height: 50, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();
    expect(await pixel(await scale(clear), 100, 100)).toEqual([255, 255, 255]);
  });

  it('and is smaller than it is kept is made larger, one pixel as well', async () => {
    expect((await sharp(await scale(await twoColours(1, 1).png().toBuffer())).metadata()).width).toBe(200);
  });

  it('twice is the same bytes twice', async () => {
    const bytes = await twoColours(300, 300).png().toBuffer();
    expect(await scale(bytes)).toEqual(await scale(bytes));
  });
});

describe('what is no picture', () => {
  it('is refused by its bytes: SVG, PDF, HTML, TIFF, nothing', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>';
    const tiff = await twoColours(20, 20).tiff().toBuffer();
    for (const bytes of [Buffer.from(svg), Buffer.from('%PDF-1.7'), Buffer.from('<html>'), tiff, Buffer.alloc(0)]) {
      expect(await refusal(bytes)).toBe('not-a-picture');
    }
  });

  it('and has only the beginning of one is refused as broken', async () => {
    for (const start of ['GIF89a/*<svg onload=alert(1)>*/=1', '\xff\xd8\xff\xe0 JFIF', 'RIFF\x10\0\0\0WEBPVP8 ']) {
      expect(await refusal(Buffer.from(start, 'latin1'))).toBe('broken');
    }
  });

  it('and was cut off is refused as broken', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const bytes = await twoColours(500, 500).toFormat(format).toBuffer();
      expect(await refusal(bytes.subarray(0, bytes.length / 2))).toBe('broken');
    }
  });
});

it('a small file that would be 900 million pixels is refused before it is decoded', async () => {
  const bomb = hugePng(30_000, 30_000);
  expect(bomb.length).toBeLessThan(300_000);
  const before = process.memoryUsage().rss;
  expect(await refusal(bomb)).toBe('too-many-pixels');
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
});

it('of a file that is a picture and something else only the picture stays', async () => {
  const picture = await twoColours(300, 300).jpeg().toBuffer();
  const scaled = await scale(Buffer.concat([picture, Buffer.from('PK\x03\x04<script>alert(1)</script>')]));
  expect(Buffer.from(scaled).toString('latin1')).not.toContain('script');
});

it('two are decoded at once, some wait, and more than that are told to come again', async () => {
  const bytes = await twoColours(400, 400).png().toBuffer();
  const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => scale(bytes)));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused).toHaveLength(60 - 26);
  expect(refused[0]?.reason).toMatchObject({ code: 'rate-limited' });
  await expect(scale(bytes)).resolves.toBeDefined();
});
