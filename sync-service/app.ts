/** The only place that wires: every capability with its store, the narrow interfaces between them, and their routes. */
import { randomUUID } from 'node:crypto';
import type { Express, Router } from 'express';
import type { Logger } from 'pino';
import { apiBase } from '../shared/api';
import type { DialPlan } from '../shared/dial-plan';
import { ServiceError } from '../shared/errors';
import { createNumberRules } from '../shared/phone-number';
import { firstAdministratorRoutes } from './accounts/first-administrator.routes';
import type { People } from './accounts/people';
import { createSessionAnswers } from './accounts/session-answers';
import { sessionsRoutes } from './accounts/sessions.routes';
import { callsRoutes } from './calls/calls.routes';
import type { Config } from './config';
import type { BackgroundWork } from './database/background-work';
import type { Database } from './database/database';
import { commonWork, soleInstance } from './database/instances';
import type { Instances } from './database/instances';
import { directoryRoutes } from './directory/directory.routes';
import { createEventBus } from './events/event-bus';
import { createEventStream } from './events/event-stream';
import { eventsRoutes } from './events/events.routes';
import { createFavoritesService } from './favorites/favorites.service';
import { favoritesRoutes } from './favorites/favorites.routes';
import type { BoundRoute } from './http/binding';
import { createHttpApp } from './http/http-app';
import { writeOpenApi } from './http/openapi';
import { createOriginCheck } from './http/own-origin';
import { journalRoutes } from './journal/journal.routes';
import { askDisk } from './installation/ask-disk';
import { createReadiness } from './installation/readiness';
import { installationRoutes } from './installation/installation.routes';
import type { Metrics } from './metrics/metrics';
import { createNumbersService } from './numbers/numbers.service';
import { numbersRoutes } from './numbers/numbers.routes';
import { numberLibrary } from './numbers/number-library';
import { createPictureScaler } from './pictures/scale-picture';
import { presenceWatchesRoutes } from './presence-watches/presence-watches.routes';
import type { TelephoneSystemFactory } from './telephone-system/telephone-system';
import { createAboutBuild } from './updates/about-build';
import { updatesRoutes } from './updates/updates.routes';
import { watchPeople } from './watch-people';
import { wireCalls } from './wire-calls';
import { hearInstances, shareEvents } from './wire-instances';
import { wireContacts } from './wire-contacts';
import { wireDirectory } from './wire-directory';
import { wireUnattendedSync } from './wire-unattended-sync';
import { wireAdministration } from './wire-administration';
import { wireProfile } from './wire-profile';
import { wirePeople } from './wire-people';
import { wirePersonalData } from './wire-personal-data';
import { wirePresenceWatches } from './wire-presence-watches';
import { wirePresence } from './wire-presence';
import { wirePresenceCalendar } from './wire-presence-calendar';
import { wireLogLevel } from './wire-log-level';
import { wireMicrosoft } from './wire-microsoft';
import { wireSessions } from './wire-sessions';
import { publicFacts, securityOf } from './wire-security';
import { connectSites } from './wire-telephone-systems';

export interface AppDeps {
  readonly config: Config;
  readonly version: string;
  readonly database: Database;
  readonly work: BackgroundWork;
  /** Others on the same database; none where absent. */
  readonly instances?: Instances;
  /** Adapters by the `kind` of a site's telephone system. */
  readonly telephoneSystems: Readonly<Record<string, TelephoneSystemFactory>>;
  /** Directory of the built pane. */
  readonly paneDirectory: string;
  /** Directory with what the build wrote of itself. */
  readonly aboutDirectory?: string;
  /** Directories with files of the pane's former versions. */
  readonly formerPaneDirectories?: readonly string[];
  /** Directory of the copy of office.js, where the installation serves it. */
  readonly officeJsDirectory: string | undefined;
  /** Further routers of the installation. */
  readonly extraRouters?: readonly Router[];
  /** Absent where nobody asked for figures. */
  readonly metrics?: Metrics;
  readonly logger: Logger;
  /** How Microsoft is reached; the process's own `fetch` where absent. */
  readonly fetch?: typeof fetch;
}

export interface App {
  readonly http: Express;
  readonly people: People;
  /** Takes up the links to the telephone systems and the work in the background. */
  start(): Promise<void>;
  /** Ends streams, links and work; calls go on. */
  stop(): Promise<void>;
}

/** Milliseconds that the service has for each client when all of them read the directory again. */
const readingMs = 5;

/** Wires everything; nothing runs before `start`. */
export async function createApp(deps: AppDeps): Promise<App> {
  const { config, database, logger, metrics, work } = deps;
  const now = () => new Date();
  const newId = () => randomUUID();
  const numbers = createNumberRules(numberLibrary);
  const rules = {
    read: (raw: string, plan: DialPlan) => numbers.readNumber(raw, plan),
    version: (plan: DialPlan) => numbers.rulesVersion(plan),
  };
  const instances = deps.instances ?? soleInstance;
  const ownBus = createEventBus();
  const bus = shareEvents(ownBus, instances);

  const people = wirePeople({
    ...{ database, rules, now, newId, work, instances, logger },
    endSessions: (userId) => sessions.endSessionsOf(userId),
  });
  const sessions = wireSessions({ database, people, now, newId, logger });

  const dialPlanOf = (siteId: string): Promise<DialPlan> => people.sites.dialPlanOf(siteId);
  const dialPlanOfUser = async (userId: string): Promise<DialPlan> => {
    const user = await people.accounts.findUserById(userId);
    if (user === undefined) throw new ServiceError('not-found', 'This user is not there any more.');
    return dialPlanOf(user.siteId);
  };

  const scaler = createPictureScaler();
  const {
    contacts,
    syncs,
    leftImports,
    routes: contactRoutes,
  } = wireContacts({
    database,
    work,
    now,
    newId,
    rules,
    dialPlanOfUser,
    publish: (audience, event) => bus.publish(audience, event),
    scaler,
    colleaguePicture: (userId, hash) => people.ownProfiles.picture(userId, hash),
    ...{ metrics, logger, instances },
  });
  const { directory, getReady, readingAhead } = wireDirectory({
    ...{ database, people, numbers, dialPlanOf, work, instances, logger },
    bus: ownBus,
  });

  const systems = await connectSites(people, deps.telephoneSystems, logger);
  const { calls, journal } = wireCalls({
    ...{ database, people, systems, directory, numbers, dialPlanOf, newId, instances, logger },
    events: bus,
    demo: config.demo,
  });

  const favorites = createFavoritesService({ database, directory, numbers, dialPlanOf, newId, events: bus });

  const presence = wirePresence({
    ...{ database, people, systems, numbers, dialPlanOf, instances, logger },
    publish: (audience, event) => bus.publish(audience, event),
    epoch: newId().replaceAll('-', ''),
  });
  const calendar = wirePresenceCalendar({
    ...{ database, people, presence: presence.service, logger },
    mayLook: () => instances.owns(commonWork),
  });
  const events = createEventStream({
    bus,
    snapshotOf: async (userId) => {
      const user = await people.accounts.findUserById(userId);
      return {
        type: 'snapshot',
        ...calls.snapshotOf(userId, user?.siteId),
        journal: await journal.forUser(userId).counts(),
        ...(await presence.snapshotOf(userId)),
        watches: watches.watchedBy(userId).map((watch) => watch.userId),
      };
    },
    sessions,
    attached(userId) {
      watches.heard(userId);
      getReady(userId);
    },
    epoch: randomUUID().replaceAll('-', ''),
    logger,
  });

  const watches = wirePresenceWatches({
    ...{ database, people, calls, directory, logger },
    presence: presence.service,
    events: bus,
    eventsHere: ownBus,
    isHeard: (userId) => events.isHeard(userId),
  });

  const cookie = { path: `${config.basePath}${apiBase}/sessions/renew`, secure: config.https };
  const answers = createSessionAnswers(
    cookie,
    createOriginCheck({ origins: [config.baseUrl], loopback: config.loopback }),
  );
  const unattended = await wireUnattendedSync({
    config,
    database,
    people,
    syncs,
    now,
    newId,
    calendar: calendar.unattended,
    ...(metrics && { observer: { ended: (outcome, ms) => metrics.mailboxRunEnded(outcome, ms / 1000) } }),
    logger,
  });

  const logLevel = wireLogLevel({ database, now, newId, logger });
  const capabilities: BoundRoute[] = [
    ...sessionsRoutes(sessions, cookie, answers),
    ...wireMicrosoft({
      config: config.microsoft,
      database,
      sessions,
      accounts: people.accounts,
      answers,
      fetch: deps.fetch ?? fetch,
      now,
      newId,
      logger,
    }),
    ...firstAdministratorRoutes(people.firstAdministrator),
    ...wireProfile({
      people,
      scaler,
      rules,
      callsBack: (siteId) => systems.get(siteId)?.callsBack === true,
      async settingsChanged(userId) {
        await unattended.settingsChanged(userId);
        await calendar.service.settingsChanged(userId);
      },
      async changed() {
        await calls.devicesChanged();
        await presence.peopleChanged();
      },
    }),
    ...numbersRoutes(createNumbersService({ rules: numbers, dialPlanOf })),
    ...directoryRoutes(directory),
    ...contactRoutes,
    ...unattended.routes,
    ...callsRoutes(calls),
    ...journalRoutes(journal),
    ...favoritesRoutes(favorites),
    ...presenceWatchesRoutes(watches),
    ...presence.routes,
    ...calendar.routes,
    ...eventsRoutes(events),
    ...wireAdministration({
      ...{ database, people, rules, personalData: wirePersonalData(database, people, now), sessions },
      ...{ now, newId, work, logger },
    }),
    ...logLevel.routes,
    ...updatesRoutes({ version: deps.version, about: createAboutBuild(deps.aboutDirectory) }),
  ];
  const readiness = createReadiness(
    () => database.selectFrom('sites').select('id').limit(1).execute(),
    logger,
    undefined,
    config.postgresql === undefined ? () => askDisk(config.dataDirectory) : undefined,
  );
  metrics?.watchMailboxes(() => unattended.backlog());
  metrics?.watch({
    streams: () => events.size,
    telephoneLinks: () => [...systems].map(([siteId, system]) => [siteId, system.link] as const),
  });
  const facts = async () => ({
    version: deps.version,
    needsAdministrator: await people.firstAdministrator.isNeeded(),
    ...(config.microsoft && { microsoft: publicFacts(config.microsoft) }),
  });
  const installation = (openApi: Record<string, unknown>) => installationRoutes({ facts, readiness, openApi });
  const declared = [...capabilities, ...installation({})].map((bound) => bound.route);

  const http = createHttpApp({
    routes: [...capabilities, ...installation(writeOpenApi(declared, deps.version))],
    authenticate: (token) => sessions.authenticate(token),
    security: securityOf(config),
    basePath: config.basePath,
    trustProxy: config.trustProxy,
    pane: {
      directory: deps.paneDirectory,
      ...(deps.formerPaneDirectories && { formerDirectories: deps.formerPaneDirectories }),
      officeJsUrl: config.officeJs.url,
      ...(deps.officeJsDirectory !== undefined && { officeJsDirectory: deps.officeJsDirectory }),
    },
    extraRouters: [...unattended.routers, ...(deps.extraRouters ?? [])],
    validateResponses: config.demo,
    version: deps.version,
    ...(metrics && { requestAnswered: (request) => metrics.requestAnswered(request) }),
    logger,
  });

  const watch = watchPeople({
    version: () => people.users.peopleVersion(),
    changed: async () => {
      await calls.devicesChanged();
      await presence.peopleChanged();
      readingAhead.lookAgain();
      await renormalise();
      bus.publish({ everybody: true }, { type: 'directory', spreadMs: events.size * readingMs });
    },
    logger,
  });

  async function renormalise(): Promise<void> {
    // Another instance has its turn: one of them is enough.
    if (!instances.owns(commonWork)) return;
    const report = await contacts.renormaliseAll();
    if (report.contacts === 0) return;
    logger.info(report, 'numbers were read anew by the rules of today');
    readingAhead.lookAgain();
  }
  const renormaliseSoon = (): void =>
    void renormalise().catch((error: unknown) => logger.error({ err: error }, 'numbers could not be read anew'));
  instances.onTaken((taken) => {
    if (taken === commonWork && started) renormaliseSoon();
  });
  let started = false;
  const userOf = async (userId: string) => {
    const user = await people.accounts.findUserById(userId);
    return user && { userId, siteId: user.siteId };
  };
  hearInstances({
    bus: ownBus,
    ...{ instances, logger },
    countsOf: (userId) => journal.forUser(userId).counts(),
    async entryOf(userId, id) {
      const user = await userOf(userId);
      return user && journal.find(user, id);
    },
    async colleagueOf(userId, id) {
      const user = await userOf(userId);
      const [item] = user ? await directory.entries(user, [{ directory: 'internal', id }]) : [];
      return item ?? undefined;
    },
    refreshPresence: (userIds) => presence.refresh('presence', userIds),
    refreshForwarding: (userIds) => presence.refresh('forwarding', userIds),
    refreshWatches: (userId) => watches.refresh(userId),
    async readAnew() {
      await calls.devicesChanged();
      await presence.peopleChanged();
      await watches.refresh();
      events.beginAnew();
    },
  });

  return {
    http,
    people,
    async start() {
      await instances.start([commonWork, ...systems.keys()]);
      await people.sites.refreshDirectories();
      await leftImports.start();
      await presence.start();
      await calls.start();
      await watches.start();
      journal.start();
      watch.start();
      logLevel.watch.start();
      unattended.start();
      calendar.service.start();
      readingAhead.start();
      started = true;
      renormaliseSoon();
    },
    async stop() {
      readiness.stop();
      instances.stop();
      leftImports.stop();
      readingAhead.stop();
      watch.stop();
      logLevel.watch.stop();
      calendar.service.stop();
      await unattended.stop();
      presence.stop();
      watches.stop();
      events.close();
      await journal.stop();
      await calls.stop();
      await work.close();
    },
  };
}
