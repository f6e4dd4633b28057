/** Which configuration file there is: the one that was named, else the one at one of the usual places. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError } from './config-error';
import type { ConfigFile } from './config-file';
import type { Environment } from './read-settings';

/** Read where no file is named: in the working directory, or the machine's. */
export const usualPlaces: readonly string[] = ['mycontacts.yaml', '/etc/mycontacts/mycontacts.yaml'];

/** Takes `--config FILE` out of a command line. @throws ConfigError when FILE is missing. */
export function takeConfigArgument(args: readonly string[]): {
  readonly rest: readonly string[];
  readonly named?: string;
} {
  const index = args.findIndex((arg) => arg === '--config' || arg.startsWith('--config='));
  if (index === -1) return { rest: args };
  const together = args[index]?.slice('--config='.length);
  const named = args[index] === '--config' ? args[index + 1] : together;
  if (named === undefined || named === '') throw new ConfigError(['--config: name the file behind it.']);
  return { rest: args.toSpliced(index, args[index] === '--config' ? 2 : 1), named };
}

export interface FoundConfigFile {
  /** The command line without `--config FILE`. */
  readonly args: readonly string[];
  /** Undefined where there is none, which is fine: the environment may say everything. */
  readonly file: ConfigFile | undefined;
  /** The place that was named; the file is not there where `file` is undefined. */
  readonly named?: string;
}

/**
 * Reads the file that `--config` or CONFIG_FILE names, else the first that is there of the usual places.
 * @throws ConfigError when a named file, or one that is there, cannot be read; as long as `mayBeMissing` is not said.
 */
export function findConfigFile(
  args: readonly string[],
  environment: Environment,
  {
    workingDirectory = process.cwd(),
    mayBeMissing = false,
  }: { readonly workingDirectory?: string; readonly mayBeMissing?: boolean } = {},
): FoundConfigFile {
  const { rest, named = environment['CONFIG_FILE']?.trim() } = takeConfigArgument(args);
  if (named !== undefined && named !== '') {
    const text = readIfThere(named);
    if (text === undefined && mayBeMissing) return { args: rest, file: undefined, named };
    if (text === undefined)
      throw new ConfigError([`${named}: there is no such file. Name another one with --config or CONFIG_FILE.`]);
    return { args: rest, file: { path: named, text }, named };
  }
  for (const place of usualPlaces) {
    const path = resolve(workingDirectory, place);
    const text = readIfThere(path);
    if (text !== undefined) return { args: rest, file: { path, text } };
  }
  return { args: rest, file: undefined };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ConfigError([
      `${path}: cannot be read (${String(code)}). Give the user that runs the service the right to read it.`,
    ]);
  }
}
