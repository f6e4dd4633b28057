/** Calls: my side of each. */
import * as z from 'zod/mini';
import { callSchema, telephoneLinkSchema } from '../call';
import { idParams, requestId } from './common';
import { route } from './route';

export const dial = route({
  name: 'dial',
  method: 'POST',
  path: '/calls',
  access: 'user',
  summary:
    'Dial: the own phone first, then the number. A number with + is canonical and gets what the site dials before it; one without is dialled as typed (NUM-2).',
  body: z.object({
    number: z.string().check(z.minLength(1), z.maxLength(256)),
    /** Id of one of my devices; my phone where absent. */
    device: z.optional(z.string().check(z.maxLength(64))),
    requestId,
  }),
  status: 202,
  response: callSchema,
  errors: ['number-not-dialable', 'device-unknown', 'telephone-system-unavailable', 'not-supported-by-device'],
});

export const listCalls = route({
  name: 'listCalls',
  method: 'GET',
  path: '/calls',
  access: 'user',
  summary: 'My calls that are not over.',
  status: 200,
  response: z.object({ items: z.array(callSchema), telephoneSystem: telephoneLinkSchema }),
  errors: [],
});

const callErrors = ['call-unknown', 'telephone-system-unavailable', 'not-supported-by-device'] as const;

export const answerCall = route({
  name: 'answerCall',
  method: 'POST',
  path: '/calls/{id}/answer',
  access: 'user',
  summary: 'Answer at the phone, where the phone can be told to.',
  params: idParams,
  status: 202,
  response: callSchema,
  errors: callErrors,
});

export const hangUpCall = route({
  name: 'hangUpCall',
  method: 'POST',
  path: '/calls/{id}/hang-up',
  access: 'user',
  summary: 'Hang up, or refuse an incoming call.',
  params: idParams,
  status: 202,
  response: callSchema,
  errors: callErrors,
});
