import { createServer, request } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeskPhoneRouter } from '../../../demo/desk-phone/desk-phone-api';
import { createSimulatedTelephoneSystem } from '../../../sync-service/telephone-system/simulated/simulated-telephone-system';
import type { SimulatedTelephoneSystem } from '../../../sync-service/telephone-system/simulated/simulated-telephone-system';
import { createVirtualTimers } from '../../contract/telephone-system-virtual-timers';

describe('the demo phones over HTTP', () => {
  let system: SimulatedTelephoneSystem;
  let server: Server;
  let base: string;

  beforeEach(async () => {
    const timers = createVirtualTimers();
    system = createSimulatedTelephoneSystem({ kind: 'simulated' }, { timers });
    system.start([
      { address: 'phone/330', extension: '330', displayName: 'Anna Acker' },
      { address: 'phone/331', extension: '331', displayName: 'Bernd Bach' },
    ]);
    await timers.advance(1);
    server = createServer(express().use('/demo', createDeskPhoneRouter(system.phones)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A server that listens on TCP has a numbered address.
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/demo`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await system.stop();
  });

  const post = (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
    fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const phone = (extension: string) => `/phones/${encodeURIComponent(`phone/${extension}`)}`;

  it('lists the phones', async () => {
    expect(await (await fetch(`${base}/phones`)).json()).toMatchObject({
      items: [{ address: 'phone/330', activity: 'idle' }, { extension: '331' }],
    });
  });

  it('tells what a phone shows, at once and at each change, and lifts and lays down', async () => {
    const aborted = new AbortController();
    const response = await fetch(base + phone('330') + '/events', { signal: aborted.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const next = async () => JSON.parse(((await reader?.read())?.value ?? '').replace(/^data: /, '').trim()) as unknown;
    expect(await next()).toMatchObject({ activity: 'idle', lifted: false, connections: [] });

    const { callId } = (await (await post('/outside/call-in', { from: '089123456', to: '330' })).json()) as {
      callId: string;
    };
    expect(await next()).toMatchObject({
      activity: 'ringing',
      lamp: 'flashing',
      shown: { number: '089123456' },
      connections: [{ state: 'alerting', direction: 'incoming' }],
    });
    expect(await (await post(phone('330') + '/lift')).json()).toMatchObject({ activity: 'connected', lifted: true });
    expect(await next()).toMatchObject({ activity: 'connected' });
    expect((await post('/outside/hang-up', { callId })).status).toBe(200);
    expect(await next()).toMatchObject({ activity: 'idle' });
    aborted.abort();
  });

  it('dials by hand as people write numbers, and lets a colleague call', async () => {
    expect((await post(phone('330') + '/dial', { number: '0 089 / 12 34 56' })).status).toBe(200);
    expect(system.phones.state('phone/330')?.shown.number).toBe('0089123456');
    expect((await post(phone('330') + '/lay-down')).status).toBe(200);
    expect((await post('/colleagues/331/call-in', { to: '330' })).status).toBe(201);
    expect(system.phones.state('phone/331')?.activity).toBe('calling');
  });

  it('refuses what makes no sense', async () => {
    expect((await post(phone('399') + '/lift')).status).toBe(404);
    expect((await post(phone('330') + '/lift')).status).toBe(409);
    expect((await post(phone('330') + '/dial', { number: 'abc' })).status).toBe(400);
    expect((await post('/colleagues/399/call-in', { to: '330' })).status).toBe(404);
    expect((await post('/outside/call-in', { to: '399' })).status).toBe(409);
    expect((await post('/outside/hang-up', { callId: 'x' })).status).toBe(409);
    expect((await post(phone('330') + '/lift', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it('hears the own page and programs of this machine, and no other page, whatever name and port it was opened by', async () => {
    /** `fetch` names the host by itself. */
    const statusOf = (headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        request(`${base}/phones`, { headers }, (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end();
      });
    expect(await statusOf({})).toBe(200);
    expect(await statusOf({ host: 'localhost:8801', origin: 'http://localhost:8801' })).toBe(200);
    expect(await statusOf({ host: '[::1]:8801', 'sec-fetch-site': 'same-origin' })).toBe(200);
    // A page of another port on this machine.
    expect(await statusOf({ host: 'localhost:8801', 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await statusOf({ host: 'localhost:8801', origin: 'http://localhost:3000' })).toBe(403);
    expect(await statusOf({ host: 'localhost:8801', origin: 'null' })).toBe(403);
    // A foreign name that leads to this machine: to the browser it is the page's own.
    const rebound = { host: 'phones.example:8801', 'sec-fetch-site': 'same-origin' };
    expect(await statusOf(rebound)).toBe(403);
    expect(await statusOf({ ...rebound, origin: 'http://phones.example:8801' })).toBe(403);
  });
});
