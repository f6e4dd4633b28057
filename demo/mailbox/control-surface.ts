/**
 * The control object over HTTP, for the preview page: `POST /control` with one command as JSON and the key in
 * `X-Control-Key`. It lies beside Graph's path, and is closed where the server was given no key.
 */
import { timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { ContactContent } from './graph-types';
import type { MailboxControl } from './mailbox-control';

const times = z.int().check(z.minimum(1), z.maximum(1000));
const text = z.optional(z.nullable(z.string().check(z.maxLength(40_000))));
const texts = z.optional(z.array(z.string().check(z.maxLength(1000))).check(z.maxLength(100)));
const address = z.string();
const itemId = z.string();
const contactContent = z.strictObject({
  displayName: text,
  givenName: text,
  surname: text,
  fileAs: text,
  companyName: text,
  department: text,
  jobTitle: text,
  businessPhones: texts,
  homePhones: texts,
  mobilePhone: text,
  emailAddresses: z.optional(z.array(z.strictObject({ name: z.optional(z.string()), address: z.string() }))),
  personalNotes: text,
  birthday: text,
  categories: texts,
});

/** The commands and what they need. */
export const controlCommandSchema = z.discriminatedUnion('command', [
  z.object({ command: z.literal('issueToken'), address, lifetimeMs: z.optional(z.number()) }),
  z.object({ command: z.literal('revokeTokens'), address }),
  z.object({ command: z.literal('contents'), address }),
  z.object({ command: z.literal('addContact'), address, contact: contactContent, folderId: z.optional(z.string()) }),
  z.object({ command: z.literal('editContact'), address, itemId, contact: contactContent }),
  z.object({ command: z.literal('deleteContact'), address, itemId }),
  z.object({ command: z.literal('moveContact'), address, itemId, folderId: z.string() }),
  z.object({ command: z.literal('expireStates'), address }),
  z.object({ command: z.literal('throttle'), times, retryAfter: z.number().check(z.minimum(0)) }),
  z.object({ command: z.literal('fail'), times, status: z.literal([500, 502, 503, 504]) }),
  z.object({ command: z.literal('dropConnections'), times }),
  z.object({
    command: z.literal('disturbPages'),
    times,
    fault: z.enum(['empty-page', 'repeat-page', 'repeat-items', 'partial-items']),
  }),
  z.object({ command: z.literal('setLatency'), ms: z.number().check(z.minimum(0), z.maximum(60_000)) }),
  z.object({ command: z.literal('heal') }),
]);
export type ControlCommand = z.infer<typeof controlCommandSchema>;

/** Whether the given key is the right one, in constant time. */
export function isControlKey(given: string | undefined, key: string): boolean {
  const a = Buffer.from(given ?? '');
  const b = Buffer.from(key);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Carries out one command. @throws Error for an unknown address, contact or folder */
export function runControlCommand(control: MailboxControl, command: ControlCommand): Record<string, unknown> {
  switch (command.command) {
    case 'issueToken':
      return { token: control.issueToken(command.address, command.lifetimeMs) };
    case 'revokeTokens':
      control.revokeTokens(command.address);
      return {};
    case 'contents': {
      const mailbox = control.mailbox(command.address);
      return { defaultFolderId: mailbox.defaultFolderId, folders: mailbox.folders(), contacts: mailbox.items() };
    }
    case 'addContact':
      return { itemId: control.mailbox(command.address).addContact(given(command.contact), command.folderId) };
    case 'editContact':
      control.mailbox(command.address).editContact(command.itemId, given(command.contact));
      return {};
    case 'deleteContact':
      control.mailbox(command.address).deleteContact(command.itemId);
      return {};
    case 'moveContact':
      control.mailbox(command.address).moveContact(command.itemId, command.folderId);
      return {};
    case 'expireStates':
      control.mailbox(command.address).expireStates();
      return {};
    case 'throttle':
      control.throttle(command.times, command.retryAfter);
      return {};
    case 'fail':
      control.fail(command.times, command.status);
      return {};
    case 'dropConnections':
      control.dropConnections(command.times);
      return {};
    case 'disturbPages':
      control.disturbPages(command.times, command.fault);
      return {};
    case 'setLatency':
      control.setLatency(command.ms);
      return {};
    case 'heal':
      control.heal();
      return {};
  }
}

/** The properties that were really given: an absent one is not a change. */
function given(contact: z.infer<typeof contactContent>): ContactContent {
  return Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== undefined));
}
