/** The service's HTTP stack with sign-in by the tokens of an identity server. */
import { randomUUID } from 'node:crypto';
import { apiBase } from '../../shared/api';
import { createLogger } from '../../sync-service/logger';
import { wireMicrosoft } from '../../sync-service/wire-microsoft';
import type { MicrosoftSignInConfig } from '../../sync-service/wire-microsoft';
import type { IdentityServer, RegisteredApp } from '../fakes/identity-server';
import { startService } from './start-service';

export type MicrosoftService = Awaited<ReturnType<typeof startMicrosoftService>>;

export async function startMicrosoftService(options: {
  readonly entra: IdentityServer;
  readonly tenant: string;
  readonly app: RegisteredApp;
  readonly clock: { readonly time: number };
  readonly mapping?: MicrosoftSignInConfig['userMapping'];
}) {
  const { entra, tenant, app } = options;
  const log: string[] = [];
  const logger = createLogger('debug', { write: (line: string) => void log.push(line) });
  let broken = false;
  let fetches = 0;
  const service = await startService({
    startAt: options.clock.time,
    routes: ({ database, now, sessions, accounts, answers }) =>
      wireMicrosoft({
        config: {
          clientId: app.clientId,
          authority: entra.authority(tenant),
          tenantId: tenant,
          apiScope: `${app.appIdUri}/access_as_user`,
          ...(options.mapping && { userMapping: options.mapping }),
        },
        database,
        sessions,
        accounts,
        answers,
        fetch: (input, init) => {
          fetches += 1;
          return broken ? Promise.reject(new TypeError('fetch failed')) : entra.fetch(input, init);
        },
        now,
        newId: randomUUID,
        logger,
      }),
  });
  const realNow = Date.now;
  return {
    ...service,
    apiBase,
    log,
    fetches: () => fetches,
    /** Microsoft cannot be reached from now on. */
    breakFetch() {
      broken = true;
    },
    /** The library that keeps the keys looks at the machine's clock: it is moved on until the service ends. */
    passForKeys(ms: number) {
      Date.now = () => realNow() + ms;
    },
    async stop() {
      Date.now = realNow;
      await service.stop();
    },
  };
}
