/** The whole service as `app.ts` wires it, in this process: a database in memory, the simulated telephone system, HTTP on loopback. */
import { inject } from 'vitest';
import { apiBase } from '../../shared/api';
import { createEntryIndexHandler } from '../../sync-service/accounts/entry-index-job';
import { createImportUsersHandler, createImportingPeople } from '../../sync-service/accounts/import/import-users-job';
import { hashPassword, verifyPassword } from '../../sync-service/accounts/people-password';
import { createApp } from '../../sync-service/app';
import { readConfig } from '../../sync-service/config';
import { createContactJobs } from '../../sync-service/contacts/contact-jobs';
import { createInlineWork } from '../../sync-service/database/background-work';
import { createCompactHandler } from '../../sync-service/database/compact-job';
import { openDatabase } from '../../sync-service/database/database';
import type { Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { startHttpServer } from '../../sync-service/http/http-server';
import { createLogger } from '../../sync-service/logger';
import type { Metrics } from '../../sync-service/metrics/metrics';
import { createSimulatedTelephoneSystem } from '../../sync-service/telephone-system/simulated/simulated-telephone-system';
import type { SimulatedTelephoneSystem } from '../../sync-service/telephone-system/simulated/simulated-telephone-system';
import type { TelephoneSystemFactory } from '../../sync-service/telephone-system/telephone-system';
import { createPictureScaler } from '../../sync-service/pictures/scale-picture';
import { realRules } from '../fakes/contact-world';
import { openDatabaseAt } from '../fakes/postgresql-server';
import { addPeople, people } from './start-service';
import type { PersonName } from './start-service';

export type RunningApp = Awaited<ReturnType<typeof startApp>>;

/** In memory; in the tests of PostgreSQL (`tests/postgres`) a database of its own on their server. */
export function openTestDatabase(): Database {
  const port = inject('postgresqlPort');
  return port === undefined ? openDatabase(':memory:') : openDatabaseAt(port);
}

export interface AppOptions {
  /** The site's telephone system and what makes it; the simulated one where absent. */
  readonly telephone?: { readonly settings: { readonly kind: string }; readonly make: TelephoneSystemFactory };
  /** A database that outlives the service; one in memory where absent. */
  readonly database?: Database;
  readonly metrics?: Metrics;
  /** Hears of each job that the background work has done. */
  readonly jobDone?: (name: string, payload: unknown) => void;
}

export async function startApp(options: AppOptions = {}) {
  const database = options.database ?? openTestDatabase();
  await migrate(database);
  await addPeople(database, { hash: hashPassword, verify: verifyPassword });
  await database
    .updateTable('sites')
    .set({ telephone_system: JSON.stringify(options.telephone?.settings ?? { kind: 'simulated' }) })
    .execute();
  const rules = realRules();
  const systems: SimulatedTelephoneSystem[] = [];
  const work = createInlineWork([
    createCompactHandler(database),
    createEntryIndexHandler(database, rules),
    createImportUsersHandler(createImportingPeople(database, rules)),
    ...createContactJobs({
      database,
      rules,
      pictures: createPictureScaler(),
      newId: () => crypto.randomUUID(),
    }),
  ]);
  const app = await createApp({
    config: readConfig({ DEMO: '1', PORT: '0' }),
    version: '0.0.0',
    database,
    work: {
      ...work,
      async run(job, payload, watch) {
        const result = await work.run(job, payload, watch);
        options.jobDone?.(job.name, payload);
        return result;
      },
    },
    telephoneSystems: {
      simulated: (settings) => {
        const system = createSimulatedTelephoneSystem(settings);
        systems.push(system);
        return system;
      },
      ...(options.telephone && { [options.telephone.settings.kind]: options.telephone.make }),
    },
    paneDirectory: '/nowhere',
    officeJsDirectory: undefined,
    ...(options.metrics && { metrics: options.metrics }),
    logger: createLogger('silent'),
  });
  await app.start();
  const server = await startHttpServer(app.http, { port: 0, host: '127.0.0.1' });

  /** A signed-in person's way of sending: JSON in and out, or a file's bytes. */
  async function as(name: PersonName) {
    const { userName, password } = people[name];
    const signedIn = await request('POST', '/sessions', { body: { userName, password } });
    const { token } = signedIn.body as { token: string };
    return (method: string, path: string, options: RequestOptions = {}) => request(method, path, { ...options, token });
  }

  interface RequestOptions {
    readonly token?: string;
    readonly body?: unknown;
    readonly bytes?: Uint8Array<ArrayBuffer>;
    readonly headers?: Readonly<Record<string, string>>;
  }

  async function request(method: string, path: string, options: RequestOptions = {}) {
    const content = options.bytes ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const response = await fetch(server.url + apiBase + path, {
      method,
      headers: {
        ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
        ...(options.body !== undefined && { 'content-type': 'application/json' }),
        ...(options.bytes !== undefined && { 'content-type': 'application/octet-stream' }),
        ...options.headers,
      },
      ...(content !== undefined && { body: content }),
    });
    const text = await response.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, body };
  }

  const signIn = (userName: string, password: string) => request('POST', '/sessions', { body: { userName, password } });

  return {
    as,
    /** Tries to sign in. */
    signIn,
    /** Without a slash at its end. */
    url: server.url,
    request,
    /** What a GET of that address gives to a person, as it comes. */
    async raw(name: PersonName, path: string): Promise<Response> {
      const { userName, password } = people[name];
      const { token } = (await request('POST', '/sessions', { body: { userName, password } })).body as {
        token: string;
      };
      return fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } });
    },
    database,
    /** The people at the simulated phones. */
    phones: () => systems[0]?.phones,
    async stop() {
      await app.stop();
      await server.close(100);
      if (options.database === undefined) await database.destroy();
    },
  };
}
