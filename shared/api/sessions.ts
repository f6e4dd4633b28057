/**
 * Sessions (DESIGN §3): the access token lives 15 minutes in memory; the cookie, HttpOnly and limited to the renewal's
 * path, is rotated at each renewal; a cookie used twice revokes its whole family.
 */
import * as z from 'zod/mini';
import { signedInUserSchema } from '../profile';
import { route } from './route';

export const sessionSchema = z.object({
  /** Bearer token. Keep it in memory only. */
  token: z.string(),
  /** When the token runs out. ISO 8601 UTC. */
  expiresAt: z.string(),
  /** The initial password must be changed before anything else (SET-3). */
  mustChangePassword: z.boolean(),
  user: signedInUserSchema,
  /** What proved who the user is when the session began. */
  signedInBy: z.enum(['password', 'microsoft']),
  /** Name of the Microsoft account that it began with, such as `anna@contoso.com`. */
  microsoftAccount: z.optional(z.string()),
});
export type Session = z.infer<typeof sessionSchema>;

export const signIn = route({
  name: 'signIn',
  method: 'POST',
  path: '/sessions',
  access: 'public',
  summary: 'Sign in with user name and password. Also sets the renewal cookie.',
  body: z.object({
    userName: z.string().check(z.minLength(1), z.maxLength(64)),
    password: z.string().check(z.minLength(1), z.maxLength(256)),
  }),
  status: 200,
  response: sessionSchema,
  errors: ['credentials-wrong', 'sign-in-locked', 'origin-refused'],
});

export const renewSession = route({
  name: 'renewSession',
  method: 'POST',
  path: '/sessions/renew',
  access: 'public',
  summary: 'A new access token for the renewal cookie, which is rotated.',
  status: 200,
  response: sessionSchema,
  errors: ['session-ended', 'origin-refused'],
});

export const signOut = route({
  name: 'signOut',
  method: 'DELETE',
  path: '/sessions/current',
  access: 'user',
  summary: 'Sign out: the session and its renewal cookie end.',
  status: 204,
  beforePasswordChange: true,
  errors: [],
});
