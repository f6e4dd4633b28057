/**
 * `npm start`: the demo on loopback. The same service as an installation's, with three things of its own: a site that is
 * imported from demo/*.csv by the administrator's import, the simulated telephone system with its desk phones, and a
 * mailbox server beside it. The pane reaches the mailbox by the settings by which it would reach Microsoft's.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { readConfig } from '../sync-service/config';
import { createLogger } from '../sync-service/logger';
import { serve } from '../sync-service/serve';
import { stopOnSignal } from '../sync-service/stop-on-signal';
import { createSimulatedTelephoneSystem } from '../sync-service/telephone-system/simulated/simulated-telephone-system';
import { readDemoSettings } from './demo-settings';
import { createDeskPhoneRouter } from './desk-phone/desk-phone-api';
import { importDemo } from './import-demo';
import { generateContacts } from './mailbox/contacts';
import { createMailboxServer } from './mailbox/mailbox-server';
import { createMailboxTokenRouter } from './mailbox-token';
import { createPreviewPages } from './preview-pages';

/** Whose Outlook the preview shows. */
const mailboxOwner = '330';
/** Any id does: the demo mailbox stands for the application's registration in Entra ID. */
const clientId = '00000000-0000-4000-8000-000000000330';

const here = dirname(fileURLToPath(import.meta.url));

async function start(): Promise<void> {
  const settings = readDemoSettings(process.env);
  const wished = readConfig({ LOG_LEVEL: 'warn', ...process.env, DEMO: '1' });
  const addresses = await importDemo(wished, join(here, '..', '..', 'demo'));
  const owner = addresses.get(mailboxOwner);
  if (owner === undefined) throw new Error(`demo/users.csv: user ${mailboxOwner} needs an e-mail address.`);

  const mailbox = createMailboxServer({
    addresses: [...addresses.values()],
    contents: () => generateContacts({ seed: settings.seed, count: settings.contacts }),
    latencyMs: settings.latencyMs,
  });
  // A meeting to see presence come from the calendar, for who turns it on.
  const [begun, ends] = [-5, 55].map((minutes) => new Date(Date.now() + minutes * 60_000).toISOString());
  if (begun !== undefined && ends !== undefined) {
    mailbox.control.mailbox(owner).calendar.add({ subject: 'Weekly meeting', start: begun, end: ends });
  }
  const mailboxPort = await mailbox.listen(wished.port === 0 ? 0 : wished.port + 1, '127.0.0.1');
  const graphOrigin = `http://localhost:${mailboxPort}`;

  const config = readConfig({
    LOG_LEVEL: 'warn',
    ...process.env,
    DEMO: '1',
    OFFICE_JS: '/preview/office.js',
    MICROSOFT_CLIENT_ID: clientId,
    MICROSOFT_AUTHORITY: `${graphOrigin}/common`,
    MICROSOFT_GRAPH_BASE_URL: `${graphOrigin}/v1.0`,
  });
  const demo = express.Router();
  demo.use('/demo', createMailboxTokenRouter(mailbox, owner));
  demo.use(createPreviewPages(join(here, '..', 'preview'), graphOrigin));

  const installation = await serve({
    config,
    logger: createLogger(config.logLevel),
    // The simulated telephone system is in this process.
    alone: true,
    telephoneSystems: {
      simulated: (site) => {
        const system = createSimulatedTelephoneSystem(site);
        demo.use('/demo', createDeskPhoneRouter(system.phones));
        return system;
      },
    },
    extraRouters: [demo],
  });
  stopOnSignal(async () => {
    await installation.stop();
    await mailbox.close();
  });
  process.stdout.write(
    `\nmyContacts is ready: http://localhost:${installation.port}/\n` +
      `Sign in as user 330 with the password Demo-330! (331 with Demo-331!, and so on). Only this machine can reach the demo.\n` +
      'Ctrl+C stops it.\n',
  );
}

try {
  await start();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
