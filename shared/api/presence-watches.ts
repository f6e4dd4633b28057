/** "Tell me when free": who is waited for. Told once, by the event `colleague-free`. */
import * as z from 'zod/mini';
import { route } from './route';

const colleague = z.object({ userId: z.string().check(z.minLength(1), z.maxLength(64)) });

export const listPresenceWatches = route({
  name: 'listPresenceWatches',
  method: 'GET',
  path: '/me/presence-watches',
  access: 'user',
  summary: 'Colleagues for whom the user waits.',
  status: 200,
  response: z.object({ items: z.array(z.object({ userId: z.string(), since: z.string() })) }),
  errors: [],
});

export const watchPresence = route({
  name: 'watchPresence',
  method: 'PUT',
  path: '/presence/{userId}/watch',
  access: 'user',
  summary: 'Tell the user once when this colleague is in the office and his telephone idle.',
  params: colleague,
  status: 204,
  errors: ['not-found', 'watches-full'],
});

export const unwatchPresence = route({
  name: 'unwatchPresence',
  method: 'DELETE',
  path: '/presence/{userId}/watch',
  access: 'user',
  summary: 'Do not wait for this colleague any more.',
  params: colleague,
  status: 204,
  errors: [],
});
