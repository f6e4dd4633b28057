/**
 * Serves the routes of the contract. For each request, in this order: rate limit, who calls, may he, has he changed his
 * initial password, is the input as declared; then the handler; then the answer as declared. Whatever goes wrong on the
 * way becomes a problem document in one place.
 */
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import express from 'express';
import type { NextFunction, Request, RequestHandler, Response, Router } from 'express';
import type { Logger } from 'pino';
import * as z from 'zod/mini';
import type { RouteDefinition } from '../../shared/api/route';
import { ServiceError } from '../../shared/errors';
import { bearerToken } from './authentication';
import type { Authenticate } from './authentication';
import type { BoundRoute, Caller, RequestContext } from './binding';
import { countedAddress } from './client-address';
import { cookieOf } from './cookies';
import { problemOf, toServiceError } from './problem';
import type { RateLimits } from './rate-limits';
import { createBodyReader, parseInput } from './request-input';
import { sendDownload } from './send-download';
import { createServerSentEvents } from './server-sent-events';

export interface ApiRouterDeps {
  readonly routes: readonly BoundRoute[];
  readonly authenticate: Authenticate;
  readonly rateLimits: RateLimits;
  readonly logger: Logger;
  /** Holds each answer against its schema; on in development and tests. */
  readonly validateResponses: boolean;
  /** Version of the service, told with each answer. */
  readonly version?: string;
  /** Milliseconds since some moment, for the log. */
  readonly clock: () => number;
}

/** Beside the event loop: many clients ask for the same at once when the service is back. */
const compress = promisify(gzip);
/** Signs below which compressing costs more than it saves. */
const smallestCompressed = 1024;

/** The router to mount at `/api/v1`. */
export function createApiRouter(deps: ApiRouterDeps): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    if (deps.version !== undefined) response.set('X-MyContacts-Version', deps.version);
    next();
  });
  const methods = new Map<string, string[]>();
  // A path without parameters comes before one with them that would match it too.
  const ordered = [...deps.routes].sort(
    (a, b) => Number(a.route.path.includes('{')) - Number(b.route.path.includes('{')),
  );
  for (const bound of ordered) {
    const path = expressPath(bound.route);
    methods.set(path, [...(methods.get(path) ?? []), bound.route.method]);
    const serve = createRouteHandler(bound, deps);
    switch (bound.route.method) {
      case 'GET':
        router.get(path, serve);
        break;
      case 'POST':
        router.post(path, serve);
        break;
      case 'PUT':
        router.put(path, serve);
        break;
      case 'PATCH':
        router.patch(path, serve);
        break;
      case 'DELETE':
        router.delete(path, serve);
        break;
    }
  }
  for (const [path, allowed] of methods) {
    router.all(path, (_request, response) => {
      response.set('Allow', allowed.join(', '));
      throw new ServiceError('method-not-allowed', `This path takes ${allowed.join(', ')}.`);
    });
  }
  router.use(() => {
    throw new ServiceError('not-found', 'There is no such path. GET openapi.json lists all.');
  });
  return router;
}

/** Gives every request its correlation id, and the answer the same as a header. To be mounted before all else. */
export function correlate(): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-correlation-id');
    const id = given !== undefined && /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : randomUUID();
    response.locals.correlationId = id;
    response.set('X-Correlation-Id', id);
    next();
  };
}

/** The one place that answers with problems. To be mounted after all else. */
export function answerProblems(logger: Logger) {
  return (error: unknown, _request: Request, response: Response, next: NextFunction): void => {
    const known = toServiceError(error);
    const problem = problemOf(known, correlationIdOf(response));
    const about = { correlationId: problem.correlationId, route: routeNameOf(response), code: problem.code };
    if (problem.status >= 500) logger.error({ ...about, err: known.cause ?? known }, 'request failed');
    else logger.debug(about, 'request refused');
    if (response.headersSent) {
      // Too late for a problem document: Express ends the connection, which the client notices.
      next(error);
      return;
    }
    if (problem.retryAfterMs !== undefined) response.set('Retry-After', String(Math.ceil(problem.retryAfterMs / 1000)));
    if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}

function createRouteHandler({ route, handle }: BoundRoute, deps: ApiRouterDeps): RequestHandler {
  const readBody = createBodyReader(route);
  return async (request, response) => {
    const startedAt = deps.clock();
    response.locals.route = route.name;
    if (request.method === 'HEAD' && route.stream === true) {
      throw new ServiceError('method-not-allowed', 'A stream has to be read with GET.');
    }
    const address = countedAddress(request.ip ?? '');
    await deps.rateLimits.beforeAuthentication(route, address);
    const caller = await admit(route, request, address, deps);
    await readBody(request, response);
    const input = parseInput(route, request);
    const aborted = new AbortController();
    response.once('close', () => {
      // With an answer there is nothing left to be ended; the error that says so would be made for each request.
      if (route.stream === true || !response.writableFinished) aborted.abort();
    });
    const context: RequestContext<Caller | undefined> = {
      caller,
      correlationId: correlationIdOf(response),
      signal: aborted.signal,
      clientAddress: address,
      cookie: (name) => cookieOf(request.get('cookie'), name),
      header: (name) => request.get(name),
      setHeader: (name, value) => void response.set(name, value),
      ...(route.stream === true && {
        stream: createServerSentEvents(response, () => aborted.abort()),
      }),
    };
    // `bind` has tied the handler's types to the route's schemas, which have just been applied.
    const result = await handle(input as never, context as never);
    if (route.stream === true) {
      if (!response.writableEnded) response.end();
    } else if (!response.destroyed) {
      await answer(route, result, request, response, deps.validateResponses);
    }
    deps.logger.info(
      {
        correlationId: context.correlationId,
        route: route.name,
        status: response.statusCode,
        ms: Math.round(deps.clock() - startedAt),
        userId: caller?.user.id,
      },
      'request',
    );
  };
}

/** The caller of a route, or the reason why he may not call it. Undefined on public routes. */
async function admit(
  route: RouteDefinition,
  request: Request,
  address: string,
  deps: ApiRouterDeps,
): Promise<Caller | undefined> {
  if (route.access === 'public') return undefined;
  const token = bearerToken(request.get('authorization'));
  const caller = token === undefined ? undefined : await deps.authenticate(token);
  if (caller === undefined) {
    await deps.rateLimits.refusedToken(address);
    throw new ServiceError(
      'not-signed-in',
      'Sign in, or renew the session: the access token is missing or has run out.',
    );
  }
  await deps.rateLimits.ofUser(route, caller.user.id);
  if (route.access === 'admin' && caller.user.role !== 'admin') {
    throw new ServiceError('forbidden', 'Only administrators may do this.');
  }
  if (caller.mustChangePassword && route.beforePasswordChange !== true) {
    throw new ServiceError('password-change-required', 'Change the initial password first: PUT me/password.');
  }
  return { user: caller.user, siteId: caller.siteId, sessionId: caller.sessionId };
}

async function answer(
  route: RouteDefinition,
  result: unknown,
  request: Request,
  response: Response,
  validate: boolean,
): Promise<void> {
  if (route.answersFile !== undefined) {
    if (!(result instanceof Uint8Array)) throw new Error(`The answer of ${route.name} is not as declared: no bytes`);
    response.set({
      'Cache-Control': 'private, max-age=31536000, immutable',
      'Content-Disposition': 'inline',
    });
    // A view of the same bytes: Express sends Buffers as they are.
    const { buffer, byteOffset, byteLength } = result;
    response
      .status(route.status)
      .type(route.answersFile)
      .send(Buffer.from(buffer, byteOffset, byteLength));
    return;
  }
  if (route.downloads !== undefined) {
    await sendDownload(route, result, response);
    return;
  }
  if (route.status === 204 || route.response === undefined) {
    response.status(route.status).end();
    return;
  }
  if (validate) {
    const checked = z.safeParse(route.response, result, { error: z.locales.en().localeError });
    if (!checked.success) {
      const wrong = checked.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`);
      throw new Error(`The answer of ${route.name} is not as declared: ${wrong.join('; ')}`);
    }
  }
  response.status(route.status).type('application/json');
  if (route.compressed !== true) {
    response.send(JSON.stringify(result));
    return;
  }
  response.vary('Accept-Encoding');
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const text = JSON.stringify(result);
  if (text.length < smallestCompressed || !request.acceptsEncodings('gzip')) {
    response.send(text);
    return;
  }
  const bytes = await compress(text);
  if (!response.destroyed) response.set('Content-Encoding', 'gzip').send(bytes);
}

/** `/contacts/{id}` as Express writes it. */
function expressPath(route: RouteDefinition): string {
  return route.path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function correlationIdOf(response: Response): string {
  return String(response.locals.correlationId);
}

function routeNameOf(response: Response): string {
  return typeof response.locals.route === 'string' ? response.locals.route : 'none';
}
