/** From a request to what a handler gets: params, query, body and If-Match, each parsed by the route's schema. */
import express from 'express';
import type { Request, RequestHandler, Response } from 'express';
import * as z from 'zod/mini';
import type { RouteDefinition, Schema } from '../../shared/api/route';
import { ServiceError } from '../../shared/errors';
import type { ProblemDetail } from '../../shared/errors';

/** Limit of a JSON body where the route names none. Bytes. */
export const defaultBodyBytes = 64 * 1024;

/** Reasons named in one answer; who sends a thousand wrong fields need not read of each. */
const detailLimit = 20;

/** Parsed input in the shape of `RouteInput`. */
export interface ParsedInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly ifMatch: number | undefined;
}

/** Reads the body as the route declares it: JSON, a file as bytes, or nothing. */
export function createBodyReader(route: RouteDefinition): (request: Request, response: Response) => Promise<void> {
  if (route.file !== undefined) {
    const types = [...route.file.contentTypes];
    const read = express.raw({ limit: route.file.maxBytes, type: types, inflate: false });
    return async (request, response) => {
      if (request.is(types) === false || request.get('content-type') === undefined) {
        throw new ServiceError('content-type-unsupported', `Send the file as one of ${types.join(', ')}.`);
      }
      await run(read, request, response);
      if (!(request.body instanceof Uint8Array)) request.body = new Uint8Array();
    };
  }
  if (route.body !== undefined) {
    const read = express.json({ limit: route.maxBodyBytes ?? defaultBodyBytes, inflate: false });
    return async (request, response) => {
      if (!isEmpty(request) && request.is('application/json') === false) {
        throw new ServiceError('content-type-unsupported', 'Send the body as application/json.');
      }
      await run(read, request, response);
    };
  }
  return () => Promise.resolve();
}

/** Parses everything, and names every field that is wrong at once. */
export function parseInput(route: RouteDefinition, request: Request): ParsedInput {
  const details: ProblemDetail[] = [];
  const sentences: string[] = [];
  const read = (name: string, schema: Schema | undefined, value: unknown): unknown => {
    if (schema === undefined) return undefined;
    const result = z.safeParse(schema, value, { error: z.locales.en().localeError });
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      const field = [name, ...issue.path.map(String)].join('.');
      details.push(detailOf(field, issue, valueAt(value, issue.path)));
      sentences.push(`${field}: ${issue.message}`);
    }
    return undefined;
  };
  const params = read('params', route.params, request.params);
  const query = read('query', route.query, request.query);
  const body = route.file === undefined ? read('body', route.body, request.body) : (request.body as unknown);
  if (details.length > 0) {
    throw new ServiceError('request-invalid', `The request is not as it has to be. ${shorten(sentences)}`, {
      details: details.slice(0, detailLimit),
    });
  }
  return { params, query, body, ifMatch: route.ifMatch === true ? readIfMatch(request.get('if-match')) : undefined };
}

/** The version in an `If-Match` header: one entity tag that is a whole number. */
export function readIfMatch(header: string | undefined): number {
  if (header === undefined || header.trim() === '') {
    throw new ServiceError('version-required', 'Name the version that you read in If-Match, such as If-Match: "3".');
  }
  const version = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header.trim())?.[1];
  if (version === undefined) {
    throw new ServiceError('request-invalid', 'If-Match has to name one version, such as "3".', {
      details: [{ field: 'header.if-match', reason: 'malformed' }],
    });
  }
  return Number(version);
}

type Issue = z.core.$ZodIssue;

function detailOf(field: string, issue: Issue, input: unknown): ProblemDetail {
  switch (issue.code) {
    case 'invalid_type':
      return { field, reason: input === undefined ? 'missing' : 'wrong-type', value: issue.expected };
    case 'too_small':
      return { field, reason: 'too-small', value: Number(issue.minimum) };
    case 'too_big':
      return { field, reason: 'too-large', value: Number(issue.maximum) };
    case 'invalid_format':
      return { field, reason: 'malformed' };
    case 'invalid_value':
      return {
        field,
        reason: input === undefined ? 'missing' : 'not-one-of',
        value: issue.values.map(String).join(', '),
      };
    case 'unrecognized_keys':
      return { field, reason: 'unknown-field' };
    default:
      return { field, reason: 'invalid' };
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    // Only reads a property by the name that the schema gave it.
    current = (current as Record<PropertyKey, unknown>)[key];
  }
  return current;
}

function shorten(sentences: readonly string[]): string {
  const shown = sentences.slice(0, 5).map((sentence) => sentence.slice(0, 200));
  const more = sentences.length - shown.length;
  return shown.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/** No body at all: then the schema says what is missing. */
function isEmpty(request: Request): boolean {
  return request.get('transfer-encoding') === undefined && Number(request.get('content-length') ?? '0') === 0;
}

/** Runs a middleware as a promise. */
function run(middleware: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void middleware(request, response, (error?: unknown) => {
      if (error === undefined || error === null) resolve();
      // Rejected with whatever the parser gave; problem.ts looks at its marks.
      else reject(error instanceof Error ? error : new Error('middleware failed', { cause: error }));
    });
  });
}
