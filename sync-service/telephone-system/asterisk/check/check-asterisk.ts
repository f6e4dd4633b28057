/** Connects to one Asterisk as the service would and gives what is to be mended. Changes nothing. */
import type { Logger } from 'pino';
import type { SecretReader } from '../../secret-reference';
import { systemTimers } from '../../timers';
import type { Timers } from '../../timers';
import { createAmiConnection } from '../ami-connection';
import { createDatabaseQuestions } from '../published-states';
import { readAsteriskSettings } from '../asterisk-settings';
import { readAsteriskFacts } from './asterisk-facts';
import type { CheckedPhone } from './asterisk-facts';
import { findingsOf } from './asterisk-findings';
import type { Finding } from './asterisk-findings';

export interface CheckDeps {
  readonly secrets: SecretReader;
  readonly timers?: Timers;
  /** Hears why a connection does not come about. */
  readonly logger: Logger;
}

/** Milliseconds until a connection that does not come about is given up. */
export const connectLimitMs = 8000;

/**
 * Checks the Asterisk of a site's settings (`site.telephone_system`). A connection that cannot be made is a finding, too.
 * @throws ConfigurationError when the settings cannot be used.
 */
export async function checkAsterisk(
  settings: unknown,
  phones: readonly CheckedPhone[],
  { secrets, logger, timers = systemTimers }: CheckDeps,
): Promise<Finding[]> {
  const read = readAsteriskSettings(settings);
  // Read here so that a missing secret is told as such.
  secrets(read.secret);
  let up: (connected: boolean) => void = () => undefined;
  const connected = new Promise<boolean>((resolve) => (up = resolve));
  const giveUp = timers.after(connectLimitMs, () => up(false));
  const ami = createAmiConnection({
    settings: read,
    secrets,
    timers,
    logger,
    random: Math.random,
    onUp: () => up(true),
    onDown: () => questions.lost(),
    onEvent: (event) => void questions.hear(event),
  });
  const questions = createDatabaseQuestions(ami.action, timers);
  ami.start();
  try {
    if (!(await connected)) {
      return [
        {
          level: 'missing',
          text: `No connection as ${read.user} to ${read.host}:${read.port}. Is it running, is the address allowed (permit), is the secret right?`,
          add: [
            'manager.conf:',
            '    [general]',
            '    enabled = yes',
            `    [${read.user}]`,
            '    secret = (the one that the service is given)',
            '    read = call,user',
            '    write = call,originate',
          ],
        },
      ];
    }
    const facts = await readAsteriskFacts(ami, read, phones, questions);
    return [
      { level: 'ok', text: `Connected to ${read.host}:${read.port} as ${read.user}.` },
      ...findingsOf(facts, read.user, phones),
    ];
  } finally {
    giveUp();
    ami.stop();
  }
}
