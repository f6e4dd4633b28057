/** Routes of `shared/api/log-level.ts`. */
import { changeLogLevel, getLogLevel } from '../../shared/api/log-level';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import { logLevelState } from './log-level.service';
import type { LogLevels, LogLevelWatch } from './log-level.service';

export function logLevelRoutes(deps: {
  readonly levels: LogLevels;
  readonly watch: Pick<LogLevelWatch, 'look'>;
  readonly configured: string;
}): BoundRoute[] {
  const { levels, watch, configured } = deps;
  return [
    bind(getLogLevel, async () => logLevelState(configured, await levels.wish())),
    bind(changeLogLevel, async ({ body }, { caller }) => {
      const wish = await levels.choose(caller.user.id, body.level ?? undefined);
      await watch.look();
      return logLevelState(configured, wish);
    }),
  ];
}
