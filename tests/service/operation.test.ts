/** What an operator sees: that the process lives, that the installation can work, and figures. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHttpServer } from '../../sync-service/http/http-server';
import { createReadiness } from '../../sync-service/installation/readiness';
import { createLogger } from '../../sync-service/logger';
import { createMetrics } from '../../sync-service/metrics/metrics';
import { createMetricsListener } from '../../sync-service/metrics/metrics-server';
import { startApp } from './start-app';
import type { RunningApp } from './start-app';
import { people } from './start-service';

const logger = createLogger('silent');

describe('health and readiness', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.stop());

  it('is ready while the database answers, and else names what is missing; its health is another matter', async () => {
    expect(await app.request('GET', '/ready')).toEqual({ status: 200, body: { status: 'ready' } });
    await app.database.destroy();
    expect(await app.request('GET', '/ready')).toMatchObject({
      status: 503,
      body: { code: 'not-ready', details: [{ reason: 'database' }] },
    });
    expect(await app.request('GET', '/health')).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it('is not ready for a database that does not answer in time, nor once it is being stopped', async () => {
    const slow = createReadiness(() => new Promise(() => undefined), logger, 5);
    expect(await slow.missing()).toEqual(['database']);
    const ending = createReadiness(() => Promise.resolve(), logger);
    ending.stop();
    expect(await ending.missing()).toEqual(['stopping']);
  });

  it('shows by three events, one after the other, whether a stream comes through', async () => {
    const response = await fetch(`${app.url}/api/v1/stream-probe`, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(await response.text()).toBe('data: {"event":1}\n\ndata: {"event":2}\n\ndata: {"event":3}\n\n');
  });
});

describe('the figures for Prometheus', () => {
  it('count by route, outcome and site, and hold nothing of a person', async () => {
    const metrics = createMetrics('1.2.3');
    const app = await startApp({ metrics });
    const server = await startHttpServer(createMetricsListener(metrics, logger), { port: 0, host: '127.0.0.1' });
    const asAnna = await app.as('anna');
    await asAnna('GET', '/directory?q=Bert%20331');
    await asAnna('GET', '/contact-syncs/nothing-of-the-kind');
    const open = await asAnna('POST', '/contact-syncs', {
      body: {
        account: { kind: 'graph', key: 'anna@example.com', name: 'anna@example.com' },
        mode: 'delta',
        generation: 0,
      },
    });
    await asAnna('POST', `/contact-syncs/${(open.body as { id?: string }).id ?? 'none'}/commit`, { body: {} });
    await fetch(`${app.url}/api/v1/nothing/+4989123456`);

    const answer = await fetch(`${server.url}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/);
    const text = await answer.text();
    expect(text).toContain('mycontacts_info{version="1.2.3"} 1');
    expect(text).toMatch(
      /mycontacts_http_request_duration_seconds_count\{route="signIn",method="POST",status="20\d"\} 1/,
    );
    expect(text).toMatch(/mycontacts_http_request_duration_seconds_count\{route="none",/);
    expect(text).toMatch(/mycontacts_sync_commit_duration_seconds_count\{outcome="[a-z-]+"\} 1/);
    expect(text).toMatch(/mycontacts_telephone_link_up\{site="[\w-]+"\} [01]/);
    for (const name of [
      'mycontacts_live_streams 0',
      'mycontacts_database_errors_total 0',
      'nodejs_eventloop_lag_seconds',
      'process_resident_memory_bytes',
    ]) {
      expect(text).toContain(name);
    }
    const labels = [...text.matchAll(/="([^"]*)"/g)].map(([, value]) => value);
    const personal = [
      ...Object.values(people).flatMap(({ userName, extension }) => [userName, extension]),
      '4989123456',
    ];
    for (const of of personal) if (of !== undefined && of !== 'admin') expect(labels.join(' ')).not.toContain(of);

    expect((await fetch(`${server.url}/`)).status).toBe(404);
    expect((await fetch(`${server.url}/metrics`, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${app.url}/metrics`)).status).toBe(404);
    await Promise.all([server.close(0), app.stop()]);
  });
});
