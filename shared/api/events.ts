/** The live stream. */
import { route } from './route';

export const streamEvents = route({
  name: 'streamEvents',
  method: 'GET',
  path: '/events',
  access: 'user',
  summary:
    'Server-sent events with ids `epoch-seq`, each `data` a LiveEvent of shared/events.ts. Send Last-Event-ID to go on; an id that is too old or of another epoch is answered with a snapshot.',
  status: 200,
  stream: true,
  errors: [],
});
