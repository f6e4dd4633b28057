/** Sites as administrators see them. */
import * as z from 'zod/mini';
import { dialPlanSchema } from '../dial-plan';
import { idParams } from './common';
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
  /** Users of the site, disabled ones included. A site that has some is not removed. */
  users: z.number(),
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

const text = (max: number) => z.string().check(z.maxLength(max));

/** What may be said of a site. The telephone system is connected on the command line: secrets stand in its settings. */
const siteFields = {
  /** IANA name; the machine's where it is left out for a new site. */
  timeZone: z.optional(text(64)),
  /** What is left out of a new site's is what is usual in the country. */
  dialPlan: z.optional(z.partial(dialPlanSchema)),
  journalDays: z.optional(z.int().check(z.gte(1), z.lte(3650))),
};

export const addSite = route({
  name: 'addSite',
  method: 'POST',
  path: '/administration/sites',
  access: 'admin',
  summary: 'Add a site; of its dial plan the country code is needed.',
  body: z.object({ name: text(100), ...siteFields }),
  status: 201,
  response: administeredSiteSchema,
  errors: ['already-exists'],
});

export const changeSite = route({
  name: 'changeSite',
  method: 'PATCH',
  path: '/administration/sites/{id}',
  access: 'admin',
  summary: 'Change a site; what is left out stays. Numbers are read anew where the dial plan differs.',
  params: idParams,
  body: z.object({ name: z.optional(text(100)), ...siteFields }),
  status: 200,
  response: administeredSiteSchema,
  errors: ['not-found', 'already-exists'],
});

export const removeSite = route({
  name: 'removeSite',
  method: 'DELETE',
  path: '/administration/sites/{id}',
  access: 'admin',
  summary: 'Remove a site that has no users, with its groups and speed dials.',
  params: idParams,
  status: 204,
  errors: ['not-found', 'site-not-empty'],
});
