/** What a setting of the installation is, and the kinds of values that there are. */
import type { SecretReference } from '../telephone-system/secret-reference';
import * as z from 'zod/mini';

export interface Setting<T> {
  /** Environment variable of the same meaning; it overrides the file. */
  readonly variable: string;
  /** Reads what the file says (any YAML value) or the variable (a text). */
  readonly schema: z.ZodMiniType<T>;
  /** What to do when the value cannot be used; goes on after the setting's name: "has to be …". */
  readonly expected: string;
  /** Not to be set in the file. */
  readonly environmentOnly?: boolean;
  /** The value names a file or directory: a relative one counts from the directory of the configuration file. */
  readonly isPath?: boolean;
  /** The value names the file of a secret, and this variable may hold the secret itself. */
  readonly secretVariable?: string;
}

/** Settings by their key in the file; a section and its settings are parted by a dot: `tls.certFile`. */
export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** What was set; undefined where nothing usable was. */
export type SettingValues<S extends Settings> = {
  readonly [K in keyof S]: (S[K] extends Setting<infer T> ? T : never) | undefined;
};

const someText = z.pipe(
  z.string().check(z.trim(), z.minLength(1), z.maxLength(4096)),
  z.transform((value) => value),
);

/** Any text. `expected` says which. */
export function text(variable: string, expected = 'has to be a text.'): Setting<string> {
  return { variable, schema: someText, expected };
}

/** A text of a certain form. */
export function textLike(variable: string, pattern: RegExp, expected: string): Setting<string> {
  return { variable, schema: z.string().check(z.trim(), z.regex(pattern)), expected };
}

export function wholeNumber(variable: string, least: number, most: number): Setting<number> {
  const written = z.pipe(z.string().check(z.trim(), z.regex(/^-?\d{1,15}$/)), z.transform(Number));
  return {
    variable,
    schema: z.pipe(z.union([z.number(), written]), z.int().check(z.gte(least), z.lte(most))),
    expected: `has to be a number from ${least} to ${most}.`,
  };
}

export function flag(variable: string): Setting<boolean> {
  const written = z.pipe(
    z.string().check(z.trim(), z.toLowerCase(), z.regex(/^(?:1|true|yes|0|false|no)$/)),
    z.transform((value) => ['1', 'true', 'yes'].includes(value)),
  );
  const counted = z.pipe(
    z.literal([0, 1]),
    z.transform((value) => value === 1),
  );
  return { variable, schema: z.union([z.boolean(), written, counted]), expected: 'has to be true or false.' };
}

export function oneOf<const T extends string>(variable: string, choices: readonly T[]): Setting<T> {
  return { variable, schema: z.enum([...choices]), expected: `has to be one of ${choices.join(', ')}.` };
}

/** Several texts: a list in the file, commas between them in the variable. */
export function textList(variable: string, expected: string): Setting<readonly string[]> {
  const written = z.pipe(
    z.string(),
    z.transform((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    ),
  );
  return { variable, schema: z.union([z.array(someText), written]), expected };
}

/** An http or https address without user, query and fragment. */
export function httpAddress(variable: string, expected: string): Setting<URL> {
  return {
    variable,
    schema: z.pipe(
      someText.check(z.refine((value) => httpUrl(value) !== undefined)),
      z.transform((value) => new URL(value)),
    ),
    expected,
  };
}

/** A file or directory. */
export function path(variable: string, expected = 'has to name a file.'): Setting<string> {
  return { variable, schema: someText, expected, isPath: true };
}

/**
 * A secret: the file names a file whose first line it is, `secretVariable` may hold it itself. Give the key a name that
 * ends in `File`.
 */
export function secretFile(variable: string, secretVariable: string): Setting<SecretReference> {
  return {
    variable,
    schema: z.pipe(
      z.union([someText, z.strictObject({ env: z.string() })]),
      z.transform((value) => (typeof value === 'string' ? { file: value } : value)),
    ),
    expected: 'has to name the file that holds the secret.',
    isPath: true,
    secretVariable,
  };
}

/** The address, when it is a plain http or https one. */
export function httpUrl(written: string): URL | undefined {
  if (!URL.canParse(written)) return undefined;
  const url = new URL(written);
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return plain && (url.protocol === 'https:' || url.protocol === 'http:') ? url : undefined;
}
