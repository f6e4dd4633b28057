/**
 * `node service/health-check.js`: asks the service of this machine whether it is ready; ends with 0 or 1. For containers,
 * which have no other program that could ask.
 */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { apiBase } from '../shared/api';
import { readConfig } from './config';
import { findConfigFile } from './configuration/find-config-file';

try {
  const { file } = findConfigFile(process.argv.slice(2), process.env);
  const config = readConfig(process.env, file);
  const everywhere = config.host === '0.0.0.0' || config.host === '::';
  const options = {
    host: everywhere ? '127.0.0.1' : config.host,
    port: config.port,
    path: `${config.basePath}${apiBase}/ready`,
    timeout: 5000,
    // It asks itself, by an address that no certificate names.
    rejectUnauthorized: false,
  };
  const asked = (config.tls === undefined ? httpRequest : httpsRequest)(options, (response) => {
    response.resume();
    process.exitCode = response.statusCode === 200 ? 0 : 1;
  });
  asked.on('timeout', () => asked.destroy(new Error('no answer within 5 s')));
  asked.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
  asked.end();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
