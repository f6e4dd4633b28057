/** Wires signing in with Microsoft, where the configuration names what it needs. */
import type { Logger } from 'pino';
import type { AccountDirectory } from './accounts/account-directory';
import { createMicrosoftLinks, createMicrosoftSignIn } from './accounts/microsoft-sign-in.service';
import type { UserMapping } from './accounts/microsoft-sign-in.service';
import { microsoftSignInRoutes } from './accounts/microsoft-sign-in.routes';
import { createMicrosoftTokenCheck } from './accounts/microsoft-token-check';
import type { SessionAnswers } from './accounts/session-answers';
import type { SessionService } from './accounts/session.service';
import type { Database } from './database/database';
import type { BoundRoute } from './http/binding';

/** What of the configuration concerns it. */
export interface MicrosoftSignInConfig {
  readonly clientId: string;
  /** Address of the sign-in service with the organisation, `https://login.microsoftonline.com/…`. */
  readonly authority: string;
  /** The organisation whose accounts may sign in. */
  readonly tenantId?: string;
  /** `api://…/access_as_user` */
  readonly apiScope?: string;
  readonly userMapping?: UserMapping;
}

/** What the pane has to know to sign in with Microsoft; undefined where the installation does not offer it. */
export function microsoftSignInFacts(
  config: MicrosoftSignInConfig | undefined,
): { readonly scope: string; readonly tenantId: string } | undefined {
  if (config?.apiScope === undefined || config.tenantId === undefined) return undefined;
  return { scope: config.apiScope, tenantId: config.tenantId.toLowerCase() };
}

export function wireMicrosoft(deps: {
  readonly config: MicrosoftSignInConfig | undefined;
  readonly database: Database;
  readonly sessions: SessionService;
  readonly accounts: AccountDirectory;
  readonly answers: SessionAnswers;
  readonly fetch: typeof fetch;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly logger: Logger;
}): BoundRoute[] {
  const { config, logger, now } = deps;
  const facts = microsoftSignInFacts(config);
  return microsoftSignInRoutes({
    links: createMicrosoftLinks({ ...deps, endSessions: (userId) => deps.sessions.endSessionsOf(userId) }),
    accounts: deps.accounts,
    answers: deps.answers,
    signIn:
      config === undefined || facts === undefined
        ? undefined
        : createMicrosoftSignIn({
            ...deps,
            mapping: config.userMapping ?? 'email',
            tokens: createMicrosoftTokenCheck({
              expected: {
                tenantIds: [facts.tenantId],
                clientId: config.clientId,
                appIdUri: facts.scope.slice(0, facts.scope.lastIndexOf('/')),
                scope: facts.scope.slice(facts.scope.lastIndexOf('/') + 1),
                authorityOrigin: new URL(config.authority).origin,
              },
              fetch: (url, options) => deps.fetch(url, options),
              now,
              logger,
            }),
          }),
  });
}
