/** A secret in a site's configuration is never written there; only where it is to be found. */
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { ConfigurationError } from './configuration-error';

export const secretReferenceSchema = z.union([
  /** Name of an environment variable. */
  z.strictObject({ env: z.string().check(z.regex(/^[A-Z][A-Z0-9_]{0,63}$/)) }),
  /** A file whose first line is the secret. */
  z.strictObject({ file: z.string().check(z.minLength(1), z.maxLength(1024)) }),
]);
export type SecretReference = z.infer<typeof secretReferenceSchema>;

/** Finds a secret; throws {@link ConfigurationError} when it is not there. */
export type SecretReader = (reference: SecretReference) => string;

/** Reads secrets from this environment and from files. */
export function createSecretReader(environment: Readonly<Record<string, string | undefined>>): SecretReader {
  return (reference) => {
    const where = 'env' in reference ? `the environment variable ${reference.env}` : `the file ${reference.file}`;
    let secret: string | undefined;
    try {
      secret =
        'env' in reference ? environment[reference.env] : readFileSync(reference.file, 'utf8').split(/\r?\n/, 1)[0];
    } catch {
      throw new ConfigurationError(`A secret cannot be read: ${where} is not there or not readable.`);
    }
    if (secret === undefined || secret === '') throw new ConfigurationError(`A secret is missing: ${where} is empty.`);
    return secret;
  };
}
