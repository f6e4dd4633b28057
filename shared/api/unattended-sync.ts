/** Sync while Outlook is closed (SYN-5): the user's own mailbox, and all mailboxes as administrators see them. */
import * as z from 'zod/mini';
import { unattendedModes, unattendedStateSchema } from '../unattended-sync';
import { idParams, pageQuery } from './common';
import { route } from './route';

export const ownUnattendedSyncSchema = z.object({
  /** How this installation reads mailboxes by itself; absent where it does not. */
  mode: z.optional(z.enum(unattendedModes)),
  /** The address that this installation knows for the user: the only mailbox that may be read for him. */
  address: z.optional(z.string()),
  /** Absent while it is off. */
  mailbox: z.optional(unattendedStateSchema),
});
export type OwnUnattendedSync = z.infer<typeof ownUnattendedSyncSchema>;

export const getUnattendedSync = route({
  name: 'getUnattendedSync',
  method: 'GET',
  path: '/unattended-sync',
  access: 'user',
  summary: 'Whether the own mailbox is also read while Outlook is closed, and how that stands.',
  status: 200,
  response: ownUnattendedSyncSchema,
  errors: [],
});

export const beginUnattendedSync = route({
  name: 'beginUnattendedSync',
  method: 'POST',
  path: '/unattended-sync',
  access: 'user',
  summary:
    'Turn it on. Where the mailbox is read with the rights of its owner, the answer names the page at Microsoft on which he agrees.',
  status: 200,
  response: z.object({ signInUrl: z.optional(z.string()) }),
  errors: ['unattended-sync-unavailable', 'own-mailbox-unknown'],
});

export const endUnattendedSync = route({
  name: 'endUnattendedSync',
  method: 'DELETE',
  path: '/unattended-sync',
  access: 'user',
  summary: 'Turn it off: what the sign-in left here is deleted. Contacts stay.',
  status: 204,
  errors: [],
});

export const runUnattendedSync = route({
  name: 'runUnattendedSync',
  method: 'POST',
  path: '/unattended-sync/run',
  access: 'user',
  summary: 'Read the own mailbox now.',
  status: 202,
  response: ownUnattendedSyncSchema,
  errors: ['not-found'],
});

/** A mailbox as administrators see it: how it stands, nothing of what is in it. */
export const administeredMailboxSchema = z.object({
  id: z.string(),
  userName: z.string(),
  displayName: z.string(),
  ...unattendedStateSchema.shape,
});
export type AdministeredMailbox = z.infer<typeof administeredMailboxSchema>;

export const listMailboxes = route({
  name: 'listMailboxes',
  method: 'GET',
  path: '/administration/mailboxes',
  access: 'admin',
  summary: 'All mailboxes that the service reads by itself, by address, page by page.',
  query: pageQuery,
  status: 200,
  response: z.object({
    /** Absent where this installation reads no mailboxes by itself. */
    mode: z.optional(z.enum(unattendedModes)),
    items: z.array(administeredMailboxSchema),
    nextCursor: z.optional(z.string()),
  }),
  errors: [],
});

export const addMailbox = route({
  name: 'addMailbox',
  method: 'POST',
  path: '/administration/mailboxes',
  access: 'admin',
  summary:
    'Read a mailbox for a user with the rights of the application, without an act of his; in place of the one that was read for him before.',
  body: z.object({
    userName: z.string().check(z.minLength(1), z.maxLength(64)),
    /** His e-mail address where it is left out. */
    address: z.optional(z.string().check(z.maxLength(320), z.regex(/^[^\s@]+@[^\s@]+$/))),
  }),
  status: 201,
  response: administeredMailboxSchema,
  errors: ['not-found', 'own-mailbox-unknown', 'unattended-sync-unavailable'],
});

export const removeMailbox = route({
  name: 'removeMailbox',
  method: 'DELETE',
  path: '/administration/mailboxes/{id}',
  access: 'admin',
  summary: 'Read a mailbox no more; what a sign-in left here is deleted. Contacts stay.',
  params: idParams,
  status: 204,
  errors: ['not-found'],
});

const acts = {
  method: 'POST',
  access: 'admin',
  params: idParams,
  status: 200,
  response: administeredMailboxSchema,
  errors: ['not-found'],
} as const;

export const runMailboxNow = route({
  ...acts,
  name: 'runMailboxNow',
  path: '/administration/mailboxes/{id}/run',
  summary: 'Read a mailbox now, whatever paused it.',
});

export const pauseMailbox = route({
  ...acts,
  name: 'pauseMailbox',
  path: '/administration/mailboxes/{id}/pause',
  summary: 'Read a mailbox no more until it is resumed.',
});

export const resumeMailbox = route({
  ...acts,
  name: 'resumeMailbox',
  path: '/administration/mailboxes/{id}/resume',
  summary: 'Take a paused mailbox up again; its failures are forgotten.',
});
