/** From a configuration to a running installation: database, worker, app and the listening end; and back. */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Router } from 'express';
import type { Logger } from 'pino';
// By name: of the whole file nothing else gets into the build.
import { version } from '../package.json';
import { createApp } from './app';
import type { App } from './app';
import type { Config } from './config';
import { createWorkerThreadWork } from './database/worker';
import type { CertificateNews } from './http/certificate';
import { keepPaneFiles } from './http/former-pane-files';
import { startHttpServer } from './http/http-server';
import { createMetrics } from './metrics/metrics';
import { createMetricsListener } from './metrics/metrics-server';
import { openStorage } from './open-storage';
import type { TelephoneSystemFactory } from './telephone-system/telephone-system';

export interface ServeOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly telephoneSystems: Readonly<Record<string, TelephoneSystemFactory>>;
  readonly extraRouters?: readonly Router[];
  /** There may be no other instance on the database: its telephone systems are in this process. */
  readonly alone?: boolean;
}

export interface Installation {
  readonly app: App;
  readonly port: number;
  /** Where Prometheus finds the figures, where it was asked for. */
  readonly metricsUrl?: string;
  /** Reads the certificate's files again. */
  reloadCertificate(): Promise<void>;
  stop(): Promise<void>;
}

const metricsNames = { port: 'metrics.port (METRICS_PORT)', host: 'metrics.host (METRICS_HOST)' };

/** Every connection of this process to a server bears one name, so that it knows its own changes from those of others. */
function withInstance(config: Config): Config {
  return config.postgresql === undefined
    ? config
    : { ...config, postgresql: { ...config.postgresql, instance: randomUUID() } };
}

/** Folder of the built entry point; its siblings are the worker and, one above, the pane. */
const here = dirname(fileURLToPath(import.meta.url));

export async function serve(options: ServeOptions): Promise<Installation> {
  const { logger } = options;
  const config = withInstance(options.config);
  const metrics = config.metrics && createMetrics(version);
  const storage = await openStorage({
    config,
    version,
    logger,
    alone: options.alone === true,
    ...(metrics && { onError: () => metrics.databaseFailed() }),
  });
  const { database, turns } = storage;
  const work = createWorkerThreadWork({
    file: join(here, 'worker.js'),
    workerData: {
      place: { databaseFile: config.databaseFile, ...(config.postgresql && { postgresql: config.postgresql }) },
    },
    turns,
  });
  const paneDirectory = join(here, '..', 'pane');
  const formerPaneDirectories = await keepPaneFiles(paneDirectory, config.dataDirectory).catch((error: unknown) => {
    // Without a built pane, or without room for its files, all the rest works.
    logger.warn({ err: error }, 'panes that were opened before an upgrade may have to be reloaded');
    return [];
  });
  const app = await createApp({
    config,
    version,
    database,
    work,
    ...(storage.instances && { instances: storage.instances }),
    telephoneSystems: options.telephoneSystems,
    paneDirectory,
    formerPaneDirectories,
    aboutDirectory: join(here, '..', 'about'),
    officeJsDirectory: config.officeJs.local ? officeJsDirectory() : undefined,
    ...(options.extraRouters && { extraRouters: options.extraRouters }),
    ...(metrics && { metrics }),
    logger,
  });
  await app.start();
  const server = await startHttpServer(app.http, { ...config, onCertificate: (news) => logCertificate(news, logger) });
  metrics?.watchCertificate(() => server.certificateValidTo());
  const metricsServer =
    config.metrics &&
    metrics &&
    (await startHttpServer(createMetricsListener(metrics, logger), { ...config.metrics, names: metricsNames }));
  return {
    app,
    port: server.port,
    ...(metricsServer && { metricsUrl: `${metricsServer.url}/metrics` }),
    reloadCertificate: () => server.reloadCertificate(),
    async stop() {
      // Streams first: an open one would keep the server from closing.
      await app.stop();
      await Promise.all([server.close(), metricsServer?.close()]);
      await storage.close();
    },
  };
}

function officeJsDirectory(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@microsoft/office-js/package.json')), 'dist');
}

function logCertificate(news: CertificateNews, logger: Logger): void {
  if (news.kind === 'renewed') logger.info({ validTo: news.validTo }, 'a new certificate is in use');
  else if (news.kind === 'refused') {
    logger.error({ reason: news.reason }, 'the new certificate cannot be used; the one before stays in use');
  } else logger.warn({ reason: news.reason }, 'changes of the certificate are noticed within the hour, or at SIGHUP');
}
