/** Notices what the administrator's command line changed beside the running service, by one row read every two seconds. */
import type { Logger } from 'pino';

/** Milliseconds until a change by another process is noticed at the latest. */
const intervalMs = 2000;

export interface PeopleWatch {
  start(): void;
  stop(): void;
}

export function watchPeople(deps: {
  /** Changes with every change of sites, users and devices. */
  readonly version: () => Promise<string>;
  readonly changed: () => Promise<void>;
  readonly logger: Logger;
}): PeopleWatch {
  let timer: NodeJS.Timeout | undefined;
  let seen: string | undefined;

  async function look(): Promise<void> {
    try {
      const version = await deps.version();
      if (seen !== undefined && version !== seen) await deps.changed();
      seen = version;
    } catch (error) {
      // The database is away for a moment; the next look tries again.
      deps.logger.warn({ err: error }, 'changes of users could not be looked for');
    }
    if (timer !== undefined) timer = setTimeout(() => void look(), intervalMs).unref();
  }

  return {
    start() {
      timer = setTimeout(() => void look(), 0).unref();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
