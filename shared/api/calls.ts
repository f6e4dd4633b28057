/** Calls: my side of each. */
import * as z from 'zod/mini';
import { callSchema, telephoneLinkSchema } from '../call';
import { idParams, requestId } from './common';
import { route } from './route';

const dialErrors = [
  'number-not-dialable',
  'number-not-allowed',
  'device-unknown',
  'telephone-system-unavailable',
  'not-supported-by-device',
] as const;

/** A number as the user wrote or clicked it (NUM-2). */
const number = z.string().check(z.minLength(1), z.maxLength(256));

export const dial = route({
  name: 'dial',
  method: 'POST',
  path: '/calls',
  access: 'user',
  summary:
    'Dial: the own phone first (or the own mobile, as the setting `dialMode` says where no device is named), then the number. A number with + is canonical and gets what the site dials before it; one without is dialled as typed (NUM-2).',
  body: z.object({
    number,
    /** Id of one of my devices; my phone where absent. */
    device: z.optional(z.string().check(z.maxLength(64))),
    requestId,
  }),
  status: 202,
  response: callSchema,
  errors: dialErrors,
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

export const holdCall = route({
  name: 'holdCall',
  method: 'POST',
  path: '/calls/{id}/hold',
  access: 'user',
  summary: 'Put the other party on hold; it hears music.',
  params: idParams,
  status: 202,
  response: callSchema,
  errors: callErrors,
});

export const resumeCall = route({
  name: 'resumeCall',
  method: 'POST',
  path: '/calls/{id}/resume',
  access: 'user',
  summary: 'Go on with a held call. With another one connected that one is ended first.',
  params: idParams,
  status: 202,
  response: callSchema,
  errors: callErrors,
});

export const alternateCall = route({
  name: 'alternateCall',
  method: 'POST',
  path: '/calls/{id}/alternate',
  access: 'user',
  summary: 'Hold the connected call and go on with this held one.',
  params: idParams,
  status: 202,
  response: callSchema,
  errors: callErrors,
});

export const conferenceCall = route({
  name: 'conferenceCall',
  method: 'POST',
  path: '/calls/{id}/conference',
  access: 'user',
  summary: 'Join this connected call and the held one into a three-way conference. The held one carries it on.',
  params: idParams,
  status: 202,
  response: callSchema,
  errors: callErrors,
});

export const consultCall = route({
  name: 'consultCall',
  method: 'POST',
  path: '/calls/{id}/consult',
  access: 'user',
  summary: 'Hold this call and dial somebody; answers with the new side, which names this one as related.',
  params: idParams,
  body: z.object({ number, requestId }),
  status: 202,
  response: callSchema,
  errors: [...callErrors, 'number-not-dialable', 'number-not-allowed'],
});

export const transferCall = route({
  name: 'transferCall',
  method: 'POST',
  path: '/calls/{id}/transfer',
  access: 'user',
  summary: 'Connect the other party to another call of mine (it may still ring there), or to a number.',
  params: idParams,
  body: z.object({
    to: z.union([z.strictObject({ callId: z.string().check(z.maxLength(64)) }), z.strictObject({ number })]),
  }),
  status: 202,
  response: callSchema,
  errors: [...callErrors, 'number-not-dialable', 'number-not-allowed'],
});

export const deflectCall = route({
  name: 'deflectCall',
  method: 'POST',
  path: '/calls/{id}/deflect',
  access: 'user',
  summary: 'Send a ringing call to the own voice box or to a number.',
  params: idParams,
  body: z.object({ to: z.union([z.literal('voicemail'), z.strictObject({ number })]) }),
  status: 202,
  response: callSchema,
  errors: [...callErrors, 'number-not-dialable', 'number-not-allowed'],
});

export const pickUpCall = route({
  name: 'pickUpCall',
  method: 'POST',
  path: '/calls/pick-up',
  access: 'user',
  summary: "Fetch the call that rings at a colleague's phone. The caller is withheld until it is accepted (FAV-4).",
  body: z.object({
    /** Id of the colleague. */
    user: z.string().check(z.minLength(1), z.maxLength(64)),
    requestId,
  }),
  status: 202,
  response: callSchema,
  errors: ['call-unknown', 'call-taken', 'device-unknown', 'telephone-system-unavailable', 'not-supported-by-device'],
});
