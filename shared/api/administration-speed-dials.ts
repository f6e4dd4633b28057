/** Speed dials, the entries of the system directory, as administrators see them. */
import * as z from 'zod/mini';
import { idParams, pageQuery } from './common';
import { route } from './route';

export const administeredSpeedDialSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** As it was written. */
  number: z.string(),
  /** Name of the site. */
  site: z.string(),
});
export type AdministeredSpeedDial = z.infer<typeof administeredSpeedDialSchema>;

const text = (max: number) => z.string().check(z.maxLength(max));

export const listSpeedDials = route({
  name: 'listSpeedDials',
  method: 'GET',
  path: '/administration/speed-dials',
  access: 'admin',
  summary: 'Speed dials by site and name, page by page; those that `q` fits.',
  query: z.extend(pageQuery, {
    /** Beginnings of words of name, number or site. */
    q: z.optional(text(200)),
  }),
  status: 200,
  response: z.object({ items: z.array(administeredSpeedDialSchema), nextCursor: z.optional(z.string()) }),
  errors: [],
});

export const addSpeedDial = route({
  name: 'addSpeedDial',
  method: 'POST',
  path: '/administration/speed-dials',
  access: 'admin',
  summary: 'Add a speed dial; its number may be written in any form that the site can read.',
  body: z.object({
    name: text(256),
    number: text(256),
    /** Name of the site; may be left out where there is exactly one. */
    site: z.optional(text(100)),
  }),
  status: 201,
  response: administeredSpeedDialSchema,
  errors: ['already-exists', 'not-found'],
});

export const changeSpeedDial = route({
  name: 'changeSpeedDial',
  method: 'PATCH',
  path: '/administration/speed-dials/{id}',
  access: 'admin',
  summary: 'Change a speed dial; what is left out stays.',
  params: idParams,
  body: z.object({ name: z.optional(text(256)), number: z.optional(text(256)) }),
  status: 200,
  response: administeredSpeedDialSchema,
  errors: ['not-found', 'already-exists'],
});

export const removeSpeedDial = route({
  name: 'removeSpeedDial',
  method: 'DELETE',
  path: '/administration/speed-dials/{id}',
  access: 'admin',
  summary: 'Remove a speed dial.',
  params: idParams,
  status: 204,
  errors: ['not-found'],
});
