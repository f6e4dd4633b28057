/** The audit trail: what administrators did, and sign-ins that failed. Who, when, what, to whom; no contents. */
import * as z from 'zod/mini';
import { pageQuery } from './common';
import { route } from './route';

/** Somebody or something by id; the name of today, absent where it is not there any more. */
const named = z.object({ id: z.string(), name: z.optional(z.string()) });

export const auditEntrySchema = z.object({
  id: z.string(),
  at: z.string(),
  /** Object and what happened to it, such as `user.disabled`. */
  action: z.string(),
  /** Failed sign-ins of an hour are one entry. */
  times: z.number(),
  /** A user, or `manage` (command line), `service`, `first-administrator`, `sign-in`. */
  actor: named,
  /** What it was done to; `installation` or `unknown` where it is none of the installation's objects. */
  subject: named,
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const listAuditTrail = route({
  name: 'listAuditTrail',
  method: 'GET',
  path: '/administration/audit-trail',
  access: 'admin',
  summary: 'The audit trail, newest first, page by page.',
  query: pageQuery,
  status: 200,
  response: z.object({ items: z.array(auditEntrySchema), nextCursor: z.optional(z.string()) }),
  errors: [],
});
