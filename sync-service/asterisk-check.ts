/**
 * `npm run asterisk:check [SITE]`: connects to the Asterisk of each site as the service would, tells what is missing and
 * what to add, and changes nothing. Ends with 1 when something is missing.
 */
import { pino } from 'pino';
import type { Logger } from 'pino';
import { readStorageConfig } from './config';
import { findConfigFile } from './configuration/find-config-file';
import { withPeople } from './open-people';
import { checkAsterisk } from './telephone-system/asterisk/check/check-asterisk';
import type { Finding } from './telephone-system/asterisk/check/asterisk-findings';
import { ConfigurationError } from './telephone-system/configuration-error';
import { createSecretReader } from './telephone-system/secret-reference';

const write = (line: string) => void process.stdout.write(`${line}\n`);
const signs: Readonly<Record<Finding['level'], string>> = { ok: 'ok      ', missing: 'MISSING ', advice: 'advice  ' };

function print({ level, text, add }: Finding): void {
  write(`${signs[level]} ${text}`);
  for (const line of add ?? []) write(`             ${line}`);
}

const logger: Logger = pino({ level: 'warn' }, pino.destination(2));
const secrets = createSecretReader(process.env);

try {
  const { args, file } = findConfigFile(process.argv.slice(2), process.env);
  const [wanted] = args;
  await withPeople(readStorageConfig(process.env, file), async ({ people }) => {
    const all = await people.sites.listSites();
    const sites = all.filter(
      ({ name, telephoneSystem }) => telephoneSystem?.kind === 'asterisk' && (wanted === undefined || name === wanted),
    );
    if (sites.length === 0) {
      write(
        wanted === undefined
          ? 'No site has an Asterisk. Give one its settings: npm run manage -- site change --help'
          : `There is no site ${wanted} with an Asterisk. There are: ${all.map(({ name }) => name).join(', ') || 'none'}.`,
      );
      process.exitCode = 1;
      return;
    }
    for (const site of sites) {
      write(`Site ${site.name}`);
      const phones = await people.users.phonesOf(site.id);
      const checked = phones.flatMap(({ extension, address, userId }) =>
        extension === undefined ? [] : [{ extension, address, userId }],
      );
      try {
        const findings = await checkAsterisk(site.telephoneSystem, checked, { secrets, logger });
        for (const finding of findings) print(finding);
        if (findings.some(({ level }) => level === 'missing')) process.exitCode = 1;
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        print({ level: 'missing', text: error.message });
        process.exitCode = 1;
      }
    }
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 3;
}
