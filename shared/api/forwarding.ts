/** The own forwarding by status. */
import * as z from 'zod/mini';
import { forwardedStatusSchema, forwardingSchema, forwardingTargetSchema } from '../forwarding';
import { route } from './route';

export const getForwarding = route({
  name: 'getForwarding',
  method: 'GET',
  path: '/me/forwarding',
  access: 'user',
  summary: 'Where the own calls go while each status lasts.',
  status: 200,
  response: forwardingSchema,
  errors: [],
});

export const setForwarding = route({
  name: 'setForwarding',
  method: 'PUT',
  path: '/me/forwarding',
  access: 'user',
  summary:
    'Set where the own calls go while the named statuses last; what is not named stays. All of it or nothing: `details` names each status that is refused, and why.',
  body: z.object({ rules: z.partialRecord(forwardedStatusSchema, forwardingTargetSchema) }),
  status: 200,
  response: forwardingSchema,
  errors: ['forwarding-refused'],
});
