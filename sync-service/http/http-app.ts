/** The whole of what the service answers over HTTP, put together from what `app.ts` hands in. */
import express from 'express';
import type { Express, Router } from 'express';
import type { Logger } from 'pino';
import { apiBase } from '../../shared/api';
import { ServiceError } from '../../shared/errors';
import type { Authenticate } from './authentication';
import type { BoundRoute } from './binding';
import { createExpress } from './express-classes';
import { measureRequests } from './measure-requests';
import type { RequestAnswered } from './measure-requests';
import { createPanePages, drawNonce } from './pane-pages';
import type { PanePagesSettings } from './pane-pages';
import { createRateLimits, defaultRateLimits } from './rate-limits';
import type { RateLimitSettings } from './rate-limits';
import { answerProblems, correlate, createApiRouter } from './router';
import { apiHeaders, securityHeaders } from './security-headers';
import type { SecuritySettings } from './security-headers';

export interface HttpAppDeps {
  readonly routes: readonly BoundRoute[];
  readonly authenticate: Authenticate;
  readonly security: SecuritySettings;
  /** Path below which everything is served: empty, or such as `/contacts`. */
  readonly basePath: string;
  /** Express's "trust proxy": whose X-Forwarded-* headers are believed. False: nobody's. */
  readonly trustProxy: false | number | readonly string[];
  /** Absent: only the contract is served. */
  readonly pane?: PanePagesSettings;
  /** Further routers of the installation, behind the contract and before the pane. */
  readonly extraRouters?: readonly Router[];
  readonly rateLimits?: RateLimitSettings;
  readonly validateResponses: boolean;
  /** Version of the service, told with each answer: an open pane notices by it that it is of another one. */
  readonly version?: string;
  /** Hears of each request how it was answered; absent where nobody measures. */
  readonly requestAnswered?: RequestAnswered;
  readonly logger: Logger;
}

export function createHttpApp(deps: HttpAppDeps): Express {
  const app = createExpress();
  app.disable('x-powered-by');
  // Answers of the contract are not cached; the pane's files bring their own tags.
  app.disable('etag');
  app.set('trust proxy', typeof deps.trustProxy === 'object' ? [...deps.trustProxy] : deps.trustProxy);
  app.set('query parser', 'simple');
  if (deps.requestAnswered !== undefined) app.use(measureRequests(deps.requestAnswered));
  app.use(correlate(), drawNonce(), securityHeaders(deps.security));

  const inside = express.Router();
  inside.use(
    apiBase,
    apiHeaders(),
    createApiRouter({
      routes: deps.routes,
      authenticate: deps.authenticate,
      rateLimits: createRateLimits(deps.rateLimits ?? defaultRateLimits),
      logger: deps.logger,
      validateResponses: deps.validateResponses,
      ...(deps.version !== undefined && { version: deps.version }),
      clock: () => performance.now(),
    }),
  );
  for (const router of deps.extraRouters ?? []) inside.use(router);
  if (deps.pane !== undefined) inside.use(createPanePages(deps.pane));
  app.use(deps.basePath === '' ? '/' : deps.basePath, inside);

  app.use(() => {
    throw new ServiceError('not-found', 'There is nothing at this address.');
  });
  app.use(answerProblems(deps.logger));
  return app;
}
