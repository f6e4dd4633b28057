/** The route of `shared/api/events.ts`. */
import { streamEvents } from '../../shared/api/events';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { EventStream } from './event-stream';

export function eventsRoutes(events: EventStream): BoundRoute[] {
  return [
    bind(streamEvents, async (_input, context) => {
      const { caller, stream, signal } = context;
      if (stream === undefined) throw new Error('The router gives a stream to stream routes.');
      await events.attach({
        userId: caller.user.id,
        sessionId: caller.sessionId,
        lastEventId: context.header('last-event-id'),
        stream,
        signal,
      });
      return undefined;
    }),
  ];
}
