/** The signed-in user: who he is, his site's dial plan, his settings, his password. */
import * as z from 'zod/mini';
import { profileSchema, settingsSchema } from '../profile';
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

export const changeSettings = route({
  name: 'changeSettings',
  method: 'PATCH',
  path: '/me/settings',
  access: 'user',
  summary: 'Change some of the settings.',
  body: z.partial(settingsSchema),
  status: 200,
  response: settingsSchema,
  errors: [],
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
