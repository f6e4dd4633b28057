/**
 * `npm run doctor`: looks at the installation and says of each thing whether it is right and what to do. Without
 * `--base-url` at this machine, its configuration and the address in it; with it at that address alone, from anywhere.
 * Ends with 0, with 1 when something fails, with 2 when it was called wrongly. Changes nothing.
 */
import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from './config';
import type { Config } from './config';
import { findConfigFile } from './configuration/find-config-file';
import { checkAddress } from './doctor/check-address';
import { checkMachine, checkNode } from './doctor/check-machine';
import { checkMicrosoft } from './doctor/check-microsoft';
import { fail, ok, writeFinding } from './doctor/finding';
import type { Finding } from './doctor/finding';

const usage = `Usage: npm run doctor -- [--base-url URL] [--ca FILE] [--config FILE]
  --base-url URL  looks at this address only, from whatever machine; without it at this machine and its configuration
  --ca FILE       trusts this authority of your own besides the public ones
  --config FILE   the configuration file`;

const found: Finding[] = [];
function tell(...findings: readonly Finding[]): void {
  for (const finding of findings) {
    found.push(finding);
    process.stdout.write(`${writeFinding(finding)}\n`);
  }
}

/** Undefined when it cannot be used, which was told then. */
function loadConfig(args: readonly string[]): { config: Config | undefined; rest: readonly string[] } {
  try {
    const { args: rest, file } = findConfigFile(args, process.env);
    try {
      const config = readConfig(process.env, file);
      tell(ok(`Configuration: ${file === undefined ? 'the environment' : file.path}`));
      return { config, rest };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      for (const problem of error.problems) tell(fail(`Configuration: ${problem}`, 'Mend this setting.'));
      return { config: undefined, rest };
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    tell(...error.problems.map((problem) => fail(`Configuration: ${problem}`, 'Name the right file.')));
    return { config: undefined, rest: args.filter((arg) => !arg.startsWith('--config')) };
  }
}

async function run(): Promise<number> {
  const given = process.argv.slice(2);
  if (given.includes('--help') || given.includes('-h')) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const outside = given.some((arg) => arg === '--base-url' || arg.startsWith('--base-url='));
  const { config, rest } = outside ? { config: undefined, rest: given } : loadConfig(given);
  let options: { 'base-url'?: string | undefined; ca?: string | undefined };
  try {
    options = parseArgs({
      args: [...rest],
      options: { 'base-url': { type: 'string' }, ca: { type: 'string' }, config: { type: 'string' } },
    }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    return 2;
  }
  const written = options['base-url'];
  if (written !== undefined && !/^https?:\/\//.test(written)) {
    process.stderr.write(`--base-url has to be an address such as https://contacts.example.com.\n`);
    return 2;
  }
  if (config !== undefined) tell(...(await checkMachine(config, process.versions.node)));
  else if (!outside) tell(checkNode(process.versions.node));
  const baseUrl = written?.replace(/\/+$/, '') ?? config?.baseUrl;
  if (baseUrl !== undefined) {
    tell(
      ...(await checkAddress(baseUrl, {
        lookup: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
        now: () => new Date(),
        ...(options.ca !== undefined && { ca: readFileSync(options.ca, 'utf8') }),
      })),
    );
  }
  if (config?.microsoft !== undefined) tell(...(await checkMicrosoft(config.microsoft)));

  const count = (level: Finding['level']) => found.filter((finding) => finding.level === level).length;
  process.stdout.write(`\n${count('ok')} right, ${count('warn')} to look at, ${count('fail')} wrong\n`);
  return count('fail') > 0 ? 1 : 0;
}

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 3;
}
