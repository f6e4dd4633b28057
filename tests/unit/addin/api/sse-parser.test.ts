import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStreamParser, maxEventLength, type StreamPart } from '../../../../addin/api/sse-parser';

const parse = (...pieces: string[]): StreamPart[] => {
  const parser = createStreamParser();
  return pieces.flatMap((piece) => parser.push(piece));
};

describe('The parser of server-sent events', () => {
  it('gives an event with its id once the blank line has come', () => {
    expect(parse('id: a-1\ndata: {"x"', ':1}\n')).toEqual([]);
    expect(parse('id: a-1\ndata: {"x"', ':1}\n', '\n')).toEqual([{ type: 'event', id: 'a-1', data: '{"x":1}' }]);
  });

  it('keeps the last id for events that bring none', () => {
    expect(parse('id: 1\ndata: a\n\ndata: b\n\n')).toEqual([
      { type: 'event', id: '1', data: 'a' },
      { type: 'event', id: '1', data: 'b' },
    ]);
  });

  it('joins several lines of data', () => {
    expect(parse('data: a\ndata:b\n\n')).toEqual([{ type: 'event', data: 'a\nb' }]);
  });

  it('takes a comment as heartbeat and passes over fields that it does not know', () => {
    expect(parse(': hello\n\nretry: 10\nevent: x\n\n')).toEqual([{ type: 'heartbeat' }]);
  });

  it('passes over a byte order mark at the very beginning', () => {
    expect(parse('\uFEFFdata: a\n\n')).toEqual([{ type: 'event', data: 'a' }]);
  });

  it('refuses an event without end', () => {
    expect(() => parse(`data: ${'x'.repeat(maxEventLength + 1)}`)).toThrow(RangeError);
  });

  it('gives the same however the text is cut and whichever line ends it has', () => {
    const text = ': beat\nid: e-7\ndata: {"a":1}\ndata: second\n\ndata: third\n\n';
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: text.length * 2 }), { maxLength: 12 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        (cuts, end) => {
          // A lone CR at the very end waits for what may be its LF, so something follows.
          const whole = `${text.replaceAll('\n', end)}: more${end}x`;
          const places = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
          const pieces = places.slice(1).map((place, index) => whole.slice(places[index], place));
          expect(parse(...pieces)).toEqual([
            { type: 'heartbeat' },
            { type: 'event', id: 'e-7', data: '{"a":1}\nsecond' },
            { type: 'event', id: 'e-7', data: 'third' },
            { type: 'heartbeat' },
          ]);
        },
      ),
    );
  });
});
