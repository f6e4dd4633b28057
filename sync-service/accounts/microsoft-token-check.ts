/** Checks access tokens of Entra ID: signature by today's keys of the organisation, times, and what they say. */
import { createRemoteJWKSet, customFetch, decodeJwt, errors, jwtVerify } from 'jose';
import type { FetchImplementation, JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';
import { ServiceError } from '../../shared/errors';
import { readTokenClaims, tenantNamed } from './microsoft-token-claims';
import type { ExpectedToken, MicrosoftAccount } from './microsoft-token-claims';

/** Seconds by which the clocks may differ. */
export const clockToleranceSeconds = 60;

/** Milliseconds between two fetches for a key that is not known: keys rotate, and strangers make keys up. */
export const keysCooldownMs = 30_000;

/** Three parts of base64url and nothing around them: the library would also take spaces and padding at the end. */
const tokenForm = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Milliseconds after which known keys are fetched again. */
const keysMaxAgeMs = 12 * 60 * 60_000;

export interface MicrosoftTokenCheck {
  /** The account that the token proves. Errors: `microsoft-token-refused`, `microsoft-unavailable`. */
  check(accessToken: string): Promise<MicrosoftAccount>;
}

export function createMicrosoftTokenCheck(deps: {
  readonly expected: ExpectedToken;
  readonly fetch: FetchImplementation;
  readonly now: () => Date;
  readonly logger: Logger;
}): MicrosoftTokenCheck {
  const { expected, logger } = deps;
  const keys = new Map<string, JWTVerifyGetKey>(
    expected.tenantIds.map((tenantId) => [
      tenantId,
      createRemoteJWKSet(new URL(`${expected.authorityOrigin}/${tenantId}/discovery/v2.0/keys`), {
        cooldownDuration: keysCooldownMs,
        cacheMaxAge: keysMaxAgeMs,
        timeoutDuration: 5000,
        [customFetch]: notAgainAtOnce(deps.fetch),
      }),
    ]),
  );
  const refused = (reason: string) => {
    logger.warn({ reason }, 'a Microsoft token was refused');
    return new ServiceError(
      'microsoft-token-refused',
      'This is no valid Microsoft token for this service. Sign in again.',
    );
  };

  return {
    async check(accessToken) {
      if (!tokenForm.test(accessToken)) throw refused('malformed');
      let keysOfTenant: JWTVerifyGetKey | undefined;
      try {
        // Only for an organisation of ours keys are fetched: a stranger cannot make us ask for others.
        keysOfTenant = keys.get(tenantNamed(decodeJwt(accessToken), expected) ?? '');
      } catch (error) {
        if (!(error instanceof errors.JOSEError) && !(error instanceof TypeError)) throw error;
        throw refused('malformed');
      }
      if (keysOfTenant === undefined) throw refused('tenant');
      const claims = await verified(accessToken, keysOfTenant);
      const read = readTokenClaims(claims, expected);
      if (typeof read === 'string') throw refused(read);
      return read;
    },
  };

  async function verified(accessToken: string, keysOfTenant: JWTVerifyGetKey): Promise<unknown> {
    try {
      const { payload } = await jwtVerify(accessToken, keysOfTenant, {
        algorithms: ['RS256'],
        clockTolerance: clockToleranceSeconds,
        currentDate: deps.now(),
        requiredClaims: ['exp', 'nbf', 'iat'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || error instanceof KeysUnreachable || isBadAnswer(error)) {
        logger.error({ err: error }, "Microsoft's signing keys could not be fetched");
        throw new ServiceError(
          'microsoft-unavailable',
          "Microsoft's signing keys cannot be fetched just now. Try again, or sign in with user name and password.",
          { retryAfterMs: keysCooldownMs, cause: error },
        );
      }
      if (!(error instanceof errors.JOSEError)) throw error;
      throw refused(error.code);
    }
  }
}

/** jose says that the answer was no key set by its plain error. */
function isBadAnswer(error: unknown): boolean {
  return (
    (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC') || error instanceof errors.JWKSInvalid
  );
}

/** The place of the keys does not answer. */
class KeysUnreachable extends Error {}

/** After a failure the next fetches fail at once for a moment: a flood of tokens must not become one of fetches. */
function notAgainAtOnce(fetching: FetchImplementation): FetchImplementation {
  let failedAt = -Infinity;
  return async (url, options) => {
    if (performance.now() - failedAt < 5000) throw new KeysUnreachable('It failed a moment ago.');
    try {
      const answer = await fetching(url, options);
      if (answer.status !== 200) failedAt = performance.now();
      return answer;
    } catch (error) {
      failedAt = performance.now();
      throw new KeysUnreachable('The signing keys cannot be fetched.', { cause: error });
    }
  };
}
