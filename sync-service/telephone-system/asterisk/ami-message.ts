/** Messages of Asterisk's manager interface (AMI): lines `Name: value`, ended by an empty one. Pure. */

/** A message. A name may come several times; names are kept as they are written. */
export type AmiMessage = ReadonlyMap<string, readonly string[]>;

/** Limits on what the other side may send. Nothing an Asterisk says comes near. */
export const amiLimits = { line: 16 * 1024, lines: 1024 } as const;

/** The other side does not speak AMI, or exceeds a limit. */
export class AmiFormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AmiFormatError';
  }
}

/** The first value with this name; undefined when there is none or it is empty. */
export function field(message: AmiMessage, name: string): string | undefined {
  const value = message.get(name)?.[0];
  return value === '' ? undefined : value;
}

/**
 * Takes a stream of text apart. `push` gives the messages that are complete; the first line of the stream is the
 * greeting. Throws {@link AmiFormatError}, after which the stream is of no use any more.
 */
export function createAmiReader(): { push(text: string): AmiMessage[] } {
  let rest = '';
  let greeted = false;
  let message = new Map<string, string[]>();
  let lines = 0;

  return {
    push(text) {
      const complete: AmiMessage[] = [];
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      if (rest.length > amiLimits.line) throw new AmiFormatError('A line is too long.');
      for (const part of parts) {
        const line = part.endsWith('\r') ? part.slice(0, -1) : part;
        if (line.length > amiLimits.line) throw new AmiFormatError('A line is too long.');
        if (!greeted) {
          if (!line.startsWith('Asterisk Call Manager/')) throw new AmiFormatError('No Asterisk answers there.');
          greeted = true;
        } else if (line !== '') {
          if (++lines > amiLimits.lines) throw new AmiFormatError('A message is too long.');
          const colon = line.indexOf(':');
          if (colon < 0) continue;
          const name = line.slice(0, colon);
          const values = message.get(name);
          const value = line.slice(colon + 1).trim();
          if (values === undefined) message.set(name, [value]);
          else values.push(value);
        } else if (message.size > 0) {
          complete.push(message);
          message = new Map();
          lines = 0;
        }
      }
      return complete;
    },
  };
}

/** Fields of an action; a list repeats the name. */
export type AmiFields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Writes an action. Throws {@link AmiFormatError} when a value would begin a line of its own. */
export function writeAction(action: string, actionId: string, fields: AmiFields): string {
  const lines = [`Action: ${action}`, `ActionID: ${actionId}`];
  for (const [name, value] of Object.entries(fields)) {
    for (const one of value === undefined ? [] : [value].flat()) lines.push(`${name}: ${one}`);
  }
  // eslint-disable-next-line no-control-regex -- exactly these are what must not get through
  if (lines.some((line) => /[\0-\x1f\x7f]/.test(line))) throw new AmiFormatError('A value has control characters.');
  return lines.join('\r\n') + '\r\n\r\n';
}

/**
 * Reads a name as Asterisk writes it into events: with C escapes (`\"`), and `<unknown>` where there is none.
 */
export function readName(written: string | undefined): string | undefined {
  if (written === undefined || written === '<unknown>') return undefined;
  const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '', b: '', f: '', v: '' };
  const name = written.replace(/\\(.)/g, (_all, letter: string) => escapes[letter] ?? letter).trim();
  return name === '' ? undefined : name;
}
