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
 * What Asterisk writes after each line that describes a channel. It writes a caller's number and what is dialled as they
 * came, line ends included: whatever else comes in between is theirs and is left out, lest a caller tell us events.
 */
const nextOfChannel: ReadonlyMap<string, string> = new Map(
  [
    ['ChannelStateDesc', 'CallerIDNum', 'CallerIDName', 'ConnectedLineNum', 'ConnectedLineName', 'Language'],
    ['Language', 'AccountCode', 'Context', 'Exten', 'Priority', 'Uniqueid', 'Linkedid'],
  ].flatMap((names) => names.slice(1).map((name, at) => [names[at] ?? '', name] as const)),
);
/** A number or an extension has 79 letters at most: no more lines than these can be in one. */
const strangeLines = 80;
/** An event has one of each. */
const singleFields = ['Event', 'Uniqueid'] as const;

/**
 * Takes a stream of text apart. `push` gives the messages that are complete; the first line of the stream is the
 * greeting. Throws {@link AmiFormatError}, after which the stream is of no use any more.
 */
export function createAmiReader(): { push(text: string): AmiMessage[] } {
  let rest = '';
  let greeted = false;
  let message = new Map<string, string[]>();
  let lines = 0;
  /** Name of the line that has to come next, `prefix` included (`Dest` and others). */
  let expected: string | undefined;
  let prefix = '';
  let strange = 0;

  /** Whether the line is Asterisk's own. */
  function isOwn(line: string): boolean {
    const colon = line.indexOf(':');
    const name = colon < 0 ? '' : line.slice(0, colon);
    if (expected !== undefined && name !== expected) {
      if (++strange > strangeLines) throw new AmiFormatError('A channel is not described as Asterisk does.');
      return false;
    }
    if (expected === undefined) prefix = /^(\w*)ChannelStateDesc$/.exec(name)?.[1] ?? '';
    const next =
      expected === undefined && !name.endsWith('ChannelStateDesc')
        ? undefined
        : nextOfChannel.get(name.slice(prefix.length));
    expected = next === undefined ? undefined : prefix + next;
    strange = 0;
    return true;
  }

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
        } else if (!isOwn(line)) {
          continue;
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
          if (singleFields.every((name) => (message.get(name)?.length ?? 0) < 2)) complete.push(message);
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
