/** What every route that begins or renews a session does: refuse foreign pages, and hand the renewal cookie out. */
import type { Session } from '../../shared/api/sessions';
import { ServiceError } from '../../shared/errors';
import type { RequestContext } from '../http/binding';
import { renewalCookieHeader } from './renewal-cookie';
import type { RenewalCookieSettings } from './renewal-cookie';
import { sessionMs } from './session.service';
import type { IssuedSession } from './session.service';

/** What of a request the check of its origin looks at. */
export type OriginCheck = (request: { header(name: string): string | undefined }) => boolean;

export interface SessionAnswers {
  /** Throws `origin-refused` for a page of another origin. */
  readonly refuseForeignOrigin: (context: RequestContext<unknown>) => void;
  /** The session as the answer's body, its cookie as header. */
  readonly answer: (issued: IssuedSession, context: RequestContext<unknown>) => Session;
}

export function createSessionAnswers(cookie: RenewalCookieSettings, isOwnOrigin: OriginCheck): SessionAnswers {
  return {
    refuseForeignOrigin(context) {
      if (isOwnOrigin(context)) return;
      throw new ServiceError('origin-refused', 'Sessions are begun and renewed by pages of this installation only.');
    },
    answer(issued, context) {
      if (issued.renewalCookie !== undefined) {
        context.setHeader('Set-Cookie', renewalCookieHeader(cookie, issued.renewalCookie, sessionMs));
      }
      return issued.session;
    },
  };
}
