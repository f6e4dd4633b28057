/** Files made wrong: mutations of seeds by a fixed sequence of chances, so that a finding can be made again. */

/** Chances that follow each other the same way for the same seed (mulberry32). */
export function createChance(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** What has a meaning in one of the formats, and numbers at which counting ends. */
const tokens = [
  ...[
    '"',
    '""',
    ',',
    ';',
    '\t',
    '|',
    '\r',
    '\n',
    '\r\n',
    ':',
    '=',
    '=\n',
    '\\',
    '<',
    '>',
    '&',
    '&#0;',
    '&#x110000;',
    '&b;',
  ],
  ...[
    '\u0000',
    '\ufeff',
    '\ufffe',
    '\ud800',
    'ä',
    '😀',
    ' ',
    ']]>',
    '<![CDATA[',
    '<!--',
    '-->',
    '<?',
    '?>',
    '<!DOCTYPE a>',
  ],
  ...[
    'BEGIN:VCARD\n',
    'END:VCARD\n',
    'TEL;WORK:1\n',
    'N;CHARSET=x;ENCODING=QUOTED-PRINTABLE:=C3=\n',
    ';ENCODING=b:',
    ';CHARSET=SHIFT_JIS',
  ],
  ...['<contact>', '</contact>', '<contacts>', '</contacts>', '<a b="', '99999999999999999999', '-1', '=1+1', ' ::: '],
].map((token) => Buffer.from(token));

/** One file made of another. */
export function mutate(seed: Uint8Array, others: readonly Uint8Array[], chance: (below: number) => number): Uint8Array {
  let bytes = Buffer.from(seed);
  for (let times = 1 + chance(6); times > 0; times -= 1) {
    const at = chance(bytes.length + 1);
    const length = 1 + chance(24);
    const token = tokens[chance(tokens.length)] ?? Buffer.alloc(0);
    switch (chance(7)) {
      case 0:
        bytes = Buffer.concat([bytes.subarray(0, at), token, bytes.subarray(at)]);
        break;
      case 1:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
        break;
      case 2:
        if (at < bytes.length) bytes[at] = chance(256);
        break;
      case 3: {
        const part = bytes.subarray(at, at + length);
        const repeated = Array.from({ length: 1 + chance(60) }, () => part);
        bytes = Buffer.concat([bytes.subarray(0, at), ...repeated, bytes.subarray(at)]);
        break;
      }
      case 4:
        bytes = bytes.subarray(0, at);
        break;
      case 5: {
        const other = Buffer.from(others[chance(others.length)] ?? seed);
        bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(chance(other.length + 1))]);
        break;
      }
      default:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          ...Array.from({ length: 1 + chance(200) }, () => token),
          bytes.subarray(at),
        ]);
    }
  }
  return bytes;
}
