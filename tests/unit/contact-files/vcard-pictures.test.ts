import { describe, expect, it } from 'vitest';
import { maxPictureBytes } from '../../../shared/picture';
import { readContactFile } from '../../../sync-service/contacts/files/read-contact-file';

const bytes = Buffer.from(Array.from({ length: 400 }, (_, n) => (n * 7) % 256));
const base64 = bytes.toString('base64');
const folded = base64.replace(/(.{70})/g, '$1\r\n ');
/** Without the blank that a folded line begins with, as some programs write it. */
const bare = base64.replace(/(.{70})/g, '$1\r\n');

function read(...lines: string[]) {
  const text = ['BEGIN:VCARD', 'VERSION:3.0', 'FN:Anna', ...lines, 'TEL:089 123456', 'END:VCARD', ''].join('\r\n');
  const file = readContactFile({ format: 'vcard', bytes: Buffer.from(text) });
  // Whatever is wrong with its picture, the contact is there with its number.
  expect(file.contacts.map(({ fields }) => [fields.displayName, fields.numbers[0]?.raw])).toEqual([
    ['Anna', '089 123456'],
  ]);
  return file.contacts[0]?.picture;
}

describe('the picture of a vCard is read', () => {
  it.each([
    ['of version 2.1', `PHOTO;JPEG;ENCODING=BASE64:${folded}\r\n`],
    ['of version 2.1 on bare lines', `PHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n${bare}\r\n`],
    ['of version 2.1 with a bare word', `PHOTO;BASE64;JPEG:${folded}`],
    ['of version 3.0', `PHOTO;ENCODING=b;TYPE=JPEG:${folded}`],
    [
      'of version 3.0 as Apple writes it',
      `item1.PHOTO;ENCODING=b;TYPE=JPEG;X-ABCROP-RECTANGLE=ABClipRect_1&0&0:${folded}`,
    ],
    ['of version 4.0', `PHOTO:data:image/jpeg;base64,${folded}`],
    ['of version 4.0 with escapes', `PHOTO;VALUE=uri:data:image/jpeg\\;base64\\,${base64}`],
    [
      'of version 4.0 with percent signs',
      `PHOTO:data:image/png,${[...bytes].map((b) => `%${b.toString(16).padStart(2, '0')}`).join('')}`,
    ],
    ['that does not say what it is', `PHOTO;TYPE=JPEG:${base64}`],
  ])('%s', (_, line) => {
    expect(read(line)).toEqual({ bytes });
  });

  it('from the card, also where a link stands before it', () => {
    expect(read('PHOTO;VALUE=uri:https://example.org/a.jpg', `PHOTO;ENCODING=b:${base64}`)).toEqual({ bytes });
  });

  it('into the first of two cards that are the same', () => {
    const card = (photo: string) => `BEGIN:VCARD\r\nFN:Anna\r\n${photo}END:VCARD\r\n`;
    const text = card('') + card(`PHOTO;ENCODING=b:${base64}\r\n`);
    const { contacts, skipped } = readContactFile({ format: 'vcard', bytes: Buffer.from(text) });
    expect(contacts.map(({ position, picture }) => ({ position, picture }))).toEqual([
      { position: 1, picture: { bytes } },
    ]);
    expect(skipped).toEqual([{ position: 2, reason: 'duplicate', name: 'Anna' }]);
  });
});

describe('the picture of a vCard is told as not taken', () => {
  it.each([
    ['only linked', 'PHOTO;VALUE=uri:https://example.org/a.jpg', 'linked'],
    ['only linked', 'PHOTO;VALUE=URL:http://10.0.0.1/admin', 'linked'],
    ['only linked', 'PHOTO;MEDIATYPE=image/gif:ftp://example.org/a.gif', 'linked'],
    ['only linked', 'PHOTO;VALUE=uri:file:///etc/passwd', 'linked'],
    ['broken', 'PHOTO;ENCODING=b:', undefined],
    ['broken', 'PHOTO;ENCODING=b:????', 'broken'],
    ['broken', 'PHOTO:nothing', 'broken'],
    ['broken', 'PHOTO:data:image/png;base64,', 'broken'],
  ])('where it is %s: %s', (_, line, problem) => {
    expect(read(line)).toEqual(problem === undefined ? undefined : { problem });
  });

  it.each([1, 3 * maxPictureBytes])('where it is larger than a picture may be, by %s bytes', (more) => {
    const large = Buffer.alloc(maxPictureBytes + more).toString('base64');
    expect(read(`PHOTO;ENCODING=b;TYPE=JPEG:${large}`)).toEqual({ problem: 'too-large' });
    expect(read(`PHOTO:data:image/jpeg;base64,${large.replace(/(.{70})/g, '$1\r\n ')}`)).toEqual({
      problem: 'too-large',
    });
  });
});

it('a card’s number is read though a quote of its parameters does not end, or a blank stands before the colon', () => {
  const numbers = ['TEL;TYPE="work:089 1', 'TEL :089 2', 'TEL;CELL :089 3'];
  const text = `BEGIN:VCARD\r\nFN:A\r\n${numbers.join('\r\n')}\r\nEND:VCARD\r\n`;
  const { contacts } = readContactFile({ format: 'vcard', bytes: Buffer.from(text) });
  expect(contacts[0]?.fields.numbers.map(({ raw }) => raw)).toEqual(['089 1', '089 2', '089 3']);
});
