/** Chooses the command, runs it and turns its outcome into words and an exit code. */
import { ServiceError } from '../../shared/errors';
import { UsageError, readArguments } from './arguments';
import type { Command, CommandContext } from './command';
import { FileRefused } from '../accounts/import/file-refused';
import { groupCommands } from './group-commands';
import { compactCommand, importCommand, firstAdministratorCommand } from './installation-commands';
import { logLevelCommand } from './log-level-command';
import { mailboxCommands } from './mailbox-commands';
import { siteCommands } from './site-commands';
import { userCommands } from './user-commands';
import type { Write } from './write';

/** What the shell is told. */
export const exitCode = { done: 0, refused: 1, usage: 2 } as const;

const commands: readonly Command[] = [
  ...siteCommands,
  ...userCommands,
  ...groupCommands,
  ...mailboxCommands,
  importCommand,
  firstAdministratorCommand,
  compactCommand,
  logLevelCommand,
];

/**
 * Runs `manage ARGS…`. Problems that the administrator can mend are told on `writeError`; anything else is thrown.
 * `withContext` is called once the arguments are known to make a command, so that help needs no database.
 */
export async function runManage(
  args: readonly string[],
  {
    write,
    writeError,
    withContext,
  }: {
    write: Write;
    writeError: Write;
    withContext: (run: (context: CommandContext) => Promise<void>) => Promise<void>;
  },
): Promise<number> {
  const wantsHelp = args.some((arg) => arg === '--help' || arg === '-h');
  const words = args.filter((arg) => arg !== '--help' && arg !== '-h' && arg !== 'help');
  const command = commands.find((each) => each.words.every((word, index) => words[index] === word));
  if (command === undefined) {
    if (words.length > 0 && !wantsHelp && !isOneOf(words[0])) writeError(`There is no command ${words.join(' ')}.\n`);
    (wantsHelp || args.includes('help') ? write : writeError)(overview(words[0]));
    return wantsHelp || args.includes('help') ? exitCode.done : exitCode.usage;
  }
  if (wantsHelp) {
    write(helpOf(command));
    return exitCode.done;
  }
  try {
    const read = readArguments(args.slice(command.words.length), command.options, command.positionals);
    await withContext((context) => command.run(read, context));
    return exitCode.done;
  } catch (error) {
    if (error instanceof UsageError) {
      writeError(`${error.message}\n\n${helpOf(command)}`);
      return exitCode.usage;
    }
    if (error instanceof FileRefused || error instanceof ServiceError) {
      writeError(error.message);
      return exitCode.refused;
    }
    throw error;
  }
}

function isOneOf(word: string | undefined): boolean {
  return commands.some((command) => command.words[0] === word);
}

function usageOf({ words, positionals, options }: Command): string {
  const parts = ['manage', ...words, ...positionals, Object.keys(options).length > 0 ? '[OPTIONS]' : []];
  return parts.flat().join(' ');
}

function helpOf(command: Command): string {
  const help = (command.help ?? []).map((line) => `  ${line}`);
  return [`Usage: npm run ${usageOf(command).replace('manage', 'manage --')}`, command.summary, ...help].join('\n');
}

/** All commands, or those that begin with the word. */
function overview(word: string | undefined): string {
  const some = commands.filter((command) => command.words[0] === word);
  const shown = some.length > 0 ? some : commands;
  const width = Math.max(...shown.map((command) => usageOf(command).length));
  return [
    'Usage: npm run manage -- COMMAND     (COMMAND --help tells its options)',
    '',
    ...shown.map((command) => `  ${usageOf(command).padEnd(width)}  ${command.summary}`),
    '',
    'The configuration file (--config FILE, CONFIG_FILE, ./mycontacts.yaml or /etc/mycontacts/mycontacts.yaml) or DATA_DIR',
    'names the directory of the database (data where neither does); the service may be running.',
    'Exit codes: 0 done, 1 refused and nothing changed, 2 not a command, 3 failed.',
  ].join('\n');
}
