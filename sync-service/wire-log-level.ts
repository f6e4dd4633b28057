/** Wires the level of the log: its routes, its line in the audit trail, and what follows it while the service runs. */
import type { Logger } from 'pino';
import { recordActs } from './accounts/audit-trail';
import type { Database } from './database/database';
import type { BoundRoute } from './http/binding';
import { logLevelRoutes } from './log-level/log-level.routes';
import { createLogLevels, createLogLevelWatch } from './log-level/log-level.service';
import type { LogLevels, LogLevelWatch } from './log-level/log-level.service';

export function openLogLevels(deps: {
  readonly database: Database;
  readonly now: () => Date;
  readonly newId: () => string;
}): LogLevels {
  return createLogLevels({
    ...deps,
    record: (transaction, actor, at) =>
      recordActs(transaction, { actor, at, newId: deps.newId }, [
        { action: 'log-level.changed', subject: 'installation' },
      ]),
  });
}

export function wireLogLevel(deps: {
  readonly database: Database;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly logger: Logger;
}): { readonly routes: BoundRoute[]; readonly watch: LogLevelWatch } {
  const { logger, now } = deps;
  // The log comes with the level of the configuration.
  const configured = logger.level;
  const levels = openLogLevels(deps);
  const watch = createLogLevelWatch({ levels, log: logger, configured, now });
  return { watch, routes: logLevelRoutes({ levels, watch, configured }) };
}
