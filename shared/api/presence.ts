/** Presence of everybody, and the own one. */
import * as z from 'zod/mini';
import { ownPresenceSchema, presenceStatusSchema, presenceVisibilities } from '../presence';
import { presenceSnapshotSchema } from '../presence-snapshot';
import { route } from './route';

export const listPresence = route({
  name: 'listPresence',
  method: 'GET',
  path: '/presence',
  access: 'user',
  summary:
    'Presence of everybody in the internal directory who is not simply in the office, in columns. Events `presence` with a later version go on from here. ETag is the version.',
  status: 200,
  compressed: true,
  response: presenceSnapshotSchema,
  errors: [],
});

export const getOwnPresence = route({
  name: 'getOwnPresence',
  method: 'GET',
  path: '/me/presence',
  access: 'user',
  summary: 'The own presence.',
  status: 200,
  response: ownPresenceSchema,
  errors: [],
});

export const setOwnPresence = route({
  name: 'setOwnPresence',
  method: 'PUT',
  path: '/me/presence',
  access: 'user',
  summary:
    'Set the own status with planned return and information text; what is not given is cleared. The return is a wall time with its zone: one that a change of clocks leaves out is moved forward, of two the first is meant.',
  body: z.object({
    status: presenceStatusSchema,
    returnAt: z.optional(
      z.object({
        wallTime: z.string().check(z.maxLength(16), z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)),
        timeZone: z.string().check(z.minLength(1), z.maxLength(64)),
      }),
    ),
    text: z.optional(z.string().check(z.maxLength(1000))),
  }),
  status: 200,
  response: ownPresenceSchema,
  errors: ['return-time-refused', 'presence-text-refused', 'status-unavailable'],
});

export const changePresenceVisibility = route({
  name: 'changePresenceVisibility',
  method: 'PATCH',
  path: '/me/presence',
  access: 'user',
  summary: 'Who sees and hears of the own presence (PRE-4), and whether "sick" is seen as such.',
  body: z.object({
    visibility: z.optional(z.enum(presenceVisibilities)),
    sickVisible: z.optional(z.boolean()),
  }),
  status: 200,
  response: ownPresenceSchema,
  errors: [],
});
