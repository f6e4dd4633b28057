/** `import FILE.csv…`, `first-administrator` and `compact`. */
import { commandLine } from '../accounts/people-model';
import type { Command } from './command';
import { importPeople } from '../accounts/import/import-people';
import { kindsOfFile } from '../accounts/import/import-kinds';

export const importCommand: Command = {
  words: ['import'],
  positionals: ['FILE.csv…'],
  options: {},
  summary: 'Import sites, users, groups and speed dials; each file wholly or not at all.',
  help: [
    'The columns tell what a file holds (UTF-8, comma or semicolon, the first row names them):',
    ...kindsOfFile.map(({ kind, columns }) => `  ${kind}: ${Object.keys(columns).join(', ')}`),
    'Who is there already is changed where the file differs; nobody is removed. A column that is missing changes',
    'nothing. initialPassword is taken by new users only; mustChangePassword is yes where it is left out.',
  ],
  async run({ positionals }, { people, hashPassword, readFile, write }) {
    await importPeople(positionals, {
      people,
      hashPassword,
      readFile,
      onImported: ({ file, kind, added, changed, unchanged, withoutPassword }) => {
        write(`${file}: ${kind}, ${added} added, ${changed} changed, ${unchanged} unchanged.`);
        if (withoutPassword > 0) {
          write(`  ${withoutPassword} of them have no password yet: manage user reset-password NAME prints one.`);
        }
      },
    });
  },
};

export const firstAdministratorCommand: Command = {
  words: ['first-administrator'],
  positionals: [],
  options: {},
  summary: 'Print a new one-time code for the first administrator; codes printed before end.',
  async run(_args, { people, write }) {
    const code = await people.firstAdministrator.printCode(commandLine);
    if (code === undefined) {
      write('There is an administrator already. manage user add NAME --role admin makes another one.');
      return;
    }
    write(`One-time code for the first administrator: ${code}`);
  },
};

export const compactCommand: Command = {
  words: ['compact'],
  positionals: [],
  options: {},
  summary: 'Write the database file anew, without the bytes of what was deleted.',
  async run(_args, { personalData, write }) {
    await personalData.compact();
    write('The database file holds nothing of what was deleted any more.');
  },
};
