/** `user list|add|change|disable|enable|reset-password|export|erase`. */
import { commandLine } from '../accounts/people-model';
import type { Person } from '../accounts/people-model';
import { UsageError } from './arguments';
import type { OptionKind, ReadArguments } from './arguments';
import { clearable, given, siteIdOf, siteNames } from './command';
import type { Command } from './command';
import { writeTable } from './write';

const options: Record<string, OptionKind> = {
  'display-name': 'text',
  'given-name': 'text',
  surname: 'text',
  extension: 'text',
  email: 'text',
  'mobile-number': 'text',
  'external-number': 'text',
  role: 'text',
  'in-directory': 'text',
  device: 'list',
  mulap: 'text',
  intercept: 'text',
  mobility: 'text',
  site: 'text',
};

const help = [
  '--display-name "Anna Berg"      as others see it (needed for a new user)',
  '--given-name, --surname         found by these as well',
  '--extension 330                 own number inside the site',
  '--email anna@example.org',
  '--mobile-number, --external-number  further numbers, as the site dials them or with country code',
  '--role user|admin',
  '--in-directory yes|no           "show in phone book"',
  '--device "PJSIP/330=Desk phone" address in the telephone system and name; may be repeated, the first is "my phone"',
  '--mulap yes|no                  "my phone" belongs to a MULAP: no do not disturb',
  '--intercept yes|no              "my phone" is the intercept position: no do not disturb',
  '--mobility yes|no               mobility user: calls may begin at the own mobile, which is called back',
  '--site NAME                     needed where there are several',
  'An empty value clears a field: --email ""',
];

const resetPassword: Omit<Command, 'words'> = {
  positionals: ['NAME'],
  options: {},
  summary: 'Print a new initial password; the user has to change it.',
  async run({ positionals: [name = ''] }, { people, write }) {
    const password = await people.users.resetPassword(commandLine, name);
    write(`Initial password of ${name}, to be changed at the next sign-in: ${password}`);
  },
};

const disable: Omit<Command, 'words'> = {
  positionals: ['NAME'],
  options: {},
  summary: 'Sign-in, directory and telephone end; nothing is deleted.',
  async run({ positionals: [name = ''] }, { people, write }) {
    await people.users.setDisabled(commandLine, name, true);
    write(`User ${name} is disabled.`);
  },
};

export const userCommands: readonly Command[] = [
  {
    words: ['user', 'list'],
    positionals: [],
    options: { site: 'text' },
    summary: 'Show users, of one site with --site NAME.',
    async run(args, context) {
      const users = await context.people.users.listUsers(await siteIdOf(context, args.text('site')));
      const sites = await siteNames(context);
      writeTable(
        context.write,
        ['USER NAME', 'DISPLAY NAME', 'EXTENSION', 'SITE', 'ROLE', 'DEVICES', 'NOTES'],
        users.map((user) => [
          user.userName,
          user.displayName,
          user.extension ?? '-',
          sites.get(user.siteId) ?? '-',
          user.role,
          user.devices.map((device) => device.address).join(' ') || '-',
          notes(user),
        ]),
        'There is no user yet. Add one with: manage user add NAME --display-name "…"',
      );
    },
  },
  {
    words: ['user', 'add'],
    positionals: ['NAME'],
    options,
    summary: 'Add a user and print the initial password.',
    help,
    async run(args, { people, write }) {
      const [userName = ''] = args.positionals;
      const { initialPassword } = await people.users.addUser(commandLine, userWish(userName, args));
      write(`User ${userName} was added.`);
      write(`Initial password, to be changed at the first sign-in: ${initialPassword}`);
    },
  },
  {
    words: ['user', 'change'],
    positionals: ['NAME'],
    options: { ...options, name: 'text' },
    summary: 'Change a user; what is not named stays.',
    help: ['--name NEW                      another user name', ...help],
    async run(args, { people, write }) {
      const [userName = ''] = args.positionals;
      const wish = { ...userWish(userName, args), ...given({ newUserName: args.text('name') }) };
      const [outcome] = await people.users.saveUsers(commandLine, [wish], 'change');
      write(`User ${userName} ${outcome === 'changed' ? 'was changed' : 'is so already'}.`);
    },
  },
  { words: ['user', 'disable'], ...disable },
  {
    words: ['user', 'enable'],
    positionals: ['NAME'],
    options: {},
    summary: 'Undo disable.',
    async run({ positionals: [name = ''] }, { people, write }) {
      await people.users.setDisabled(commandLine, name, false);
      write(`User ${name} is enabled.`);
    },
  },
  { words: ['user', 'reset-password'], ...resetPassword },
  {
    words: ['user', 'unlink-microsoft'],
    positionals: ['NAME'],
    options: {},
    summary: 'No Microsoft account signs in as this user any more, until he links one again.',
    async run({ positionals: [name = ''] }, { people, microsoftLinks, write }) {
      const { id } = await people.users.userNamed(name);
      const count = await microsoftLinks.unlink(commandLine, id);
      write(
        count === 0 ? `${name} has no Microsoft account linked.` : `${name}: Microsoft accounts unlinked: ${count}.`,
      );
    },
  },
  {
    words: ['user', 'export'],
    positionals: ['NAME', 'FILE.json'],
    options: {},
    summary: 'Write everything that is kept of a user into a new file.',
    async run({ positionals: [name = '', path = ''] }, { personalData, write, writeNewFile }) {
      const data = await personalData.exportOf(commandLine, name);
      try {
        await writeNewFile(path, `${JSON.stringify(data, undefined, 2)}\n`);
      } catch (error) {
        throw new UsageError(`${path} cannot be written: name a new file in a directory that you may write to`, {
          cause: error,
        });
      }
      write(`Everything that is kept of ${name} is in ${path}. It holds personal data: hand it over safely.`);
    },
  },
  {
    words: ['user', 'erase'],
    positionals: ['NAME'],
    options: { confirm: 'text' },
    summary: 'Remove a user with contacts, journal and settings. Cannot be undone.',
    help: [
      '--confirm NAME                  the user name once more (needed)',
      'Colleagues keep their calls with him under his extension, without his name. Backups made before still hold him.',
    ],
    async run(args, { personalData, write }) {
      const [name = ''] = args.positionals;
      if (args.text('confirm') !== name) {
        throw new UsageError(`everything of ${name} is removed for good: write --confirm ${name} if you want that`);
      }
      await personalData.erase(commandLine, name);
      write(`User ${name} and everything that was kept of him is removed.`);
      await personalData.compact();
    },
  },
  { words: ['disable'], ...disable, summary: 'Short for user disable.' },
  { words: ['reset-password'], ...resetPassword, summary: 'Short for user reset-password.' },
];

function userWish(userName: string, args: ReadArguments): { readonly userName: string } {
  return {
    userName,
    ...given({
      site: args.text('site'),
      displayName: args.text('display-name'),
      givenName: clearable(args.text('given-name')),
      surname: clearable(args.text('surname')),
      extension: clearable(args.text('extension')),
      email: clearable(args.text('email')),
      mobileNumber: clearable(args.text('mobile-number')),
      externalNumber: clearable(args.text('external-number')),
      role: role(args.text('role')),
      inDirectory: args.yesNo('in-directory'),
      mulap: args.yesNo('mulap'),
      intercept: args.yesNo('intercept'),
      mobility: args.yesNo('mobility'),
      devices: args
        .list('device')
        ?.filter((device) => device !== '')
        .map(deviceWish),
    }),
  };
}

function role(written: string | undefined): string | undefined {
  if (written === undefined || written === 'user' || written === 'admin') return written;
  throw new UsageError('--role takes user or admin');
}

/** `address=name`, or the address alone. */
function deviceWish(written: string): Record<string, unknown> {
  const [address = '', ...name] = written.split('=');
  return { address, ...(name.length === 0 ? {} : { name: name.join('=') }) };
}

function notes(user: Person): string {
  const said = [
    user.disabled ? 'disabled' : [],
    user.inDirectory ? [] : 'not in the directory',
    user.devices.some((device) => device.mulap) ? 'MULAP' : [],
    user.devices.some((device) => device.intercept) ? 'intercept position' : [],
    user.mobility ? 'mobility user' : [],
    user.mustChangePassword ? 'has to change the password' : [],
  ];
  return said.flat().join(', ');
}
