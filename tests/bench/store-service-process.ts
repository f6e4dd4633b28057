/** The service on the large store at the address it is given: says where it listens, and when it has nothing to do. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createApp } from '../../sync-service/app';
import { readConfig } from '../../sync-service/config';
import type { BackgroundWork } from '../../sync-service/database/background-work';
import { openDatabase } from '../../sync-service/database/database';
import { createWorkerThreadWork } from '../../sync-service/database/worker';
import { createWriteTurns } from '../../sync-service/database/write-turns';
import { startHttpServer } from '../../sync-service/http/http-server';
import { createLogger } from '../../sync-service/logger';
import { openStorage } from '../../sync-service/open-storage';

const address = process.argv[2] ?? '';
const dataDirectory = mkdtempSync(join(tmpdir(), 'mycontacts-bench-'));
const isServer = address.startsWith('postgres');
const config = readConfig({ PORT: '0', DATA_DIR: dataDirectory, ...(isServer && { DATABASE_URL: address }) });
const logger = createLogger('silent');
// With a server's database it has its place beside other instances, and hears what they change.
const storage = isServer ? await openStorage({ config, version: '0.0.0', logger, alone: false }) : undefined;
const turns = storage?.turns ?? createWriteTurns();
const database = storage?.database ?? openDatabase(address, { turns });
const { work, rest } = restingWork(
  createWorkerThreadWork({
    file: fileURLToPath(new URL('./worker.mjs', import.meta.url)),
    workerData: {
      place: isServer
        ? { databaseFile: config.databaseFile, postgresql: config.postgresql }
        : { databaseFile: address },
    },
    turns,
  }),
);
const app = await createApp({
  config,
  version: '0.0.0',
  database,
  work,
  telephoneSystems: {},
  paneDirectory: join(process.cwd(), 'build', 'pane'),
  officeJsDirectory: undefined,
  ...(storage?.instances && { instances: storage.instances }),
  logger,
});
await app.start();
const server = await startHttpServer(app.http, { port: 0, host: '127.0.0.1' });
process.on('message', () => void rest().then(() => process.send?.('rested')));
process.once('disconnect', () => {
  void (async () => {
    await app.stop();
    await server.close(200);
    await (storage?.close() ?? database.destroy());
    rmSync(dataDirectory, { recursive: true });
  })();
});
process.send?.({ url: server.url });

/** Background work, and how to wait until there has been none for longer than between two that are read ahead. */
function restingWork(thread: BackgroundWork): { work: BackgroundWork; rest: () => Promise<void> } {
  let running = 0;
  let restsSince = performance.now();
  return {
    work: {
      close: () => thread.close(),
      async run(job, payload, watch) {
        running += 1;
        try {
          return await thread.run(job, payload, watch);
        } finally {
          running -= 1;
          restsSince = performance.now();
        }
      },
    },
    async rest() {
      while (running > 0 || performance.now() - restsSince < 5000) await setTimeout(50);
    },
  };
}
