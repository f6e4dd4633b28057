/** What became of the originals of contacts that were edited by hand (SYN-7). */
import * as z from 'zod/mini';
import { contactImageSchema } from '../sync-history';
import { idParams } from './common';
import { contactSchema } from './contacts';
import { route } from './route';

export const contactOriginalSchema = z.object({
  /** `same`: what the contact was made from. `gone`: the source does not have it any more, or does not bring it. */
  state: z.enum(['same', 'changed', 'gone']),
  /** When the source last said something new of it. */
  changedAt: z.string(),
  original: z.optional(contactImageSchema),
});
export type ContactOriginal = z.infer<typeof contactOriginalSchema>;

export const changedOriginalSchema = z.object({
  id: z.string(),
  displayName: z.string(),
  state: z.enum(['changed', 'gone']),
});
export type ChangedOriginal = z.infer<typeof changedOriginalSchema>;

export const listChangedOriginals = route({
  name: 'listChangedOriginals',
  method: 'GET',
  path: '/contact-originals',
  access: 'user',
  summary: 'Own contacts that were edited by hand and whose originals are other ones today, by name, 200 at most.',
  status: 200,
  response: z.object({ items: z.array(changedOriginalSchema), more: z.boolean() }),
  errors: [],
});

export const getContactOriginal = route({
  name: 'getContactOriginal',
  method: 'GET',
  path: '/contacts/{id}/original',
  access: 'user',
  summary: 'What the source says today of what an edited contact was made from.',
  params: idParams,
  status: 200,
  response: contactOriginalSchema,
  errors: ['not-found'],
});

export const followContactOriginal = route({
  name: 'followContactOriginal',
  method: 'POST',
  path: '/contacts/{id}/follow-original',
  access: 'user',
  summary:
    'Take what the source says and be an import again. Without `contact` in the answer: it is gone, as its original is.',
  params: idParams,
  ifMatch: true,
  status: 200,
  response: z.object({ contact: z.optional(contactSchema) }),
  errors: ['not-found', 'version-conflict', 'version-required'],
});
