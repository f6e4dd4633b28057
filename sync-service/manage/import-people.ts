/**
 * Imports sites, users, groups and speed dials from CSV files: each file wholly or not at all. Importing the same file
 * again changes nothing; a changed file changes what differs. Nothing is ever removed by an import.
 */
import { basename } from 'node:path';
import * as z from 'zod/mini';
import { commandLine, userNameKey } from '../accounts/people-model';
import type { Outcome } from '../accounts/people-model';
import { describeWeakness } from '../accounts/people-password';
import { WishesRefused } from '../accounts/people.errors';
import type { People } from '../accounts/people';
import type { StartPassword } from '../accounts/people.service';
import { readCsv } from './csv-table';
import { FileRefused } from './file-refused';
import type { FileProblem } from './file-refused';
import { importOrder } from './import-kinds';
import type { ImportKind } from './import-kinds';
import { readWishes } from './read-wishes';
import type { FileWishes } from './read-wishes';

/** What came of one file. */
export interface ImportReport {
  readonly file: string;
  readonly kind: ImportKind;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** New users who cannot sign in yet, because the file gave them no password. */
  readonly withoutPassword: number;
}

export interface ImportDeps {
  readonly people: People;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Told of each file once it is imported. */
  readonly onImported?: (report: ImportReport) => void;
}

/** Imports the files in the order sites, users, groups, speed dials. Throws FileRefused; files before it stay imported. */
export async function importPeople(paths: readonly string[], deps: ImportDeps): Promise<ImportReport[]> {
  const files: { file: string; content: FileWishes }[] = [];
  for (const path of paths) {
    const file = basename(path);
    files.push({ file, content: readWishes(readCsv(await readBytes(path, deps), file), file) });
  }
  files.sort((a, b) => importOrder.indexOf(a.content.kind) - importOrder.indexOf(b.content.kind));

  const reports: ImportReport[] = [];
  for (const { file, content } of files) {
    const report = await importFile(file, content, deps);
    deps.onImported?.(report);
    reports.push(report);
  }
  return reports;
}

async function readBytes(path: string, { readFile }: ImportDeps): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new FileRefused(path, [{ message: 'cannot be opened; check the name and the rights' }], error);
  }
}

async function importFile(file: string, content: FileWishes, deps: ImportDeps): Promise<ImportReport> {
  try {
    const { outcomes, withoutPassword } = await save(file, content, deps);
    const count = (outcome: Outcome) => outcomes.filter((each) => each === outcome).length;
    return {
      file,
      kind: content.kind,
      added: count('added'),
      changed: count('changed'),
      unchanged: count('unchanged'),
      withoutPassword,
    };
  } catch (error) {
    if (!(error instanceof WishesRefused)) throw error;
    throw new FileRefused(
      file,
      error.problems.map((problem) => content.locate(problem)),
      error,
    );
  }
}

async function save(
  file: string,
  content: FileWishes,
  { people, hashPassword }: ImportDeps,
): Promise<{ outcomes: Outcome[]; withoutPassword: number }> {
  const { kind, wishes } = content;
  switch (kind) {
    case 'sites':
      return { outcomes: await people.sites.saveSites(commandLine, wishes, 'save'), withoutPassword: 0 };
    case 'groups':
      return { outcomes: await people.groups.saveGroups(commandLine, wishes, 'save'), withoutPassword: 0 };
    case 'speed dials':
      return { outcomes: await people.groups.saveSpeedDials(commandLine, wishes, 'save'), withoutPassword: 0 };
    case 'users': {
      const starts = wishes.map((wish) => z.parse(startSchema, wish));
      const weak = starts.flatMap(({ initialPassword }, position): FileProblem[] => {
        const weakness = initialPassword === undefined ? undefined : describeWeakness(initialPassword);
        if (weakness === undefined) return [];
        const message = `the password ${weakness}`;
        return [content.locate({ position, field: 'initialPassword', reason: 'weak', message })];
      });
      if (weak.length > 0) throw new FileRefused(file, weak);
      const known = await people.users.knownUserNames(starts.map((start) => start.userName));
      const passwords = await hashAll(starts, known, hashPassword);
      const outcomes = await people.users.saveUsers(commandLine, wishes, 'save', passwords);
      const withoutPassword = outcomes.filter((outcome, i) => outcome === 'added' && !passwords.has(i)).length;
      return { outcomes, withoutPassword };
    }
  }
}

const startSchema = z.object({
  userName: z.string(),
  initialPassword: z.optional(z.string()),
  mustChangePassword: z.optional(z.boolean()),
});

/** Hashing takes long and is done before the transaction, a few at a time, and only for users who are new. */
async function hashAll(
  starts: readonly z.infer<typeof startSchema>[],
  known: ReadonlySet<string>,
  hashPassword: (password: string) => Promise<string>,
): Promise<Map<number, StartPassword>> {
  const passwords = new Map<number, StartPassword>();
  const queue = starts.entries();
  const hashNext = async () => {
    for (const [position, { userName, initialPassword, mustChangePassword }] of queue) {
      if (initialPassword === undefined || known.has(userNameKey(userName))) continue;
      passwords.set(position, { hash: await hashPassword(initialPassword), mustChange: mustChangePassword ?? true });
    }
  };
  await Promise.all([hashNext(), hashNext(), hashNext(), hashNext()]);
  return passwords;
}
