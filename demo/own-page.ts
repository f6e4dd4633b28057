/**
 * Whether a request to the demo's own endpoints, where nobody signs in, comes from the demo's page or from a program of
 * this machine. Any page that is open in the browser can send requests here; it must neither ring phones nor get a token.
 */
import type { Request } from 'express';
import { createOriginCheck, isLoopbackHost } from '../sync-service/http/own-origin';

const isOwnOrigin = createOriginCheck({ origins: [], loopback: true });

/**
 * The name that was called has to be one of loopback: a page of a foreign name that its name server points to this
 * machine counts as the own page otherwise (DNS rebinding).
 */
export function isOwnPage(request: Request): boolean {
  const called = `http://${request.headers.host ?? ''}`;
  return (
    URL.canParse(called) &&
    isLoopbackHost(new URL(called).hostname) &&
    isOwnOrigin({ header: (name) => request.get(name) })
  );
}
