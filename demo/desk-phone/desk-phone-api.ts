/**
 * The simulated desk phones over HTTP, for the preview page of the demo: loopback only, nobody signs in. Mounted at
 * `/demo`. JSON in both directions; errors are `{error: string}` with 400, 404 (no such phone) or 409 (not possible now).
 *
 *     GET  /demo/phones                                 {items: PhoneState[]}
 *     GET  /demo/phones/{address}                       PhoneState
 *     GET  /demo/phones/{address}/events                server-sent events, each a PhoneState: the present one first, then
 *                                                       every change. While it is open the phone is attended: it rings
 *                                                       until it is lifted here, and does nothing by itself
 *     POST /demo/phones/{address}/lift {connection?}    answers what rings; a held side, when it is named, is gone on with
 *     POST /demo/phones/{address}/lay-down {connection?}  ends or refuses the side in front, or the named one
 *     POST /demo/phones/{address}/hold                  the hold key: holds, or goes on with what is held
 *     POST /demo/phones/{address}/dial {number}         dials by hand, as at a desk phone
 *     POST /demo/colleagues/{extension}/call-in {to}    the colleague calls the extension `to` → {callId}
 *     POST /demo/outside/call-in {from?, to}            somebody outside calls an extension or a group; without `from` the
 *                                                       number is withheld → {callId}
 *     POST /demo/outside/hang-up {callId}               the outside party hangs up
 *
 * `{address}` is the device's address in the telephone system, percent-encoded. PhoneState is that of
 * `sync-service/telephone-system/simulated/desk-phones.ts`.
 */
import express from 'express';
import type { Request, Response, Router } from 'express';
import * as z from 'zod/mini';
import { isOwnPage } from '../own-page';
import type { DeskPhones, PhoneState } from '../../sync-service/telephone-system/simulated/desk-phones';

/** Digits with the signs that people write between them. */
const dialled = z.string().check(z.maxLength(64), z.regex(/^[0-9*#][0-9*# ()/.-]*$/));
const dialBody = z.object({ number: dialled });
const colleagueBody = z.object({ to: dialled });
const outsideBody = z.object({
  from: z.optional(z.string().check(z.maxLength(32), z.regex(/^\+?[0-9]{3,20}$/))),
  to: dialled,
});
/** Which side of a call, where the phone has two. */
const sideBody = z.optional(z.object({ connection: z.optional(z.string().check(z.maxLength(64))) }));
const hangUpBody = z.object({ callId: z.string().check(z.maxLength(64)) });

const digitsOf = (written: string): string => written.replace(/[^0-9*#]/g, '');
const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const heartbeatMs = 15_000;

/** Makes the router; mount it with `app.use('/demo', createDeskPhoneRouter(system.phones))` in the demo only. */
export function createDeskPhoneRouter(phones: DeskPhones): Router {
  const router = express.Router();

  router.use((request, response, next) => {
    if (!isOwnPage(request) || !loopback.test(request.socket.remoteAddress ?? '')) {
      response.status(403).json({ error: 'The demo phones are for this machine and its own page.' });
      return;
    }
    next();
  });
  router.use(express.json({ limit: '4kb' }));

  /** The phone of the path, or the answer that there is none. */
  function phoneOf(request: Request<{ address: string }>, response: Response): PhoneState | undefined {
    const state = phones.state(request.params.address);
    if (state === undefined) response.status(404).json({ error: 'There is no such phone.' });
    return state;
  }

  /** The same with the side of a call that the body names. */
  function actOnSide(
    request: Request<{ address: string }>,
    response: Response,
    hand: (address: string, connectionId: string | undefined) => boolean,
  ): void {
    const body = sideBody.safeParse(request.body);
    if (body.success) act(request, response, (address) => hand(address, body.data?.connection));
    else response.status(400).json({ error: 'connection: the id of a side of a call.' });
  }

  /** Does something with the phone of the path and answers what it shows then. */
  function act(request: Request<{ address: string }>, response: Response, hand: (address: string) => boolean): void {
    const { address } = request.params;
    if (phoneOf(request, response) === undefined) return;
    if (hand(address)) response.json(phones.state(address));
    else response.status(409).json({ error: 'The phone cannot do that now.' });
  }

  function bodyOf<S extends z.ZodMiniType>(schema: S, request: Request, response: Response): z.output<S> | undefined {
    const body = z.safeParse(schema, request.body);
    if (body.success) return body.data;
    const [issue] = body.error.issues;
    response.status(400).json({ error: `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'wrong'}` });
    return undefined;
  }

  function answerCallIn(response: Response, callId: string | undefined): void {
    if (callId === undefined) response.status(409).json({ error: 'The call does not come about: busy or unknown.' });
    else response.status(201).json({ callId });
  }

  router.get('/phones', (_request, response) => {
    response.json({ items: phones.list() });
  });
  router.get('/phones/:address', (request, response) => {
    const state = phoneOf(request, response);
    if (state !== undefined) response.json(state);
  });
  router.get('/phones/:address/events', (request, response) => {
    const state = phoneOf(request, response);
    if (state === undefined) return;
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const send = (now: PhoneState): boolean => response.write(`data: ${JSON.stringify(now)}\n\n`);
    const leave = phones.attend(state.address);
    const unwatch = phones.watch(state.address, send);
    const heartbeat = setInterval(() => response.write(': alive\n\n'), heartbeatMs);
    response.on('close', () => {
      clearInterval(heartbeat);
      unwatch();
      leave();
    });
    send(phones.state(state.address) ?? state);
  });
  router.post('/phones/:address/lift', (request, response) => {
    actOnSide(request, response, (address, connectionId) => phones.lift(address, connectionId));
  });
  router.post('/phones/:address/lay-down', (request, response) => {
    actOnSide(request, response, (address, connectionId) => phones.layDown(address, connectionId));
  });
  router.post('/phones/:address/hold', (request, response) => {
    act(request, response, (address) => phones.holdKey(address));
  });
  router.post('/phones/:address/dial', (request, response) => {
    const body = bodyOf(dialBody, request, response);
    if (body !== undefined) act(request, response, (address) => phones.dial(address, digitsOf(body.number)));
  });
  router.post('/colleagues/:extension/call-in', (request, response) => {
    const body = bodyOf(colleagueBody, request, response);
    if (body === undefined) return;
    const { extension } = request.params;
    if (!phones.list().some((phone) => phone.extension === extension)) {
      response.status(404).json({ error: 'There is no such colleague.' });
      return;
    }
    answerCallIn(response, phones.callIn(extension, digitsOf(body.to)));
  });
  router.post('/outside/call-in', (request, response) => {
    const body = bodyOf(outsideBody, request, response);
    if (body !== undefined) answerCallIn(response, phones.callIn(body.from ?? '', digitsOf(body.to)));
  });
  router.post('/outside/hang-up', (request, response) => {
    const body = bodyOf(hangUpBody, request, response);
    if (body === undefined) return;
    if (phones.outsideHangsUp(body.callId)) response.json({});
    else response.status(409).json({ error: 'This call is over.' });
  });
  return router;
}
