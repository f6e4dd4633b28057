/** Reading numbers by the caller's site (NUM-1 to NUM-3). */
import * as z from 'zod/mini';
import { contactNumberSchema } from '../contact';
import { route } from './route';

export const parseNumbers = route({
  name: 'parseNumbers',
  method: 'POST',
  path: '/numbers/parse',
  access: 'user',
  summary: 'Read written numbers: each comes back in all its forms or with the reason why it cannot be read.',
  body: z.object({ inputs: z.array(z.string().check(z.maxLength(256))).check(z.maxLength(1000)) }),
  maxBodyBytes: 512 * 1024,
  status: 200,
  response: z.object({ items: z.array(z.omit(contactNumberSchema, { kind: true })) }),
  errors: [],
});
