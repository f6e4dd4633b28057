/** Routes of `shared/api/sessions.ts`, and the change of the password, which begins a new session. */
import { changePassword } from '../../shared/api/profile';
import { renewSession, signIn, signOut } from '../../shared/api/sessions';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import { renewalCookieHeader, renewalCookieName } from './renewal-cookie';
import type { RenewalCookieSettings } from './renewal-cookie';
import type { SessionAnswers } from './session-answers';
import type { SessionService } from './session.service';

export function sessionsRoutes(
  service: SessionService,
  cookie: RenewalCookieSettings,
  answers: SessionAnswers,
): BoundRoute[] {
  const { refuseForeignOrigin, answer } = answers;
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
