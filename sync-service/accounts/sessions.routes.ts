/** Routes of `shared/api/sessions.ts`, and the change of the password, which begins a new session. */
import { changePassword } from '../../shared/api/profile';
import { renewSession, signIn, signOut } from '../../shared/api/sessions';
import type { Session } from '../../shared/api/sessions';
import { ServiceError } from '../../shared/errors';
import { bind } from '../http/binding';
import type { BoundRoute, RequestContext } from '../http/binding';
import { renewalCookieHeader, renewalCookieName } from './renewal-cookie';
import type { RenewalCookieSettings } from './renewal-cookie';
import { sessionMs } from './session.service';
import type { IssuedSession, SessionService } from './session.service';

/** What of a request the check of its origin looks at. */
export type OriginCheck = (request: { header(name: string): string | undefined }) => boolean;

export function sessionsRoutes(
  service: SessionService,
  cookie: RenewalCookieSettings,
  isOwnOrigin: OriginCheck,
): BoundRoute[] {
  function refuseForeignOrigin(context: RequestContext<unknown>): void {
    if (isOwnOrigin(context)) return;
    throw new ServiceError('origin-refused', 'Sessions are begun and renewed by pages of this installation only.');
  }

  /** The session as the answer's body, its cookie as header. */
  function answer(issued: IssuedSession, context: RequestContext<unknown>): Session {
    if (issued.renewalCookie !== undefined) {
      context.setHeader('Set-Cookie', renewalCookieHeader(cookie, issued.renewalCookie, sessionMs));
    }
    return issued.session;
  }

  return [
    bind(signIn, async ({ body }, context) => {
      refuseForeignOrigin(context);
      return answer(await service.signIn(body, context.clientAddress), context);
    }),
    bind(renewSession, async (_input, context) => {
      refuseForeignOrigin(context);
      return answer(await service.renew(context.cookie(renewalCookieName)), context);
    }),
    bind(signOut, async (_input, context) => {
      await service.signOut(context.caller.sessionId);
      context.setHeader('Set-Cookie', renewalCookieHeader(cookie, '', 0));
      return undefined;
    }),
    bind(changePassword, async ({ body }, context) => {
      refuseForeignOrigin(context);
      const caller = { userId: context.caller.user.id, sessionId: context.caller.sessionId };
      return answer(await service.changePassword(caller, body, context.clientAddress), context);
    }),
  ];
}
