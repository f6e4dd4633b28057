/** Access tokens of the demo mailbox: issued, expired and revoked as Microsoft's are. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { GraphError } from './graph-error';
import type { TokenSeal } from './sealed-tokens';

export interface AccessTokens {
  issue(address: string, lifetimeMs: number): string;
  revoke(address: string): void;
  /** The mailbox address that an `Authorization` header opens. @throws GraphError 401 */
  check(authorization: string | undefined): string;
}

const tokenSchema = z.object({ use: z.literal('access'), address: z.string(), expires: z.number(), issue: z.number() });

/** Makes the issuer; `now` decides what has expired. */
export function createAccessTokens(seal: TokenSeal, now: () => Date): AccessTokens {
  const issues = new Map<string, number>();
  const issueOf = (address: string): number => issues.get(address) ?? 0;
  return {
    issue: (address, lifetimeMs) =>
      seal.seal({
        use: 'access',
        address,
        expires: now().getTime() + lifetimeMs,
        issue: issueOf(address),
        id: randomUUID(),
      }),
    revoke: (address) => void issues.set(address, issueOf(address) + 1),
    check(authorization) {
      const [scheme, token, ...rest] = (authorization ?? '').split(' ');
      if (token === undefined || token === '') throw unauthorized('Access token is empty.');
      if (scheme?.toLowerCase() !== 'bearer' || rest.length > 0) throw unauthorized('Access token validation failure.');
      const content = tokenSchema.safeParse(seal.open(token));
      if (!content.success) throw unauthorized('Access token validation failure. Invalid signature.');
      const { address, issue, expires } = content.data;
      if (issue < issueOf(address)) throw unauthorized('The token has been revoked.');
      if (expires <= now().getTime()) throw unauthorized('Lifetime validation failed, the token is expired.');
      return address;
    },
  };
}

function unauthorized(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message);
}
