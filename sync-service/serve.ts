/** From a configuration to a running installation: database, worker, app and the listening end; and back. */
import { mkdir } from 'node:fs/promises';
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
import { openDatabase } from './database/database';
import { migrate } from './database/migrate';
import { createWorkerThreadWork } from './database/worker';
import { startHttpServer } from './http/http-server';
import type { TelephoneSystemFactory } from './telephone-system/telephone-system';

export interface ServeOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly telephoneSystems: Readonly<Record<string, TelephoneSystemFactory>>;
  readonly extraRouters?: readonly Router[];
}

export interface Installation {
  readonly app: App;
  readonly port: number;
  stop(): Promise<void>;
}

/** Folder of the built entry point; its siblings are the worker and, one above, the pane. */
const here = dirname(fileURLToPath(import.meta.url));

export async function serve(options: ServeOptions): Promise<Installation> {
  const { config, logger } = options;
  await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 });
  const database = openDatabase(config.databaseFile);
  await migrate(database);
  const work = createWorkerThreadWork({
    file: join(here, 'worker.js'),
    workerData: { databaseFile: config.databaseFile },
  });
  const app = await createApp({
    config,
    version,
    database,
    work,
    telephoneSystems: options.telephoneSystems,
    paneDirectory: join(here, '..', 'pane'),
    aboutDirectory: join(here, '..', 'about'),
    officeJsDirectory: config.officeJs.local ? officeJsDirectory() : undefined,
    ...(options.extraRouters && { extraRouters: options.extraRouters }),
    logger,
  });
  await app.start();
  const server = await startHttpServer(app.http, config);
  return {
    app,
    port: server.port,
    async stop() {
      // Streams first: an open one would keep the server from closing.
      await app.stop();
      await server.close();
      await database.destroy();
    },
  };
}

function officeJsDirectory(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@microsoft/office-js/package.json')), 'dist');
}
