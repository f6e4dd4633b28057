/** The service on the large store at the address it is given: says where it listens, and when it has nothing to do. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createEntryIndexHandler } from '../../sync-service/accounts/entry-index-job';
import type { DialPlan } from '../../shared/dial-plan';
import { createNumberRules } from '../../shared/phone-number';
import { createApp } from '../../sync-service/app';
import { readConfig } from '../../sync-service/config';
import { createContactJobs } from '../../sync-service/contacts/contact-jobs';
import { createInlineWork } from '../../sync-service/database/background-work';
import type { BackgroundWork, JobHandler } from '../../sync-service/database/background-work';
import { startHttpServer } from '../../sync-service/http/http-server';
import { createLogger } from '../../sync-service/logger';
import { openStorage } from '../../sync-service/open-storage';
import { numberLibrary } from '../../sync-service/numbers/number-library';
import { createPictureScaler } from '../../sync-service/pictures/scale-picture';
import { openLargeStore } from './large-stores';

const address = process.argv[2] ?? '';
const dataDirectory = mkdtempSync(join(tmpdir(), 'mycontacts-bench-'));
const isServer = address.startsWith('postgres');
const config = readConfig({ PORT: '0', DATA_DIR: dataDirectory, ...(isServer && { DATABASE_URL: address }) });
const logger = createLogger('silent');
// With a server's database it has its place beside other instances, and hears what they change.
const storage = isServer ? await openStorage({ config, version: '0.0.0', logger, alone: false }) : undefined;
const database = storage?.database ?? openLargeStore(address);
const numbers = createNumberRules(numberLibrary);
const rules = {
  read: (raw: string, plan: DialPlan) => numbers.readNumber(raw, plan),
  version: (plan: DialPlan) => numbers.rulesVersion(plan),
};
const { work, rest } = restingWork([
  createEntryIndexHandler(database, rules),
  ...createContactJobs({
    database,
    rules,
    pictures: createPictureScaler(),
    newId: () => randomUUID(),
  }),
]);
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

/** Background work, and how to wait until there has been none for half a second. */
function restingWork(handlers: readonly JobHandler[]): { work: BackgroundWork; rest: () => Promise<void> } {
  const inline = createInlineWork(handlers);
  let running = 0;
  let restsSince = performance.now();
  return {
    work: {
      close: () => inline.close(),
      async run(job, payload, watch) {
        running += 1;
        try {
          return await inline.run(job, payload, watch);
        } finally {
          running -= 1;
          restsSince = performance.now();
        }
      },
    },
    async rest() {
      while (running > 0 || performance.now() - restsSince < 500) await setTimeout(50);
    },
  };
}
