/** Users from an administrator's file as background work: five thousand take longer than the service may stand still. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { maxImportPasswords, userImportSchema } from '../../../shared/api/administration-import';
import type { UserImport } from '../../../shared/api/administration-import';
import { defineJob, handleJob } from '../../database/background-work';
import type { JobHandler } from '../../database/background-work';
import type { Database } from '../../database/database';
import { createPeople } from '../people';
import type { NumberRules, Outcome } from '../people-model';
import { hashPassword } from '../people-password';
import { WishesRefused } from '../people.errors';
import type { PeopleService } from '../people.service';
import { readCsv } from './csv-table';
import { FileRefused } from './file-refused';
import type { FileProblem } from './file-refused';
import { readWishes } from './read-wishes';
import type { FileWishes } from './read-wishes';
import { hashAll, readStarts, takesPassword } from './start-passwords';

/** So many problems and users are named in the answer. */
const named = 100;

export const importUsersJob = defineJob(
  'people.import-users',
  z.object({
    actor: z.string(),
    file: z.instanceof<typeof Uint8Array<ArrayBufferLike>>(Uint8Array),
    apply: z.boolean(),
  }),
  userImportSchema,
);

export interface ImportUsersDeps {
  readonly users: Pick<PeopleService, 'knownUserNames' | 'previewUsers' | 'saveUsers'>;
  readonly hashPassword: (password: string) => Promise<string>;
}

/** What the handler works with, on a connection of its own. An import ends nobody's sessions. */
export function createImportingPeople(database: Database, rules: NumberRules): ImportUsersDeps {
  const { users } = createPeople({
    database,
    rules,
    now: () => new Date(),
    newId: () => randomUUID(),
    hashPassword,
    endSessions: () => Promise.resolve(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  return { users, hashPassword };
}

export function createImportUsersHandler(deps: ImportUsersDeps): JobHandler {
  return handleJob(importUsersJob, async ({ actor, file, apply }) => {
    let content: FileWishes | undefined;
    try {
      content = readWishes(readCsv(file, 'the file'), 'the file');
      return await importWishes(content, actor, apply, deps);
    } catch (error) {
      if (error instanceof FileRefused) return refusal(error.problems);
      if (error instanceof WishesRefused && content !== undefined) return refusal(error.problems.map(content.locate));
      throw error;
    }
  });
}

async function importWishes(
  content: FileWishes,
  actor: string,
  apply: boolean,
  { users, hashPassword }: ImportUsersDeps,
): Promise<UserImport> {
  const { kind, wishes } = content;
  if (kind !== 'users') {
    const message = `the file holds ${kind}; a file of users has the column userName`;
    throw new FileRefused('the file', [{ row: 1, reason: 'other-kind', message }]);
  }
  const starts = readStarts('the file', content);
  const known = await users.knownUserNames(starts.map((start) => start.userName));
  const given = starts.map((start) => takesPassword(start, known));
  if (given.filter(Boolean).length > maxImportPasswords) {
    const message = `has more than ${maxImportPasswords} new passwords; split it, or import it on the command line`;
    throw new FileRefused('the file', [{ column: 'initialPassword', reason: 'too-many-passwords', message }]);
  }
  const outcomes = apply
    ? await users.saveUsers(actor, wishes, 'save', await hashAll(starts, known, hashPassword))
    : await users.previewUsers(wishes, 'save');
  const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  const touched: UserImport['users'] = [];
  for (const [position, outcome] of outcomes.entries()) {
    if (outcome === 'unchanged' || touched.length === named) continue;
    const { userName, displayName } = z.parse(namesSchema, wishes[position]);
    touched.push({
      row: content.rowOf(position),
      userName,
      ...(displayName !== undefined && { displayName }),
      outcome,
    });
  }
  return {
    applied: apply,
    added: count('added'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    withoutPassword: outcomes.filter((outcome, position) => outcome === 'added' && given[position] === false).length,
    problems: [],
    moreProblems: 0,
    users: touched,
  };
}

const namesSchema = z.object({ userName: z.string(), displayName: z.optional(z.string()) });

function refusal(problems: readonly FileProblem[]): UserImport {
  return {
    applied: false,
    added: 0,
    changed: 0,
    unchanged: 0,
    withoutPassword: 0,
    problems: problems.slice(0, named).map((problem) => ({ ...problem })),
    moreProblems: Math.max(0, problems.length - named),
    users: [],
  };
}
