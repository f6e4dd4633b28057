/** `log-level`: how much the running service writes into its log. */
import { chosenLogLevels } from '../../shared/api/log-level';
import { commandLine } from '../accounts/people-model';
import { UsageError } from './arguments';
import type { Command } from './command';

export const logLevelCommand: Command = {
  words: ['log-level'],
  positionals: ['LEVEL'],
  options: {},
  summary: `Have the service write more or less into its log for an hour: ${chosenLogLevels.join(', ')}, or configured.`,
  help: [
    'Running services follow within seconds, without a restart. After an hour the level of the configuration is in',
    'force again by itself; configured ends it at once. Secrets, numbers, names and addresses are in it at no level.',
  ],
  async run({ positionals: [wanted] }, { logLevels, write }) {
    const level = chosenLogLevels.find((known) => known === wanted);
    if (level === undefined && wanted !== 'configured') {
      throw new UsageError(`LEVEL is ${chosenLogLevels.join(', ')} or configured.`);
    }
    const wish = await logLevels.choose(commandLine, level);
    write(
      wish === undefined
        ? 'The level of the configuration is in force.'
        : `The log level is ${wish.level} until ${wish.until}, then that of the configuration again.`,
    );
  },
};
