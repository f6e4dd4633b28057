/** How many requests one user or one address may make. Counted in memory, per service instance. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { getPicture, putContactPicture } from '../../shared/api/pictures';
import { changePassword, putOwnPicture } from '../../shared/api/profile';
import { signInWithMicrosoft } from '../../shared/api/microsoft-sign-in';
import type { RouteDefinition } from '../../shared/api/route';
import { renewSession } from '../../shared/api/sessions';
import { ServiceError } from '../../shared/errors';

/** Requests per minute. */
export interface RateLimitSettings {
  /** Of one user, over all routes. Typing in the search field is some ten a second. */
  readonly user: number;
  /** Pictures that one user gets or brings; counted apart, so that their import leaves the rest alone. */
  readonly pictures: number;
  /** Attempts with a password or one-time code from one address; an office that starts work shares one. */
  readonly password: number;
  /** Renewals from one address: each pane that opens makes one. */
  readonly renewal: number;
  /** Other requests without a token, or with a wrong one, from one address. */
  readonly anonymous: number;
}

export const defaultRateLimits: RateLimitSettings = {
  user: 1800,
  pictures: 3000,
  password: 120,
  renewal: 6000,
  anonymous: 1200,
};

export interface RateLimits {
  /** Before the caller is known. Throws `rate-limited`. */
  beforeAuthentication(route: RouteDefinition, address: string): Promise<void>;
  /** A token was refused: guessing is counted. Throws `rate-limited`. */
  refusedToken(address: string): Promise<void>;
  /** Once the caller is known. Throws `rate-limited`. */
  ofUser(route: RouteDefinition, userId: string): Promise<void>;
}

export function createRateLimits(settings: RateLimitSettings): RateLimits {
  const perMinute = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  const user = perMinute(settings.user);
  const pictures = perMinute(settings.pictures);
  const password = perMinute(settings.password);
  // Each is decoded, and nobody changes his more often.
  const ownPictures = perMinute(30);
  const renewal = perMinute(settings.renewal);
  const anonymous = perMinute(settings.anonymous);
  return {
    async beforeAuthentication(route, address) {
      if (route.access !== 'public') return;
      // A signed token cannot be guessed, and each pane that opens in an office may send one.
      if (route.name === signInWithMicrosoft.name) await take(anonymous, address);
      // Without a session, only secrets are sent in a body: a password, a one-time code.
      else if (route.body !== undefined) await take(password, address);
      else if (route.name === renewSession.name) await take(renewal, address);
      else await take(anonymous, address);
    },
    refusedToken: (address) => take(anonymous, address),
    async ofUser(route, userId) {
      if (route.name === putOwnPicture.name) await take(ownPictures, userId);
      if (route.name === changePassword.name) await take(password, `user:${userId}`);
      const isPicture = route.name === getPicture.name || route.name === putContactPicture.name;
      await take(isPicture ? pictures : user, userId);
    },
  };
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw new ServiceError('rate-limited', 'Too many requests. Wait a moment.', {
      retryAfterMs: refused.msBeforeNext,
      cause: undefined,
    });
  }
}
