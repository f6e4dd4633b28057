/**
 * What a capability's `x.routes.ts` is made of: a route of the contract with its handler. The router in `router.ts`
 * authenticates, parses and answers; a handler sees parsed input and throws ServiceError.
 */
import type { RouteDefinition, RouteInput, RouteResult } from '../../shared/api/route';
import type { SignedInUser } from '../../shared/profile';

/** Who calls. */
export interface Caller {
  readonly user: SignedInUser;
  readonly siteId: string;
  readonly sessionId: string;
}

/** What a handler may know of the request besides its input. */
export interface RequestContext<C = Caller> {
  /** The caller; undefined on public routes. */
  readonly caller: C;
  readonly correlationId: string;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
  /** Address of the client, for rate limits and lockout. */
  readonly clientAddress: string;
  /** A cookie of the request. */
  cookie(name: string): string | undefined;
  /** A header of the request. */
  header(name: string): string | undefined;
  /** Adds a header to the answer. */
  setHeader(name: string, value: string): void;
  /** Only on stream routes: the open answer. */
  readonly stream?: ServerSentEvents;
}

/** The writing end of a stream of server-sent events. */
export interface ServerSentEvents {
  /** Writes one event; false when the client does not keep up and the stream was ended. */
  send(event: { readonly id?: string; readonly data: unknown }): boolean;
  comment(text: string): void;
  close(): void;
  readonly closed: boolean;
}

type ContextOf<R extends RouteDefinition> = RequestContext<R['access'] extends 'public' ? undefined : Caller>;

export interface BoundRoute {
  readonly route: RouteDefinition;
  readonly handle: (input: never, context: never) => unknown;
}

/** Binds a handler to its route; the types come from the route's schemas. */
export function bind<const R extends RouteDefinition>(
  route: R,
  handle: (input: RouteInput<R>, context: ContextOf<R>) => Promise<RouteResult<R>> | RouteResult<R>,
): BoundRoute {
  return { route, handle };
}
