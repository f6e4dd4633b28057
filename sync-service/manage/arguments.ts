/** Reads the arguments of one command; whatever is wrong with them is a UsageError that says what is expected. */
import { parseArgs } from 'node:util';

/** The arguments do not make a command: shown with the command's help, exit code 2. */
export class UsageError extends Error {}

/** How an option is written: `text` takes one value, `list` may be repeated, `flag` takes none. */
export type OptionKind = 'text' | 'list' | 'flag';

export interface ReadArguments {
  readonly positionals: readonly string[];
  /** One value; undefined when the option was not given. */
  text(name: string): string | undefined;
  list(name: string): string[] | undefined;
  flag(name: string): boolean;
  /** `yes` or `no`; undefined when the option was not given. */
  yesNo(name: string): boolean | undefined;
  /** A whole number; undefined when the option was not given. */
  number(name: string): number | undefined;
}

/**
 * Throws UsageError for an unknown option or a number of positionals that does not fit their names. A last name that
 * ends in `…` takes one or more.
 */
export function readArguments(
  args: readonly string[],
  options: Readonly<Record<string, OptionKind>>,
  positionalNames: readonly string[],
): ReadArguments {
  const { values, positionals } = parse(args, options);
  if (positionals.length < positionalNames.length) {
    throw new UsageError(`${positionalNames[positionals.length] ?? 'an argument'} is missing`);
  }
  const repeated = positionalNames.at(-1)?.endsWith('…') === true;
  if (!repeated && positionals.length > positionalNames.length) {
    throw new UsageError(
      `${positionals[positionalNames.length] ?? ''} is one argument too many (quote names with blanks)`,
    );
  }
  const text = (name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    positionals,
    text,
    list(name) {
      const value = values[name];
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
    },
    flag: (name) => values[name] === true,
    yesNo(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (value !== 'yes' && value !== 'no') throw new UsageError(`--${name} takes yes or no`);
      return value === 'yes';
    },
    number(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (!/^\d{1,6}$/.test(value)) throw new UsageError(`--${name} takes a number`);
      return Number(value);
    },
  };
}

function parse(args: readonly string[], options: Readonly<Record<string, OptionKind>>) {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, kind]) => [
      name,
      { type: kind === 'flag' ? ('boolean' as const) : ('string' as const), multiple: kind === 'list' },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
