/** What a command of the command line is. */
import type { ChosenLogLevel } from '../../shared/api/log-level';
import type { AdministeredMailbox } from '../../shared/api/unattended-sync';
import type { People } from '../accounts/people';
import type { OptionKind, ReadArguments } from './arguments';
import type { Write } from './write';

/** Gives out and removes what is kept of a person. */
export interface PersonalDataForCommands {
  exportOf(actor: string, userName: string): Promise<Record<string, unknown>>;
  erase(actor: string, userName: string): Promise<void>;
  compact(): Promise<void>;
}

/** Mailboxes that the service reads by itself. */
export interface MailboxesForCommands {
  list(
    after: string | undefined,
    limit: number,
  ): Promise<{ readonly items: readonly AdministeredMailbox[]; readonly nextCursor?: string }>;
  /** @throws ServiceError `not-found` */
  actAt(actor: string, act: 'run' | 'paused' | 'resumed', address: string): Promise<AdministeredMailbox[]>;
}

/** What commands work with; handed in, so that tests need no process. */
export interface CommandContext {
  readonly people: People;
  readonly personalData: PersonalDataForCommands;
  readonly microsoftLinks: { unlink(actor: string, userId: string): Promise<number> };
  readonly logLevels: {
    choose(
      actor: string,
      level: ChosenLogLevel | undefined,
    ): Promise<{ readonly level: string; readonly until: string } | undefined>;
  };
  readonly mailboxes: MailboxesForCommands;
  readonly write: Write;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Writes a new file that its owner alone may read; fails where there is one. */
  readonly writeNewFile: (path: string, text: string) => Promise<void>;
}

export interface Command {
  /** Words that choose it, such as `user add`. */
  readonly words: readonly string[];
  /** Names of its positionals, such as `NAME`; the last may be repeated when it ends in `…`. */
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, OptionKind>>;
  /** What it does, in one line. */
  readonly summary: string;
  /** Lines of help on the options. */
  readonly help?: readonly string[];
  run(args: ReadArguments, context: CommandContext): Promise<void>;
}

/** The fields that were given. */
export function given(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** An empty value clears the field. */
export function clearable(value: string | undefined): string | null | undefined {
  return value === '' ? null : value;
}

/** Id of the named site; undefined for all sites. */
export async function siteIdOf({ people }: CommandContext, name: string | undefined): Promise<string | undefined> {
  return name === undefined ? undefined : (await people.sites.siteNamed(name)).id;
}

/** Names of sites by id. */
export async function siteNames({ people }: CommandContext): Promise<Map<string, string>> {
  return new Map((await people.sites.listSites()).map((site) => [site.id, site.name]));
}
