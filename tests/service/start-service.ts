/**
 * The service's real HTTP stack in this process: a free port on loopback, a database in memory, a clock that stands
 * until it is moved, and three people. A test hands in the routes of the capability that it is about.
 */
import { noJournal } from '../fixtures/no-journal';
import { randomUUID } from 'node:crypto';
import type { Router } from 'express';
import { apiBase } from '../../shared/api';
import type { Session } from '../../shared/api/sessions';
import { problemSchema } from '../../shared/errors';
import type { LiveEvent } from '../../shared/events';
import { createAccountDirectory } from '../../sync-service/accounts/people-account-directory';
import { userNameKey } from '../../sync-service/accounts/people-model';
import { createPeopleStores } from '../../sync-service/accounts/people-work';
import { createSessionService } from '../../sync-service/accounts/session.service';
import { createSessionStore } from '../../sync-service/accounts/session-store';
import { createSessionAnswers } from '../../sync-service/accounts/session-answers';
import type { SessionAnswers } from '../../sync-service/accounts/session-answers';
import type { SessionService } from '../../sync-service/accounts/session.service';
import type { AccountDirectory } from '../../sync-service/accounts/account-directory';
import { sessionsRoutes } from '../../sync-service/accounts/sessions.routes';
import { createSignInFailureStore } from '../../sync-service/accounts/sign-in-failure-store';
import { createSignInAudit } from '../../sync-service/accounts/sign-in-audit';
import { createSignInGuard } from '../../sync-service/accounts/sign-in-guard';
import { openDatabase } from '../../sync-service/database/database';
import type { Database } from '../../sync-service/database/database';
import { migrate } from '../../sync-service/database/migrate';
import { createEventBus } from '../../sync-service/events/event-bus';
import { createEventStream } from '../../sync-service/events/event-stream';
import type { Snapshot } from '../../sync-service/events/event-stream';
import { eventsRoutes } from '../../sync-service/events/events.routes';
import type { BoundRoute } from '../../sync-service/http/binding';
import { createHttpApp } from '../../sync-service/http/http-app';
import type { HttpAppDeps } from '../../sync-service/http/http-app';
import { startHttpServer } from '../../sync-service/http/http-server';
import { writeOpenApi } from '../../sync-service/http/openapi';
import { createOriginCheck } from '../../sync-service/http/own-origin';
import { installationRoutes } from '../../sync-service/installation/installation.routes';
import { createLogger } from '../../sync-service/logger';
import { profileRoutes } from '../../sync-service/profile/profile.routes';
import { createProfileService } from '../../sync-service/profile/profile.service';
import type { PasswordHashing } from '../../sync-service/accounts/password-check';
import { plainPresence } from '../fixtures/plain-presence';

/** Milliseconds since 1970 at which every test begins: 2026-03-02T08:00:00Z. */
export const beginning = Date.UTC(2026, 2, 2, 8);

/** Quick and readable; the real hashing has tests of its own. */
export const plainHashing: PasswordHashing = {
  hash: (password) => Promise.resolve(`plain:${password}`),
  verify: (stored, password) => Promise.resolve(stored === `plain:${password}`),
};

/** Who is there: two users of one site, an administrator, and one who must change his password first. */
export const people = {
  anna: { userName: 'anna', password: 'Anna-330!', extension: '330', role: 'user', mustChange: false },
  bert: { userName: 'bert', password: 'Bert-331!', extension: '331', role: 'user', mustChange: false },
  admin: { userName: 'admin', password: 'Admin-339!', extension: undefined, role: 'admin', mustChange: false },
  newcomer: { userName: 'newcomer', password: 'Start-332!', extension: '332', role: 'user', mustChange: true },
} as const;
export type PersonName = keyof typeof people;

/** What a test's own routes may use. */
export interface ServiceParts {
  readonly database: Database;
  readonly sessions: SessionService;
  readonly accounts: AccountDirectory;
  readonly answers: SessionAnswers;
  readonly now: () => Date;
  readonly publish: (userId: string | undefined, event: LiveEvent) => void;
}

export interface StartOptions extends Partial<
  Pick<HttpAppDeps, 'rateLimits' | 'pane' | 'basePath' | 'trustProxy' | 'security'>
> {
  readonly routes?: (parts: ServiceParts) => readonly BoundRoute[];
  readonly extraRouters?: readonly Router[];
  /** Database file; in memory where absent. Lets a test start the service again on what it left behind. */
  readonly databaseFile?: string;
  /** Where the clock begins; {@link beginning} where absent. */
  readonly startAt?: number;
  readonly snapshotOf?: (userId: string) => Promise<Snapshot>;
  readonly eventBufferSize?: number;
  /** Cookies as over https; over http, as the demo has them, where absent. */
  readonly secureCookies?: boolean;
  readonly hashing?: PasswordHashing;
}

export type RunningService = Awaited<ReturnType<typeof startService>>;

/** Numbers, pictures and telephones are no matter of this service: tests of them start the whole application. */
const notHere = (): never => {
  throw new Error('not part of this service');
};
const noDetails = { saveDetails: notHere, savePicture: notHere, removePicture: notHere, choosePhone: notHere };

/** Starts everything; end it with `stop()`. */
export async function startService(options: StartOptions = {}) {
  const clock = { time: options.startAt ?? beginning, advance: (ms: number) => void (clock.time += ms) };
  const now = () => new Date(clock.time);
  const database = openDatabase(options.databaseFile ?? ':memory:');
  await migrate(database);
  const userIds = await addPeople(database, options.hashing ?? plainHashing);
  const log: string[] = [];
  const logger = createLogger('debug', { write: (line: string) => void log.push(line) });
  const accounts = createAccountDirectory({ stores: createPeopleStores(database) });
  const sessions = createSessionService({
    store: createSessionStore(database),
    guard: createSignInGuard(createSignInFailureStore(database), now),
    audit: createSignInAudit(database, now),
    accounts,
    hashing: options.hashing ?? plainHashing,
    now,
    newId: randomUUID,
    logger,
  });
  const bus = createEventBus();
  const events = createEventStream({
    bus,
    snapshotOf: options.snapshotOf ?? (() => Promise.resolve(emptySnapshot)),
    sessions,
    epoch: randomUUID().replaceAll('-', ''),
    logger,
    ...(options.eventBufferSize !== undefined && { bufferSize: options.eventBufferSize }),
  });
  const publish = (userId: string | undefined, event: LiveEvent) =>
    bus.publish(userId === undefined ? { everybody: true } : { user: userId }, event);

  const basePath = options.basePath ?? '';
  const cookie = { path: `${basePath}${apiBase}/sessions/renew`, secure: options.secureCookies ?? false };
  const answers = createSessionAnswers(cookie, createOriginCheck({ origins: [], loopback: true }));
  const ownRoutes: BoundRoute[] = [
    ...sessionsRoutes(sessions, cookie, answers),
    ...profileRoutes(
      createProfileService({ source: { ...accounts, ...noDetails }, scaler: { scale: notHere }, changed: notHere }),
    ),
    ...eventsRoutes(events),
    ...(options.routes?.({ database, now, sessions, accounts, answers, publish }) ?? []),
  ];
  const readiness = { missing: () => Promise.resolve([]) };
  const openApi = writeOpenApi(
    ownRoutes.map((bound) => bound.route),
    '0.0.0',
  );
  const app = createHttpApp({
    routes: [...ownRoutes, ...installationRoutes({ facts: () => ({ version: '0.0.0' }), readiness, openApi })],
    authenticate: (token) => sessions.authenticate(token),
    security: options.security ?? {
      https: false,
      scriptOrigins: [],
      connectOrigins: [],
      frameOrigins: [],
      outlookOrigins: [],
    },
    basePath,
    trustProxy: options.trustProxy ?? false,
    ...(options.pane !== undefined && { pane: options.pane }),
    ...(options.extraRouters !== undefined && { extraRouters: options.extraRouters }),
    ...(options.rateLimits !== undefined && { rateLimits: options.rateLimits }),
    validateResponses: true,
    logger,
  });
  const server = await startHttpServer(app, { port: 0, host: '127.0.0.1' });
  const api = server.url + basePath + apiBase;

  /** Sends a request to a path of the contract. */
  async function send(method: string, path: string, request: SendOptions = {}): Promise<Response> {
    const headers = new Headers(request.headers);
    if (request.token !== undefined) headers.set('authorization', `Bearer ${request.token}`);
    if (request.cookie !== undefined) headers.set('cookie', request.cookie);
    if (request.body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
    const body = typeof request.body === 'string' ? request.body : JSON.stringify(request.body);
    return fetch(api + path, {
      method,
      headers,
      ...(request.body !== undefined && { body }),
      ...(request.signal !== undefined && { signal: request.signal }),
    });
  }

  async function signIn(name: PersonName): Promise<{ session: Session; cookie: string; userId: string }> {
    const { userName, password } = people[name];
    const response = await send('POST', '/sessions', { body: { userName, password } });
    if (response.status !== 200) throw new Error(`sign-in of ${name}: ${response.status} ${await response.text()}`);
    // Parsed by the pane's schema in its own tests; the router has just held it against it.
    const session = (await response.json()) as Session;
    return { session, cookie: cookieOf(response), userId: userIds[name] };
  }

  return {
    /** Base of the contract, such as `http://127.0.0.1:1234/api/v1`. */
    api,
    url: server.url,
    clock,
    database,
    sessions,
    events,
    publish,
    userIds,
    /** Lines that were logged. */
    log,
    send,
    signIn,
    async stop() {
      events.close();
      await server.close(200);
      await database.destroy();
    },
  };
}

export interface SendOptions {
  readonly token?: string;
  readonly cookie?: string;
  /** A text is sent as it is, everything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** `name=value` of the answer's renewal cookie; empty when it brings none. */
export function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** The problem document of an answer, held against its schema. */
export async function problemOf(response: Response) {
  if (response.headers.get('content-type')?.startsWith('application/problem+json') !== true) {
    throw new Error(`no problem document: ${response.status} ${await response.text()}`);
  }
  return problemSchema.parse(await response.json());
}

const emptySnapshot: Snapshot = {
  type: 'snapshot',
  telephoneSystem: { state: 'up', since: new Date(beginning).toISOString() },
  calls: [],
  lineStates: [],
  journal: noJournal,
  ...plainPresence,
};

const dialPlan = {
  countryCode: '49',
  areaCode: '89',
  trunkAccessCode: '0',
  nationalPrefix: '0',
  internationalPrefix: '00',
  numberBlocks: [],
  extensionLength: 3,
  emergencyNumbers: ['110', '112'],
};

/** Puts the people into an empty database; finds them again in one that has them. */
export async function addPeople(database: Database, hashing: PasswordHashing): Promise<Record<PersonName, string>> {
  const ids = { anna: 'user-anna', bert: 'user-bert', admin: 'user-admin', newcomer: 'user-newcomer' };
  const known = await database.selectFrom('sites').select('id').executeTakeFirst();
  if (known !== undefined) return ids;
  await database
    .insertInto('sites')
    .values({
      id: 'site-1',
      name: 'Office',
      time_zone: 'Europe/Berlin',
      dial_plan: JSON.stringify(dialPlan),
      telephone_system: null,
    })
    .execute();
  for (const [name, person] of Object.entries(people)) {
    const id = `user-${name}`;
    await database
      .insertInto('users')
      .values({
        id,
        site_id: 'site-1',
        user_name: person.userName,
        user_name_key: userNameKey(person.userName),
        display_name: name,
        given_name: null,
        surname: null,
        extension: person.extension ?? null,
        email: null,
        role: person.role,
        password_hash: await hashing.hash(person.password),
        must_change_password: Number(person.mustChange),
        in_directory: 1,
        disabled_at: null,
        settings: '{}',
        created_at: new Date(beginning).toISOString(),
      })
      .execute();
    if (person.extension === undefined) continue;
    await database
      .insertInto('devices')
      .values({
        id: `device-${name}`,
        user_id: id,
        site_id: 'site-1',
        name: 'Desk phone',
        address: `PJSIP/${person.extension}`,
        is_mine: 1,
      })
      .execute();
  }
  return ids;
}
