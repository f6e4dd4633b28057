/** Photos of the demo's contacts: a head before a coloured ground, drawn when they are asked for, the same for the same seed. */
import { createHash } from 'node:crypto';
import sharp from 'sharp';

/** Pixels of a side, as Exchange keeps photos of contacts. */
const side = 240;

/** A JPEG; every fourth one lies on its side with an EXIF mark that says so, as cameras write them. */
export async function drawPhoto(seed: string): Promise<Uint8Array> {
  const [hue = 0, skin = 0, cloth = 0, hair = 0, turn = 0] = createHash('sha256').update(seed).digest();
  const colours = {
    ground: hsl(hue / 256, 0.45, 0.72),
    skin: hsl(0.07, 0.5, 0.35 + (skin / 256) * 0.45),
    cloth: hsl(cloth / 256, 0.5, 0.4),
    hair: hsl(0.08, 0.4, 0.12 + (hair / 256) * 0.4),
  };
  const pixels = Buffer.alloc(side * side * 3);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const u = x / side - 0.5;
      const v = y / side;
      let colour = colours.ground;
      if ((u / 0.38) ** 2 + ((v - 1.02) / 0.36) ** 2 < 1) colour = colours.cloth;
      if ((u / 0.22) ** 2 + ((v - 0.37) / 0.25) ** 2 < 1) colour = colours.hair;
      if ((u / 0.17) ** 2 + ((v - 0.44) / 0.22) ** 2 < 1) colour = colours.skin;
      pixels.set(colour, (y * side + x) * 3);
    }
  }
  const upright = sharp(pixels, { raw: { width: side, height: side, channels: 3 } });
  const photo = turn % 4 === 0 ? upright.rotate(270).withMetadata({ orientation: 6 }) : upright;
  return photo.jpeg({ quality: 85 }).toBuffer();
}

/** Red, green and blue from hue, saturation and lightness, each from 0 to 1. */
function hsl(hue: number, saturation: number, lightness: number): number[] {
  const strength = saturation * Math.min(lightness, 1 - lightness);
  return [0, 8, 4].map((place) => {
    const k = (place + hue * 12) % 12;
    return Math.round(255 * (lightness - strength * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  });
}
