/**
 * Express gives each request and each answer another prototype when it takes them over. V8 then knows them as objects of no
 * class: they take twice the memory, and what ought to die with the answer lives on until the great collection, so that each
 * small one has more to do. Of a service with a hundred thousand users those took 7 to 12 ms and were the slowest percent of
 * all answers. Here Node makes requests and answers with Express's methods from the start; Express finds the prototype that
 * it wants, and leaves them as they are.
 */
import { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestListener, ServerOptions } from 'node:http';
import express from 'express';
import type { Express } from 'express';

/** An Express application; to be served by a server that is made with {@link serverClassesOf} it. */
export function createExpress(): Express {
  const app = express();
  const ofApp = { app: { configurable: true, enumerable: true, writable: true, value: app } };
  class AppRequest extends IncomingMessage {}
  Object.defineProperties(AppRequest.prototype, { ...Object.getOwnPropertyDescriptors(express.request), ...ofApp });
  class AppResponse extends ServerResponse {}
  Object.defineProperties(AppResponse.prototype, { ...Object.getOwnPropertyDescriptors(express.response), ...ofApp });
  // They have got the methods in the lines above.
  return Object.assign(app, { request: AppRequest.prototype, response: AppResponse.prototype });
}

/** What a server of Node has to make for this listener; nothing of its own where it is no Express application. */
export function serverClassesOf(listener: RequestListener): Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'> {
  if (!('request' in listener && 'response' in listener)) return {};
  const [request, response] = [listener.request, listener.response];
  if (!(request instanceof IncomingMessage && response instanceof ServerResponse)) return {};
  // A prototype's constructor is its class.
  return {
    IncomingMessage: request.constructor as typeof IncomingMessage,
    ServerResponse: response.constructor as typeof ServerResponse,
  };
}
