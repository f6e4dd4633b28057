/**
 * How an installation that starts empty gets its first administrator: with the one-time code that the service prints
 * at its start. The code is used up by this call; ten wrong ones lock it (`npm run manage -- first-administrator`).
 */
import * as z from 'zod/mini';
import { dialPlanSchema } from '../dial-plan';
import { signedInUserSchema } from '../profile';
import { route } from './route';

/** The site that the first administrator belongs to. Named only: an existing one. With dial plan: made in the same step. */
export const firstSiteSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  /** IANA name, such as `Europe/Berlin`; the service's own where absent. */
  timeZone: z.optional(z.string().check(z.maxLength(64))),
  /** Country code alone is enough; the rest is filled in by what is usual there. */
  dialPlan: z.optional(z.extend(z.partial(dialPlanSchema), { countryCode: dialPlanSchema.shape.countryCode })),
});
export type FirstSite = z.infer<typeof firstSiteSchema>;

export const createFirstAdministrator = route({
  name: 'createFirstAdministrator',
  method: 'POST',
  path: '/first-administrator',
  access: 'public',
  summary: 'Exchange the one-time code for the first administrator. Sign in afterwards.',
  body: z.object({
    code: z.string().check(z.minLength(1), z.maxLength(64)),
    userName: z.string().check(z.minLength(1), z.maxLength(64)),
    /** Chosen by the administrator; the policy of SET-3 holds. */
    password: z.string().check(z.minLength(1), z.maxLength(256)),
    displayName: z.string().check(z.trim(), z.minLength(1), z.maxLength(256)),
    /** May be left out where the installation has exactly one site. */
    site: z.optional(firstSiteSchema),
  }),
  status: 201,
  response: z.object({ user: signedInUserSchema }),
  errors: ['one-time-code-refused', 'password-too-weak', 'already-exists', 'not-found'],
});
