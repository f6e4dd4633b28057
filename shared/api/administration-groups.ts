/** Groups of telephones as administrators see them. */
import * as z from 'zod/mini';
import { idParams, pageQuery } from './common';
import { route } from './route';

export const administeredGroupSchema = z.object({
  id: z.string(),
  name: z.string(),
  extension: z.string(),
  /** Name of the site. */
  site: z.string(),
  /** "Show in phone book" (DIR-1). */
  inDirectory: z.boolean(),
  /** User names. */
  members: z.array(z.string()),
});
export type AdministeredGroup = z.infer<typeof administeredGroupSchema>;

const text = (max: number) => z.string().check(z.maxLength(max));

const groupFields = {
  inDirectory: z.optional(z.boolean()),
  /** User names; the whole list. */
  members: z.optional(z.array(text(64)).check(z.maxLength(1000))),
};

export const listGroups = route({
  name: 'listGroups',
  method: 'GET',
  path: '/administration/groups',
  access: 'admin',
  summary: 'Groups by site and extension, page by page; those that `q` fits.',
  query: z.extend(pageQuery, {
    /** Beginnings of words of name, extension, site or members. */
    q: z.optional(text(200)),
  }),
  status: 200,
  response: z.object({ items: z.array(administeredGroupSchema), nextCursor: z.optional(z.string()) }),
  errors: [],
});

export const addGroup = route({
  name: 'addGroup',
  method: 'POST',
  path: '/administration/groups',
  access: 'admin',
  summary: 'Add a group.',
  body: z.object({
    name: text(256),
    extension: text(16),
    /** Name of the site; may be left out where there is exactly one. */
    site: z.optional(text(100)),
    ...groupFields,
  }),
  status: 201,
  response: administeredGroupSchema,
  errors: ['already-exists', 'not-found'],
});

export const changeGroup = route({
  name: 'changeGroup',
  method: 'PATCH',
  path: '/administration/groups/{id}',
  access: 'admin',
  summary: 'Change a group; what is left out stays.',
  params: idParams,
  body: z.object({ name: z.optional(text(256)), extension: z.optional(text(16)), ...groupFields }),
  status: 200,
  response: administeredGroupSchema,
  errors: ['not-found', 'already-exists'],
});

export const removeGroup = route({
  name: 'removeGroup',
  method: 'DELETE',
  path: '/administration/groups/{id}',
  access: 'admin',
  summary: 'Remove a group; its members stay.',
  params: idParams,
  status: 204,
  errors: ['not-found'],
});
