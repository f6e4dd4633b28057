/** The level of the service's log is changed by administrators while it runs. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type RunningApp } from './start-app';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

it('an administrator raises the level of the log for an hour, sees it, and takes it back; nobody else does', async () => {
  const admin = await app.as('admin');
  const anna = await app.as('anna');
  const path = '/administration/log-level';
  const raised = await admin('PUT', path, { body: { level: 'debug' } });
  expect(raised).toMatchObject({ status: 200, body: { level: 'debug', configured: 'silent' } });
  const { until } = raised.body as { until: string };
  const minutes = (Date.parse(until) - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(59);
  expect(minutes).toBeLessThanOrEqual(60);
  expect((await admin('GET', path)).body).toEqual({ level: 'debug', configured: 'silent', until });
  expect((await anna('PUT', path, { body: { level: 'trace' } })).status).toBe(403);
  expect((await admin('PUT', path, { body: { level: 'loud' } })).status).toBe(400);
  expect((await admin('PUT', path, { body: { level: null } })).body).toEqual({ level: 'silent', configured: 'silent' });
  const trail = (await admin('GET', '/administration/audit-trail')).body as { items: { action: string }[] };
  expect(trail.items.filter(({ action }) => action === 'log-level.changed')).toHaveLength(2);
});
