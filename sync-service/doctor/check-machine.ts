/** Looks at the machine of the service: Node, data directory, key, certificate files. Changes nothing. */
import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../config';
import { readCertificate } from '../http/certificate';
import { leastRoom } from '../installation/ask-disk';
import { isLoopbackHost } from '../http/own-origin';
import { checkDatabase } from './check-database';
import { fail, ok, warn } from './finding';
import type { Finding } from './finding';

/** Bytes below which a database has little room to grow, and to be backed up. */
const littleRoom = 1024 ** 3;

export async function checkMachine(config: Config, nodeVersion: string): Promise<Finding[]> {
  return [
    checkNode(nodeVersion),
    ...(await checkDataDirectory(config.dataDirectory)),
    ...(config.postgresql === undefined ? [] : await checkDatabase(config.postgresql)),
    ...(await checkSecretKey(config)),
    ...(await checkTlsFiles(config)),
    ...checkReach(config),
  ];
}

/** `version` such as `24.1.0`. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    return fail(`Node: ${version} is too old`, 'Install Node 24.');
  }
  return major < 22
    ? warn(`Node: ${version} gets no security updates any more`, 'Install Node 24.')
    : ok(`Node: ${version}`);
}

async function checkDataDirectory(directory: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    const { mode } = await stat(directory);
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      findings.push(warn(`Data: others on this machine may look into ${directory}`, `chmod 700 ${directory}`));
    } else findings.push(ok(`Data: ${directory} belongs to the service alone`));
    const { bavail, bsize } = await statfs(directory);
    if (bavail * bsize < leastRoom) {
      findings.push(fail(`Data: the disk of ${directory} is full`, 'Make room: nothing can be saved there.'));
    } else if (bavail * bsize < littleRoom) {
      findings.push(
        warn(`Data: ${Math.round((bavail * bsize) / 1024 ** 2)} MB are left at ${directory}`, 'Make room.'),
      );
    }
  } catch (error) {
    const code = codeOf(error);
    findings.push(
      code === 'ENOENT'
        ? warn(
            `Data: ${directory} is not there yet`,
            'The service makes it at its first start, if its user may. Check dataDirectory.',
          )
        : code === 'EROFS'
          ? fail(
              `Data: the disk of ${directory} can only be read`,
              'Mount it for writing again, and look in the system log why it was not: disks often are set so after errors.',
            )
          : fail(
              `Data: ${directory} cannot be used by this user (${code})`,
              'Run the doctor as the user of the service (sudo -u mycontacts …), or give the directory to that user.',
            ),
    );
  }
  return findings;
}

async function checkSecretKey({ secretKeyFile, secretKeyFileNamed }: Config): Promise<Finding[]> {
  try {
    const { mode } = await stat(secretKeyFile);
    return process.platform !== 'win32' && (mode & 0o007) !== 0
      ? [fail(`Key: everybody on this machine may read ${secretKeyFile}`, `chmod 600 ${secretKeyFile}`)]
      : [ok('Key: it is there and not readable by everybody')];
  } catch (error) {
    if (!secretKeyFileNamed && codeOf(error) === 'ENOENT') return [];
    return [
      fail(`Key: ${secretKeyFile} cannot be read (${codeOf(error)})`, `openssl rand -base64 32 > ${secretKeyFile}`),
    ];
  }
}

async function checkTlsFiles({ tls }: Config): Promise<Finding[]> {
  if (tls === undefined) return [];
  try {
    const { validTo } = await readCertificate(tls);
    return [ok(`Certificate files: they fit together, valid until ${validTo.toISOString().slice(0, 10)}`)];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [fail(`Certificate files: ${reason}`, `Look at ${dirname(tls.certFile)}.`)];
  }
}

function checkReach(config: Config): Finding[] {
  const findings: Finding[] = [];
  if (config.https && config.tls === undefined && config.trustProxy === false) {
    findings.push(
      fail(
        'Proxy: baseUrl is https, but there is neither a certificate nor a trusted proxy',
        'Set trustProxy: 1 for the proxy in front, or tls.certFile and tls.keyFile.',
      ),
    );
  }
  if (config.metrics !== undefined && !isLoopbackHost(config.metrics.host)) {
    findings.push(
      warn(
        `Figures: ${config.metrics.host}:${config.metrics.port} can be asked by others`,
        'Let the firewall admit Prometheus only.',
      ),
    );
  }
  return findings;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
