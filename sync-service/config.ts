/**
 * The service's configuration, read once, at the start: from the environment, and from a file for what the environment
 * leaves open. This is the only place besides the entry points that looks at either. Whatever is wrong is told by the
 * line of the file or the name of the variable, with what to do.
 *
 * A new setting: a line in the settings of its section in `configuration/`, its field in that section's config, and a line
 * in `docs/examples/mycontacts.yaml` (a test holds them together).
 */
import { ConfigError } from './configuration/config-error';
import type { ConfigFile } from './configuration/config-file';
import { microsoftSettings, resolveMicrosoft } from './configuration/microsoft-settings';
import type { MicrosoftConfig } from './configuration/microsoft-settings';
import { operationSettings, resolveOperation } from './configuration/operation-settings';
import type { OperationConfig } from './configuration/operation-settings';
import { outlookSettings, resolveOutlook } from './configuration/outlook-settings';
import type { OutlookConfig } from './configuration/outlook-settings';
import { reachSettings, resolveReach } from './configuration/reach-settings';
import type { ReachConfig } from './configuration/reach-settings';
import { readSettings } from './configuration/read-settings';
import type { Environment } from './configuration/read-settings';
import { resolveStorage, storageSettings } from './configuration/storage-settings';
import type { StorageConfig } from './configuration/storage-settings';

export { ConfigError };
export { officeJsCdn, officeJsLocalPath } from './configuration/outlook-settings';

export interface Config extends ReachConfig, StorageConfig, OutlookConfig, OperationConfig {
  /** Absent where the installation has no Microsoft 365. */
  readonly microsoft?: MicrosoftConfig;
}

/** Every setting by its key in the file. */
export const allSettings = {
  ...reachSettings,
  ...storageSettings,
  ...outlookSettings,
  ...microsoftSettings,
  ...operationSettings,
};

/** Reads the configuration; the environment overrides the file. @throws ConfigError naming everything that is wrong. */
export function readConfig(environment: Environment, file?: ConfigFile): Config {
  const { values, problems } = readSettings(allSettings, environment, file);
  const reach = resolveReach(values, problems);
  const microsoft = resolveMicrosoft(values, problems);
  const config = {
    ...reach,
    ...resolveStorage(values, problems, environment),
    ...resolveOutlook(values, problems, reach.basePath),
    ...(microsoft !== undefined && { microsoft }),
    ...resolveOperation(values, problems),
  };
  problems.throwIfAny();
  return config;
}

/**
 * Where the data is, for a command line. Of the environment only the variables of that are looked at: a mistake in the
 * service's other variables is told by the service. The file is checked whole, so that a misspelt key does not lead to
 * another database.
 */
export function readStorageConfig(environment: Environment, file?: ConfigFile): StorageConfig {
  const variables = Object.values(storageSettings).flatMap((setting) => [
    setting.variable,
    ...('secretVariable' in setting ? [setting.secretVariable] : []),
  ]);
  const storage = Object.fromEntries(variables.map((variable) => [variable, environment[variable]]));
  const { values, problems } = readSettings(allSettings, storage, file);
  const config = resolveStorage(values, problems, storage);
  problems.throwIfAny();
  return config;
}
