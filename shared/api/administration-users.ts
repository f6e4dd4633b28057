/** Users as administrators see them. No journal, no contacts: those are their owners' alone. */
import * as z from 'zod/mini';
import { roles } from '../profile';
import { idParams, pageQuery } from './common';
import { route } from './route';

export const administeredUserSchema = z.object({
  id: z.string(),
  userName: z.string(),
  displayName: z.string(),
  givenName: z.optional(z.string()),
  surname: z.optional(z.string()),
  extension: z.optional(z.string()),
  email: z.optional(z.string()),
  /** Canonical form, as the one below. */
  mobileNumber: z.optional(z.string()),
  externalNumber: z.optional(z.string()),
  /** Name of the site. */
  site: z.string(),
  role: z.enum(roles),
  /** "Show in phone book" (DIR-1). */
  inDirectory: z.boolean(),
  /** "My phone" belongs to a MULAP, or is the intercept position: no do not disturb (PRE-3). */
  mulap: z.boolean(),
  intercept: z.boolean(),
  /** Mobility user: his calls may begin at his mobile (CAL-6). */
  mobility: z.boolean(),
  disabled: z.boolean(),
  /** The initial password waits to be changed (SET-3). */
  mustChangePassword: z.boolean(),
  /** The first is "my phone". */
  devices: z.array(z.object({ name: z.string(), address: z.string() })),
  /** A Microsoft account signs in as this user. */
  microsoftLinked: z.boolean(),
});
export type AdministeredUser = z.infer<typeof administeredUserSchema>;

const text = (max: number) => z.string().check(z.maxLength(max));

/** What may be said of a user; null clears a field. The service holds it against what a user may be. */
const userFields = {
  /** Name of the site; may be left out where there is exactly one. */
  site: z.optional(text(100)),
  givenName: z.optional(z.nullable(text(256))),
  surname: z.optional(z.nullable(text(256))),
  extension: z.optional(z.nullable(text(16))),
  email: z.optional(z.nullable(text(320))),
  /** In any form that the site's dial plan reads. */
  mobileNumber: z.optional(z.nullable(text(64))),
  externalNumber: z.optional(z.nullable(text(64))),
  role: z.optional(z.enum(roles)),
  inDirectory: z.optional(z.boolean()),
  mulap: z.optional(z.boolean()),
  intercept: z.optional(z.boolean()),
  mobility: z.optional(z.boolean()),
  /** The whole list; the first is "my phone". Addresses are the telephone system's, such as `PJSIP/330`. */
  devices: z.optional(z.array(z.object({ address: text(128), name: z.optional(text(64)) })).check(z.maxLength(8))),
};

/** Shown once: it is kept as a hash only, and has to be changed at the first sign-in. */
const initialPassword = z.string();

export const listUsers = route({
  name: 'listUsers',
  method: 'GET',
  path: '/administration/users',
  access: 'admin',
  summary: 'Users by user name, page by page; those that `q` fits. A page may be short and still have a next one.',
  query: z.extend(pageQuery, {
    /** Beginnings of words of user name, names, extension or e-mail address. */
    q: z.optional(text(200)),
  }),
  status: 200,
  response: z.object({ items: z.array(administeredUserSchema), nextCursor: z.optional(z.string()) }),
  errors: [],
});

export const addUser = route({
  name: 'addUser',
  method: 'POST',
  path: '/administration/users',
  access: 'admin',
  summary: 'Add a user. The answer holds the initial password, this once.',
  body: z.object({ userName: text(64), displayName: text(256), ...userFields }),
  status: 201,
  response: z.object({ user: administeredUserSchema, initialPassword }),
  errors: ['already-exists', 'not-found'],
});

export const getUser = route({
  name: 'getUser',
  method: 'GET',
  path: '/administration/users/{id}',
  access: 'admin',
  summary: 'One user.',
  params: idParams,
  status: 200,
  response: administeredUserSchema,
  errors: ['not-found'],
});

export const changeUser = route({
  name: 'changeUser',
  method: 'PATCH',
  path: '/administration/users/{id}',
  access: 'admin',
  summary: 'Change a user; what is left out stays.',
  params: idParams,
  body: z.object({ userName: z.optional(text(64)), displayName: z.optional(text(256)), ...userFields }),
  status: 200,
  response: administeredUserSchema,
  errors: ['not-found', 'already-exists', 'last-administrator'],
});

export const disableUser = route({
  name: 'disableUser',
  method: 'POST',
  path: '/administration/users/{id}/disable',
  access: 'admin',
  summary: 'Sign-in, directory and telephone of the user end; nothing of his is deleted.',
  params: idParams,
  status: 200,
  response: administeredUserSchema,
  errors: ['not-found', 'last-administrator'],
});

export const enableUser = route({
  name: 'enableUser',
  method: 'POST',
  path: '/administration/users/{id}/enable',
  access: 'admin',
  summary: 'Undo disable.',
  params: idParams,
  status: 200,
  response: administeredUserSchema,
  errors: ['not-found'],
});

export const resetUserPassword = route({
  name: 'resetUserPassword',
  method: 'POST',
  path: '/administration/users/{id}/initial-password',
  access: 'admin',
  summary: 'Draw a new initial password, which the answer holds this once. All sessions of the user end.',
  params: idParams,
  status: 200,
  response: z.object({ initialPassword }),
  errors: ['not-found'],
});

export const unlinkUserFromMicrosoft = route({
  name: 'unlinkUserFromMicrosoft',
  method: 'POST',
  path: '/administration/users/{id}/unlink-microsoft',
  access: 'admin',
  summary: 'No Microsoft account signs in as the user any more, until he links one again. His sessions end.',
  params: idParams,
  status: 200,
  response: administeredUserSchema,
  errors: ['not-found'],
});

export const eraseUser = route({
  name: 'eraseUser',
  method: 'POST',
  path: '/administration/users/{id}/erase',
  access: 'admin',
  summary: 'Remove the user with contacts, journal and settings. Cannot be undone.',
  params: idParams,
  body: z.object({
    /** His user name once more, so that nobody is erased by a slip. */
    userName: text(64),
  }),
  status: 204,
  errors: ['not-found', 'last-administrator'],
});

export const exportUser = route({
  name: 'exportUser',
  method: 'GET',
  path: '/administration/users/{id}/export',
  access: 'admin',
  summary: 'Everything that is kept of the user, for him: by section, without secrets. It stands in the audit trail.',
  params: idParams,
  status: 200,
  response: z.record(z.string(), z.unknown()),
  errors: ['not-found'],
});
