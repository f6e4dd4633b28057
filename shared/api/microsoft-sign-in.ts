/**
 * Signing in with Microsoft (DESIGN §8, §10). The pane gets an access token for this service's own scope from Entra ID and
 * exchanges it for an ordinary session. An ID token, or a token for Microsoft Graph, is refused.
 */
import * as z from 'zod/mini';
import { route } from './route';
import { sessionSchema } from './sessions';

/** Entra's access tokens have some 2 KB; with many groups up to 16. */
const accessTokenSchema = z.string().check(z.minLength(1), z.maxLength(20_000));

export const signInWithMicrosoft = route({
  name: 'signInWithMicrosoft',
  method: 'POST',
  path: '/sessions/microsoft',
  access: 'public',
  summary: "Sign in with an access token of Microsoft Entra ID for this service's scope. Also sets the renewal cookie.",
  body: z.object({ accessToken: accessTokenSchema }),
  status: 200,
  response: sessionSchema,
  errors: [
    'microsoft-token-refused',
    'microsoft-account-unknown',
    'microsoft-account-refused',
    'microsoft-unavailable',
    'not-found',
    'origin-refused',
  ],
});

export const linkMicrosoftAccount = route({
  name: 'linkMicrosoftAccount',
  method: 'POST',
  path: '/sessions/microsoft/link',
  access: 'public',
  summary: 'Sign in with user name and password, and from now on with this Microsoft account.',
  body: z.object({
    accessToken: accessTokenSchema,
    userName: z.string().check(z.minLength(1), z.maxLength(64)),
    password: z.string().check(z.minLength(1), z.maxLength(256)),
  }),
  status: 200,
  response: sessionSchema,
  errors: [
    'microsoft-token-refused',
    'microsoft-unavailable',
    'credentials-wrong',
    'sign-in-locked',
    'already-exists',
    'not-found',
    'origin-refused',
  ],
});

export const linkedMicrosoftAccountSchema = z.object({
  /** Name of the account, such as `anna@contoso.com`, as it was at its last sign-in. */
  name: z.string(),
  /** By a rule of the installation, or by the user with his password. */
  linkedBy: z.enum(['rule', 'user']),
  /** ISO 8601 UTC. */
  linkedAt: z.string(),
});
export type LinkedMicrosoftAccount = z.infer<typeof linkedMicrosoftAccountSchema>;

/** A password of one's own, the first one that an administrator gave out, or none. */
export const passwordKinds = ['own', 'initial', 'none'] as const;
export type PasswordKind = (typeof passwordKinds)[number];

export const signInWaysSchema = z.object({
  password: z.enum(passwordKinds),
  microsoftAccounts: z.array(linkedMicrosoftAccountSchema),
});
export type SignInWays = z.infer<typeof signInWaysSchema>;

export const getSignInWays = route({
  name: 'getSignInWays',
  method: 'GET',
  path: '/me/sign-in-ways',
  access: 'user',
  summary: 'How the caller can sign in: his password, and the Microsoft accounts that sign in as him.',
  status: 200,
  response: signInWaysSchema,
  errors: [],
});

export const unlinkMicrosoftAccounts = route({
  name: 'unlinkMicrosoftAccounts',
  method: 'DELETE',
  path: '/me/microsoft-accounts',
  access: 'user',
  summary: 'No Microsoft account signs in as the caller any more, until he links one again.',
  status: 204,
  errors: [],
});
