/** Reads settings from the environment and, where nothing stands there, from the configuration file. */
import { dirname, resolve } from 'node:path';
import { ConfigError } from './config-error';
import { readConfigFile } from './config-file';
import type { ConfigFile, WrittenSetting } from './config-file';
import type { Setting, Settings, SettingValues } from './setting';

/** The environment, or a part of it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Collects what is wrong, by key, and says it where the reader can mend it: at the file's line or by the variable. */
export interface Problems<S extends Settings> {
  /** `whatToDo` goes on after the setting's name and ends with a full stop. */
  readonly wrong: (key: keyof S & string, whatToDo: string) => void;
  /** Something is wrong with its value already: what follows from that need not be told. */
  readonly isWrong: (key: keyof S & string) => boolean;
  /** How the reader calls a setting: by its key where there is a file, else by its variable. */
  readonly name: (key: keyof S & string) => string;
  /** @throws ConfigError when anything was wrong. */
  readonly throwIfAny: () => void;
}

export interface ReadSettings<S extends Settings> {
  readonly values: SettingValues<S>;
  readonly problems: Problems<S>;
}

/** @throws ConfigError when the file is none; values that cannot be used are told by `problems`. */
export function readSettings<const S extends Settings>(
  settings: S,
  environment: Environment,
  file: ConfigFile | undefined,
): ReadSettings<S> {
  const read = file && readConfigFile(file, settings);
  const written = read?.written ?? new Map<string, WrittenSetting>();
  const lines: string[] = [...(read?.problems ?? [])];
  const wrongKeys = new Set<string>();

  const place = (key: string, setting: Setting<unknown>): string => {
    if (setting.secretVariable !== undefined && isSet(environment[setting.secretVariable]))
      return setting.secretVariable;
    if (isSet(environment[setting.variable]) || file === undefined || setting.environmentOnly === true) {
      return setting.variable;
    }
    const line = written.get(key)?.line;
    return `${file.path}${line === undefined ? '' : `:${line}`}: ${key}`;
  };
  const problems: Problems<S> = {
    wrong(key, whatToDo) {
      const setting = settings[key];
      wrongKeys.add(key);
      lines.push(`${setting === undefined ? key : place(key, setting)}: ${whatToDo}`);
    },
    isWrong: (key) => wrongKeys.has(key),
    name: (key) => (file === undefined ? (settings[key]?.variable ?? key) : key),
    throwIfAny() {
      if (lines.length > 0) throw new ConfigError(lines);
    },
  };

  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries<Setting<unknown>>(settings)) {
    const given = givenValue(key, setting);
    if (given === undefined) continue;
    const parsed = setting.schema.safeParse(given.value);
    if (parsed.success) values[key] = setting.isPath === true ? inDirectory(parsed.data, given.directory) : parsed.data;
    else problems.wrong(key, setting.expected);
  }
  // Each key is read by its own schema.
  return { values: values as SettingValues<S>, problems };

  function givenValue(key: string, setting: Setting<unknown>): { value: unknown; directory: string } | undefined {
    if (setting.secretVariable !== undefined && isSet(environment[setting.secretVariable])) {
      return { value: { env: setting.secretVariable }, directory: '.' };
    }
    const variable = environment[setting.variable];
    // An empty variable counts as not set: that is how shells and compose files unset.
    if (isSet(variable)) return { value: variable.trim(), directory: '.' };
    const inFile = written.get(key);
    return inFile && { value: inFile.value, directory: dirname(file?.path ?? '.') };
  }
}

function isSet(variable: string | undefined): variable is string {
  return variable !== undefined && variable.trim() !== '';
}

function inDirectory(value: unknown, directory: string): unknown {
  if (typeof value === 'string') return resolve(directory, value);
  return typeof value === 'object' && value !== null && 'file' in value && typeof value.file === 'string'
    ? { file: resolve(directory, value.file) }
    : value;
}
