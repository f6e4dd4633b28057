import type * as z from 'zod/mini';

/** A site's configuration of its telephone system cannot be used. The message names the setting and what to mend, never a secret. */
export class ConfigurationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigurationError';
  }
}

/** Names the settings that are wrong; `subject` says of what. Values stay out of it: one of them may be a secret. */
export function configurationError(subject: string, { issues }: z.core.$ZodError): ConfigurationError {
  const wrong = issues.map((issue) => {
    const path = issue.path.join('.');
    return issue.code === 'unrecognized_keys' ? `there is no setting ${issue.keys.join(', ')}` : `${path} is not valid`;
  });
  return new ConfigurationError(`${subject} is not configured rightly: ${wrong.join('; ')}.`);
}
