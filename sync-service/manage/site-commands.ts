/** `site list|add|change|remove`. */
import { commandLine } from '../accounts/people-model';
import { UsageError } from './arguments';
import type { OptionKind, ReadArguments } from './arguments';
import { given } from './command';
import type { Command, CommandContext } from './command';
import { writeTable } from './write';

const options: Record<string, OptionKind> = {
  country: 'text',
  area: 'text',
  'access-code': 'text',
  'national-prefix': 'text',
  'international-prefix': 'text',
  'number-block': 'list',
  'extension-length': 'text',
  emergency: 'list',
  'local-area': 'list',
  'own-area-digits': 'text',
  'time-zone': 'text',
  'telephone-system': 'text',
  'journal-days': 'text',
};

const help = [
  '--country 49                 country code, without plus (needed for a new site)',
  '--area 89                    own area code, without the 0; leave out where there are none',
  '--access-code 0              digits to get an outside line; leave out where none are needed',
  '--number-block +49897007     digits before the extension; may be repeated',
  '--extension-length 3         2 to 6',
  '--time-zone Europe/Berlin    the machine’s where left out',
  '--telephone-system FILE      a JSON file: {"kind": …} and how to reach it',
  '--journal-days 180           days that journal entries are kept, 1 to 3650',
  '--local-area 646             North America: an area code dialled without the 1; may be repeated',
  '--own-area-digits 7          North America: 7, 10 or 11 digits within the own area',
  '--national-prefix, --international-prefix, --emergency   where they are not what is usual in the country',
];

export const siteCommands: readonly Command[] = [
  {
    words: ['site', 'list'],
    positionals: [],
    options: {},
    summary: 'Show all sites.',
    async run(_args, { people, write }) {
      const sites = await people.sites.listSites();
      writeTable(
        write,
        ['NAME', 'COUNTRY', 'AREA', 'ACCESS CODE', 'NUMBER BLOCKS', 'EXTENSIONS', 'TIME ZONE', 'TELEPHONE SYSTEM'],
        sites.map(({ name, dialPlan, timeZone, telephoneSystem }) => [
          name,
          dialPlan.countryCode,
          dialPlan.areaCode || '-',
          dialPlan.trunkAccessCode || '-',
          dialPlan.numberBlocks.join(' ') || '-',
          `${dialPlan.extensionLength} digits`,
          timeZone,
          telephoneSystem?.kind ?? '-',
        ]),
        'There is no site yet. Add one with: manage site add NAME --country 49',
      );
    },
  },
  {
    words: ['site', 'add'],
    positionals: ['NAME'],
    options,
    summary: 'Add a site.',
    help,
    async run(args, context) {
      const [name] = args.positionals;
      await context.people.sites.saveSites(commandLine, [{ name, ...(await siteFields(args, context)) }], 'add');
      context.write(`Site ${name} was added.`);
    },
  },
  {
    words: ['site', 'change'],
    positionals: ['NAME'],
    options: { ...options, name: 'text' },
    summary: 'Change a site; what is not named stays.',
    help: ['--name NEW                   rename it', ...help],
    async run(args, context) {
      const [name] = args.positionals;
      const wish = { name, ...given({ newName: args.text('name') }), ...(await siteFields(args, context)) };
      const [outcome] = await context.people.sites.saveSites(commandLine, [wish], 'change');
      context.write(`Site ${name} ${outcome === 'changed' ? 'was changed' : 'is so already'}.`);
    },
  },
  {
    words: ['site', 'remove'],
    positionals: ['NAME'],
    options: {},
    summary: 'Remove a site that has no users, with its groups and speed dials.',
    async run({ positionals: [name = ''] }, { people, write }) {
      await people.sites.removeSite(commandLine, name);
      write(`Site ${name} was removed, with its groups and speed dials.`);
    },
  },
];

async function siteFields(args: ReadArguments, context: CommandContext): Promise<Record<string, unknown>> {
  const dialPlan = given({
    countryCode: args.text('country')?.replace(/^\+/, ''),
    areaCode: args.text('area'),
    trunkAccessCode: args.text('access-code'),
    nationalPrefix: args.text('national-prefix'),
    internationalPrefix: args.text('international-prefix'),
    numberBlocks: args.list('number-block'),
    extensionLength: args.number('extension-length'),
    emergencyNumbers: args.list('emergency'),
    localAreaCodes: args.list('local-area'),
    ownAreaDigits: args.number('own-area-digits'),
  });
  return given({
    dialPlan: Object.keys(dialPlan).length === 0 ? undefined : dialPlan,
    timeZone: args.text('time-zone'),
    journalDays: args.number('journal-days'),
    telephoneSystem: await telephoneSystem(args.text('telephone-system'), context),
  });
}

/** Read from a file, because a secret may stand in it and arguments are seen by every user of the machine. */
async function telephoneSystem(path: string | undefined, { readFile }: CommandContext): Promise<unknown> {
  if (path === undefined) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))) as unknown;
  } catch (error) {
    throw new UsageError(`--telephone-system: ${path} cannot be read as a JSON file`, { cause: error });
  }
}
