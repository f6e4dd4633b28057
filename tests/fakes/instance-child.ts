/** An instance of the service as a process of its own, with the telephone system of the test: `PORT-OF-THE-EXCHANGE`. */
import { readConfig } from '../../sync-service/config';
import { createLogger } from '../../sync-service/logger';
import { serve } from '../../sync-service/serve';
import { connectExchange } from './shared-exchange';

const port = Number(process.argv[2]);
const config = readConfig({ ...process.env, DEMO: '1', PORT: '0' });
const installation = await serve({
  config,
  logger: createLogger('info'),
  telephoneSystems: { shared: () => connectExchange(port) },
});
process.stdout.write(`ready ${installation.port}\n`);
process.on('SIGTERM', () => void installation.stop().then(() => process.exit(0)));
