/**
 * Reads a stream of server-sent events (WHATWG HTML §9.2.6) piece by piece. The browser's own EventSource cannot send
 * the bearer header.
 */

/** What a line or a block of lines turned out to be. */
export type StreamPart =
  { readonly type: 'event'; readonly id?: string; readonly data: string } | { readonly type: 'heartbeat' };

export interface StreamParser {
  /** The parts that are complete with this piece of text. @throws RangeError when one event grows over the limit */
  push(text: string): StreamPart[];
}

/** Characters that one event may have at most; a snapshot with a hundred calls has fifty thousand. */
export const maxEventLength = 4 * 1024 * 1024;

/** A parser for one stream. */
export function createStreamParser(): StreamParser {
  let rest = '';
  let data: string[] = [];
  let length = 0;
  let id: string | undefined;
  let first = true;

  function line(text: string): StreamPart | undefined {
    if (text === '') {
      const event = data.length > 0 ? data.join('\n') : undefined;
      data = [];
      length = 0;
      return event === undefined ? undefined : { type: 'event', data: event, ...(id === undefined ? {} : { id }) };
    }
    if (text.startsWith(':')) return { type: 'heartbeat' };
    const colon = text.indexOf(':');
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + (text[colon + 1] === ' ' ? 2 : 1));
    if (field === 'data') {
      length += value.length;
      if (length > maxEventLength) throw new RangeError('An event of the stream is too long.');
      data.push(value);
    }
    if (field === 'id' && !value.includes('\0')) id = value;
    return undefined;
  }

  return {
    push(text) {
      const whole = rest + (first ? text.replace(/^\uFEFF/, '') : text);
      if (text !== '') first = false;
      // A CR at the very end may be half of a CRLF: it waits for what follows.
      const lines = whole.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      if (rest.length > maxEventLength) throw new RangeError('A line of the stream is too long.');
      return lines.map(line).filter((part) => part !== undefined);
    },
  };
}
