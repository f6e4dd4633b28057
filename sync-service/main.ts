/** Entry point of an installation. */
import { ConfigError, readConfig } from './config';
import { createLogger } from './logger';
import { serve } from './serve';
import { stopOnSignal } from './stop-on-signal';
import { createAsteriskTelephoneSystem } from './telephone-system/asterisk/asterisk-telephone-system';
import { createSecretReader } from './telephone-system/secret-reference';

try {
  const config = readConfig(process.env);
  if (config.demo) throw new ConfigError(['DEMO: the demo is started with npm start. Leave DEMO out here.']);
  const logger = createLogger(config.logLevel);
  const secrets = createSecretReader(process.env);
  const installation = await serve({
    config,
    logger,
    telephoneSystems: { asterisk: (settings) => createAsteriskTelephoneSystem(settings, { logger, secrets }) },
  });
  stopOnSignal(() => installation.stop());
  const code = await installation.app.people.firstAdministrator.printCode('service');
  if (code !== undefined) {
    process.stdout.write(`One-time code for the first administrator: ${code}\nEnter it at ${config.baseUrl}/window\n`);
  }
  process.stdout.write(`myContacts is ready at ${config.baseUrl}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
