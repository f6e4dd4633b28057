/** What an operator watches: the log, and figures for Prometheus. */
import { logLevels } from '../logger';
import type { LogLevel } from '../logger';
import type { Problems } from './read-settings';
import { oneOf, text, wholeNumber } from './setting';
import type { SettingValues } from './setting';

export interface OperationConfig {
  readonly logLevel: LogLevel;
  /** Where figures for Prometheus are served; absent where nobody asked for them. */
  readonly metrics?: { readonly host: string; readonly port: number };
}

export const operationSettings = {
  logLevel: oneOf('LOG_LEVEL', logLevels),
  'metrics.port': wholeNumber('METRICS_PORT', 0, 65_535),
  'metrics.host': text('METRICS_HOST', 'has to be an address of this machine, such as 127.0.0.1.'),
};

export function resolveOperation(
  values: SettingValues<typeof operationSettings>,
  { wrong, isWrong }: Problems<typeof operationSettings>,
): OperationConfig {
  const port = values['metrics.port'];
  const host = values['metrics.host'];
  if (port === undefined && host !== undefined && !isWrong('metrics.port')) {
    wrong('metrics.port', 'name the port on which the figures are served, such as 9464.');
  }
  return {
    logLevel: values.logLevel ?? 'info',
    ...(port !== undefined && { metrics: { host: host ?? '127.0.0.1', port } }),
  };
}
