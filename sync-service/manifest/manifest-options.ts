/** Reads the command line of `npm run manifest`. Whatever is wrong is told by the option's name with what to do. */
import { parseArgs } from 'node:util';
import { manifestVariants } from './manifest-xml';
import type { ManifestVariant } from './manifest-xml';

export interface ManifestOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly connections: readonly string[];
  /** Registration in Entra ID, with the Application ID URI under which it exposes a scope of its own. */
  readonly microsoft: { readonly clientId: string; readonly resource: string } | undefined;
  /** Undefined: it follows from the address. */
  readonly id: string | undefined;
  readonly variants: readonly ManifestVariant[];
  /** Folder for files with names of their own, or one file. */
  readonly target: { readonly folder: string } | { readonly file: string };
}

/** What the installation's own configuration says, for options that are left out. */
export interface InstallationSettings {
  readonly baseUrl?: string;
  readonly clientId?: string;
  /** Such as `api://uc.example.com/…/access_as_user`. */
  readonly apiScope?: string;
}

/** The command line cannot be used: one line for each thing that is wrong. */
export class ManifestOptionsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ManifestOptionsError';
  }
}

/** Addresses of an installation at most, the pane's own one among them (SYN-2). */
export const maxConnections = 4;

export const manifestHelp = `npm run manifest -- --base-url https://uc.example.com [options]

Writes the manifests that tell Outlook of this installation: one for every Outlook (a group on the default tab), and one
with a ribbon tab of its own for classic Outlook on Windows.

  --base-url URL      https address of the installation; left out: the address in the installation's configuration
  --client-id GUID    application (client) id of the registration in Entra ID; left out: the one in the configuration
  --connection URL    a further address that people may connect to, such as the one for home; may be repeated
  --variant NAME      microsoft-365, ribbon-tab or all (default)
  --id GUID           id of the add-in; left out: it follows from the address, so it stays the same. The one with a ribbon
                      tab gets an id that follows from this one
  --out DIR           folder for the files (default: manifests)
  --file FILE         writes one variant (default: microsoft-365) into this file
  --config FILE       the installation’s configuration, where it is at none of its usual places

docs/microsoft-365.md says what to do with them.`;

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const options = {
  'base-url': { type: 'string', multiple: true },
  'client-id': { type: 'string', multiple: true },
  connection: { type: 'string', multiple: true },
  variant: { type: 'string', multiple: true },
  id: { type: 'string', multiple: true },
  out: { type: 'string', multiple: true },
  file: { type: 'string', multiple: true },
} as const;

/** @throws ManifestOptionsError naming everything that is wrong */
export function readManifestOptions(args: readonly string[], installation: InstallationSettings = {}): ManifestOptions {
  const given = parse(args);
  const problems: string[] = [];
  const single = (name: keyof typeof options): string | undefined => {
    const values = given[name] ?? [];
    if (values.length > 1) problems.push(`--${name}: give it once only.`);
    return values[0];
  };
  const address = (option: string, written: string): string | undefined => {
    const read = readAddress(written);
    if (typeof read === 'string') return read;
    problems.push(`${option}: ${written} ${read.problem}`);
    return undefined;
  };
  const checkedGuid = (name: 'client-id' | 'id', fallback?: string): string | undefined => {
    const written = single(name) ?? fallback;
    if (written !== undefined && !guid.test(written))
      problems.push(`--${name}: ${written} is no id such as 01234567-89ab-cdef-0123-456789abcdef.`);
    return written?.toLowerCase();
  };

  const writtenBase = single('base-url') ?? installation.baseUrl;
  const baseUrl = writtenBase === undefined ? undefined : address('--base-url', writtenBase);
  if (writtenBase === undefined)
    problems.push('--base-url: name the https address of the installation, such as https://uc.example.com.');
  const connections = (given.connection ?? []).flatMap((written) => address('--connection', written) ?? []);
  const all = baseUrl === undefined ? connections : [baseUrl, ...connections];
  for (const twice of new Set(all.filter((url, index) => all.indexOf(url) !== index)))
    problems.push(`--connection: ${twice} is named twice. The address of --base-url is a connection already.`);
  if ((given.connection ?? []).length + 1 > maxConnections)
    problems.push(`--connection: at most ${maxConnections} addresses in all, the one of --base-url among them.`);

  const clientId = checkedGuid('client-id', installation.clientId);
  const id = checkedGuid('id');
  const file = single('file');
  const folder = single('out');
  const written = single('variant') ?? (file === undefined ? 'all' : 'microsoft-365');
  const variants = written === 'all' ? manifestVariants : manifestVariants.filter((variant) => variant === written);
  if (variants.length === 0)
    problems.push(
      `--variant: has to be one of ${[...manifestVariants, 'all'].join(', ')}; ${written} is none of them.`,
    );
  if (file !== undefined && folder !== undefined) problems.push('--file: give either --file or --out.');
  if (file !== undefined && variants.length > 1)
    problems.push('--file: one file holds one variant: leave --variant all out, or use --out.');

  if (problems.length > 0 || baseUrl === undefined) throw new ManifestOptionsError(problems);
  return {
    baseUrl,
    connections,
    microsoft: clientId === undefined ? undefined : { clientId, resource: resourceOf(baseUrl, clientId, installation) },
    id,
    variants,
    target: file === undefined ? { folder: folder ?? 'manifests' } : { file },
  };
}

/** Application ID URI: the scope without its name; by Microsoft's rule for add-ins where none is configured. */
function resourceOf(baseUrl: string, clientId: string, { apiScope }: InstallationSettings): string {
  return apiScope?.replace(/\/[^/]*$/, '') ?? `api://${new URL(baseUrl).host}/${clientId}`;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new ManifestOptionsError([error instanceof Error ? error.message : String(error)]);
  }
}

/** An https address without anything that has no place in a manifest; without a slash at its end. */
function readAddress(written: string): string | { readonly problem: string } {
  if (!URL.canParse(written)) return { problem: 'is no address such as https://uc.example.com.' };
  const url = new URL(written);
  if (url.protocol !== 'https:')
    return { problem: 'has to begin with https://: Outlook loads add-ins over https only.' };
  if (url.username !== '' || url.password !== '') return { problem: 'must not hold a user name or password.' };
  if (url.search !== '' || url.hash !== '') return { problem: 'must end before ? and #.' };
  if (/\.html?$/i.test(url.pathname)) return { problem: 'has to be the address of the installation, not of a page.' };
  return url.origin + url.pathname.replace(/\/+$/, '');
}
