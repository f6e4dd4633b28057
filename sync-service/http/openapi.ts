/**
 * The contract as an OpenAPI 3.1 document, written from the routes that the router serves. Zod's own conversion to
 * JSON Schema reads the schemas: what a caller gives by `input`, what comes back by `output`.
 */
import * as z from 'zod/mini';
import { apiBase } from '../../shared/api';
import { liveEventSchema } from '../../shared/events';
import { errorStatus, problemSchema } from '../../shared/errors';
import type { ErrorCode } from '../../shared/errors';
import type { RouteDefinition, Schema } from '../../shared/api/route';

type Json = Record<string, unknown>;

/** Errors that any route may answer with, besides its own. */
const generalErrors: readonly ErrorCode[] = [
  'request-invalid',
  'rate-limited',
  'storage-unavailable',
  'internal-error',
];
const signedInErrors: readonly ErrorCode[] = ['not-signed-in', 'password-change-required'];

/** Writes the document. `version` is the installation's. */
export function writeOpenApi(routes: readonly RouteDefinition[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'myContacts', version },
    servers: [{ url: `.${apiBase}` }],
    paths,
    components: {
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: jsonSchema(problemSchema, 'output'), LiveEvent: jsonSchema(liveEventSchema, 'output') },
    },
  };
}

/** Codes that a route may answer with. */
export function errorsOf(route: RouteDefinition): ErrorCode[] {
  const codes: ErrorCode[] = [...generalErrors, ...route.errors];
  if (route.access !== 'public') codes.push(...signedInErrors);
  if (route.access === 'admin') codes.push('forbidden');
  if (route.body !== undefined || route.file !== undefined) codes.push('body-too-large', 'content-type-unsupported');
  if (route.ifMatch === true) codes.push('version-required', 'version-conflict');
  return [...new Set(codes)];
}

function operationOf(route: RouteDefinition): Json {
  return {
    operationId: route.name,
    summary: route.summary,
    ...(route.access === 'public' ? { security: [] } : { security: [{ accessToken: [] }] }),
    ...(route.access === 'admin' && { description: 'For administrators.' }),
    parameters: [
      ...parametersOf(route.params, 'path'),
      ...parametersOf(route.query, 'query'),
      ...(route.ifMatch === true ? [versionHeader] : []),
      ...(route.stream === true ? [lastEventIdHeader] : []),
    ],
    ...requestBodyOf(route),
    responses: { [String(route.status)]: answerOf(route), ...problemsOf(route) },
  };
}

const versionHeader: Json = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The version that the caller read, as an entity tag: "3".',
  schema: { type: 'string' },
};

const lastEventIdHeader: Json = {
  name: 'Last-Event-ID',
  in: 'header',
  description: 'The id of the last event that was heard; the stream goes on behind it.',
  schema: { type: 'string' },
};

function parametersOf(schema: Schema | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = z.parse(objectSchema, jsonSchema(schema, 'input'));
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

const objectSchema = z.looseObject({
  properties: z.optional(z.record(z.string(), z.unknown())),
  required: z.optional(z.array(z.string())),
});

function requestBodyOf(route: RouteDefinition): Json {
  if (route.file !== undefined) {
    return {
      requestBody: { required: true, content: Object.fromEntries(route.file.contentTypes.map((t) => [t, {}])) },
    };
  }
  if (route.body === undefined) return {};
  return {
    requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } },
  };
}

function answerOf(route: RouteDefinition): Json {
  if (route.stream === true) {
    const schema = { $ref: '#/components/schemas/LiveEvent' };
    return { description: 'Server-sent events.', content: { 'text/event-stream': { schema } } };
  }
  if (route.downloads !== undefined) {
    return { description: 'The file.', content: Object.fromEntries(route.downloads.map((type) => [type, {}])) };
  }
  if (route.answersFile !== undefined) return { description: 'The file.', content: { [route.answersFile]: {} } };
  if (route.response === undefined) return { description: 'Done.' };
  return { description: 'Done.', content: { 'application/json': { schema: jsonSchema(route.response, 'output') } } };
}

/** The problems by status, each with the codes that it may carry. */
function problemsOf(route: RouteDefinition): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorsOf(route)) {
    const status = errorStatus[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [String(status), { description: codes.join(', '), content }]),
  );
}

function jsonSchema(schema: Schema, io: 'input' | 'output'): Json {
  const { $schema: _dialect, '~standard': _standard, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
