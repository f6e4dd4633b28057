import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { routes } from '../../shared/api';
import { errorStatus } from '../../shared/errors';
import { errorsOf, writeOpenApi } from '../../sync-service/http/openapi';
import { startService } from './start-service';
import type { RunningService } from './start-service';

const operationSchema = z.looseObject({
  operationId: z.string(),
  security: z.array(z.unknown()),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string(), required: z.optional(z.boolean()) })),
  requestBody: z.optional(z.looseObject({ content: z.record(z.string(), z.looseObject({})) })),
  responses: z.record(z.string(), z.looseObject({ content: z.optional(z.record(z.string(), z.unknown())) })),
});
const documentSchema = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

const written = writeOpenApi(routes, '1.2.3');
const document = documentSchema.parse(written);

let service: RunningService | undefined;
afterEach(() => service?.stop());

describe('the OpenAPI document', () => {
  it('has every route of the contract and nothing else', () => {
    const inDocument = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(inDocument.sort()).toEqual(routes.map((route) => `${route.method} ${route.path}`).sort());
  });

  it.each(routes.map((route) => [route.name, route] as const))('tells %s as it is declared', (_name, route) => {
    const operation = document.paths[route.path]?.[route.method.toLowerCase()];
    if (operation === undefined) throw new Error('not in the document');
    expect(operation.operationId).toBe(route.name);
    expect(operation.security).toHaveLength(route.access === 'public' ? 0 : 1);
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
    expect(inPath.map((parameter) => `{${parameter.name}}`).sort()).toEqual(
      (route.path.match(/\{\w+\}/g) ?? []).sort(),
    );
    expect(inPath.every((parameter) => parameter.required === true)).toBe(true);
    expect(operation.parameters.some((parameter) => parameter.name === 'If-Match')).toBe(route.ifMatch === true);
    const bodyTypes = Object.keys(operation.requestBody?.content ?? {});
    expect(bodyTypes).toEqual(route.file?.contentTypes ?? (route.body === undefined ? [] : ['application/json']));
    const statuses = new Set([route.status, ...errorsOf(route).map((code) => errorStatus[code])].map(String));
    expect(new Set(Object.keys(operation.responses))).toEqual(statuses);
    const success = operation.responses[String(route.status)]?.content ?? {};
    expect(Object.keys(success)).toEqual(
      (route.downloads ?? route.answersFile) !== undefined
        ? [route.downloads ?? route.answersFile].flat()
        : route.stream === true
          ? ['text/event-stream']
          : route.response === undefined
            ? []
            : ['application/json'],
    );
  });

  it('names each operation once', () => {
    expect(new Set(routes.map((route) => route.name)).size).toBe(routes.length);
  });

  it('points to nothing that is not in it', () => {
    for (const [, name = ''] of JSON.stringify(written).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      expect(Object.keys(document.components.schemas)).toContain(name);
    }
  });

  it('is served to anybody', async () => {
    service = await startService();
    const response = await service.send('GET', '/openapi.json');
    expect(response.status).toBe(200);
    const served = documentSchema.parse(await response.json());
    expect(served.paths['/sessions']?.post?.operationId).toBe('signIn');
  });
});

describe('the contract', () => {
  it('declares in each path the parameters that its schema has', () => {
    for (const route of routes) {
      expect(route.path.includes('{'), route.name).toBe(route.params !== undefined);
    }
  });

  it('lets nobody but the public routes be called without signing in', () => {
    const open = routes.filter((route) => route.access === 'public').map((route) => route.name);
    expect(open.sort()).toEqual([
      'createFirstAdministrator',
      'getHealth',
      'getInstallation',
      'getOpenApi',
      'getReadiness',
      'linkMicrosoftAccount',
      'probeStream',
      'renewSession',
      'signIn',
      'signInWithMicrosoft',
    ]);
  });
});
