/** Sites as administrators see them. */
import * as z from 'zod/mini';
import { dialPlanSchema } from '../dial-plan';
import { route } from './route';

export const administeredSiteSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** IANA name. */
  timeZone: z.string(),
  dialPlan: dialPlanSchema,
  /** Which telephone system; absent until it is configured. How it is reached is not shown. */
  telephoneSystem: z.optional(z.object({ kind: z.string() })),
  /** Days that journal entries are kept; the usual where absent. */
  journalDays: z.optional(z.number()),
});
export type AdministeredSite = z.infer<typeof administeredSiteSchema>;

export const listSites = route({
  name: 'listSites',
  method: 'GET',
  path: '/administration/sites',
  access: 'admin',
  summary: 'All sites.',
  status: 200,
  response: z.object({ items: z.array(administeredSiteSchema) }),
  errors: [],
});
