/** Pictures of contacts: which are wanted from a source, what the source has, and the picture by its hash. */
import * as z from 'zod/mini';
import { pictureHashSchema } from '../contact';
import { maxPictureBytes, pictureTypes } from '../picture';
import { idParams, queryNumber } from './common';
import { route } from './route';

/** A contact whose item has changed at its source since its picture was last asked for. */
export const wantedPictureSchema = z.object({
  contactId: z.string(),
  /** The item at the source. */
  itemId: z.string(),
  /** State of the item that the picture is wanted of; goes back with the answer. Empty where the source names none. */
  version: z.string(),
});
export type WantedPicture = z.infer<typeof wantedPictureSchema>;

const pictureVersion = z.string().check(z.maxLength(256));

export const listWantedPictures = route({
  name: 'listWantedPictures',
  method: 'GET',
  path: '/contacts/pictures/wanted',
  access: 'user',
  summary: 'Imported contacts of a source account whose picture is to be asked for, the first of them, and how many.',
  query: z.object({
    account: z.string().check(z.minLength(1), z.maxLength(64)),
    limit: z.optional(queryNumber(1, 200)),
  }),
  status: 200,
  response: z.object({ items: z.array(wantedPictureSchema), count: z.number() }),
  errors: [],
});

export const putContactPicture = route({
  name: 'putContactPicture',
  method: 'PUT',
  path: '/contacts/{id}/picture',
  access: 'user',
  summary: 'The picture that the source has of an imported contact. It is checked, turned upright and scaled once.',
  params: idParams,
  query: z.object({ version: pictureVersion }),
  file: { maxBytes: maxPictureBytes, contentTypes: [...pictureTypes, 'application/octet-stream'] },
  status: 200,
  response: z.object({ picture: pictureHashSchema }),
  errors: ['not-found', 'picture-refused'],
});

export const noteMissingPictures = route({
  name: 'noteMissingPictures',
  method: 'POST',
  path: '/contacts/pictures/missing',
  access: 'user',
  summary:
    'The source has no picture of these imported contacts, or one that is too large. Unknown contacts are passed over.',
  body: z.object({
    items: z
      .array(
        z.object({
          contactId: z.string().check(z.minLength(1), z.maxLength(64)),
          version: pictureVersion,
          reason: z.enum(['none', 'too-large']),
        }),
      )
      .check(z.maxLength(200)),
  }),
  status: 204,
  errors: [],
});

export const deleteImportedPictures = route({
  name: 'deleteImportedPictures',
  method: 'DELETE',
  path: '/contacts/pictures',
  access: 'user',
  summary: 'Delete the pictures of all contacts that came from a source (SYN-3). They are wanted again afterwards.',
  status: 200,
  response: z.object({ removed: z.number() }),
  errors: [],
});

export const getPicture = route({
  name: 'getPicture',
  method: 'GET',
  path: '/pictures/{hash}',
  access: 'user',
  summary: 'A picture of an own contact or of a user in the internal directory. What is behind a hash never changes.',
  params: z.object({ hash: pictureHashSchema }),
  status: 200,
  answersFile: 'image/jpeg',
  errors: ['not-found'],
});
