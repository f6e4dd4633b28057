/** Live events inside the service: a capability publishes, the event stream and other capabilities listen. */
import type { Audience, LiveEvent } from '../../shared/events';

export interface PublishedEvent {
  readonly audience: Audience;
  readonly event: LiveEvent;
}

/** Hands each published event to every listener, in order, at once. */
export interface EventBus {
  publish(audience: Audience, event: LiveEvent): void;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (published: PublishedEvent) => void): () => void;
}

export function createEventBus(): EventBus {
  const listeners = new Set<(published: PublishedEvent) => void>();
  return {
    publish(audience, event) {
      for (const listener of [...listeners]) listener({ audience, event });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
