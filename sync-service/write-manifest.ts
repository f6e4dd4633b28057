/** The administrator's command `npm run manifest`: writes the files that tell Outlook of this installation. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { version } from '../package.json';
import { readConfig } from './config';
import type { ConfigFile } from './configuration/config-file';
import { findConfigFile } from './configuration/find-config-file';
import { addInIdOf, idOfVariant } from './manifest/add-in-id';
import { manifestHelp, ManifestOptionsError, readManifestOptions } from './manifest/manifest-options';
import type { InstallationSettings, ManifestOptions } from './manifest/manifest-options';
import { manifestXml } from './manifest/manifest-xml';

/** The command line is wrong. */
const misused = 2;

async function writeManifests({ baseUrl, connections, microsoft, id, variants, target }: ManifestOptions) {
  const installationId = id ?? addInIdOf(baseUrl);
  for (const variant of variants) {
    const file = 'file' in target ? target.file : join(target.folder, `mycontacts-${variant}.xml`);
    await mkdir(dirname(file), { recursive: true });
    const addInId = idOfVariant(installationId, variant);
    await writeFile(
      file,
      manifestXml({ version, id: addInId, variant, baseUrl, connections, ...(microsoft && { microsoft }) }),
    );
    process.stdout.write(`${file}: ${variant}, add-in id ${addInId}\n`);
  }
}

try {
  const { args, file } = findConfigFile(process.argv.slice(2), process.env);
  if (args.includes('--help') || args.includes('-h')) process.stdout.write(`${manifestHelp}\n`);
  else await writeManifests(readManifestOptions(args, installation(file)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof ManifestOptionsError) process.stderr.write('\nnpm run manifest -- --help says the options.\n');
  process.exitCode = error instanceof ManifestOptionsError ? misused : 1;
}

/** What the installation's own configuration says, where there is one; the environment overrides the file as always. */
function installation(file: ConfigFile | undefined): InstallationSettings {
  const { BASE_URL: baseUrl, MICROSOFT_CLIENT_ID: clientId } = process.env;
  if (file === undefined) return { ...(baseUrl && { baseUrl }), ...(clientId && { clientId }) };
  const config = readConfig(process.env, file);
  return {
    baseUrl: config.baseUrl,
    ...(config.microsoft && {
      clientId: config.microsoft.clientId,
      ...(config.microsoft.apiScope && { apiScope: config.microsoft.apiScope }),
    }),
  };
}
