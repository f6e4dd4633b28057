/** Which tones are in a recording: so that a test knows who hears whom. */

const rate = 8000;
const headerBytes = 44;
/** A tone counts when it holds such a share of the energy. */
const loudShare = 0.08;

/** The tones (in Hz) that are loud in the last milliseconds of a WAV file (8 kHz, 16 bit, mono), by Goertzel's filter. */
export function loudTones(wav: Buffer, tones: readonly number[], milliseconds: number): number[] {
  const bytes = 2 * (rate / 1000) * milliseconds;
  const from = Math.max(headerBytes, wav.length - bytes) & ~1;
  const samples: number[] = [];
  for (let at = from; at + 1 < wav.length; at += 2) samples.push(wav.readInt16LE(at));
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
  if (energy === 0) return [];
  return tones.filter((hertz) => {
    const turn = 2 * Math.cos((2 * Math.PI * hertz) / rate);
    let last = 0;
    let beforeLast = 0;
    for (const sample of samples) [last, beforeLast] = [sample + turn * last - beforeLast, last];
    const power = last * last + beforeLast * beforeLast - turn * last * beforeLast;
    return (power * 2) / samples.length / energy > loudShare;
  });
}

/** A WAV file (8 kHz, 16 bit, mono) of one tone. */
export function toneFile(hertz: number, milliseconds: number): Buffer {
  const samples = (rate / 1000) * milliseconds;
  const file = Buffer.alloc(headerBytes + 2 * samples);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(2 * rate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(2 * samples, 40);
  for (let at = 0; at < samples; at++) {
    file.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * hertz * at) / rate)), headerBytes + 2 * at);
  }
  return file;
}
