/** The signed-in user: who he is, his site's dial plan, his settings, his password. */
import * as z from 'zod/mini';
import { pictureHashSchema } from '../contact';
import { ownPicture, profileSchema, settingsSchema } from '../profile';
import { sessionSchema } from './sessions';
import { route } from './route';

export const getProfile = route({
  name: 'getProfile',
  method: 'GET',
  path: '/me',
  access: 'user',
  summary: 'The signed-in user with site, devices and settings.',
  status: 200,
  response: profileSchema,
  errors: [],
});

const writtenNumber = z.optional(z.nullable(z.string().check(z.maxLength(64))));

export const changeProfile = route({
  name: 'changeProfile',
  method: 'PATCH',
  path: '/me',
  access: 'user',
  summary:
    'Own mobile number, external number and e-mail address, as colleagues see them. Null or an empty text clears.',
  body: z.object({
    /** In any form that the site's dial plan reads; kept in canonical form. */
    mobileNumber: writtenNumber,
    externalNumber: writtenNumber,
    /** Without one, the administrator's shows. No right depends on it. */
    email: z.optional(
      z.nullable(z.string().check(z.trim(), z.maxLength(320), z.regex(/^$|^[^\s@\p{C}]+@[^\s@\p{C}]+$/u))),
    ),
  }),
  status: 200,
  response: profileSchema,
  errors: ['not-found', 'number-not-dialable', 'already-exists'],
});

export const putOwnPicture = route({
  name: 'putOwnPicture',
  method: 'PUT',
  path: '/me/picture',
  access: 'user',
  summary:
    'The own picture: JPEG or PNG of at least 40 × 40 pixels and at most 512 kB. Turned upright, scaled, bare of metadata.',
  file: { maxBytes: ownPicture.maxBytes, contentTypes: [...ownPicture.contentTypes, 'application/octet-stream'] },
  status: 200,
  response: z.object({ picture: pictureHashSchema }),
  errors: ['not-found', 'picture-refused'],
});

export const deleteOwnPicture = route({
  name: 'deleteOwnPicture',
  method: 'DELETE',
  path: '/me/picture',
  access: 'user',
  summary: 'Have no own picture any more.',
  status: 204,
  errors: ['not-found'],
});

export const choosePhone = route({
  name: 'choosePhone',
  method: 'PUT',
  path: '/me/phone',
  access: 'user',
  summary: 'Which of the own telephones is "my phone": commands go to it where none is named.',
  body: z.object({ deviceId: z.string().check(z.minLength(1), z.maxLength(64)) }),
  status: 200,
  response: profileSchema,
  errors: ['not-found', 'device-unknown'],
});

export const changeSettings = route({
  name: 'changeSettings',
  method: 'PATCH',
  path: '/me/settings',
  access: 'user',
  summary: 'Change some of the settings. Only a mobility user may let his calls begin at his mobile.',
  body: z.partial(settingsSchema),
  status: 200,
  response: settingsSchema,
  errors: ['not-found', 'dial-mode-refused'],
});

export const changePassword = route({
  name: 'changePassword',
  method: 'PUT',
  path: '/me/password',
  access: 'user',
  summary: 'Change the own password. All other sessions of the user end; the answer is a new session.',
  body: z.object({
    oldPassword: z.string().check(z.minLength(1), z.maxLength(256)),
    newPassword: z.string().check(z.minLength(1), z.maxLength(256)),
  }),
  status: 200,
  response: sessionSchema,
  beforePasswordChange: true,
  errors: ['credentials-wrong', 'password-too-weak', 'sign-in-locked'],
});
