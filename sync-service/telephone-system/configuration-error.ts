/** A site's configuration of its telephone system cannot be used. The message names the setting and what to mend, never a secret. */
export class ConfigurationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigurationError';
  }
}
