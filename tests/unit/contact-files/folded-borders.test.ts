import { describe, expect, it } from 'vitest';
import { readVCards } from '../../../sync-service/contacts/files/vcard-contact-file';

describe('vCard', () => {
  it.each(['BEGIN:VCARD', 'END:VCARD', ' End : vcard'])(
    'takes %s behind a folded text for the end of it, and behind anything else for the border that it looks like',
    (border) => {
      const text = `NOTE:${'x'.repeat(70)}`;
      const card = (name: string, ...lines: string[]) =>
        ['BEGIN:VCARD', `FN:${name}`, 'TEL:1', ...lines, 'END:VCARD', ''].join('\r\n');
      const notes = (file: string) => readVCards(file).contacts.map(({ fields }) => [fields.displayName, fields.notes]);
      const others = [card('B'), card('C')].join('');
      const rest = [
        ['B', undefined],
        ['C', undefined],
      ];
      expect(notes(card('A', text, ` ${border}`) + others)).toEqual([['A', `${text.slice(5)}${border}`], ...rest]);
      const folded = ` ${'y'.repeat(74)}`;
      expect(notes(card('A', text, folded, ` ${border}`, ' z') + others)).toEqual([
        ['A', `${text.slice(5)}${folded.slice(1)}${border}z`],
        ...rest,
      ]);
      // It ends the card: nothing else does.
      const end = (line: string) => `BEGIN:VCARD\nFN:A\n${line}\n END:VCARD\n`;
      for (const line of [
        text,
        'TEL:1',
        `NOTE:${'x'.repeat(200)}`,
        `NOTE;ENCODING=QUOTED-PRINTABLE:${'x'.repeat(40)}=`,
      ]) {
        expect(notes(end(line) + others).map(([name]) => name)).toEqual(['A', 'B', 'C']);
      }
    },
  );
  it('takes time in proportion to a file in which a folded text goes on with what looks like a border each time', () => {
    const lines = `NOTE:${'x'.repeat(70)}\n END:VCARD\n`.repeat(20_000);
    const before = process.cpuUsage().user;
    readVCards(`BEGIN:VCARD\nFN:x\n${lines}`);
    expect(readVCards(`BEGIN:VCARD\nFN:x\n${lines}END:VCARD\n`).skipped).toHaveLength(1);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(2000);
  });
});
