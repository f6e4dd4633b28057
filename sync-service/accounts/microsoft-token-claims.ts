/**
 * Whether the claims of a token whose signature is right make it a token for this service. Pure. Only version 2.0 is
 * taken: the registration says `requestedAccessTokenVersion: 2` (docs/sign-in-with-microsoft.md).
 */
import * as z from 'zod/mini';

/** What a token has to say. */
export interface ExpectedToken {
  /** Organisations whose accounts may sign in. */
  readonly tenantIds: readonly string[];
  readonly clientId: string;
  /** Application ID URI of this service; the other way in which `aud` may name it. */
  readonly appIdUri: string;
  /** Name of the scope, such as `access_as_user`. */
  readonly scope: string;
  /** Origin of the sign-in service, such as `https://login.microsoftonline.com`. */
  readonly authorityOrigin: string;
}

/** An account of Entra ID that a token proves. */
export interface MicrosoftAccount {
  readonly tenantId: string;
  readonly objectId: string;
  /** User principal name. It may change; only `objectId` identifies. */
  readonly name: string;
  /** The account is at home in another organisation and only a guest in this one. */
  readonly guest: boolean;
}

/** Why a token is refused: for the log, never for the caller. */
export type TokenRefusal =
  'malformed' | 'version' | 'tenant' | 'issuer' | 'audience' | 'client' | 'scope' | 'without-user';

const claimsSchema = z.object({
  ver: z.string(),
  tid: z.string(),
  iss: z.string(),
  aud: z.string(),
  azp: z.optional(z.string()),
  scp: z.optional(z.string()),
  oid: z.optional(z.string()),
  idp: z.optional(z.string()),
  idtyp: z.optional(z.string()),
  preferred_username: z.optional(z.string()),
});

/** Reads the claims; signature, algorithm and times have been checked. */
export function readTokenClaims(claims: unknown, expected: ExpectedToken): MicrosoftAccount | TokenRefusal {
  const read = claimsSchema.safeParse(claims);
  if (!read.success) return 'malformed';
  const { ver, tid, iss, aud, azp, scp, oid, idp, idtyp, preferred_username: name } = read.data;
  if (ver !== '2.0') return 'version';
  if (!expected.tenantIds.includes(tid)) return 'tenant';
  if (iss !== `${expected.authorityOrigin}/${tid}/v2.0`) return 'issuer';
  if (aud !== expected.clientId && aud !== expected.appIdUri) return 'audience';
  if (azp !== expected.clientId) return 'client';
  // An ID token has the same audience and no scope.
  if (scp?.split(' ').includes(expected.scope) !== true) return 'scope';
  if (idtyp === 'app' || oid === undefined || name === undefined || name === '') return 'without-user';
  return { tenantId: tid, objectId: oid, name, guest: idp !== undefined && idp !== iss };
}

/** The organisation that an unchecked token names: which keys to check it with. Undefined for what is no such token. */
export function tenantNamed(claims: unknown, expected: Pick<ExpectedToken, 'tenantIds'>): string | undefined {
  const read = z.object({ tid: z.string() }).safeParse(claims);
  return read.success && expected.tenantIds.includes(read.data.tid) ? read.data.tid : undefined;
}
