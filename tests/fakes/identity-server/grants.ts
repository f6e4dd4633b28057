/** Authorization codes and refresh tokens that have been given out. */
import { randomBytes } from 'node:crypto';
import type { AuthorizeRequest } from './authorize';
import { EntraError } from './entra-error';
import type { IdentityUser, RegisteredApp } from './tenants';

const codeMs = 10 * 60_000;
export const spaRefreshSeconds = 86_400;
const webRefreshMs = 90 * 86_400_000;

interface Code {
  readonly request: AuthorizeRequest;
  readonly user: IdentityUser;
  readonly until: number;
  redeemed: boolean;
}

export interface RefreshGrant {
  readonly app: RegisteredApp;
  readonly user: IdentityUser;
  readonly spa: boolean;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export function createGrants(now: () => number) {
  const codes = new Map<string, Code>();
  const refreshTokens = new Map<string, RefreshGrant>();
  const secret = (prefix: string) => `${prefix}.${randomBytes(48).toString('base64url')}`;
  return {
    addCode(grant: Pick<Code, 'request' | 'user'>): string {
      const code = secret('1.code');
      codes.set(code, { ...grant, until: now() + codeMs, redeemed: false });
      return code;
    },
    /** @throws EntraError for a code that is unknown, used or too old. */
    redeem(code: string): Code {
      const found = codes.get(code);
      if (found === undefined) throw new EntraError('AADSTS70000');
      if (found.redeemed) throw new EntraError('AADSTS54005');
      if (found.until < now()) throw new EntraError('AADSTS70008');
      found.redeemed = true;
      return found;
    },
    /** A page's refresh tokens end together 24 hours after the sign-in; others are good for 90 days each. */
    addRefreshToken(grant: Omit<RefreshGrant, 'until'> & { readonly until?: number }): string {
      const token = secret('1.refresh');
      const until = grant.until ?? now() + (grant.spa ? spaRefreshSeconds * 1000 : webRefreshMs);
      refreshTokens.set(token, { ...grant, until });
      return token;
    },
    /** As at Microsoft an older refresh token stays good until its own end. */
    findRefreshToken(token: string): RefreshGrant {
      const found = refreshTokens.get(token);
      if (found === undefined) throw new EntraError('AADSTS70000');
      if (found.until < now()) throw new EntraError(found.spa ? 'AADSTS700084' : 'AADSTS700082');
      return found;
    },
    /** Every refresh token of the user ends, as when an administrator revokes his sessions. */
    revoke(user: IdentityUser): void {
      for (const [token, grant] of refreshTokens) {
        if (grant.user === user) refreshTokens.set(token, { ...grant, until: 0 });
      }
    },
  };
}

export type Grants = ReturnType<typeof createGrants>;
