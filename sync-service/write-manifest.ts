/** The administrator's command `npm run manifest`: writes the files that tell Outlook of this installation. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { version } from '../package.json';
import { addInIdOf, idOfVariant } from './manifest/add-in-id';
import { manifestHelp, ManifestOptionsError, readManifestOptions } from './manifest/manifest-options';
import type { ManifestOptions } from './manifest/manifest-options';
import { manifestXml } from './manifest/manifest-xml';

/** The command line is wrong. */
const misused = 2;

async function writeManifests({ baseUrl, connections, clientId, id, variants, target }: ManifestOptions) {
  const installationId = id ?? addInIdOf(baseUrl);
  for (const variant of variants) {
    const file = 'file' in target ? target.file : join(target.folder, `mycontacts-${variant}.xml`);
    await mkdir(dirname(file), { recursive: true });
    const addInId = idOfVariant(installationId, variant);
    const microsoft = clientId === undefined ? undefined : { clientId, resource: `api://${clientId}` };
    await writeFile(
      file,
      manifestXml({ version, id: addInId, variant, baseUrl, connections, ...(microsoft && { microsoft }) }),
    );
    process.stdout.write(`${file}: ${variant}, add-in id ${addInId}\n`);
  }
}

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(`${manifestHelp}\n`);
} else {
  try {
    await writeManifests(readManifestOptions(args, installation()));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof ManifestOptionsError) process.stderr.write('\nnpm run manifest -- --help says the options.\n');
    process.exitCode = error instanceof ManifestOptionsError ? misused : 1;
  }
}

/** What the installation's environment names, for options that are left out. */
function installation() {
  const { BASE_URL: baseUrl, MICROSOFT_CLIENT_ID: clientId } = process.env;
  return { ...(baseUrl && { baseUrl }), ...(clientId && { clientId }) };
}
