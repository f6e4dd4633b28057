/** Who calls: handed to the router by `app.ts`, so that it knows nothing of sessions. */
import type { Caller } from './binding';

/** The caller, and whether all he may do is change his initial password. */
export interface AuthenticatedCaller extends Caller {
  readonly mustChangePassword: boolean;
}

/** Undefined when the bearer token is unknown or has run out, or its session has ended. */
export type Authenticate = (token: string) => Promise<AuthenticatedCaller | undefined>;

/** The token of an `Authorization: Bearer` header (RFC 6750 §2.1); undefined when there is none. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer +([A-Za-z0-9._~+/-]{1,512}=*) *$/i.exec(header ?? '')?.[1];
}
