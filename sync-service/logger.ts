/** The service's log: JSON lines, without secrets, and with numbers, names and addresses masked (DESIGN §10). */
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Fields that are secrets, wherever they stand. */
const secretFields = new Set(
  ['password', 'oldPassword', 'newPassword', 'token', 'authorization', 'cookie', 'secret', 'code', 'passwordHash'].map(
    (name) => name.toLowerCase(),
  ),
);
/** Fields that hold a name of a person or company. */
const nameFields = new Set(
  ['name', 'displayName', 'givenName', 'surname', 'userName', 'company'].map((name) => name.toLowerCase()),
);
/** Fields of ours whose digits are no number of a person. */
const plainFields = new Set(
  ['correlationId', 'userId', 'siteId', 'sessionId', 'route', 'id', 'time', 'callId', 'accountId', 'url', 'host'].map(
    (name) => name.toLowerCase(),
  ),
);

/** Depth and length up to which a logged value is looked at; the rest is cut off. */
const maxDepth = 6;
const maxEntries = 100;

/**
 * Writes to `destination`, standard output where absent. What is bound to a child logger is written as it is: nothing of
 * a person belongs there.
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (entry: Record<string, unknown>) => maskFields(entry, 0),
    },
    hooks: {
      logMethod(this: Logger, args: Parameters<pino.LogFn>, method: pino.LogFn) {
        // The text of a message is masked as well: somebody will put a number into it.
        const masked = args.map((arg: unknown) => (typeof arg === 'string' ? maskText(arg) : arg));
        const first: unknown = masked[0];
        // An error alone would lend its message to the line, past the masking.
        if (first instanceof Error) masked.splice(0, 1, { err: first }, ...(masked.length > 1 ? [] : ['error']));
        method.apply(this, masked as Parameters<pino.LogFn>);
      },
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** A number with its last two digits: enough to recognise it, too little to dial it. */
export function maskNumber(text: string): string {
  const digits = text.replaceAll(/\D/g, '');
  return digits.length < 3 ? '…' : `…${digits.slice(-2)}`;
}

/** The first letter of each word. */
export function maskName(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `${[...word][0] ?? ''}…`)
    .join(' ');
}

/** The first letter of the local part; the domain says which organisation, not who. */
export function maskAddress(text: string): string {
  const at = text.lastIndexOf('@');
  return at < 1 ? '…' : `${[...text][0] ?? ''}…${text.slice(at)}`;
}

/** Masks addresses and what looks like a telephone number inside a text. */
export function maskText(text: string): string {
  return text
    .replaceAll(/[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+/g, maskAddress)
    .replaceAll(/(?<![\w.:-])\+?\d[\d ()/.-]{4,}\d(?![\w:-]|\.\d)/g, maskNumber);
}

function maskFields(entry: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry)
      .slice(0, maxEntries)
      .map(([name, value]: [string, unknown]) => [name, maskField(name.toLowerCase(), value, depth)]),
  );
}

function maskField(name: string, value: unknown, depth: number): unknown {
  if (secretFields.has(name) && !isErrorCode(value)) return '[secret]';
  if (typeof value === 'string') {
    if (plainFields.has(name)) return value;
    return nameFields.has(name) ? maskName(value) : maskText(value);
  }
  return maskValue(value, depth);
}

function maskValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '[deeper]';
  if (value instanceof Error) return maskError(value, depth);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.slice(0, maxEntries).map((item: unknown) => maskValue(item, depth + 1));
  return maskFields(value, depth + 1);
}

function maskError(error: Error, depth: number): Record<string, unknown> {
  return {
    type: error.name,
    message: maskText(error.message),
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    // Frames only: the first lines repeat the message.
    stack: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
    ...(error.cause !== undefined && { cause: maskValue(error.cause, depth + 1) }),
  };
}

/** `code` is a one-time code in a request and a stable word in an error; the word may be read. */
function isErrorCode(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z]+(-[a-z]+)+$|^forbidden$/.test(value);
}
