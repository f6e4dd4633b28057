import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { createExpress } from '../../../sync-service/http/express-classes';
import { startHttpServer } from '../../../sync-service/http/http-server';

test('requests and answers are made as Express wants them, so that it does not change what they are', async () => {
  const app = createExpress();
  app.get('/said', (request, response) => {
    response.status(201).json({ ip: request.ip, fresh: request.fresh, query: request.query, app: request.app === app });
  });
  const made: unknown[] = [];
  const listener = Object.assign(
    (request: IncomingMessage, response: ServerResponse) => {
      made.push([Object.getPrototypeOf(request), Object.getPrototypeOf(response)]);
      (app as RequestListener)(request, response);
    },
    { request: app.request, response: app.response },
  );
  const server = await startHttpServer(listener, { port: 0, host: '127.0.0.1' });
  try {
    const answer = await fetch(`${server.url}/said?what=hello`);
    expect([answer.status, await answer.json()]).toEqual([
      201,
      { ip: '127.0.0.1', fresh: false, query: { what: 'hello' }, app: true },
    ]);
    expect(made).toEqual([[app.request, app.response]]);
  } finally {
    await server.close();
  }
});

test('what is no Express application is served as it is', async () => {
  const server = await startHttpServer((_request, response) => void response.end('plain'), {
    port: 0,
    host: '127.0.0.1',
  });
  try {
    expect(await (await fetch(server.url)).text()).toBe('plain');
  } finally {
    await server.close();
  }
});
