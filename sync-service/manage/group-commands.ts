/** `group list|add|change|remove` and `speed-dial list|add|change|remove`. */
import { commandLine } from '../accounts/people-model';
import type { Outcome } from '../accounts/people-model';
import type { OptionKind, ReadArguments } from './arguments';
import { given, siteIdOf, siteNames } from './command';
import type { Command } from './command';
import { writeTable } from './write';

const groupOptions: Record<string, OptionKind> = {
  name: 'text',
  member: 'list',
  'in-directory': 'text',
  site: 'text',
};
const groupHelp = [
  '--name "Sales"         needed for a new group',
  '--member 330           user name; may be repeated, the whole list',
  '--in-directory yes|no  "show in phone book"',
  '--site NAME            needed where there are several',
];

export const groupCommands: readonly Command[] = [
  {
    words: ['group', 'list'],
    positionals: [],
    options: { site: 'text' },
    summary: 'Show groups, of one site with --site NAME.',
    async run(args, context) {
      const groups = await context.people.groups.listGroups(await siteIdOf(context, args.text('site')));
      const sites = await siteNames(context);
      writeTable(
        context.write,
        ['EXTENSION', 'NAME', 'SITE', 'MEMBERS', 'NOTES'],
        groups.map((group) => [
          group.extension,
          group.name,
          sites.get(group.siteId) ?? '-',
          group.members.join(' ') || '-',
          group.inDirectory ? '' : 'not in the directory',
        ]),
        'There is no group yet. Add one with: manage group add EXTENSION --name "…" --member NAME',
      );
    },
  },
  {
    words: ['group', 'add'],
    positionals: ['EXTENSION'],
    options: groupOptions,
    summary: 'Add a group.',
    help: groupHelp,
    async run(args, { people, write }) {
      const wish = groupWish(args);
      await people.groups.saveGroups(commandLine, [wish], 'add');
      write(`Group ${args.positionals[0]} was added.`);
    },
  },
  {
    words: ['group', 'change'],
    positionals: ['EXTENSION'],
    options: { ...groupOptions, extension: 'text' },
    summary: 'Change a group; what is not named stays.',
    help: ['--extension 361        another extension', ...groupHelp],
    async run(args, { people, write }) {
      const wish = { ...groupWish(args), ...given({ newExtension: args.text('extension') }) };
      write(`Group ${args.positionals[0]} ${told(await people.groups.saveGroups(commandLine, [wish], 'change'))}.`);
    },
  },
  {
    words: ['group', 'remove'],
    positionals: ['EXTENSION'],
    options: { site: 'text' },
    summary: 'Remove a group; its members stay.',
    async run(args, { people, write }) {
      const [extension = ''] = args.positionals;
      await people.groups.removeGroup(commandLine, extension, args.text('site'));
      write(`Group ${extension} was removed.`);
    },
  },
  {
    words: ['speed-dial', 'list'],
    positionals: [],
    options: { site: 'text' },
    summary: 'Show the system directory, of one site with --site NAME.',
    async run(args, context) {
      const speedDials = await context.people.groups.listSpeedDials(await siteIdOf(context, args.text('site')));
      const sites = await siteNames(context);
      writeTable(
        context.write,
        ['NAME', 'NUMBER', 'SITE'],
        speedDials.map(({ name, number, siteId }) => [name, number, sites.get(siteId) ?? '-']),
        'There is no speed dial yet. Add one with: manage speed-dial add NAME --number "…"',
      );
    },
  },
  {
    words: ['speed-dial', 'add'],
    positionals: ['NAME'],
    options: { number: 'text', site: 'text' },
    summary: 'Add a speed dial.',
    help: ['--number "+49 89 123456"  in any written form'],
    async run(args, { people, write }) {
      await people.groups.saveSpeedDials(commandLine, [speedDialWish(args)], 'add');
      write(`Speed dial ${args.positionals[0]} was added.`);
    },
  },
  {
    words: ['speed-dial', 'change'],
    positionals: ['NAME'],
    options: { number: 'text', name: 'text', site: 'text' },
    summary: 'Change number or name of a speed dial.',
    help: ['--number "+49 89 123456"  in any written form', '--name NEW                another name'],
    async run(args, { people, write }) {
      const wish = { ...speedDialWish(args), ...given({ newName: args.text('name') }) };
      const outcomes = await people.groups.saveSpeedDials(commandLine, [wish], 'change');
      write(`Speed dial ${args.positionals[0]} ${told(outcomes)}.`);
    },
  },
  {
    words: ['speed-dial', 'remove'],
    positionals: ['NAME'],
    options: { site: 'text' },
    summary: 'Remove a speed dial.',
    async run(args, { people, write }) {
      const [name = ''] = args.positionals;
      await people.groups.removeSpeedDial(commandLine, name, args.text('site'));
      write(`Speed dial ${name} was removed.`);
    },
  },
];

function groupWish(args: ReadArguments): Record<string, unknown> {
  return {
    extension: args.positionals[0],
    ...given({
      name: args.text('name'),
      members: args.list('member')?.filter((member) => member !== ''),
      inDirectory: args.yesNo('in-directory'),
      site: args.text('site'),
    }),
  };
}

function speedDialWish(args: ReadArguments): Record<string, unknown> {
  return { name: args.positionals[0], ...given({ number: args.text('number'), site: args.text('site') }) };
}

function told([outcome]: readonly Outcome[]): string {
  return outcome === 'changed' ? 'was changed' : 'is so already';
}
