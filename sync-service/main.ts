/** Entry point of an installation. */
import { ConfigError, readConfig } from './config';
import { findConfigFile } from './configuration/find-config-file';
import { createLogger } from './logger';
import { serve } from './serve';
import { stopOnSignal } from './stop-on-signal';
import { createAsteriskTelephoneSystem } from './telephone-system/asterisk/asterisk-telephone-system';
import { createSecretReader } from './telephone-system/secret-reference';

try {
  const { args, file } = findConfigFile(process.argv.slice(2), process.env);
  if (args.length > 0) throw new ConfigError([`${args.join(' ')}: the service takes --config FILE and nothing else.`]);
  const config = readConfig(process.env, file);
  if (config.demo) throw new ConfigError(['DEMO: the demo is started with npm start. Leave DEMO out here.']);
  const logger = createLogger(config.logLevel);
  if (file !== undefined) logger.info({ file: file.path }, 'settings are read from this file and from the environment');
  const secrets = createSecretReader(process.env);
  const installation = await serve({
    config,
    logger,
    telephoneSystems: { asterisk: (settings) => createAsteriskTelephoneSystem(settings, { logger, secrets }) },
  });
  // With port 0 the operating system has chosen one, which the configuration could not know.
  const baseUrl = config.baseUrl.replace(/:0(?=\/|$)/, `:${installation.port}`);
  stopOnSignal(() => installation.stop());
  process.on('SIGHUP', () => void installation.reloadCertificate());
  const code = await installation.app.people.firstAdministrator.printCode('service');
  if (code !== undefined) {
    process.stdout.write(`One-time code for the first administrator: ${code}\nEnter it at ${baseUrl}/window\n`);
  }
  if (installation.metricsUrl !== undefined) logger.info({ url: installation.metricsUrl }, 'figures for Prometheus');
  process.stdout.write(`myContacts is ready at ${baseUrl}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
